"""Pages for what could not be answered: whoever reads is told so in words, and a busy database asks for patience."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import path

from config import urls

#: What a view of a site may end with.
FAULTS = {"fault": ValueError("secret"), "deadlock": OperationalError("deadlock detected"), "cut": InterfaceError()}


def failing(request, fault):
    raise FAULTS[fault]


urlpatterns = [path("failing/<fault>", failing), *urls.urlpatterns]
handler500 = urls.handler500

pytestmark = pytest.mark.urls(__name__)


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
