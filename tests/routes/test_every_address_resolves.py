"""A crawler: every address of this site in any stored representation leads to something, whatever format names it."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from archive.models import Representation
from tests.archive.builders import a_full_document
from tests.archive.lod.test_things import archive  # noqa: F401 - one thing of each kind
from tests.builders import published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

HERE = "https://archive.example.org"
#: Parts of a manifest go by identifiers that lead nowhere by themselves (IIIF Presentation 3, section 3.2 "id").
WITHIN_A_MANIFEST = re.compile(rf"{HERE}/iiif/(?!image/|collection/|search/)[^/]+/(?!manifest\Z)")
ADDRESS = re.compile(rf"{HERE}/[^\s\"'<>\\)\]}}]*")


def named() -> dict[str, set[str]]:
    """The addresses of this site, without fragments, and in which formats they stand."""
    found: dict[str, set[str]] = {}
    for row in Representation.objects.filter(withdrawn=False):
        for address in ADDRESS.findall(html.unescape(bytes(row.content).decode())):
            found.setdefault(address.partition("#")[0].rstrip(".,;"), set()).add(row.format)
    return found


def test_every_address_of_the_site_in_any_representation_resolves():
    published(a_full_document("110692"))
    addresses = named()

    assert {f"{HERE}/documents/110692", f"{HERE}/agents/stalin", f"{HERE}/collections/korea"} <= set(addresses)
    client = Client()
    broken = {
        address: (client.get(address.removeprefix(HERE)).status_code, sorted(formats))
        for address, formats in sorted(addresses.items())
        if not WITHIN_A_MANIFEST.match(address) and client.get(address.removeprefix(HERE)).status_code not in {200, 303}
    }
    assert broken == {}
