"""The curators' part of the API: whole records as they are edited, drafts too, for who may.

It stands at addresses of its own, so that the answers of the public part are the same for everybody, and caches
keep them; nobody keeps one of these.
"""
