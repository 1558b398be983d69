"""Documents are seen as they would be, by those who may, and by those who were given a link."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from archive import proofs, publication, representations, tasks
from archive.models import Document, Proof, StateChange
from archive.previews import token_of
from tests.archive.admin.conftest import logged_in
from tests.archive.builders import a_full_document
from tests.builders import a_document, a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def preview(document: Document, *more: str) -> str:
    return reverse("admin:archive_document_preview", args=[document.pk]) + "".join(f"{each}/" for each in more)


def link(document: Document) -> str:
    return reverse("archive_web:preview", args=[token_of(document)])


@pytest.fixture
def proofed(archivist, django_capture_on_commit_callbacks):
    """The proof of a document, after a worker has made it."""

    def proof(document: Document, name: str) -> Proof:
        with django_capture_on_commit_callbacks(execute=True):
            archivist.get(preview(document, "as", name))
        return archivist.get(preview(document, "as", name)).context["chosen"]

    return proof


def test_page_of_a_draft_is_shown_with_a_banner(archivist):
    document = a_document(title="Telegram from Roshchin")

    response = archivist.get(preview(document, "page"))

    assert "Preview." in response.content.decode()
    assert "Telegram from Roshchin" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["oai_dc", "manifest", "jsonld", "turtle", "ntriples", "rdfxml"])
def test_every_representation_is_what_publishing_makes_of_it(proofed, name):
    document = a_full_document()
    publication.typeset_pages([document.pk])

    shown = proofed(document, name)

    assert not document.representations.exists()
    publication.publish([document.pk])
    assert shown.text == bytes(document.representations.get(format=name).content).decode()


def test_format_without_anything_to_say_says_so(proofed):
    assert "nothing to say" in proofed(a_document(body=""), "text").problem


def test_manifest_of_a_draft_without_text_has_a_page_that_says_what_it_is(proofed):
    shown = proofed(a_document(body="", title="Telegram from Roshchin"), "manifest")

    assert shown.problem == ""
    assert '"type":"Canvas"' in shown.text


def test_manifest_of_a_draft_has_the_pages_that_publishing_makes(proofed):
    document = a_document()

    assert '"type":"Canvas"' in proofed(document, "manifest").text.replace(" ", "")
    document.refresh_from_db()
    assert document.state == "draft"


def test_preview_changes_no_page_image_of_what_is_public(proofed):
    document = a_published_document()
    before = document.pages.get().sha256
    document.texts.update(body="Other words")

    proofed(document, "manifest")

    assert document.pages.get().sha256 == before


def test_renderer_that_stumbles_is_told_of(proofed, monkeypatch):
    renderer = representations.registry.get("oai_dc")
    monkeypatch.setattr(type(renderer), "render", lambda self, description: 1 / 0)

    assert "ZeroDivisionError" in proofed(a_document(), "oai_dc").problem


def test_who_comes_before_the_worker_is_told_to_wait_and_the_page_looks_again(archivist):
    document = a_document()

    html = archivist.get(preview(document, "as", "oai_dc")).content.decode()

    assert "A worker is making this" in html
    assert "data-in-work" in html
    Proof.objects.update(asked_at=timezone.now() - proofs.GRACE)
    tasks.sweep()  # the message got lost
    html = archivist.get(preview(document, "as", "oai_dc")).content.decode()
    assert "&lt;dc:title" in html
    assert "data-in-work" not in html


def test_proof_is_made_anew_when_the_document_has_changed(proofed):
    document = a_document(title="First")
    assert "First" in proofed(document, "oai_dc").text
    document.title = "Second"
    document.save()

    assert "Second" in proofed(document, "oai_dc").text


def test_proof_that_nobody_looks_at_any_more_is_deleted(proofed):
    proofed(a_document(), "oai_dc")
    Proof.objects.update(asked_at=timezone.now() - proofs.KEPT)

    tasks.sweep()

    assert not Proof.objects.exists()


def test_unknown_format_is_not_found(archivist):
    assert archivist.get(preview(a_document(), "as", "marc")).status_code == 404


def test_preview_is_for_those_who_may_see_documents(client):
    document = a_document()
    stranger, reader = logged_in("view_agent"), logged_in("view_document")

    assert [client.get(preview(document, *each)).status_code for each in ([], ["page"])] == [302, 302]
    assert [stranger.get(preview(document, *each)).status_code for each in ([], ["page"])] == [403, 403]
    assert reader.get(preview(document)).status_code == 200
    assert reader.post(preview(document)).status_code == 403


def test_link_shows_the_page_to_who_has_it_and_nothing_else(archivist, client):
    document = a_full_document()
    html = archivist.post(preview(document)).content.decode()
    address = re.search(r'value="https://archive.example.org(/preview/[^"]+)"', html)[1]

    response = client.get(address)

    assert response.status_code == 200
    assert document.title in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "no-referrer"
    assert b"/documents/110692." not in response.content
    assert client.get("/documents/110692").status_code == 404


def test_link_ends_with_its_days(client, settings):
    address = link(a_document(title="Secret so far"))

    with override_settings(FONDS={**settings.FONDS, "PREVIEW_DAYS": 0}):
        response = client.get(address)

    assert response.status_code == 410
    assert b"Secret so far" not in response.content


@pytest.mark.parametrize("state", ["in_review", "published", "withdrawn"])
def test_link_ends_when_the_document_changes_its_state(client, state):
    document = a_document()
    address = link(document)

    times = dict.fromkeys(("published_at", "withdrawn_at"), document.created_at)
    Document.objects.filter(pk=document.pk).update(state=state, **times)

    assert client.get(address).status_code == 410


def test_link_stays_ended_when_the_state_comes_back(client):
    document = a_document()
    address = link(document)

    for before, after in (("draft", "in_review"), ("in_review", "draft")):
        StateChange.objects.create(document=document, before=before, after=after, at=document.created_at)

    assert client.get(address).status_code == 410


def test_link_that_was_tampered_with_is_not_found(client):
    address = link(a_document())

    assert client.get(address[:-3] + "xyz").status_code == 404
    assert client.get("/preview/nothing").status_code == 404
