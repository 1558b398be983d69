"""The history of agents, places, concepts, units and collections in the admin: who changed what, and the way back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.models import Agent, AgentName, ArchivalUnit, Collection, EntityRevision, Place
from archive.units import unit_at
from tests.archive.admin.browser import filled_in, said
from tests.archive.admin.conftest import logged_in
from tests.builders import a_collection, a_document, a_published_document, a_sender

pytestmark = pytest.mark.django_db


def address_of(thing, view: str = "change", *more: object) -> str:
    return reverse(f"admin:archive_{thing._meta.model_name}_{view}", args=[thing.pk, *more])


def edit(client, worked_off, thing, **changes):
    return worked_off(client, address_of(thing), filled_in(client, address_of(thing), **changes))


def versions(thing) -> list[tuple[str, str | None]]:
    rows = EntityRevision.objects.filter(kind=thing._meta.model_name, key=thing.pk).order_by("number")
    return list(rows.values_list("act", "by__username"))


def a_unit() -> ArchivalUnit:
    unit = unit_at({"repository": "APRF"})
    assert unit is not None
    return unit


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (lambda: Agent.objects.create(name="Stalin"), "name"),
        (lambda: Place.objects.create(name="Peking"), "name"),
        (a_unit, "title"),
        (a_collection, "title"),
    ],
    ids=["agent", "place", "unit", "collection"],
)
def test_edit_is_a_version_with_who_did_it_and_can_be_taken_back(archivist, worked_off, made, field):
    thing = made()
    before = getattr(thing, field)
    edit(archivist, worked_off, thing, **{field: "Another"})
    page = archivist.get(address_of(thing, "history")).content.decode()
    assert versions(thing) == [("found", None), ("edited", "user-0")]
    assert "<ins>Another" in page or "Another" in page

    last = archivist.get(address_of(thing, "restore", 1)).context["last"]
    worked_off(archivist, address_of(thing, "restore", 1), {"last": last})

    thing.refresh_from_db()
    assert getattr(thing, field) == before
    assert versions(thing)[-1] == ("restored", "user-0")


def test_new_collection_begins_its_history(archivist, worked_off):
    address = reverse("admin:archive_collection_add")
    worked_off(archivist, address, filled_in(archivist, address, title="Korea", slug="korea"))

    assert versions(Collection.objects.get()) == [("created", "user-0")]


def test_name_that_was_taken_away_comes_back(archivist, worked_off):
    agent = Agent.objects.create(name="Stalin")
    AgentName.objects.create(agent=agent, value="Filippov", kind="pseudonym")
    edit(archivist, worked_off, agent, **{"names-0-DELETE": "on"})
    assert not agent.names.exists()

    worked_off(archivist, address_of(agent, "restore", 1), {"last": 2})

    assert [(name.value, name.kind) for name in agent.names.all()] == [("Filippov", "pseudonym")]


def test_public_documents_follow_what_is_restored(archivist, worked_off):
    document = a_published_document()
    agent = a_sender(document).agent
    edit(archivist, worked_off, agent, name="Koba")
    assert "Koba" in shown(document)

    worked_off(archivist, address_of(agent, "restore", 1), {"last": 2})

    assert "Koba" not in shown(document)


def shown(document) -> str:
    return bytes(document.representations.get(format="jsonld").content).decode()


def test_version_is_shown_again_where_somebody_was_faster(archivist, worked_off):
    agent = Agent.objects.create(name="Stalin")
    edit(archivist, worked_off, agent, name="Koba")

    response = worked_off(archivist, address_of(agent, "restore", 1), {"last": 1})

    assert "meanwhile" in said(response)
    assert Agent.objects.get().name == "Koba"


def test_restoring_is_for_those_who_may_change(archivist, worked_off):
    agent = Agent.objects.create(name="Stalin")
    edit(archivist, worked_off, agent, name="Koba")
    reader = logged_in("view_agent")

    assert "Restore this version" not in reader.get(address_of(agent, "history")).content.decode()
    assert reader.post(address_of(agent, "restore", 1), {"last": 2}).status_code == 403
    assert Agent.objects.get().name == "Koba"


def test_accepted_link_is_a_version(archivist, worked_off):
    agent = a_sender(a_document()).agent
    link = agent.links.create(source="wikidata", uri="https://www.wikidata.org/entity/Q855")

    worked_off(archivist, reverse("admin:archive_authoritylink_changelist"),
               {"action": "accept", "_selected_action": link.pk})  # fmt: skip

    assert versions(agent) == [("found", None), ("edited", "user-0")]


def test_version_that_is_not_there_is_not_found(archivist):
    assert archivist.get(address_of(Agent.objects.create(name="Stalin"), "restore", 7)).status_code == 404
