"""Which of an agent's names everybody may see: those that a public document writes, or that a person has entered."""

from __future__ import annotations

import pytest

from archive import history
from archive.accession import Arrival, enter_all
from archive.drafts import Contribution, Draft, Field, Identity, Title
from archive.merging import merge, undo
from archive.models import Agent, AgentName, Document
from archive.publication import publish
from archive.readers import Source
from tests.archive.admin.browser import filled_in
from tests.sources import an_accession_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def stalin(client):
    """The page of an agent whom a public document names, and a draft writes "Xyzzy"."""
    for name, written in (("public", "Stalin"), ("draft", "Xyzzy")):
        values = (Title(name), Contribution("sender", written, "Stalin", kind="person"))
        fields = tuple(Field(each, written, locator="p 1") for each in values)
        enter_all([Arrival(Draft(Identity("record", name), fields), an_accession_source(Source(name, name.encode())))])
    publish(Document.objects.filter(title="public").values_list("pk", flat=True))
    agent = Agent.objects.get()
    assert [each.value for each in agent.names.all()] == ["Xyzzy"]
    return lambda: client.get(f"/agents/{agent.identifier}").content.decode()


def test_name_that_a_draft_brought_is_not_shown_and_is_once_the_draft_is_public(stalin):
    assert "Xyzzy" not in stalin()

    publish(Document.objects.values_list("pk", flat=True))
    assert "Xyzzy" in stalin()


def test_draft_that_is_deleted_leaves_no_name_to_be_seen(stalin):
    Document.objects.get(title="draft").delete()

    assert "Xyzzy" not in stalin()


def test_draft_that_is_corrected_leaves_no_name_to_be_seen(stalin):
    Document.objects.get(title="draft").contributions.update(as_written="Stalin")

    assert "Xyzzy" not in stalin()


def test_name_that_a_person_entered_is_shown(stalin):
    Document.objects.get(title="draft").delete()
    AgentName.objects.all().delete()
    AgentName.objects.create(agent=Agent.objects.get(), value="Xyzzy")

    assert "Xyzzy" in stalin()


def test_change_of_an_agent_lets_a_name_stay_as_it_came(stalin):
    agent = Agent.objects.get()
    Agent.objects.filter(pk=agent.pk).update(dates="1878/1953")
    history.record([agent.pk], act=history.EDITED, by=None, of=Agent)
    Document.objects.get(title="draft").delete()

    history.restore(agent.pk, 1, by=None, of=Agent)

    assert Agent.objects.get().names.get().learned
    assert "Xyzzy" not in stalin()


def test_name_that_a_draft_brought_comes_back_as_such_with_an_earlier_version(stalin):
    agent = Agent.objects.get()
    history.keep([agent.pk], of=Agent)
    AgentName.objects.all().delete()
    AgentName.objects.create(agent=agent, value="Koba")
    history.record([agent.pk], act=history.EDITED, by=None, of=Agent)
    Document.objects.get(title="draft").delete()

    history.restore(agent.pk, 1, by=None, of=Agent)
    assert [each.value for each in agent.names.all()] == ["Xyzzy"]
    assert "Xyzzy" not in stalin()
    history.restore(agent.pk, 2, by=None, of=Agent)

    assert "Koba" in stalin()


def test_name_that_a_person_entered_for_one_of_two_is_shown_when_they_are_made_one(stalin):
    Document.objects.get(title="draft").delete()
    other = Agent.objects.create(name="Koba")
    AgentName.objects.create(agent=other, value="Xyzzy")

    merged = merge(Agent.objects.get(name="Stalin"), other, by=None)
    assert "Xyzzy" in stalin()
    undo(merged)

    assert "Xyzzy" not in stalin()
    assert not other.names.get().learned


def test_name_of_somebody_whom_a_draft_alone_names_is_not_told_by_a_merge(stalin):
    AgentName.objects.all().delete()
    hidden = Agent.objects.create(name="Xyzzy", kind="person")
    Document.objects.get(title="draft").contributions.update(agent=hidden)

    merged = merge(Agent.objects.get(name="Stalin"), hidden, by=None)
    assert "Xyzzy" not in stalin()
    publish(Document.objects.values_list("pk", flat=True))
    assert "Xyzzy" in stalin()

    undo(merged)
    assert not AgentName.objects.exists()


def test_name_that_a_person_has_corrected_in_the_admin_is_shown(stalin, admin_client):
    Document.objects.get(title="draft").delete()
    agent = Agent.objects.get()

    address = f"/admin/archive/agent/{agent.pk}/change/"
    admin_client.post(address, filled_in(admin_client, address, note="Born in Gori"))
    assert "Xyzzy" not in stalin()
    admin_client.post(address, filled_in(admin_client, address, **{"names-0-value": "Koba"}))

    assert "Koba" in stalin()


def test_name_that_a_person_has_corrected_is_one_that_a_draft_brought_in_its_old_wording_again(stalin, admin_client):
    agent = Agent.objects.get()
    address = f"/admin/archive/agent/{agent.pk}/change/"
    admin_client.post(address, filled_in(admin_client, address, **{"names-0-value": "Koba"}))
    Document.objects.get(title="draft").delete()
    assert "Koba" in stalin()

    history.restore(agent.pk, 1, by=None, of=Agent)
    assert [each.value for each in agent.names.all()] == ["Xyzzy"]
    assert "Xyzzy" not in stalin()
    history.restore(agent.pk, 2, by=None, of=Agent)

    assert "Koba" in stalin()
