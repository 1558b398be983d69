"""A crawler: every address of this site in any stored representation leads to something, whatever format names it."""

from __future__ import annotations

import pytest

from tests.archive.builders import a_full_document
from tests.archive.lod.test_things import archive  # noqa: F401 - one thing of each kind
from tests.builders import published
from tests.routes.crawling import broken, named

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

HERE = "https://archive.example.org"


def test_every_address_of_the_site_in_any_representation_resolves():
    published(a_full_document("110692"))
    addresses = named(HERE)

    assert {f"{HERE}/documents/110692", f"{HERE}/agents/stalin", f"{HERE}/collections/korea"} <= set(addresses)
    assert broken(addresses, HERE) == {}
