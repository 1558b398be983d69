"""Fetching: what this site asks of others, and how it keeps that from being turned against itself.

An address is judged, resolved and pinned (``addresses``), and the answer is bounded in size and time (``transport``).
Harvesting asks repositories with it, and linked data the authority services of others.
"""
