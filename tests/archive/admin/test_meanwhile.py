"""Two people at one document: the second is told, and loses nothing."""

from __future__ import annotations

import json

import pytest
from django.db.models import Model
from django.urls import reverse

from archive import history
from archive.models import (
    Agent,
    AgentName,
    ArchivalUnit,
    Collection,
    Concept,
    ConceptScheme,
    Document,
    DocumentNumber,
    Place,
    Text,
)
from archive.publication import publish
from tests.archive.admin.browser import filled_in
from tests.archive.admin.conftest import logged_in
from tests.builders import a_collection, a_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(archivist):
    return archivist


@pytest.fixture
def bob(db):
    return logged_in()


def address_of(record: Model) -> str:
    return reverse(f"admin:archive_{record._meta.model_name}_change", args=[record.pk])


def shown_to(client, document: Model, **changes) -> dict:
    return filled_in(client, address_of(document), **changes)


def form_again(response) -> dict:
    """What a browser would send from the page with the form that was refused."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in data.items() if value is not None and value is not False}


def told(response) -> str:
    return " ".join(response.context["adminform"].form.non_field_errors())


def test_second_is_told_who_saved_what_and_keeps_her_words(ada, bob, worked_off):
    document = a_document(title="Telegram", summary="")
    second = shown_to(ada, document, summary="What Ada typed")
    worked_off(bob, address_of(document), shown_to(bob, document, title="Cable"))

    response = worked_off(ada, address_of(document), second)

    document.refresh_from_db()
    assert (document.title, document.summary) == ("Cable", "")
    assert "was changed while you had it open" in told(response)
    assert "user-1" in told(response)
    assert "Cable</ins>" in response.content.decode()
    again = form_again(response)
    assert (again["title"], again["summary"]) == ("Cable", "What Ada typed")


def test_saving_again_keeps_what_both_did(ada, bob, worked_off):
    document = a_document(title="Telegram", summary="", rights="")
    second = shown_to(ada, document, summary="What Ada typed")
    worked_off(bob, address_of(document), shown_to(bob, document, title="Cable", rights="Free"))

    worked_off(ada, address_of(document), form_again(worked_off(ada, address_of(document), second)))

    document.refresh_from_db()
    assert (document.title, document.rights, document.summary) == ("Cable", "Free", "What Ada typed")
    assert list(document.revisions.order_by("number").values_list("act", "by__username")) == [
        ("found", None),
        ("edited", "user-1"),
        ("edited", "user-0"),
    ]


def test_what_both_changed_is_named_and_is_hers_to_decide(ada, bob, worked_off):
    document = a_document(title="Telegram")
    second = shown_to(ada, document, title="What Ada typed")
    worked_off(bob, address_of(document), shown_to(bob, document, title="Cable"))

    response = worked_off(ada, address_of(document), second)
    worked_off(ada, address_of(document), form_again(response))

    assert "You both changed: <strong>Title</strong>" in told(response)
    document.refresh_from_db()
    assert document.title == "What Ada typed"
    assert document.revisions.get(number=2).contents["fields"]["title"] == "Cable"


def test_texts_are_merged_column_by_column(ada, bob, worked_off):
    document = a_document(body="One\r\ntwo")
    Text.objects.create(document=document, order=1, language="ru", body="Раз")
    second = shown_to(ada, document, **{"texts-0-language": "en-GB", "texts-1-body": "Раз, два"})
    worked_off(bob, address_of(document), shown_to(bob, document, **{"texts-0-body": "Uno", "texts-1-body": "Три"}))

    response = worked_off(ada, address_of(document), second)
    worked_off(ada, address_of(document), form_again(response))

    assert "You both changed: <strong>texts, row 2: Body</strong>" in told(response)
    assert list(document.texts.values_list("language", "body")) == [("en-GB", "Uno"), ("ru", "Раз, два")]


def test_row_deleted_meanwhile_comes_back_only_if_she_worked_on_it(ada, bob, worked_off):
    document = a_document()
    for order, value in enumerate(("1", "2", "3")):
        DocumentNumber.objects.create(document=document, order=order, kind="telegram", value=value)
    second = shown_to(ada, document, **{"numbers-1-verbatim": "No. 2"})
    deletions = {"numbers-0-DELETE": "on", "numbers-1-DELETE": "on"}
    worked_off(bob, address_of(document), shown_to(bob, document, **deletions))

    response = worked_off(ada, address_of(document), second)
    worked_off(ada, address_of(document), form_again(response))

    assert "numbers, row 2: the whole row, which was deleted meanwhile" in told(response)
    assert sorted(document.numbers.values_list("value", "verbatim")) == [("2", "No. 2"), ("3", "")]


def test_row_added_meanwhile_is_in_the_form_and_a_new_one_of_hers_too(ada, bob, worked_off):
    document = a_document()
    new = {"numbers-TOTAL_FORMS": 1, "numbers-0-kind": "telegram", "numbers-0-order": "0"}
    second = shown_to(ada, document, **new, **{"numbers-0-value": "hers"})
    worked_off(bob, address_of(document), shown_to(bob, document, **new, **{"numbers-0-value": "his"}))

    again = form_again(worked_off(ada, address_of(document), second))
    worked_off(ada, address_of(document), again)

    assert {again["numbers-0-value"], again["numbers-1-value"]} == {"his", "hers"}
    assert set(document.numbers.values_list("value", flat=True)) == {"his", "hers"}


def test_collections_chosen_meanwhile_stay(ada, bob, worked_off):
    document, korea = a_document(), a_collection("korea")
    second = shown_to(ada, document, title="What Ada typed")
    worked_off(bob, address_of(document), shown_to(bob, document, collections=[korea.pk]))

    again = form_again(worked_off(ada, address_of(document), second))
    worked_off(ada, address_of(document), again)

    assert list(Collection.objects.filter(documents__title="What Ada typed")) == [korea]


def test_worker_that_updates_a_document_meanwhile_is_told_of_too(ada, worked_off):
    document = a_document(title="Telegram")
    second = shown_to(ada, document, summary="What Ada typed")
    history.keep([document.pk])
    Document.objects.update(title="Cable")
    history.record([document.pk], act="accession", note="file.txt")

    assert "Not by hand" in told(worked_off(ada, address_of(document), second))


def test_publication_meanwhile_is_in_nobodys_way(ada, worked_off):
    document = a_document()
    second = shown_to(ada, document, title="What Ada typed")
    publish([document.pk])

    worked_off(ada, address_of(document), second)

    document.refresh_from_db()
    assert document.title == "What Ada typed"


def test_same_person_can_save_twice_in_a_row(ada, worked_off):
    document = a_document()

    for title in ("First", "Second"):
        worked_off(ada, address_of(document), shown_to(ada, document, title=title))

    document.refresh_from_db()
    assert (document.title, document.revisions.count()) == ("Second", 3)


@pytest.mark.parametrize("number", ["7", "-1", "x"])
def test_number_that_is_no_version_saves_nothing_blindly(ada, bob, worked_off, number):
    document = a_document(title="Telegram")
    worked_off(bob, address_of(document), shown_to(bob, document, title="Cable"))

    worked_off(ada, address_of(document), shown_to(ada, document, title="Ada's", revision=number))

    document.refresh_from_db()
    assert document.title == "Cable"


@pytest.mark.parametrize("nonsense", [{"texts-0-id": "x"}, {"texts-TOTAL_FORMS": "x"}, {"texts-TOTAL_FORMS": "9" * 30}])
def test_nonsense_beside_a_change_by_somebody_else_is_an_error_and_no_crash(ada, bob, worked_off, nonsense):
    document = a_document(title="Telegram", body="Before")
    second = shown_to(ada, document, title="Ada's", **nonsense)
    worked_off(bob, address_of(document), shown_to(bob, document, title="Cable"))

    assert worked_off(ada, address_of(document), second).status_code == 200

    document.refresh_from_db()
    assert (document.title, document.texts.get().body) == ("Cable", "Before")


def an_agent() -> Agent:
    agent = Agent.objects.create(name="Stalin", note="")
    AgentName.objects.create(agent=agent, value="Filippov")
    return agent


RECORDS = {
    "agent": (an_agent, "name", "note"),
    "place": (lambda: Place.objects.create(name="Peking"), "name", "note"),
    "concept": (
        lambda: Concept.objects.create(
            name="Railways", scheme=ConceptScheme.objects.create(slug="s", title="Subjects")
        ),
        "name",
        "note",
    ),
    "unit": (
        lambda: ArchivalUnit.objects.create(level="repository", code="APRF", sort_key="aprf"),
        "title",
        "description",
    ),
    "collection": (a_collection, "title", "description"),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_second_at_what_documents_refer_to_is_told_and_loses_nothing(ada, bob, worked_off, kind):
    make, theirs, mine = RECORDS[kind]
    record = make()
    second = shown_to(ada, record, **{mine: "What Ada typed"})
    worked_off(bob, address_of(record), shown_to(bob, record, **{theirs: "What Bob typed"}))

    response = worked_off(ada, address_of(record), second)

    record.refresh_from_db()
    assert (getattr(record, theirs), getattr(record, mine)) == ("What Bob typed", "")
    assert "was changed while you had it open" in told(response)

    worked_off(ada, address_of(record), form_again(response))

    record.refresh_from_db()
    assert (getattr(record, theirs), getattr(record, mine)) == ("What Bob typed", "What Ada typed")


def test_name_added_to_an_agent_by_one_stays_beside_the_one_that_another_changes(ada, bob, worked_off):
    agent = an_agent()
    second = shown_to(ada, agent, **{"names-0-value": "Philippov"})
    added = {"names-TOTAL_FORMS": "2", "names-1-value": "Koba", "names-1-kind": "pseudonym", "names-1-language": ""}
    worked_off(bob, address_of(agent), {**shown_to(bob, agent), **added})

    worked_off(ada, address_of(agent), form_again(worked_off(ada, address_of(agent), second)))

    assert {*agent.names.values_list("value", flat=True)} == {"Philippov", "Koba"}


def test_concept_that_one_has_put_below_another_stays_there(ada, bob, worked_off):
    concept = RECORDS["concept"][0]()
    wider = Concept.objects.create(scheme=concept.scheme, name="Transport")
    second = shown_to(ada, concept, note="What Ada typed")
    worked_off(bob, address_of(concept), shown_to(bob, concept, broader=[wider.pk]))

    worked_off(ada, address_of(concept), form_again(worked_off(ada, address_of(concept), second)))

    concept.refresh_from_db()
    assert (list(concept.broader.all()), concept.note) == ([wider], "What Ada typed")


def test_statements_that_one_has_added_stay_beside_the_text_that_another_changes(ada, bob, worked_off):
    document = a_document(body="Words")
    second = shown_to(ada, document, **{"texts-0-body": "What Ada typed"})
    said = [{"term": "subject", "value": "What Bob typed"}]
    worked_off(bob, address_of(document), shown_to(bob, document, statements=json.dumps(said)))

    worked_off(ada, address_of(document), form_again(worked_off(ada, address_of(document), second)))

    document.refresh_from_db()
    assert (document.statements, document.texts.get().body) == (said, "What Ada typed")
