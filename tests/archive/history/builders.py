"""A document with something in every column and every part that history keeps."""

from __future__ import annotations

from datetime import date

from archive import history
from archive.models import Agent, ArchivalReference, Concept, ConceptScheme, Document, Place, Text
from archive.units import unit_at
from tests.archive.builders import a_full_document
from tests.builders import a_document


def a_whole_document(identifier: str = "110692") -> Document:
    document = a_full_document(identifier, rights_holder="The archive", embargo_until=date(2001, 1, 1))
    original, translation = document.texts.order_by("order")[1:3]
    Text.objects.filter(pk=translation.pk).update(
        derived_from=original, method="machine", made_by="A program", licence_uri="https://example.org/licence"
    )
    document.numbers.update(verbatim="No. 3305")
    document.events.update(destination="Moscow")
    scheme, _ = ConceptScheme.objects.get_or_create(slug="subjects", title="Subjects")
    concept, _ = Concept.objects.get_or_create(scheme=scheme, name="Korean War")
    place, _ = Place.objects.get_or_create(name="Beijing")
    stalin = Agent.objects.get(name="Stalin")
    document.subjects.create(concept=concept, relation="about", order=0)
    document.subjects.create(place=place, relation="written at", order=1, certain=False)
    document.subjects.create(agent=stalin, relation="about", order=2)
    document.relations.create(target=a_document(f"{identifier}-answered"), kind="reply to", order=1)
    ArchivalReference.objects.filter(document=document, fond="45").update(
        unit=unit_at({"repository": "APRF", "fond": "45"})
    )
    return document


def said(document: Document) -> dict:
    """All that a document says, as it can be compared."""
    contents = history.snapshots([document.pk])[document.pk]
    return {"fields": contents["fields"], "rows": contents["rows"]}
