"""A site with something in every corner of the admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from archive import accession, history, jobs, merging, publication, review
from archive.jobs.operations.add_subject import AddSubject
from archive.lod.models import LookUp, ShapeCheck
from archive.models import (
    Accession,
    Agent,
    AgentName,
    ArchivalReference,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptScheme,
    Contribution,
    Document,
    DocumentRelation,
    Job,
    Place,
    StoredQuery,
    Subject,
)
from archive.models.unit import sort_key
from archive.readers import Source
from harvest.models import HarvestRun, HarvestSource
from tests.builders import a_document
from tests.sources import FILIPPOV, ROSHCHIN, an_accession_source, source
from tests.tour.harvests import fill_harvests
from tests.tour.linked_data import fill_checks, fill_look_up

BODY = """To comrade {to}.

Your telegram No. {number} was received. We agree that the supply of rolling stock by way of Manchuria has to be
settled before the conference, and ask you to name the persons who will take part in it.

The question of the experts will be answered separately.

{sender}"""
TITLES = (
    ("Ciphered telegram, {sender} to {to}, on the supply of rolling stock", "ru", "1950-{month:02}-{day:02}"),
    ("Letter, {sender} to {to}", "zh", "1949-{month:02}"),
    ("Record of a conversation between {sender} and {to} on the schedule of the conference", "ru", "1951"),
    ("Шифртелеграмма {sender} – {to}", "ru", "1950-{month:02}-{day:02}"),
)
PEOPLE = (
    ("Stalin, Joseph", "Filippov", "1878-12-18/1953-03-05"),
    ("Zhou Enlai", "Chou En-lai", "1898-03-05/1976-01-08"),
    ("Roshchin, Nikolai", "Roshchin", "1901/1960"),
    ("Mao Zedong", "Mao Tse-tung", "1893-12-26/1976-09-09"),
    ("Vyshinsky, Andrei", "Vyshinskii", "1883-12-10/1954-11-22"),
    ("Kim Il Sung", "Kim Ir Sen", "1912-04-15/1994-07-08"),
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the tour stops at."""

    user: Any
    document: Document
    draft: Document
    agent: Agent
    merged: Agent
    concept: Concept
    place: Place
    fond: ArchivalUnit
    accession: Accession
    at_work: Accession
    job: Job
    job_at_work: Job
    stored_query: StoredQuery
    source: HarvestSource
    harvest: HarvestRun
    harvest_at_work: HarvestRun
    check: ShapeCheck
    look_up: LookUp


def fill(*, documents: int = 40) -> Holdings:
    """Bring in the two telegrams of the fixtures with some files that are refused, and describe so many more."""
    user = User.objects.create_superuser("archivist", first_name="Anna", last_name="Smirnova")
    root = Collection.objects.create(slug="cold-war", title="Origins of the Cold War", description="From 1945.")
    collection = Collection.objects.create(slug="telegrams", title="Telegrams from Peking, 1949–1953", parent=root)
    people = [_person(*person) for person in PEOPLE]
    concept, place = _subjects()
    fond = _tree()
    taken_in = _accession(user, collection)
    described = [_document(number, people, collection, fond, user) for number in range(documents)]
    telegram = Document.objects.get(identifier="110692")
    _describe(telegram, concept, place, people[0], described)
    merged = _person("Filippov", "Filipov", "")
    merging.merge(people[0], merged, by=user)
    _move(described, user)
    done, running = _jobs(concept, user)
    draft = described[0]
    source_, harvest, harvesting = fill_harvests(user, collection)
    publication.typeset_pages([draft.pk])
    return Holdings(
        user=user, document=telegram, draft=draft, agent=people[0], merged=merged, concept=concept, place=place,
        fond=fond, accession=taken_in, at_work=_at_work(user, collection), job=done, job_at_work=running,
        stored_query=StoredQuery.objects.create(slug="fifties", title="From the fifties", unit=fond, words="telegram"),
        source=source_, harvest=harvest, harvest_at_work=harvesting,
        check=fill_checks(user, telegram), look_up=fill_look_up(user, people[0]),
    )  # fmt: skip


def _person(name: str, variant: str, dates: str) -> Agent:
    agent = Agent.objects.create(name=name, kind="person" if dates else "unknown", dates=dates)
    AgentName.objects.create(agent=agent, value=variant, kind="pseudonym" if variant == "Filippov" else "variant")
    if dates:
        for source_, uri, status, score in (
            ("wikidata", f"http://www.wikidata.org/entity/Q{agent.pk}855", "accepted", 98.5),
            ("viaf", f"http://viaf.org/viaf/10118{agent.pk}", "candidate", 71),
            ("lcnaf", f"http://id.loc.gov/authorities/names/n8003{agent.pk}", "rejected", 12.25),
        ):
            AuthorityLink.objects.create(agent=agent, source=source_, uri=uri, status=status, score=score)
    return agent


def _subjects() -> tuple[Concept, Place]:
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects of the archive")
    wars = Concept.objects.create(scheme=scheme, name="Wars", notation="W")
    concept = Concept.objects.create(scheme=scheme, name="Korean War, 1950–1953", notation="W.50")
    concept.broader.add(wars)
    concept.labels.create(value="Корейская война", language="ru", kind="preferred")
    return concept, Place.objects.create(name="Peking")


def _tree() -> ArchivalUnit:
    above: ArchivalUnit | None = None
    for level, code, title in (
        ("repository", "APRF", "Archive of the President of the Russian Federation"),
        ("fond", "45", "Papers of J. V. Stalin"),
    ):
        above = ArchivalUnit.objects.create(
            parent=above, level=level, code=code, title=title, sort_key=sort_key(code), dates="1917/1953"
        )
    assert above is not None
    opis = ArchivalUnit.objects.create(
        parent=above, level="opis", code="1", sort_key=sort_key("1"), extent="1,703 dela"
    )
    for code in ("9", "10", "59a", "331", "334"):
        ArchivalUnit.objects.create(
            parent=opis, level="delo", code=code, sort_key=sort_key(code), title=f"China, volume {code}", dates="1950"
        )
    ArchivalUnit.objects.create(level="repository", code="AVP RF", sort_key=sort_key("AVP RF"))
    return above


def _accession(user: Any, collection: Collection) -> Accession:
    refused = [
        Source("empty.txt", b""),
        Source("photograph-of-the-delegation-at-the-airport-1950-01-20.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        Source("shopping list.txt", b"Milk, bread, and a new ribbon for the typewriter.\n"),
    ]
    given = [source(ROSHCHIN), source(FILIPPOV), *refused]
    taken_in = accession.submit(given, publish=True, collection=collection, created_by=user)
    accession.run(taken_in.pk)  # where no queue took the hint; else there is nothing left to do
    taken_in.refresh_from_db()
    return taken_in


def _document(number: int, people: list[Agent], collection: Collection, fond: ArchivalUnit, user: Any) -> Document:
    sender, to = people[number % len(people)], people[(number + 1) % len(people)]
    title, language, when = TITLES[number % len(TITLES)]
    month, day = number % 12 + 1, number % 27 + 1
    names = {"sender": sender.name, "to": to.name}
    edtf = when.format(month=month, day=day)
    first = date(int(edtf[:4]), month if "-" in edtf else 1, day if edtf.count("-") == 2 else 1)
    document = a_document(
        f"{301200 + number}", title=title.format(**names), date=edtf, date_earliest=first, date_latest=first,
        body=BODY.format(number=number, **names), original_language=language, title_language="en",
        summary="On railways." if number % 3 else "", rights_uri="" if number % 4 else RIGHTS,
    )  # fmt: skip
    document.collections.add(collection)
    for order, (role, agent) in enumerate((("sender", sender), ("addressee", to))):
        Contribution.objects.create(document=document, order=order, role=role, agent=agent, as_written=agent.name)
    delo = ArchivalUnit.objects.filter(level="delo").order_by("pk")[number % 5]
    listy = f"ll. {number}–{number + 2}"
    ArchivalReference.objects.create(
        document=document, repository="APRF", fond=fond.code, opis="1", delo=delo.code, unit=delo,
        listy=listy, verbatim=f"APRF, fond 45, opis 1, delo {delo.code}, {listy}",
    )  # fmt: skip
    history.record([document.pk], act=history.CREATED, by=user)
    return document


RIGHTS = "http://rightsstatements.org/vocab/CNE/1.0/"


def _describe(document: Document, concept: Concept, place: Place, agent: Agent, others: list[Document]) -> None:
    """Give the telegram that came in as a file what only a person adds."""
    history.keep([document.pk])
    Subject.objects.create(document=document, order=0, relation="about", concept=concept)
    Subject.objects.create(document=document, order=1, relation="written at", place=place)
    Subject.objects.create(document=document, order=2, relation="about", agent=agent, certain=False)
    DocumentRelation.objects.create(document=document, kind="refers to", target=others[0])
    document.title = f"{document.title} (with the answer of 2 December)"
    document.summary = "Stalin answers the question of the experts, and agrees to the schedule."
    document.save()
    history.record([document.pk], act=history.EDITED, by=User.objects.get())
    publication.refresh([document.pk])


def _move(documents: list[Document], user: Any) -> None:
    """Documents in every state."""
    ids = [document.pk for document in documents]
    review.send(ids[2:6], by=user)
    publication.publish(ids[6:10], by=user)
    publication.withdraw(ids[6:8], reason="The rights of the translator were claimed.", by=user)
    Document.objects.filter(pk=ids[3]).update(embargo_until=date(2099, 1, 1))
    Document.objects.filter(pk=ids[4]).update(
        publication_error="cannot be published: no font has the character “𖬀” of its second text."
    )


def _jobs(concept: Concept, user: Any) -> tuple[Job, Job]:
    drafts = Document.objects.filter(state="draft").order_by("pk")[:12]
    done = jobs.submit(AddSubject(concept), Document.objects.filter(pk__in=[each.pk for each in drafts]), by=user)
    jobs.run(done.pk)
    done.items.filter(pk__in=list(done.items.values_list("pk", flat=True)[:2])).update(
        state="failed", message="Somebody else was writing the document at the same time. Retry."
    )
    Job.objects.filter(pk=done.pk).update(state="done_with_errors")
    running = Job.objects.create(
        kind=done.kind, parameters=done.parameters, label=done.label, state="running", total=12, created_by=user,
        started_at=timezone.now(), lease_expires_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    for number, each in enumerate(drafts):
        running.items.create(document=each, identifier=each.identifier, state="done" if number < 7 else "queued")
    done.refresh_from_db()
    return done, running


def _at_work(user: Any, collection: Collection) -> Accession:
    """An accession that a worker is at, with three of eight files done."""
    at_work = Accession.objects.create(
        state="running", created_by=user, collection=collection, lease_expires_at=timezone.now() + timedelta(hours=1)
    )
    for number in range(8):
        name = f"telegram-{number:03}.txt"
        handed_in = an_accession_source(Source(name, name.encode()), accession=at_work, position=number + 1)
        at_work.items.create(
            source=handed_in,
            state="created" if number < 3 else "taken" if number == 3 else "queued",
            finished_at=datetime(2026, 1, 1, tzinfo=UTC) if number < 3 else None,
        )  # fmt: skip
    return at_work
