"""Agents and collections: what changes there is seen wherever they are named."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.models import Agent, Collection, Subject
from tests.archive.admin.browser import filled_in
from tests.builders import a_collection, a_document, a_published_document, a_sender

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def refreshed(monkeypatch):
    ids: list[int] = []
    monkeypatch.setattr("archive.publication.refresh", ids.extend)
    return ids


def test_renamed_agent_refreshes_the_public_documents_that_name_it(archivist, worked_off, refreshed):
    public, draft, other = a_published_document("1"), a_document("2"), a_published_document("3")
    agent = a_sender(public).agent
    a_sender(draft)
    a_sender(other, "Mao Zedong")
    address = reverse("admin:archive_agent_change", args=[agent.pk])

    worked_off(archivist, address, filled_in(archivist, address, name="Stalin, Iosif"))

    assert Agent.objects.get(pk=agent.pk).name == "Stalin, Iosif"
    assert refreshed == [public.pk]


def test_changed_collection_refreshes_what_is_in_it_and_below(archivist, worked_off, refreshed):
    korea = a_collection("korea")
    within = a_published_document("1")
    within.collections.add(a_collection("armistice", parent=korea))
    a_published_document("2")
    address = reverse("admin:archive_collection_change", args=[korea.pk])

    worked_off(archivist, address, filled_in(archivist, address, title="Korean War", slug="other"))

    assert list(Collection.objects.filter(pk=korea.pk).values_list("title", "slug")) == [("Korean War", "korea")]
    assert refreshed == [within.pk]


def test_deleted_collection_refreshes_what_was_in_it(archivist, worked_off, refreshed):
    document = a_published_document()
    document.collections.add(a_collection())

    worked_off(
        archivist, reverse("admin:archive_collection_delete", args=[Collection.objects.get().pk]), {"post": "yes"}
    )

    assert not Collection.objects.exists()
    assert refreshed == [document.pk]


def test_collection_cannot_be_put_below_itself(archivist, worked_off):
    korea = a_collection("korea")
    armistice = a_collection("armistice", parent=korea)
    address = reverse("admin:archive_collection_change", args=[korea.pk])

    response = worked_off(archivist, address, filled_in(archivist, address, parent=armistice.pk))

    assert "cannot be above it" in response.content.decode()
    assert Collection.objects.get(pk=korea.pk).parent is None


def test_collection_is_listed_with_those_above_it(archivist):
    a_collection("armistice", parent=a_collection("korea"))

    page = archivist.get(reverse("admin:archive_collection_changelist")).content.decode()

    assert "The korea collection › The armistice collection" in page


def test_agent_that_a_document_names_cannot_be_deleted(archivist, worked_off):
    agent = a_sender(a_document()).agent

    worked_off(archivist, reverse("admin:archive_agent_delete", args=[agent.pk]), {"post": "yes"})

    assert Agent.objects.filter(pk=agent.pk).exists()


def test_list_and_page_of_an_authority_lead_to_the_documents_that_name_it(archivist):
    sent, about, other = a_document("1"), a_document("2"), a_document("3")
    agent = a_sender(sent).agent
    Subject.objects.create(document=sent, agent=agent)
    Subject.objects.create(document=about, agent=agent)
    a_sender(other, "Mao Zedong")
    way = f"{reverse('admin:archive_document_changelist')}?naming=agent-{agent.pk}"

    for address in ("admin:archive_agent_changelist", "admin:archive_agent_change"):
        page = archivist.get(reverse(address, args=[agent.pk] if address.endswith("change") else []))
        assert f'<a href="{way}">2</a>' in page.content.decode()
    named = archivist.get(way).context["cl"]
    assert {each.pk for each in named.result_list} == {sent.pk, about.pk}


@pytest.mark.parametrize("asked", ["agent-x", "agent-99999999999999999999", "user-1", "agent", "-", "place-1"])
def test_filter_by_a_name_that_is_none_leaves_the_list_as_it_is(archivist, asked):
    a_document()

    assert (
        archivist.get(reverse("admin:archive_document_changelist"), {"naming": asked}).context["cl"].result_count == 1
    )
