"""Permissions of the groups: every page, every inline, every action and every address that changes something."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse

from archive import groups, history, jobs, merging, publication, review
from archive.models import (
    Accession,
    Agent,
    ArchivalUnit,
    AuthorityLink,
    ColumnMapping,
    Concept,
    ConceptScheme,
    Document,
    Place,
    Representation,
    StoredQuery,
)
from archive.readers import Source
from tests.archive.admin.browser import filled_in
from tests.archive.admin.test_groups import member
from tests.archive.jobs.builders import a_subject
from tests.builders import a_collection, a_document, a_published_document
from tests.sources import an_accession_source

#: What a group may do is asked of Python; no engine makes a difference to it.
pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

C, E, A = groups.CATALOGUER, groups.EDITOR, groups.ADMINISTRATOR
NOBODY = ""
ALL = [NOBODY, C, E, A]
NONE: set[str] = set()
EVERYBODY = {C, E, A}
EDITORS = {E, A}

#: Who may look at one, add one, save one, delete one.
PAGES = {
    "accession": (EVERYBODY, EVERYBODY, NONE, NONE),
    "accessionitem": (EVERYBODY, NONE, NONE, NONE),
    "accessionsource": (EVERYBODY, NONE, NONE, NONE),
    "agent": (EVERYBODY, EVERYBODY, EVERYBODY, EDITORS),
    "archivalunit": (EVERYBODY, EVERYBODY, EVERYBODY, EDITORS),
    "authoritylink": (EVERYBODY, NONE, EVERYBODY, EVERYBODY),
    "collection": (EVERYBODY, EDITORS, EDITORS, EDITORS),
    "columnmapping": (EVERYBODY, EDITORS, EDITORS, EDITORS),
    "concept": (EVERYBODY, EVERYBODY, EVERYBODY, EDITORS),
    "conceptscheme": (EVERYBODY, EDITORS, EDITORS, EDITORS),
    "document": (EVERYBODY, EVERYBODY, EVERYBODY, EDITORS),
    "job": (EDITORS, NONE, NONE, NONE),
    "jobitem": (EDITORS, NONE, NONE, NONE),
    "original": (EVERYBODY, NONE, NONE, NONE),
    "place": (EVERYBODY, EVERYBODY, EVERYBODY, EDITORS),
    "representation": (EVERYBODY, NONE, NONE, NONE),
    "storedquery": (EDITORS, EDITORS, EDITORS, EDITORS),
}
#: Who may see, add, change and take away the rows of the tables on a page.
INLINES = {
    "agent": {"names": (EVERYBODY,) * 4, "links": (EVERYBODY,) * 4},
    "concept": {"labels": (EVERYBODY,) * 4, "links": (EVERYBODY,) * 4},
    "place": {"names": (EVERYBODY,) * 4, "links": (EVERYBODY,) * 4},
    "document": {
        **dict.fromkeys(
            ("texts", "references", "contributions", "subjects", "relations", "numbers", "events"), (EVERYBODY,) * 4
        ),
        "pages": (EVERYBODY, NONE, NONE, NONE),
    },
}
#: Who is offered which action on a list.
ACTIONS = {
    "accession": {"reread": EVERYBODY},
    "agent": {"merge": EDITORS, "delete_selected": EDITORS},
    "archivalunit": {"delete_selected": EDITORS},
    "authoritylink": {"accept": EVERYBODY, "reject": EVERYBODY, "delete_selected": EVERYBODY},
    "collection": {"delete_selected": EDITORS},
    "columnmapping": {"delete_selected": EDITORS},
    "concept": {"merge": EDITORS, "delete_selected": EDITORS},
    "conceptscheme": {"delete_selected": EDITORS},
    "document": {
        "send_to_review": EVERYBODY,
        "return_to_draft": EVERYBODY,
        "edit_in_bulk": EDITORS,
        "publish": EDITORS,
        "withdraw": EDITORS,
        "delete_selected": EDITORS,
    },
    "place": {"merge": EDITORS, "delete_selected": EDITORS},
    "storedquery": {"delete_selected": EDITORS},
}


def address(view: str, *arguments: object) -> str:
    return reverse(f"admin:archive_{view}", args=arguments)


@pytest.fixture
def one_of_each():
    """One of everything that has a page in the admin."""
    document = a_document()
    agent = Agent.objects.create(name="Stalin, Joseph")
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects")
    job = jobs.submit(a_subject(), Document.objects.all())
    accession = Accession.objects.create(state="done")
    handed_in = an_accession_source(Source("one.txt", b"one"), accession=accession)
    return {
        "accession": accession,
        "accessionitem": accession.items.create(source=handed_in),
        "accessionsource": handed_in,
        "agent": agent,
        "archivalunit": ArchivalUnit.objects.create(level="repository", code="APRF", sort_key="aprf"),
        "authoritylink": AuthorityLink.objects.create(agent=agent, source="viaf", uri="https://viaf.org/1"),
        "collection": a_collection(),
        "columnmapping": ColumnMapping.objects.create(name="Harbour lists"),
        "concept": Concept.objects.create(scheme=scheme, name="Wars"),
        "conceptscheme": scheme,
        "document": document,
        "job": job,
        "jobitem": job.items.first(),
        "original": handed_in.original,
        "place": Place.objects.create(name="Moscow"),
        "representation": Representation.objects.create(
            document=document,
            number=document.pk,
            identifier="1",
            format="x",
            media_type="text/plain",
            changed_at=datetime.now(UTC),
        ),
        "storedquery": StoredQuery.objects.create(slug="wars", title="Wars", words="war"),
    }


def test_every_page_of_the_archive_stands_in_the_table():
    assert {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "archive"} == set(
        PAGES
    )


@pytest.mark.parametrize("group", ALL)
def test_pages_open_and_save_for_whom_they_may(group, one_of_each):
    client = member(group)

    found, wanted = {}, {}
    for name, row in one_of_each.items():
        page = address(f"{name}_change", row.pk)
        opens = client.get(page).status_code == 200
        may_save = name in {model for model, (_, _, save, _) in PAGES.items() if group in save}
        data = filled_in(client, page) if opens and may_save else {}
        found[name] = (
            opens,
            client.get(address(f"{name}_add")).status_code == 200,
            client.post(page, data).status_code == 302,
            client.get(address(f"{name}_delete", row.pk)).status_code == 200,
        )
        wanted[name] = tuple(group in allowed for allowed in PAGES[name])

    assert found == wanted


@pytest.mark.parametrize("group", [C, E, A])
def test_inlines_let_change_what_the_group_may(group, one_of_each):
    client = member(group)

    for name in PAGES:
        response = client.get(address(f"{name}_change", one_of_each[name].pk))
        if response.status_code != 200:
            continue
        found = {
            inline.formset.prefix: (
                inline.has_view_permission,
                bool(inline.has_add_permission),
                inline.has_change_permission,
                bool(inline.has_delete_permission and inline.formset.can_delete),
            )
            for inline in response.context["inline_admin_formsets"]
        }
        wanted = {prefix: tuple(group in allowed for allowed in row) for prefix, row in INLINES.get(name, {}).items()}
        assert found == wanted, name


@pytest.mark.parametrize("group", ALL)
def test_actions_are_offered_to_whom_they_may(group):
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=member(group).session["_auth_user_id"])

    found = {
        model._meta.model_name: set(shown.get_actions(request))
        for model, shown in admin.site._registry.items()
        if model._meta.app_label == "archive"
    }

    assert found == {
        name: {action for action, allowed in ACTIONS.get(name, {}).items() if group in allowed} for name in PAGES
    }


@pytest.mark.parametrize("group", [C, E, A])
def test_draft_is_deleted_with_all_that_hangs_on_it_by_editors(group):
    document = a_document()
    publication.typeset_pages([document.pk])
    history.record([document.pk], act=history.CREATED)
    client = member(group)
    confirmed = {"action": "delete_selected", "_selected_action": [document.pk], "post": "yes"}

    client.post(address("document_changelist"), confirmed)

    assert Document.objects.exists() == (group not in EDITORS)


@pytest.mark.parametrize("group", ALL)
def test_back_to_draft_is_for_whoever_may_change_documents(group):
    document = a_document()
    review.send([document.pk])

    member(group).post(address("document_changelist"), {"action": "return_to_draft", "_selected_action": [document.pk]})

    document.refresh_from_db()
    assert document.state == ("draft" if group in EVERYBODY else "in_review")


def test_who_may_only_look_neither_sends_to_review_nor_back():
    from tests.archive.admin.conftest import logged_in

    draft, waiting = a_document("1"), a_document("2")
    review.send([waiting.pk])
    reader = logged_in("view_document")

    for action, document in (("send_to_review", draft), ("return_to_draft", waiting)):
        reader.post(address("document_changelist"), {"action": action, "_selected_action": [document.pk]})

    assert list(Document.objects.order_by("identifier").values_list("state", flat=True)) == ["draft", "in_review"]


@pytest.mark.parametrize("group", ALL)
def test_addresses_of_a_document_answer_whom_they_may(group):
    document = a_document()
    publication.typeset_pages([document.pk])
    history.record([document.pk], act=history.CREATED)
    Document.objects.update(title="Another title")
    history.record([document.pk], act=history.EDITED)
    client = member(group)

    answers = {
        "history": client.get(address("document_history", document.pk)),
        "restore, asked": client.get(address("document_restore", document.pk, 1)),
        "preview": client.get(address("document_preview", document.pk)),
        "preview of a format": client.get(address("document_preview_as", document.pk, "oai_dc")),
        "preview of the page": client.get(address("document_preview_page", document.pk)),
        "link to pass on": client.post(address("document_preview", document.pk)),
        "page image": client.get(address("document_page", document.pk, document.pages.get().pk, 280)),
    }

    expected = 200 if group in EVERYBODY else 403
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, expected)


@pytest.mark.parametrize("group", ALL)
def test_version_is_restored_by_whoever_may_change_documents(group):
    document = a_document(title="As it was")
    history.record([document.pk], act=history.CREATED)
    Document.objects.update(title="As it is")
    history.record([document.pk], act=history.EDITED)

    member(group).post(address("document_restore", document.pk, 1), {"last": document.revisions.count()})

    document.refresh_from_db()
    assert document.title == ("As it was" if group in EVERYBODY else "As it is")


@pytest.mark.parametrize("group", [C, E, A])
def test_save_and_publish_publishes_for_editors_and_saves_nothing_for_others(group, worked_off):
    document, client = a_document(title="As it was"), member(group)
    page = address("document_change", document.pk)

    worked_off(client, page, filled_in(client, page, title="As it is", _publish="1"))

    document.refresh_from_db()
    expected = ("As it is", "published") if group in EDITORS else ("As it was", "draft")
    assert (document.title, document.state) == expected


@pytest.mark.parametrize("group", [C, E, A])
def test_withdrawal_from_the_page_of_a_document_is_for_editors(group):
    document = a_published_document()

    shown = 'value="withdraw"' in member(group).get(address("document_change", document.pk)).content.decode()

    assert shown == (group in EDITORS)


@pytest.mark.parametrize("group", ALL)
def test_links_are_judged_by_whoever_may_change_them(group, one_of_each):
    link = one_of_each["authoritylink"]

    member(group).post(address("authoritylink_changelist"), {"action": "accept", "_selected_action": [link.pk]})

    link.refresh_from_db()
    assert link.status == ("accepted" if group in EVERYBODY else "candidate")


@pytest.mark.parametrize("group", ALL)
def test_merging_and_taking_apart_is_for_editors(group):
    kept, merged = Agent.objects.create(name="Stalin, Joseph"), Agent.objects.create(name="Filippov")
    client = member(group)

    both = {"action": "merge", "_selected_action": [kept.pk, merged.pk], "kept": kept.pk, "_merge": "1"}
    client.post(address("agent_changelist"), both)
    merged.refresh_from_db()
    assert (merged.merged_into == kept) == (group in EDITORS)

    if not merged.merged_into_id:
        merging.merge(kept, merged, by=None)
    status = client.post(address("agent_undo_merge", merged.pk)).status_code
    assert status == (302 if group in EDITORS else 403)


@pytest.mark.parametrize("group", ALL)
def test_originals_are_downloaded_by_whoever_may_see_them(group, one_of_each):
    client = member(group)

    statuses = {
        client.get(address("accessionsource_original", one_of_each["accessionsource"].pk)).status_code,
        client.get(address("original_download", one_of_each["original"].pk)).status_code,
    }

    assert statuses == {200 if group in EVERYBODY else 403}


def test_nobody_else_than_staff_comes_in(one_of_each, client):
    client.force_login(User.objects.create_user("reader"))

    statuses = {client.get(address(f"{name}_change", row.pk)).status_code for name, row in one_of_each.items()}

    assert statuses == {302}
