"""The admin: who may do what with sources, and what an archivist sees of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive import groups
from harvest import client
from harvest.models import HarvestProblem, HarvestRun, HarvestSource
from tests.archive.admin.browser import filled_in
from tests.archive.admin.test_groups import member
from tests.harvest.client.builders import a_source, harvested
from tests.harvest.client.repository import a_record

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

C, E, A = groups.CATALOGUER, groups.EDITOR, groups.ADMINISTRATOR


def address(view: str, *arguments: object) -> str:
    return reverse(f"admin:harvest_{view}", args=arguments)


@pytest.fixture
def source(repository):
    repository.pages = [[a_record("1"), "<record/>"]]
    return a_source(repository)


@pytest.mark.parametrize("group", ["", C, E, A])
def test_groups_see_harvest_and_change_as_they_may(group, source, django_capture_on_commit_callbacks):
    run = harvested(source, django_capture_on_commit_callbacks)
    rows = {
        "harvestsource": source, "harvestrun": run, "harvestproblem": HarvestProblem.objects.get(),
        "harvestedrecord": source.records.get(),
    }  # fmt: skip
    browser = member(group)

    seen = {browser.get(address(f"{name}_change", row.pk)).status_code for name, row in rows.items()}
    seen |= {browser.get(address(f"{name}_changelist")).status_code for name in rows}
    begun = browser.post(address("source_harvest", source.pk)).status_code
    checked = browser.post(address("source_check", source.pk)).status_code
    added = browser.get(address("harvestsource_add")).status_code

    assert seen == {200 if group else 403}
    assert (begun, checked) == ((302, 302) if group in (E, A) else (403, 403))
    assert added == (200 if group == A else 403)
    assert {browser.get(address(f"{name}_delete", row.pk)).status_code for name, row in rows.items()} == {403}


def test_administrator_saves_a_source_and_the_repository_is_asked_by_a_worker(
    repository, django_capture_on_commit_callbacks
):
    browser, page = member(A), address("harvestsource_add")
    data = filled_in(browser, page, name="Province", base_url=repository.base_url)

    with django_capture_on_commit_callbacks() as later:
        assert browser.post(page, data).status_code == 302
    assert not repository.asked
    assert HarvestSource.objects.get().check_state == "waiting"

    for each in later:
        each()
    assert HarvestSource.objects.get().check_state == "answers"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://user:secret@example.org/oai", "https://example.org/oai?verb=Identify"]
)
def test_base_url_that_is_none_is_refused_beside_its_field(url):
    browser, page = member(A), address("harvestsource_add")

    response = browser.post(page, filled_in(browser, page, name="Province", base_url=url))

    assert response.context["adminform"].form.errors["base_url"]


def test_formats_and_sets_are_chosen_from_what_the_repository_told(repository, source):
    repository.sets = ("letters", "maps")
    client.check(source.pk)

    form = member(A).get(address("harvestsource_change", source.pk)).context["adminform"].form

    assert form.fields["metadata_prefix"].choices == [("oai_dc", "oai_dc"), ("marc21", "marc21 (not read here)")]
    assert form.fields["set_spec"].choices == [
        ("", "everything"), ("letters", "The letters (letters)"), ("maps", "The maps (maps)")
    ]  # fmt: skip


def test_another_set_is_harvested_from_the_beginning(repository, source, django_capture_on_commit_callbacks):
    harvested(source, django_capture_on_commit_callbacks)
    browser, page = member(A), address("harvestsource_change", source.pk)

    browser.post(page, filled_in(browser, page, set_spec="maps"))

    source.refresh_from_db()
    assert (source.set_spec, source.next_from) == ("maps", "")


def test_who_may_not_publish_lets_no_source_publish(source):
    from tests.archive.admin.conftest import logged_in

    browser = logged_in("view_document")
    user = browser.session["_auth_user_id"]
    from django.contrib.auth.models import Permission, User

    harvest = Permission.objects.filter(content_type__app_label="harvest")
    User.objects.get(pk=user).user_permissions.add(*harvest)
    page = address("harvestsource_change", source.pk)

    browser.post(page, {**filled_in(browser, page), "publish": "on"})

    source.refresh_from_db()
    assert not source.publish


def test_run_says_what_came_and_what_was_wrong(source, django_capture_on_commit_callbacks):
    run = harvested(source, django_capture_on_commit_callbacks)

    page = member(E).get(address("harvestrun_change", run.pk)).content.decode()

    assert "2 records" in page
    assert "1 handed to the archive" in page
    assert "The record&#x27;s header has no identifier." in page
    assert "Accession" in page


def test_run_is_cancelled_from_its_page(source):
    run = client.start(source)
    browser = member(E)
    assert "Cancel" in browser.get(address("harvestrun_change", run.pk)).content.decode()

    browser.post(address("harvestrun_cancel", run.pk))

    assert HarvestRun.objects.get().state == "cancelled"


def test_second_run_is_refused_in_words(source):
    client.start(source)

    page = member(E).post(address("source_harvest", source.pk), follow=True).content.decode()

    assert "is being harvested already" in page
