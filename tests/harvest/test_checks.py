"""System checks of the provider's settings."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

# Django's own checks ask the engine what it can do.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("OAI_NAMESPACE", "localhost", "fonds.E011"),
        ("OAI_NAMESPACE", "archive.example.org/x", "fonds.E011"),
        ("ADMIN_EMAIL", "root@localhost", "fonds.E012"),
        ("ADMIN_EMAIL", "", "fonds.E012"),
        ("OAI_PAGE_SIZE", 0, "fonds.E013"),
        ("OAI_TOKEN_DAYS", 0, "fonds.E013"),
        ("OAI_SETS_WITHOUT_DELETED", ("two words",), "fonds.E015"),
        ("OAI_UNIT_SETS", ("shelf",), "fonds.E016"),
        ("OAI_BRANDING", "/static/icon.png", "fonds.E018"),
        ("OAI_BRANDING", "https://archive.example.org/an icon.png", "fonds.E018"),
        ("METADATA_RIGHTS", "all rights reserved", "fonds.E019"),
        ("METADATA_RIGHTS", "https://archive.example.org/[rights]", "fonds.E019"),
    ],
)
def test_setting_that_would_make_answers_invalid_is_an_error(settings, key, value, found):
    settings.FONDS = {**settings.FONDS, key: value}

    assert found in [message.id for message in run_checks()]


def test_settings_of_the_site_are_in_order():
    assert [message.id for message in run_checks() if message.id.startswith("fonds.E01")] == []


@pytest.mark.any_engine
def test_times_that_sqlite_would_not_store_in_utc_are_an_error(monkeypatch):
    from harvest import checks

    class Elsewhere:
        vendor, timezone_name = "sqlite", "Europe/Moscow"

    monkeypatch.setattr(checks, "connection", Elsewhere)

    assert "fonds.E017" in [message.id for message in checks.provider_settings(None)]
