"""Merging and linking in the admin, as an archivist does it."""

from __future__ import annotations

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from archive import merging
from archive.models import (
    Agent,
    AuthorityLink,
    Concept,
    ConceptScheme,
    Contribution,
    Document,
    Merge,
    Place,
    Subject,
)
from tests.archive.admin.browser import filled_in, said
from tests.archive.admin.conftest import logged_in
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db

LIST = reverse("admin:archive_agent_changelist")


@pytest.fixture
def refreshed(monkeypatch):
    ids: list[int] = []
    monkeypatch.setattr("archive.publication.refresh", ids.extend)
    return ids


@pytest.fixture
def pair() -> tuple[Agent, Agent, Document]:
    kept, merged = Agent.objects.create(name="Zhou Enlai"), Agent.objects.create(name="Chou En-lai")
    document = a_published_document()
    for agent in (kept, merged):
        Contribution.objects.create(document=document, agent=agent, role="sender", as_written=agent.name)
    Contribution.objects.create(document=a_document("2"), agent=merged, role="addressee")
    return kept, merged, document


def chosen(*agents: Agent, **more: str) -> dict:
    return {"action": "merge", ACTION_CHECKBOX_NAME: [agent.pk for agent in agents], **more}


def test_page_between_says_what_would_happen_and_does_nothing(archivist, pair):
    kept, merged, _ = pair

    page = archivist.post(LIST, chosen(kept, merged, kept=str(kept.pk))).content.decode()

    assert "Chou En-lai" in page
    assert "Telegram 110692: Chou En-lai (sender)" in page
    assert "“Chou En-lai” becomes a further name<" in page
    assert not Merge.objects.exists()


def test_page_between_says_when_readers_will_see_the_name_of_somebody_whom_only_drafts_name(archivist, pair):
    kept, merged, document = pair
    document.contributions.filter(agent=merged).delete()

    page = archivist.post(LIST, chosen(kept, merged, kept=str(kept.pk))).content.decode()

    assert "“Chou En-lai” becomes a further name, which readers see when a public document writes it<" in page


def test_the_one_that_most_documents_name_is_proposed(archivist, pair):
    kept, merged, _ = pair

    response = archivist.post(LIST, chosen(kept, merged))

    assert response.context["kept"] == merged


def test_confirmed_merge_is_done_and_refreshes_what_is_public(archivist, worked_off, pair, refreshed):
    kept, merged, document = pair

    response = worked_off(archivist, LIST, chosen(kept, merged, kept=str(kept.pk), _merge="yes"))

    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert "1 of what it had already was dropped" in said(response)
    assert refreshed == [document.pk]


def test_three_become_one(archivist, worked_off):
    first, second, third = (Agent.objects.create(name=name) for name in "ABC")

    worked_off(archivist, LIST, chosen(first, second, third, kept=str(second.pk), _merge="yes"))

    assert set(Agent.objects.filter(merged_into=second)) == {first, third}


def test_merge_that_cannot_be_is_not_offered(archivist, worked_off):
    person = Agent.objects.create(name="A", kind="person")
    body = Agent.objects.create(name="B", kind="corporate_body")

    page = archivist.post(LIST, chosen(person, body)).content.decode()
    worked_off(archivist, LIST, chosen(person, body, _merge="yes"))

    assert "Correct the kind" in page
    assert 'name="_merge"' not in page
    assert not Merge.objects.exists()


def test_merging_is_for_those_who_may(worked_off, pair):
    kept, merged, _ = pair
    client = logged_in("view_agent", "change_agent")

    worked_off(client, LIST, chosen(kept, merged, _merge="yes"))
    merge = merging.merge(kept, merged, by=None)
    answer = client.post(reverse("admin:archive_agent_undo_merge", args=[merged.pk]))

    assert Merge.objects.get() == merge
    assert answer.status_code == 403
    assert merging.standing(merged) is not None


def test_merged_one_says_where_it_went_and_can_be_taken_out_again(archivist, worked_off, pair, refreshed):
    kept, merged, document = pair
    merging.merge(kept, merged, by=None)
    page = archivist.get(reverse("admin:archive_agent_change", args=[merged.pk])).content.decode()

    response = worked_off(archivist, reverse("admin:archive_agent_undo_merge", args=[merged.pk]), {})

    assert "This was merged into" in page
    assert "Undo the merge" in page
    assert "stands on its own again" in said(response)
    assert merged.contributions.count() == 2
    assert refreshed == [document.pk]
    again = worked_off(archivist, reverse("admin:archive_agent_undo_merge", args=[merged.pk]), {})
    assert "nothing to undo" in said(again)


def test_merged_one_is_not_listed_offered_nor_deleted(archivist, pair):
    kept, merged, _ = pair
    merging.merge(kept, merged, by=None)

    assert list(archivist.get(LIST).context["cl"].queryset) == [kept]
    assert list(archivist.get(LIST + "?merged=yes").context["cl"].queryset) == [merged]
    offered = archivist.get(
        reverse("admin:autocomplete"),
        {"app_label": "archive", "model_name": "contribution", "field_name": "agent", "term": "Chou"},
    ).json()["results"]
    assert [each["text"] for each in offered] == ["Zhou Enlai"]
    assert archivist.post(reverse("admin:archive_agent_delete", args=[merged.pk]), {"post": "yes"}).status_code == 403


def test_form_opened_before_the_merge_does_not_bring_the_merged_one_back(archivist, worked_off, pair):
    kept, merged, document = pair
    address = reverse("admin:archive_document_change", args=[document.pk])
    document.contributions.filter(agent=kept).delete()
    data = filled_in(archivist, address)
    merging.merge(kept, merged, by=None)

    response = worked_off(archivist, address, data)

    assert "was merged into another" in response.content.decode()
    assert document.contributions.get().agent == kept


@pytest.mark.parametrize(("button", "status"), [("_accept", "accepted"), ("_reject", "rejected")])
def test_link_is_judged_with_one_button(archivist, worked_off, pair, refreshed, button, status):
    kept, _, document = pair
    link = AuthorityLink.objects.create(agent=kept, source="viaf", uri="https://viaf.org/viaf/1")
    address = reverse("admin:archive_agent_change", args=[kept.pk])

    worked_off(archivist, address, filled_in(archivist, address, **{button: str(link.pk)}))

    link.refresh_from_db()
    assert link.status == status
    assert link.reviewed_by is not None
    assert refreshed == [document.pk]


def test_links_are_worked_off_from_their_list(archivist, worked_off, pair, refreshed):
    kept, _, document = pair
    link = AuthorityLink.objects.create(agent=kept, source="viaf", uri="https://viaf.org/viaf/1")

    worked_off(
        archivist,
        reverse("admin:archive_authoritylink_changelist"),
        {"action": "accept", ACTION_CHECKBOX_NAME: [link.pk]},
    )

    link.refresh_from_db()
    assert link.status == "accepted"
    assert refreshed == [document.pk]


def test_renamed_place_refreshes_the_documents_about_it(archivist, worked_off, refreshed):
    place, document = Place.objects.create(name="Peking"), a_published_document()
    Subject.objects.create(document=document, place=place)
    address = reverse("admin:archive_place_change", args=[place.pk])

    worked_off(archivist, address, filled_in(archivist, address, name="Beijing"))

    assert Place.objects.get().name == "Beijing"
    assert refreshed == [document.pk]


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"latitude": "91", "longitude": "0"}, "Between -90 and 90"),
        ({"latitude": "39.9"}, "Write both coordinates"),
    ],
)
def test_coordinates_that_cannot_be_are_refused(archivist, worked_off, typed, why):
    place = Place.objects.create(name="Beijing")
    address = reverse("admin:archive_place_change", args=[place.pk])

    response = worked_off(archivist, address, filled_in(archivist, address, **typed))

    assert why in response.content.decode()


def test_concept_cannot_be_broader_than_itself(archivist, worked_off):
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects")
    war = Concept.objects.create(scheme=scheme, name="War")
    korea = Concept.objects.create(scheme=scheme, name="Korean War")
    korea.broader.add(war)
    address = reverse("admin:archive_concept_change", args=[war.pk])

    response = worked_off(archivist, address, filled_in(archivist, address, broader=[korea.pk]))

    assert "cannot be broader" in response.content.decode()
    assert not war.broader.exists()


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({}, "Choose a concept, a place or an agent"),
        ({"place": "place", "agent": "agent"}, "one of them"),
        ({"place": "place", "relation": "type"}, "a concept says"),
        ({"agent": "agent", "relation": "written at"}, "at a place"),
    ],
)
def test_subject_that_makes_no_sense_is_refused_beside_its_field(archivist, worked_off, typed, why):
    keys = {"place": Place.objects.create(name="Beijing").pk, "agent": Agent.objects.create(name="Mao").pk}
    address = reverse("admin:archive_document_change", args=[a_document().pk])
    row = {f"subjects-0-{name}": keys.get(value, value) for name, value in {"relation": "about", **typed}.items()}

    data = filled_in(archivist, address, **row, **{"subjects-TOTAL_FORMS": "1", "subjects-0-certain": "on"})
    data["subjects-0-order"] = "1"
    response = worked_off(archivist, address, data)

    assert why in response.content.decode()
    assert not Subject.objects.exists()


def test_subject_and_relation_are_saved_with_the_document(archivist, worked_off):
    document, other = a_document(), a_document("other")
    place = Place.objects.create(name="Beijing")
    address = reverse("admin:archive_document_change", args=[document.pk])

    typed = {
        "subjects-TOTAL_FORMS": "1", "subjects-0-relation": "written at", "subjects-0-place": place.pk,
        "subjects-0-order": "0",
        "relations-TOTAL_FORMS": "1", "relations-0-kind": "reply to", "relations-0-target": other.pk,
        "relations-0-order": "0",
    }  # fmt: skip
    worked_off(archivist, address, filled_in(archivist, address, **typed))

    subject = document.subjects.get()
    assert (subject.place, subject.certain) == (place, False)
    assert document.relations.get().target == other


def test_text_derives_only_from_texts_of_its_document(archivist, worked_off):
    document, other = a_document(), a_document("other")
    address = reverse("admin:archive_document_change", args=[document.pk])

    response = worked_off(
        archivist, address, filled_in(archivist, address, **{"texts-0-derived_from": other.texts.get().pk})
    )

    assert "Select a valid choice" in response.content.decode()


@pytest.mark.parametrize("model", ["agent", "place", "concept", "authoritylink"])
def test_lists_take_as_many_queries_for_many_as_for_one(archivist, django_assert_max_num_queries, model):
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects")
    for number in range(25):
        agent = Agent.objects.create(name=f"Agent {number}")
        Place.objects.create(name=f"Place {number}")
        Concept.objects.create(scheme=scheme, name=f"Concept {number}")
        AuthorityLink.objects.create(agent=agent, source="viaf", uri=f"https://viaf.org/viaf/{number}")

    with django_assert_max_num_queries(10):
        archivist.get(reverse(f"admin:archive_{model}_changelist"))
