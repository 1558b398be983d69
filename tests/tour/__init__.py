"""A tour of the admin: a site with something in every corner, and how one comes to each of its pages.

The test with axe-core takes it, and ``python -m tests.tour FOLDER`` takes its pictures.
"""
