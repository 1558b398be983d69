"""Restamping: what archivists change elsewhere moves the datestamps of exactly the records that show it.

Records of documents, and those of agents, places, concepts, units and collections, which are told beside them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import jobs, publication, representations, tasks
from archive.description import describe
from archive.jobs.operations.set_rights import SetRights
from archive.models import (
    ArchivalReference,
    AuthorityLink,
    Concept,
    ConceptScheme,
    Document,
    Kind,
    Place,
    Representation,
    SetMembership,
    Subject,
)
from archive.publication.retelling import TELLERS
from archive.units import unit_at
from tests.archive.admin.browser import filled_in
from tests.builders import a_collection, a_sender

pytestmark = pytest.mark.django_db


class Archive:
    """One document for each way in which something else can show in it, and one that shows nothing of others."""

    #: Who changes it, and how; each test has its own.
    client: Client
    post: Callable[..., Any]

    def __init__(self) -> None:
        self.other = document("other")
        self.named = document("named")
        self.agent = a_sender(self.named).agent
        self.link = AuthorityLink.objects.create(agent=self.agent, source="viaf", uri="http://viaf.org/viaf/1")
        self.about = document("about")
        self.place = Place.objects.create(name="Beijing")
        self.concept = Concept.objects.create(name="Protest", scheme=ConceptScheme.objects.create(title="Words"))
        Subject.objects.create(document=self.about, relation="about", place=self.place)
        Subject.objects.create(document=self.about, relation="about", concept=self.concept, order=1)
        self.kept = document("kept")
        self.opis = unit_at({"repository": "APRF", "fond": "45", "opis": "1"})
        self.other_fond = unit_at({"repository": "APRF", "fond": "46"})
        ArchivalReference.objects.create(document=self.kept, fond="45", opis="1", verbatim="f. 45", unit=self.opis)
        self.collected = document("collected")
        self.korea = a_collection("korea")
        self.armistice = a_collection("armistice", parent=self.korea)
        self.collected.collections.add(self.armistice)
        self.target, self.relating = document("target"), document("relating")
        self.relating.relations.create(target=self.target, kind="reply to")
        self.draft, self.waiting = document("draft"), document("waiting")
        self.waiting.relations.create(target=self.draft, kind="reply to")
        self.held = document("held", embargo_until=timezone.localdate() + timedelta(days=1))
        publication.publish(Document.objects.exclude(pk=self.draft.pk).values_list("pk", flat=True))
        fond = self.opis.parent
        #: What the records of things that are no documents are served under, by the names that CHANGES has for them.
        self.served = {
            "agent": Kind.AGENT.identifier(self.agent.identifier),
            "place": Kind.PLACE.identifier(self.place.identifier),
            "concept": Kind.CONCEPT.identifier(self.concept.identifier),
            "opis": Kind.UNIT.identifier(self.opis.identifier),
            "fond": Kind.UNIT.identifier(fond.identifier),
            "other fond": Kind.UNIT.identifier(self.other_fond.identifier),
            "repository": Kind.UNIT.identifier(fond.parent.identifier),
            "armistice": Kind.COLLECTION.identifier(self.armistice.slug),
            "korea": Kind.COLLECTION.identifier(self.korea.slug),
        }

    def fill_in(self, thing: Any, **fields: Any) -> None:
        """Change something in its form; then the worker comes by."""
        address = reverse(f"admin:archive_{thing._meta.model_name}_change", args=[thing.pk])
        self.post(self.client, address, filled_in(self.client, address, **fields))

    def delete(self, thing: Any) -> None:
        """Delete something; then the worker comes by."""
        address = reverse(f"admin:archive_{thing._meta.model_name}_delete", args=[thing.pk])
        self.post(self.client, address, {"post": "yes"})

    def edit(self, operation: Any, *documents: Document) -> None:
        """Let a job edit documents."""
        found = Document.objects.filter(pk__in=[each.pk for each in documents])
        jobs.run(jobs.submit(operation, found).pk)

    def lapse(self) -> None:
        """Let a day go by."""
        Document.objects.filter(pk=self.held.pk).update(embargo_until=timezone.localdate())
        tasks.sweep()

    def accept(self) -> None:
        """Accept the link, in the list of links."""
        address = reverse("admin:archive_authoritylink_changelist")
        self.post(self.client, address, {"action": "accept", "_selected_action": [self.link.pk]})


def document(identifier: str, **fields: Any) -> Document:
    """A draft without texts, so that no page has to be drawn."""
    return Document.objects.create(identifier=identifier, title=f"Telegram {identifier}", **fields)


@pytest.fixture(scope="module")
def holdings(lasting):
    return Archive()


@pytest.fixture
def an_archive(holdings, archivist, worked_off):
    found = copy.deepcopy(holdings)
    found.client, found.post = archivist, worked_off
    return found


#: What is done, and what has records that move by it: documents by identifier, other things as Archive names them.
CHANGES: dict[str, tuple[Callable[[Archive], Any], set[str]]] = {
    "nothing": (lambda a: publication.refresh(Document.objects.values_list("pk", flat=True)), set()),
    "agent renamed": (lambda a: a.fill_in(a.agent, name="Stalin, Iosif"), {"named", "agent"}),
    "link accepted": (lambda a: a.accept(), {"named", "agent"}),
    "place renamed": (lambda a: a.fill_in(a.place, name="Peking"), {"about", "place"}),
    "concept renamed": (lambda a: a.fill_in(a.concept, name="Protests"), {"about", "concept"}),
    "unit titled": (lambda a: a.fill_in(a.opis, title="Letters"), {"kept", "opis", "fond"}),
    "unit moved": (
        lambda a: a.fill_in(a.opis, parent=a.other_fond.pk),
        {"kept", "opis", "fond", "other fond", "repository"},
    ),
    "collection renamed": (lambda a: a.fill_in(a.armistice, title="Talks"), {"collected", "armistice"}),
    "collection above renamed": (lambda a: a.fill_in(a.korea, title="Korean War"), {"korea"}),
    "collection moved": (lambda a: a.fill_in(a.armistice, parent=""), {"collected", "armistice", "korea"}),
    "collection deleted": (lambda a: a.delete(a.armistice), {"collected", "armistice", "korea"}),
    "rights set": (lambda a: a.edit(SetRights(rights="Free."), a.other, a.draft), {"other"}),
    "rights set again": (lambda a: a.edit(SetRights(rights=""), a.other, a.named), set()),
    "related document published": (lambda a: publication.publish([a.draft.pk]), {"draft", "waiting"}),
    "related document renamed": (lambda a: a.fill_in(a.target, title="A telegram"), {"target", "relating"}),
    "related document described": (lambda a: a.fill_in(a.target, summary="An answer."), {"target"}),
    "embargo lapsed": (lambda a: a.lapse(), {"held"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_datestamps_move_of_exactly_the_records_that_show_the_change(an_archive, what):
    change, shown = CHANGES[what]
    stamps, contents = stored("changed_at"), stored("checksum", "sets", "withdrawn")

    change(an_archive)

    now = stored("checksum", "sets", "withdrawn")
    moved = {key for key, stamp in stored("changed_at").items() if stamp != stamps.get(key)}
    assert moved == {key for key in now if now[key] != contents.get(key)}
    assert {identifier for identifier, _ in moved} == {an_archive.served.get(name, name) for name in shown}
    assert what_lags_behind() == []


def test_withdrawn_document_takes_along_what_said_its_title(an_archive):
    stamps = stored("changed_at")

    outcome = publication.withdraw([an_archive.target.pk])
    tasks.refresh_stale(outcome.beside)

    moved = {identifier for (identifier, _), stamp in stored("changed_at").items() if stamp != stamps[identifier, _]}
    assert moved == {"target", "relating"}
    assert what_lags_behind() == []


def test_memberships_have_the_datestamp_of_their_record(an_archive):
    an_archive.fill_in(an_archive.armistice, title="Talks")

    for each in SetMembership.objects.select_related("representation"):
        assert each.changed_at == each.representation.changed_at


def test_set_that_was_left_hears_of_it_once(an_archive):
    an_archive.collected.collections.clear()
    publication.refresh([an_archive.collected.pk])
    left = SetMembership.objects.filter(spec__startswith="collection:").values_list("left", "changed_at")
    before = list(left)

    Document.objects.filter(pk=an_archive.collected.pk).update(title="Another title")
    publication.refresh([an_archive.collected.pk])
    publication.withdraw([an_archive.collected.pk])

    assert {gone for gone, _ in before} == {True}
    assert list(left) == before


def test_other_media_type_of_the_same_bytes_moves_no_datestamp(an_archive):
    stamps = stored("changed_at")
    Representation.objects.update(media_type="application/octet-stream")

    publication.refresh([an_archive.other.pk])

    assert stored("changed_at") == stamps
    assert not an_archive.other.representations.filter(media_type="application/octet-stream").exists()


def stored(*columns: str) -> dict[tuple[str, str], Any]:
    """Some columns of every record."""
    return {(row[0], row[1]): row[2:] for row in Representation.objects.values_list("identifier", "format", *columns)}


def what_lags_behind() -> list[tuple[str, str]]:
    """Records that would be others if they were rendered now."""
    rendered = [
        representations.Rendered(each.key, each.identifier, each.sets, tuple(representations.render(each)))
        for each in describe(Document.objects.public().values_list("pk", flat=True))
    ]
    for kind, teller in TELLERS.items():
        described = teller.describe(teller.model._default_manager.values_list("pk", flat=True))
        rendered += [
            representations.Rendered(each.key, kind.identifier(each.identifier), each.sets, tuple(forms), kind)
            for each in described
            for forms in [representations.render_as(kind, each)]
        ]
    changed = representations.compare(rendered).changed
    return [(each.identifier, rendering.format) for each, rendering, _ in changed]
