"""Everything in fixtures/sources as manifests: walked, read by another reader, and followed to where it leads."""

from __future__ import annotations

import json

import pytest
from iiif_prezi3 import Manifest

from archive.accession import Arrival, enter_all
from archive.description import describe
from archive.drafts import Draft
from archive.models import AccessionSource, Document, Page
from archive.readers import drafts_of
from archive.readers.refused import SourceRefused
from iiif.presentation import version2
from iiif.presentation.annotations import lines_of
from iiif.presentation.manifest import built, manifest_of
from tests.iiif import walker
from tests.iiif.builders import a_telegram
from tests.iiif.parser import understood
from tests.sources import SOURCES, source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

BASE = "https://archive.example.org"


@pytest.fixture
def corpus() -> list:
    """The descriptions of every document that the sources of the tests hold, each text with two pages."""
    for path in sorted(SOURCES.glob("*/*")):
        try:
            _, drafts = drafts_of(source(path))
            enter_all([Arrival(draft, AccessionSource(name=path.name)) for draft in drafts if isinstance(draft, Draft)])
        except SourceRefused:
            continue  # belongs to another source, or is a container
    pages = (
        Page(
            identifier=f"{document.identifier}.{text.pk}-{number}", document=document, text=text,
            order=2 * text.pk + number, kind="typeset", width=1984, height=2806,
            lines=[{"text": text.body[:40] or "–", "box": [9, 9, 900, 40]}],
        )
        for document in Document.objects.prefetch_related("texts")
        for text in document.texts.all()
        for number in (0, 1)
    )  # fmt: skip
    Page.objects.bulk_create(pages)
    return [each for each in describe(Document.objects.values_list("pk", flat=True)) if each.pages]


def test_every_manifest_of_the_corpus_keeps_the_schema_and_the_rules(corpus):
    assert len(corpus) > 5
    for description in corpus:
        assert walker.problems(json.loads(manifest_of(description))) == [], description.identifier
        assert walker.problems(lines_of(description.identifier, description.pages[0])) == []


def test_another_reader_finds_every_canvas_of_the_corpus(corpus):
    manifests = [built(description) for description in corpus]
    older = [version2.manifest_2(each, each["id"].replace("/iiif/", "/iiif/2/")) for each in manifests]

    found = understood([*manifests, *older])

    expected = [len(each["items"]) for each in manifests]
    assert [each["canvases"] for each in found] == expected * 2
    assert [each["canvas"] for each in found] == expected * 2


def test_iiif_prezi3_loses_nothing_of_what_it_was_handed(corpus):
    """What it does not know it drops without a word; references it makes into pages without items."""
    for description in corpus:
        said = built(description)
        kept = Manifest.model_validate(said).model_dump(mode="json", by_alias=True, exclude_none=True)

        assert lost(said, kept) == []


def lost(said, kept, where: str = "") -> list[str]:
    """What is in the one and not in the other."""
    if isinstance(said, dict):
        there = kept if isinstance(kept, dict) else {}
        keys = [key for key in said if key != "@context"]
        missing = [f"{where}/{key}" for key in keys if key not in there]
        return missing + [
            each for key in keys if key in there for each in lost(said[key], there[key], f"{where}/{key}")
        ]
    if isinstance(said, list):
        pairs = enumerate(zip(said, kept, strict=True)) if isinstance(kept, list) and len(said) == len(kept) else ()
        return [each for number, pair in pairs for each in lost(*pair, f"{where}/{number}")] if pairs else [where]
    return []


def test_everything_that_a_manifest_and_its_collections_lead_to_is_there(client):
    a_telegram()
    manifest = client.get("/iiif/110692/manifest").json()
    top = client.get("/iiif/collection/top").json()
    korea = client.get("/iiif/collection/korea").json()

    for resource in (manifest, top, korea):
        assert walker.problems(resource) == []
        for address in walker.leads_to(resource):
            assert address.startswith(f"{BASE}/"), address
            assert client.get(address.removeprefix(BASE)).status_code == 200, address
