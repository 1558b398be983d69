"""A site that is set up wrong hears of it at start."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

# Django's own checks ask the engine what it can do.
pytestmark = pytest.mark.django_db


def ids_with(settings, **values) -> list[str]:
    settings.FONDS = {**settings.FONDS, **values}
    return [message.id for message in run_checks() if message.id.startswith("fonds.")]


def test_site_of_the_tests_is_set_up_right(settings):
    assert ids_with(settings) == []


def test_key_that_means_nothing_is_named(settings):
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URI": "https://example.org"}

    (message,) = [message for message in run_checks() if message.id == "fonds.E001"]
    assert "PUBLIC_BASE_URI" in message.msg


@pytest.mark.parametrize("address", ["archive.example.org", "ftp://example.org", "https://example.org?x=1", ""])
def test_base_that_is_no_address_is_an_error(settings, address):
    assert ids_with(settings, PUBLIC_BASE_URL=address) == ["fonds.E002"]


def test_storage_that_does_not_exist_is_an_error(settings):
    assert ids_with(settings, STORAGE="nowhere") == ["fonds.E003"]


def test_transactions_of_whole_requests_are_warned_of(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)

    assert ids_with(settings) == ["fonds.W006"]


@pytest.mark.parametrize(
    "given",
    [
        {"IMAGE_SERVICE": "https://images.example.org/iiif"},
        {"IMAGE_SERVICE": "images/{file}"},
        {"IMAGE_SERVICE": "https://images.example.org/{nothing}"},
        {"IMAGE_SERVICE": "https://images.example.org/{file}", "IMAGE_SERVICE_VERSION": 1},
    ],
)
def test_image_service_elsewhere_that_could_not_be_asked_is_an_error(settings, given):
    [found] = ids_with(settings, **given)

    assert found in {"fonds.E004", "fonds.E005"}
