"""What the document is and says: title, production, extent, notes, subjects and genres."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description
from archive.vocab.languages import name_of
from harvest.formats.curated import stated
from harvest.formats.marcxml.fields import Field, field
from harvest.formats.marcxml.people import creator_of, name_field


def titles(description: Description) -> Iterator[Field]:
    """245, and 246 for other titles. What the archive called it begins with no article to be passed over."""
    yield field("245", "10" if creator_of(description) else "00", ("a", description.title.value))
    for each in stated(description, "alternative"):
        yield field("246", "3 ", ("a", each.value))


def production(description: Description) -> Iterator[Field]:
    """264 with second indicator 0, for what was never published: the place, and the date as the source writes it."""
    dated = description.date.verbatim or description.date.edtf
    places = [("a", each.name) for each in description.subjects if each.relation == "written at"]
    yield field("264", " 0", *[*places, ("c", dated)])
    for each in stated(description, "publisher"):
        yield field("264", " 1", ("b", each.value))


def extent(description: Description) -> Iterator[Field]:
    """300: the scans; typeset pages say nothing of the paper."""
    scans = sum(page.kind == "scan" for page in description.pages)
    if scans:
        yield field("300", "  ", ("a", f"1 online resource ({scans} image{'s' if scans > 1 else ''})"))
    for each in stated(description, "extent"):
        yield field("300", "  ", ("a", each.value))


def carrier(_description: Description) -> Iterator[Field]:
    """336 to 338: text, read with a computer, online."""
    yield field("336", "  ", ("a", "text"), ("b", "txt"), ("2", "rdacontent"))
    yield field("337", "  ", ("a", "computer"), ("b", "c"), ("2", "rdamedia"))
    yield field("338", "  ", ("a", "online resource"), ("b", "cr"), ("2", "rdacarrier"))


def notes(description: Description) -> Iterator[Field]:
    """500: the distribution list, the stamps, and the source."""
    if description.distribution:
        yield field("500", "  ", ("a", f"Distribution: {description.distribution}"))
    for event in description.events:
        yield field("500", "  ", ("a", event.verbatim))
    for each in stated(description, "tableOfContents"):
        yield field("505", "0 ", ("a", each.value))


def abstracts(description: Description) -> Iterator[Field]:
    """520."""
    for own in description.abstracts:
        yield field("520", "3 ", ("a", own.value))
    for each in stated(description, "abstract", "description"):
        yield field("520", "  ", ("a", each.value))


def provenance(description: Description) -> Iterator[Field]:
    """561."""
    for each in stated(description, "provenance"):
        yield field("561", "  ", ("a", each.value))


def language_note(description: Description) -> Iterator[Field]:
    """546: which text is in which language, and which was that of the paper."""
    said = [f"{each.label} in {name_of(each.language) or each.language}" for each in description.texts if each.language]
    if description.original_language:
        said.append(f"original language {name_of(description.original_language) or description.original_language}")
    text = "; ".join(said)
    yield field("546", "  ", ("a", f"{text[:1].upper()}{text[1:]}." if text else ""))


def subjects(description: Description) -> Iterator[Field]:
    """600 and 610 for people, 648 for times, 650 for topics, 651 for places; the vocabulary is the archive's own."""
    for each in description.subjects:
        if each.relation != "about":
            continue
        tag = {"concept": "650", "place": "651"}.get(each.kind, "653")
        yield field(tag, "  " if tag == "653" else " 4", ("a", each.name), ("0", each.uri if tag != "653" else ""))
    for person in description.contributions:
        if person.role == "mentioned":
            yield _mentioned(person.name, person.agent_kind, person.agent_uri)
    for term, tag in (("subject", "650"), ("spatial", "651"), ("temporal", "648")):
        for topic in stated(description, term):
            yield field(tag, " 4", ("a", topic.value), ("0", topic.uri))


def _mentioned(name: str, kind: str, uri: str) -> Field:
    if kind not in ("person", "family", "corporate_body"):
        return field("653", "  ", ("a", name))
    tag, indicator = name_field("6", name=name, kind=kind)
    return field(tag, f"{indicator}4", ("a", name), ("1", uri))


def genres(description: Description) -> Iterator[Field]:
    """655."""
    for each in description.subjects:
        if each.relation == "type":
            yield field("655", " 4", ("a", each.name), ("0", each.uri))
    for genre in stated(description, "type"):
        yield field("655", " 4", ("a", genre.value), ("0", genre.uri))
