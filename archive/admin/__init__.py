"""The archive in Django's admin, one module per noun.

Admin classes are shells too: they show what is stored, and what makes documents public or takes them back
they queue as tasks. ``publishing`` and ``queueing`` have that; ``wording`` keeps what is typed fit to publish.
"""

from archive.admin import (
    accession_sources,
    accessions,
    agents,
    collections,
    concepts,
    documents,
    items,
    jobs,
    links,
    mappings,
    originals,
    places,
    representations,
    stored_queries,
    units,
)

__all__ = [
    "accession_sources",
    "accessions",
    "agents",
    "collections",
    "concepts",
    "documents",
    "items",
    "jobs",
    "links",
    "mappings",
    "originals",
    "places",
    "representations",
    "stored_queries",
    "units",
]
