"""Where the document is, what names it, what may be done with it, and what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description
from harvest.formats import markup
from harvest.formats.curated import stated
from harvest.formats.institution import institution
from harvest.formats.mods.elements import HREF, Element, around, element, url
from harvest.formats.oai_dc import THUMBNAIL
from harvest.formats.views import manifest_of, views_of

#: What MODS calls the numbers that a document has; any other is a local one.
IDENTIFIER_TYPES = {"ark": "ark", "doi": "doi", "handle": "hdl"}
RELATION_TYPES = {"refers to": "references", "version of": "otherVersion", "enclosed in": "host"}


def related(description: Description) -> Iterator[Element]:
    """``<relatedItem>``: collections, and other documents."""
    for collection in description.collections:
        yield _relation("host", collection.title, collection.uri)
    for relation in description.relations:
        yield _relation(RELATION_TYPES.get(relation.kind, ""), relation.title, relation.uri)


def _relation(kind: str, title: str, uri: str) -> Element:
    location = around("location", url(uri))
    return around("relatedItem", [around("titleInfo", [element("title", title)]), location], type=kind)


def identifiers(description: Description) -> Iterator[Element]:
    """``<identifier>``: the URI first, then the numbers here and on the paper. What it cites is none of its own."""
    yield element("identifier", description.uri, type="uri")
    yield element("identifier", description.identifier, type="local")
    for each in description.numbers:
        if each.kind != "cited" and markup.words(each.value):
            label = "" if each.kind in IDENTIFIER_TYPES else f"{each.kind} number"
            yield element("identifier", each.value, type=IDENTIFIER_TYPES.get(each.kind, "local"), displayLabel=label)


def locations(description: Description) -> Iterator[Element]:
    """The page for people first, then what viewers want; and each place in an archive."""
    thumbnail = next((view.within(THUMBNAIL) for view in views_of(description)), "")
    urls = [
        *url(description.uri, usage="primary", access="object in context"),
        *url(thumbnail, access="preview"),
        *url(manifest_of(description), note="iiif-manifest"),
    ]
    yield around("location", urls)
    for each in description.references:
        parts = [element("physicalLocation", each.repository)] if markup.words(each.repository) else []
        if markup.words(each.verbatim):
            yield around("location", [*parts, element("shelfLocator", each.verbatim)])


def conditions(description: Description) -> Iterator[Element]:
    """The address of the rights statement stands alone; words have an element of their own."""
    if uri := markup.words(description.rights_uri):
        yield element("accessCondition", uri, **{"type": "use and reproduction", HREF: markup.address(uri)})
    for text in (description.rights, *(each.value for each in stated(description, "rights", "license"))):
        if markup.words(text):
            yield element("accessCondition", text, type="use and reproduction")
    if markup.words(description.rights_holder):
        yield element("accessCondition", description.rights_holder, type="rights holder")
    for each in stated(description, "accessRights"):
        yield element("accessCondition", each.value, each.language, type="restriction on access")


def record(description: Description) -> Iterator[Element]:
    """``<recordInfo>``: the contributing institution stands in every record."""
    parts = [element("recordContentSource", institution())] if institution() else []
    yield around("recordInfo", [*parts, element("recordIdentifier", description.identifier)])
