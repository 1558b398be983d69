"""Groups: what each may do, on every action and every page."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from archive import groups, jobs
from archive.models import Accession, Agent, Document
from tests.archive.jobs.builders import a_subject
from tests.builders import a_document, a_published_document

#: What a group may do is asked of Python; no engine makes a difference to it.
pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

C, E, A = groups.CATALOGUER, groups.EDITOR, groups.ADMINISTRATOR
NOBODY = ""
EVERYBODY = {C, E, A}
EDITORS = {E, A}


def member(group: str) -> Client:
    user = User.objects.create_user(username=f"in {group}", is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("group", [NOBODY, C, E, A])
@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("document_changelist", EVERYBODY),
        ("document_add", EVERYBODY),
        ("agent_changelist", EVERYBODY),
        ("agent_add", EVERYBODY),
        ("accession_changelist", EVERYBODY),
        ("accession_add", EVERYBODY),
        ("accessionitem_changelist", EVERYBODY),
        ("original_changelist", EVERYBODY),
        ("representation_changelist", EVERYBODY),
        ("collection_changelist", EVERYBODY),
        ("collection_add", EDITORS),
        ("job_changelist", EDITORS),
        ("jobitem_changelist", EDITORS),
    ],
)
def test_pages(group, page, allowed):
    status = member(group).get(reverse(f"admin:archive_{page}")).status_code

    assert status == (200 if group in allowed else 403)


@pytest.mark.parametrize("group", [C, E, A])
@pytest.mark.parametrize(
    ("action", "after", "allowed"),
    [
        ("send_to_review", {"in_review", "published"}, EVERYBODY),
        ("publish", {"published"}, EDITORS),
        ("withdraw", {"draft", "withdrawn"}, EDITORS),
        ("delete_selected", None, EDITORS),
        ("edit_in_bulk", None, EDITORS),
    ],
)
def test_actions(group, action, after, allowed, django_capture_on_commit_callbacks):
    draft, public = a_document("1", body="one"), a_published_document("2", body="two")
    chosen = [draft.pk] if action == "delete_selected" else [draft.pk, public.pk]
    data = {"action": action, "_selected_action": chosen, "reason": "Rights were claimed."}

    with django_capture_on_commit_callbacks(execute=True):
        response = member(group).post(reverse("admin:archive_document_changelist"), data)

    states = set(Document.objects.values_list("state", flat=True))
    if after:
        assert states == (after if group in allowed else {"draft", "published"})
    else:
        assert (response.status_code == 200) == (group in allowed)


@pytest.mark.parametrize("group", [C, E, A])
@pytest.mark.parametrize("operation", ["add_subject", "publish", "withdraw"])
def test_bulk_operations(group, operation):
    document, agent = a_document(), Agent.objects.create(name="Mao Zedong")
    data = {"operation": operation, "relation": "about", "agent": agent.pk, "reason": "Rights were claimed."}

    response = member(group).post(
        reverse("admin:archive_document_changelist"),
        {"action": "edit_in_bulk", "_selected_action": [document.pk], **data},
    )

    # An action that somebody does not have is unknown to Django, which shows the list again.
    assert ("preview" in (response.context or {})) == (group in EDITORS)


@pytest.mark.parametrize("group", [NOBODY, C, E, A])
@pytest.mark.parametrize("verb", ["cancel", "retry", "undo"])
def test_verbs_of_jobs(group, verb):
    job = jobs.submit(a_subject(), Document.objects.all())

    status = member(group).post(reverse(f"admin:archive_job_{verb}", args=[job.pk])).status_code

    assert status == (302 if group in EDITORS else 403)


@pytest.mark.parametrize("group", [NOBODY, C, E, A])
@pytest.mark.parametrize("verb", ["cancel", "retry"])
@pytest.mark.parametrize("publish", [False, True])
def test_verbs_of_accessions(group, verb, publish):
    accession = Accession.objects.create(publish=publish, state="done")

    status = member(group).post(reverse(f"admin:archive_accession_{verb}", args=[accession.pk])).status_code

    assert status == (302 if group in (EDITORS if publish else EVERYBODY) else 403)


def test_cataloguer_is_not_shown_what_only_an_editor_may_do():
    a_document()

    page = member(C).get(reverse("admin:archive_document_changelist")).content.decode()

    assert 'value="send_to_review"' in page
    for action in ("publish", "withdraw", "delete_selected", "edit_in_bulk"):
        assert f'<option value="{action}"' not in page


def test_administrator_may_do_everything_in_the_archive():
    all_of_them = set(Permission.objects.filter(content_type__app_label="archive").values_list("codename", flat=True))
    held = permitted(A)

    assert held == all_of_them, "a migration that adds a permission calls archive.groups.grant again"


def permitted(group):
    """What a group may do in the archive; other apps may grant it more."""
    held = Group.objects.get(name=group).permissions.filter(content_type__app_label="archive")
    return set(held.values_list("codename", flat=True))


@pytest.mark.parametrize(("group", "codenames"), [(C, groups.CATALOGUING), (E, groups.EDITING)])
def test_every_permission_of_a_group_is_there(group, codenames):
    assert permitted(group) == codenames


def test_groups_that_a_site_has_changed_keep_what_it_granted():
    extra = Permission.objects.exclude(content_type__app_label="archive").first()
    Group.objects.get(name=C).permissions.add(extra)

    from django.db import connection

    class Editor:
        pass

    Editor.connection = connection
    groups.grant(apps, Editor)

    assert extra in Group.objects.get(name=C).permissions.all()
