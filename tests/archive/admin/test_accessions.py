"""Files handed in through the admin."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from archive import tasks
from archive.models import Accession, AccessionItem, AccessionSource, Original
from tests.archive.admin.conftest import logged_in
from tests.builders import a_collection

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

ADD = reverse("admin:archive_accession_add")


def a_running_accession(*, queued: int) -> Accession:
    accession = Accession.objects.create(state="running")
    for _ in range(queued):
        an_item(accession, state="queued")
    return accession


def an_item(accession: Accession, **columns) -> None:
    source, _ = AccessionSource.objects.get_or_create(accession=accession, name="a.csv", state="read", position=1)
    part = accession.items.count()
    AccessionItem.objects.create(accession=accession, source=source, part=part, identity=f"record:{part}", **columns)


def a_file(name: str, content: bytes = b"Nothing that any reader knows.\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_two_files_become_two_sources_and_the_refusals_are_shown(archivist, worked_off):
    files = [a_file("one.txt"), a_file("two.txt", b"Another that none knows.\n")]

    response = worked_off(archivist, ADD, {"uploads": files, "collection": a_collection().pk})

    accession = Accession.objects.get()
    sources = list(accession.sources.all())
    page = archivist.get(response.redirect_chain[-1][0]).content.decode()
    assert [(each.name, each.state) for each in sources] == [("one.txt", "refused"), ("two.txt", "refused")]
    assert (accession.state, accession.collection.slug, accession.created_by.username) == ("failed", "korea", "user-0")
    assert all(each.reason and html.escape(each.reason) in page for each in sources)
    assert "2 refused" in page


def test_page_tells_how_quickly_documents_come_in_and_how_long_the_rest_takes(archivist):
    accession = a_running_accession(queued=30)
    for seconds in (20, 10, 10):
        an_item(accession, state="created", finished_at=timezone.now() - timedelta(seconds=seconds))

    page = archivist.get(reverse("admin:archive_accession_change", args=[accession.pk])).content.decode()
    assert re.search(r"3 of 33 documents, 0\.[0-9]+ a second, 5 min [0-9]+ s left", page)


def test_empty_file_is_refused_on_the_record(archivist, worked_off):
    worked_off(archivist, ADD, {"uploads": [a_file("empty.txt", b"")]})

    assert AccessionSource.objects.get().state == "refused"


def test_file_that_is_too_large_is_named_and_nothing_is_kept(archivist, worked_off, settings):
    with override_settings(FONDS={**settings.FONDS, "SOURCE_LIMIT": 10}):
        response = worked_off(archivist, ADD, {"uploads": [a_file("small.txt", b"small"), a_file("large.txt")]})

    assert "large.txt has 31 bytes; this site takes at most 10" in response.content.decode()
    assert not Accession.objects.exists()
    assert not Original.objects.exists()


def test_no_file_at_all_is_said(archivist, worked_off):
    assert "This field is required." in worked_off(archivist, ADD, {}).content.decode()


def test_only_who_may_publish_can_hand_in_for_publication(cataloguer, worked_off):
    page = cataloguer.get(ADD).content.decode()
    worked_off(cataloguer, ADD, {"uploads": [a_file("one.txt")], "publish": "on"})

    assert "Publish at once" not in page
    assert Accession.objects.get().publish is False


def test_handing_in_needs_its_permission():
    assert logged_in("view_accession").get(ADD).status_code == 403


def test_original_is_downloaded_as_it_came(archivist, worked_off):
    worked_off(archivist, ADD, {"uploads": [a_file("page.html", b"<script>alert(1)</script>")]})
    handed_in = AccessionSource.objects.get()

    response = archivist.get(reverse("admin:archive_accessionsource_original", args=[handed_in.pk]))

    assert b"".join(response) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_original_is_not_for_everybody(archivist, worked_off):
    worked_off(archivist, ADD, {"uploads": [a_file("one.txt")]})
    handed_in = AccessionSource.objects.get()
    other = logged_in("view_accessionsource", "view_accessionitem")

    assert other.get(reverse("admin:archive_accessionsource_original", args=[handed_in.pk])).status_code == 403
    assert other.get(reverse("admin:archive_accessionitem_original", args=[1])).status_code == 403
    assert other.get(reverse("admin:archive_original_download", args=[handed_in.original_id])).status_code == 403


def test_original_that_the_store_lost_is_not_found(archivist, worked_off):
    worked_off(archivist, ADD, {"uploads": [a_file("one.txt")]})
    handed_in = AccessionSource.objects.get()
    handed_in.original.file.storage.delete(handed_in.original.file.name)

    assert archivist.get(reverse("admin:archive_original_download", args=[handed_in.original_id])).status_code == 404
    assert archivist.get(reverse("admin:archive_accessionsource_change", args=[handed_in.pk])).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OSError("disk full"), OperationalError("no broker")])
def test_files_are_kept_and_the_archivist_told_where_no_queue_answers(archivist, monkeypatch, error):
    def away(*args, **kwargs):
        raise error

    monkeypatch.setattr(tasks.run_accession, "delay", away)

    response = archivist.post(ADD, {"uploads": [a_file("one.txt")]}, follow=True)

    assert Accession.objects.get().sources.count() == 1
    assert "the message queue does not answer" in response.content.decode()
