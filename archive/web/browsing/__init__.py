"""Browsing: the ways into the archive beside the search, one module each. Only what is public is listed and counted."""
