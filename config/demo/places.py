"""The places of the demo, so that there is something on its map.

Those of ``fixtures/authorities`` are there before the documents come in, which find them by name. Where the telegrams
were written and received, which their sources say in no field, is added by jobs, as an archivist would.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from config.demo.services import ROOT

AUTHORITIES = ROOT / "fixtures" / "authorities"


def make() -> None:
    """Make the places that are not there: where they lie, and what they are called in other languages."""
    from archive.models import Place, PlaceName

    for row in _rows("places.csv"):
        where = {"feature": row["feature"], "latitude": row["latitude"], "longitude": row["longitude"]}
        place, made = Place.objects.get_or_create(name=row["name"], defaults=where)
        if made:
            named = (each.rpartition("@") for each in row["names"].split("|"))
            PlaceName.objects.bulk_create(
                PlaceName(place=place, value=value, language=language) for value, _, language in named
            )


def name_in_documents() -> None:
    """Say of documents where they were written and received, and which places they are about, in a job for each."""
    from archive.jobs.operations.add_subject import AddSubject
    from archive.jobs.submission import submit
    from archive.models import Document, Place
    from archive.models.subject import SubjectRelation

    for row in _rows("places_of_documents.csv"):
        operation = AddSubject(Place.objects.get(name=row["place"]), SubjectRelation(row["relation"]))
        submit(operation, Document.objects.filter(identity__in=row["identities"].split("|")))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (AUTHORITIES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
