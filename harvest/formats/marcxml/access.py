"""Where the document is, what may be done with it, and what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description
from harvest.formats.curated import stated
from harvest.formats.marcxml.fields import Field, field
from harvest.formats.oai_dc import THUMBNAIL
from harvest.formats.views import manifest_of, views_of


def citation(description: Description) -> Iterator[Field]:
    """524: how the archive wants it cited."""
    yield field("524", "  ", ("a", description.citation))


def rights(description: Description) -> Iterator[Field]:
    """506 for access; 540 for use, the address of the statement alone in a field of its own."""
    for each in stated(description, "accessRights"):
        yield field("506", "  ", ("a", each.value))
    yield field("540", "  ", ("u", description.rights_uri))
    yield field("540", "  ", ("a", description.rights))
    for each in stated(description, "rights", "license"):
        yield field("540", "  ", ("a", each.value))
    yield field("542", "  ", ("d", description.rights_holder))


def collections(description: Description) -> Iterator[Field]:
    """773: the collections that it is in."""
    for each in description.collections:
        yield field("773", "0 ", ("t", each.title), ("o", each.uri))


def relations(description: Description) -> Iterator[Field]:
    """787: other documents, and how it stands to them."""
    for each in description.relations:
        yield field("787", "08", ("i", each.label), ("t", each.title), ("o", each.uri))


def holdings(description: Description) -> Iterator[Field]:
    """852: each place in an archive; the reference as the source writes it is what counts."""
    for each in description.references:
        yield field("852", "  ", ("a", each.repository), ("j", each.verbatim))


def addresses(description: Description) -> Iterator[Field]:
    """856: the page for people first; the manifest and a thumbnail as related resources."""
    yield field("856", "40", ("u", description.uri))
    yield field("856", "42", ("3", "IIIF manifest"), ("u", manifest_of(description)))
    for view in views_of(description)[:1]:
        yield field("856", "42", ("3", "Thumbnail"), ("u", view.within(THUMBNAIL)))
