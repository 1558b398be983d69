"""Texts are edited beside their page images, drafts too."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from archive import publication
from archive.models import Document, Page
from tests.archive.admin.browser import filled_in
from tests.archive.admin.conftest import logged_in
from tests.builders import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def address_of(document: Document) -> str:
    return reverse("admin:archive_document_change", args=[document.pk])


def test_every_line_of_a_page_has_its_place_beside_the_text(archivist):
    document = a_document(body="No. 2408\n\nTo discuss <this> matter")
    publication.typeset_pages([document.pk])
    page = document.pages.get()

    html = archivist.get(address_of(document)).content.decode()

    assert f'data-text="{page.text_id}" data-width="{page.width}"' in html
    assert html.count('class="fonds-line"') == len(page.lines)
    assert 'aria-label="To discuss &lt;this&gt; matter"' in html
    assert reverse("admin:archive_document_page", args=[document.pk, page.pk, 1400]) in html
    assert html.count("archive/desk.js") == 1


def test_who_may_only_look_sees_text_and_image_of_a_draft():
    document = a_document()
    publication.typeset_pages([document.pk])
    reader = logged_in("view_document", "view_text")

    html = reader.get(address_of(document)).content.decode()
    image = reader.get(reverse("admin:archive_document_page", args=[document.pk, document.pages.get().pk, 2800]))

    assert 'class="fonds-line"' in html
    assert "<textarea" not in html
    assert (image.status_code, image["Content-Type"]) == (200, "image/jpeg")


def test_page_that_was_set_anew_is_shown_to_who_still_has_the_old_one_before_them(archivist):
    document = a_document()
    publication.typeset_pages([document.pk])
    html = archivist.get(address_of(document)).content.decode()
    shown = re.search(r'src="(/[^"]+1400\.jpg[^"]*)"', html)[1].replace("&amp;", "&")
    document.texts.update(body="Other words")
    publication.typeset_pages([document.pk])

    assert archivist.get(shown).status_code == 200
    assert archivist.get(shown.partition("?")[0]).status_code == 404


def test_draft_is_set_on_request_and_stays_a_draft(archivist, worked_off):
    document = a_document()

    data = filled_in(archivist, address_of(document), _typeset="1", **{"texts-0-body": "Other words"})
    worked_off(archivist, address_of(document), data)

    document.refresh_from_db()
    assert document.state == "draft"
    assert [line["text"] for line in Page.objects.get().lines][-1] == "Other words"
    assert not document.representations.exists()


def test_document_without_images_offers_to_make_them(archivist):
    assert 'name="_typeset"' in archivist.get(address_of(a_document())).content.decode()


def test_new_document_has_no_images_to_show(archivist):
    html = archivist.get(reverse("admin:archive_document_add")).content.decode()

    assert 'name="_typeset"' not in html
    assert "fonds-images-view" not in html


def test_ends_of_pages_are_seen_in_the_words_and_stay_what_they_are(archivist):
    document = a_document(body="the last line\fthe first of the next page")
    typed = filled_in(archivist, address_of(document), title="Another title")
    assert typed["texts-0-body"] == "the last line␌the first of the next page"

    archivist.post(address_of(document), typed)

    document.refresh_from_db()
    assert document.title == "Another title"
    assert document.texts.get().body == "the last line\fthe first of the next page"


def test_end_of_a_page_is_typed_where_one_lacks(archivist):
    document = a_document(body="one page")

    archivist.post(
        address_of(document), filled_in(archivist, address_of(document), **{"texts-0-body": "one␌and another"})
    )

    assert document.texts.get().body == "one\fand another"


def test_end_of_a_page_is_no_part_of_a_title(archivist):
    document = a_document()

    response = archivist.post(address_of(document), filled_in(archivist, address_of(document), title="one\fanother"))

    assert "control character in line 1, place 4 (U+000C)" in response.content.decode()
