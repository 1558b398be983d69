"""The people and places of the demo: found by their names in many languages, and seen on its map.

Those of ``fixtures/authorities`` are there before the documents come in, which find them by name. Where the telegrams
were written and received, which their sources say in no field, is added by jobs, as an archivist would.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from config.demo.services import ROOT

AUTHORITIES = ROOT / "fixtures" / "authorities"


def make() -> None:
    """Make those that are not there, with what they are called in other languages."""
    from archive.models import Agent, AgentName, Place, PlaceName

    for row in _rows("people.csv"):
        if not Agent.objects.filter(name=row["name"]).exists():
            agent = Agent.objects.create(name=row["name"], kind="person", dates=row["dates"])
            AgentName.objects.bulk_create(
                AgentName(agent=agent, value=value, language=language) for value, language in _names(row)
            )
    for row in _rows("places.csv"):
        if not Place.objects.filter(name=row["name"]).exists():
            where = {name: row[name] for name in ("feature", "latitude", "longitude")}
            place = Place.objects.create(name=row["name"], **where)
            PlaceName.objects.bulk_create(
                PlaceName(place=place, value=value, language=language) for value, language in _names(row)
            )


def name_places() -> None:
    """Say of documents where they were written and received, and which places they are about, in a job for each."""
    from archive.jobs.operations.add_subject import AddSubject
    from archive.jobs.submission import submit
    from archive.models import Document, Place
    from archive.models.subject import SubjectRelation

    for row in _rows("places_of_documents.csv"):
        operation = AddSubject(Place.objects.filter(name=row["place"]).earliest("pk"), SubjectRelation(row["relation"]))
        submit(operation, Document.objects.filter(identity__in=row["identities"].split("|")))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (AUTHORITIES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _names(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each further name with its language: ``Пекин@ru|北京@zh``."""
    for each in row["names"].split("|"):
        value, _, language = each.rpartition("@")
        yield value, language
