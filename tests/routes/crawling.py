"""Crawling: the addresses of a site in what it has stored, and where they lead."""

from __future__ import annotations

import html
import re

from django.test import Client

from archive.models import Representation


def addresses_in(content: bytes, site: str) -> set[str]:
    """The addresses of a site that stand in some bytes, without fragments."""
    found = re.findall(rf"{site}/[^\s\"'<>\\)\]}}]*", html.unescape(content.decode()))
    return {address.partition("#")[0].rstrip(".,;") for address in found}


def named(site: str) -> dict[str, set[str]]:
    """The addresses of this site in what is stored, and in which formats they stand."""
    found: dict[str, set[str]] = {}
    for row in Representation.objects.filter(withdrawn=False):
        for address in addresses_in(bytes(row.content), site):
            found.setdefault(address, set()).add(row.format)
    return found


def broken(addresses: dict[str, set[str]], site: str) -> dict[str, tuple[int, list[str]]]:
    """Addresses that lead nowhere: what they answer, and in which formats they stand."""
    # Parts of a manifest go by identifiers that lead nowhere by themselves (IIIF Presentation 3, section 3.2 "id").
    within_a_manifest = re.compile(rf"{site}/iiif/(?!image/|collection/|search/)[^/]+/(?!manifest\Z)")
    client, found = Client(), {}
    for address, formats in sorted(addresses.items()):
        if not within_a_manifest.match(address):
            status = client.get(address.removeprefix(site)).status_code
            if status not in {200, 303}:
                found[address] = (status, sorted(formats))
    return found
