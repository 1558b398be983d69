"""Round trip: a dump that is read back into an empty archive gives the same descriptions."""

from __future__ import annotations

import gzip
import re
import shutil
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from archive import publication
from archive.description import Description, StatementDescription, describe
from archive.description import authorities as things
from archive.description.units import UnitRecord, describe_units
from archive.lod.dumps import writing
from archive.models import (
    Agent,
    AgentName,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Document,
    DocumentRelation,
    Original,
    Page,
    Place,
    PlaceName,
    Representation,
    Subject,
)
from archive.models.page import made_from, private_storage
from tests.sources import SOURCES

pytestmark = pytest.mark.django_db(transaction=True)

#: What may differ: the description itself was read from another file.
OF_THE_READING = re.compile(r"#(?:description|reading|reader)>")


def an_archive_of_everything() -> None:
    """All the examples, and what no example says, published."""
    call_command("accession", str(SOURCES), verbosity=0)
    whole = Document.objects.filter(texts__isnull=False, contributions__isnull=False, references__isnull=False)
    first, second, *_ = whole.distinct().order_by("pk")
    _say_more(first, second)
    _put_in_trees(first)
    publication.publish(Document.objects.values_list("pk", flat=True))


def _say_more(document: Document, other: Document) -> None:
    """Say of a document whatever the examples do not."""
    original = document.texts.first()
    document.texts.create(
        order=8, kind="transcript", language="zh-Hans", body="第一份", made_by="A typist",
        licence_uri="http://creativecommons.org/licenses/by/4.0/",
    )  # fmt: skip
    document.texts.create(order=9, kind="translation", language="en", body="The first", derived_from=original)
    typist = document.contributions.create(agent=Agent.objects.create(name="A typist"), role="transcriber", order=90)
    document.contributions.filter(pk=typist.pk).update(certain=False)
    document.events.create(
        order=9, kind="cabled", date="1950-10-14", place="Beijing", destination="Moscow", verbatim="cabled to Moscow"
    )
    document.references.create(order=9, repository="An archive", verbatim="An archive, a box", understood=False)
    Document.objects.filter(pk=document.pk).update(
        distribution="1 – Stalin",
        distribution_copies=11,
        date="",
        date_verbatim="before the war",
        date_earliest=None,
        date_latest=None,
    )
    DocumentRelation.objects.create(document=document, target=other, kind="reply to")
    DocumentRelation.objects.create(document=other, target=document, kind="version of")
    place, at = Place.objects.create(name="Mukden"), Place.objects.create(name="Harbin")
    concept = Concept.objects.create(name="Rivers", scheme=ConceptScheme.objects.create(slug="s", title="Scheme of S"))
    for order, said in enumerate(
        ({"place": at, "relation": "received at"}, {"concept": concept, "certain": False},
         {"place": place, "relation": "written at"}, {"agent": typist.agent}, {"place": place}), start=90,
    ):  # fmt: skip
        Subject.objects.create(document=document, order=order, **said)
    _describe_things(document, place, at, concept)


def _describe_things(document: Document, place: Place, at: Place, concept: Concept) -> None:
    agent = document.contributions.first().agent
    Agent.objects.filter(pk=agent.pk).update(dates="1878/1953", kind="person")
    AgentName.objects.create(agent=agent, value="Коба", language="ru", kind="pseudonym")
    AuthorityLink.objects.create(
        agent=agent, uri="http://www.wikidata.org/entity/Q1", source="wikidata", status="accepted"
    )
    AuthorityLink.objects.create(
        place=place, uri="https://sws.geonames.org/1/", source="geonames", status="accepted", relation="closeMatch"
    )
    Place.objects.filter(pk=place.pk).update(latitude="41.8", longitude="123.45", feature="PPLA", broader=at)
    PlaceName.objects.create(place=place, value="Shenyang", language="zh-Latn")
    other = Concept.objects.create(name="Waters", scheme=concept.scheme)
    Subject.objects.create(document=document, order=99, concept=other)
    concept.broader.add(other)
    Concept.objects.filter(pk=concept.pk).update(notation="R 1")
    ConceptLabel.objects.create(concept=concept, value="Реки", language="ru", kind="preferred")
    ConceptLabel.objects.create(concept=concept, value="Streams", language="en")
    AuthorityLink.objects.create(
        concept=concept, uri="http://vocab.getty.edu/aat/1", source="aat", status="accepted", relation="broadMatch"
    )
    ConceptScheme.objects.filter(pk=concept.scheme_id).update(
        description="All of it.", uri="http://vocab.getty.edu/aat/"
    )


def _put_in_trees(document: Document) -> None:
    """A collection within another; an archival unit with all that can be said of one."""
    above = Collection.objects.create(slug="war", title="The war", description="What is left of it.")
    below = Collection.objects.create(slug="war-1950", title="The war in 1950", parent=above)
    document.collections.add(below)
    unit = ArchivalUnit.objects.filter(references__isnull=False).first()
    ArchivalUnit.objects.filter(pk=unit.pk).update(
        title="Telegrams", dates="autumn 1950", date="1950-23", extent="1 folder", description="Carbon copies.",
        statements=[
            {"term": "accessRights", "value": "Open", "language": "en", "uri": ""},
            {"term": "abstract", "value": "Of war", "language": "en", "uri": ""},
            {"term": "subject", "value": "War", "language": "", "uri": "http://id.loc.gov/authorities/subjects/1"},
        ],
    )  # fmt: skip


def descriptions() -> dict[str, Description]:
    """What is said of each public document, but for what is not said of it: keys, and how it came in and when."""
    found = describe(Document.objects.public().order_by("pk").values_list("pk", flat=True))
    return {each.identifier: _by_itself(each) for each in found}


def _by_itself(description: Description) -> Description:
    places: dict[int | None, Any] = {text.key: place for place, text in enumerate(description.texts)}
    return replace(
        description,
        key=0,
        published_at=None,
        provenance=None,
        texts=tuple(
            replace(each, key=places[each.key], derived_from=places.get(each.derived_from))
            for each in description.texts
        ),
        statements=_by_property(description.statements),
        pages=tuple(replace(each, text_key=places.get(each.text_key)) for each in description.pages),
    )


def _by_property(statements: tuple[StatementDescription, ...]) -> tuple[StatementDescription, ...]:
    """Those of one property keep their order; among properties there is none in RDF."""
    return tuple(sorted(statements, key=attrgetter("term")))


def records_of_things() -> dict[str, Any]:
    """What is said of each public agent, place, concept, scheme, collection and archival unit by itself."""
    found: list[Any] = []
    for model, described in (
        (Agent, things.describe_agents), (Place, things.describe_places), (Concept, things.describe_concepts),
        (ConceptScheme, things.describe_schemes), (Collection, things.describe_collections),
        (ArchivalUnit, describe_units),
    ):  # fmt: skip
        found += described(model.objects.values_list("pk", flat=True))
    units = {each.uri: _by_property(each.statements) for each in found if isinstance(each, UnitRecord)}
    return {
        each.uri: replace(each, key=0, **({"statements": units[each.uri]} if each.uri in units else {}))
        for each in found
    }


def lines(format_: str) -> dict[str, set[str]]:
    """The lines of each record in a format."""
    found = {}
    for row in Representation.objects.filter(format=format_, withdrawn=False):
        said = re.split(r"(?<=>)(?=<)|\n", bytes(row.content).decode())
        found[row.identifier] = {line for line in said if not OF_THE_READING.search(line)}
    return found


def handed_over(folder: Path) -> Path:
    """A folder with a dump, and with the files that page images were made from, under names that say nothing."""
    folder.mkdir()
    dump = writing.dump()
    packed = next(folder.parent / "dumps" / file.name for file in dump.files if file.name.endswith(".nt.gz"))
    (folder / "dump.nt").write_bytes(gzip.decompress(packed.read_bytes()))
    images = {made_from(name)[0] for name in Page.objects.values_list("image", flat=True)}
    for number, original in enumerate(Original.objects.filter(sha256__in=images)):
        with private_storage().open(str(original.file), "rb") as file, (folder / f"file {number}").open("wb") as copy:
            shutil.copyfileobj(file, copy)
    return folder


def test_dump_read_back_gives_the_same_descriptions(settings, tmp_path):
    settings.FONDS = {**settings.FONDS, "DUMPS": str(tmp_path / "dumps")}
    an_archive_of_everything()
    before = descriptions()
    said, written = records_of_things(), {name: lines(name) for name in ("ntriples", "oai_dc")}
    folder = handed_over(tmp_path / "away")
    call_command("flush", interactive=False, verbosity=0)

    call_command("accession", str(folder), "--publish", verbosity=0)

    after = descriptions()
    assert set(after) == set(before)
    for identifier, description in before.items():
        assert after[identifier] == description
    assert records_of_things() == said
    assert {name: lines(name) for name in written} == written
