"""Pages for what is not answered: whoever asked is told so in words, and a busy database asks for patience."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import path, reverse

from archive.models import Accession
from config import urls

#: What a view of a site may end with.
FAULTS = {"fault": ValueError("secret"), "deadlock": OperationalError("deadlock detected"), "cut": InterfaceError()}


def failing(request, fault):
    raise FAULTS[fault]


urlpatterns = [path("failing/<fault>", failing), *urls.urlpatterns]
handler400, handler403, handler500 = urls.handler400, urls.handler403, urls.handler500

pytestmark = [pytest.mark.urls(__name__), pytest.mark.any_engine]


@pytest.fixture
def reader():
    """Somebody with a browser."""
    return Client(raise_request_exception=False, headers={"accept": "text/html,*/*;q=0.8"})


@pytest.mark.parametrize("ask", ["get", "post"])
def test_error_is_told_in_a_page_that_gives_nothing_of_it_away(reader, ask):
    answer = getattr(reader, ask)("/failing/fault")

    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("fault", ["deadlock", "cut"])
@pytest.mark.parametrize("ask", ["get", "post"])
def test_reader_is_asked_for_patience_where_the_database_is_busy(reader, ask, fault):
    answer = getattr(reader, ask)(f"/failing/{fault}")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "This cannot be answered just now" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_page_is_in_the_language_of_the_reader(reader):
    answer = reader.get("/failing/fault", headers={"accept-language": "ru"})

    assert answer["Content-Language"] == "ru"
    assert "Здесь произошла ошибка" in answer.text


def test_request_for_another_host_is_not_understood(reader):
    answer = reader.get("/", headers={"host": "elsewhere.example.org"})

    assert answer.status_code == 400
    assert "This request was not understood" in answer.text
    assert "elsewhere" not in answer.text


@pytest.mark.django_db
def test_archivist_who_sends_too_many_files_hears_how_many_may_come_and_nothing_is_taken(reader, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    reader.force_login(User.objects.create_superuser("archivist"))
    files = [SimpleUploadedFile(f"{number}.txt", b"A telegram.") for number in range(3)]

    answer = reader.post(reverse("admin:archive_accession_add"), {"uploads": files})

    assert answer.status_code == 400
    assert "At most 2 files can be sent together" in answer.text
    assert not Accession.objects.exists()


@pytest.mark.django_db
def test_form_with_too_many_fields_is_too_much(reader, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    answer = reader.post(reverse("admin:login"), {"username": "a", "password": "b", "next": "c"})

    assert answer.status_code == 400
    assert "This is too much at once" in answer.text


@pytest.mark.django_db
def test_archivist_without_a_right_is_told_who_can_give_it(reader):
    reader.force_login(User.objects.create_user("newcomer", is_staff=True))

    answer = reader.get(reverse("admin:archive_accession_add"))

    assert answer.status_code == 403
    assert "Whoever runs this archive can give it that right" in answer.text
