"""What the archive holds, the route of a document into it, and the routes out of it.

The route, in the order in which a document travels it::

    readers -> drafts -> accession -> models -> publication -> description -> representations

See ARCHITECTURE.md for the rooms and who may import whom.
"""
