"""The demo: the whole site on one machine, with a real worker, until Ctrl-C.

``make demo`` runs it. The first start makes the data folder: a secret key, the database, an admin user, the people
and places of ``fixtures/authorities``, and the documents of ``fixtures/sources``, which go through the worker like
everybody's. Later starts keep all that.
Every process started here has a process group of its own, and none outlives the demo.
"""
