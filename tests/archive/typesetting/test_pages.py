"""Pages as they are stored, kept and replaced."""

from __future__ import annotations

import pypdfium2
import pytest
from django.core.files.base import ContentFile

from archive import publication
from archive.models import Document, DocumentEvent, Page, Text
from archive.models.page import private_storage
from archive.typesetting import TypesettingError, drawing, fonts, typeset
from archive.typesetting.pages import pdf_name
from tests.builders import a_document

pytestmark = pytest.mark.django_db

LONG = "To discuss this matter, Zhou Enlai will have to meet comrade Filippov again.\n\n" * 40


def pages(document: Document) -> list[Page]:
    return list(Page.objects.filter(document=document))


def files(document: Document) -> set[str]:
    return {
        f"pages/{document.identifier}/{name}" for name in private_storage().listdir(f"pages/{document.identifier}")[1]
    }


def shown(document: Document) -> set[str]:
    """The files that should be there: the images, and the PDF of them."""
    return {name for page in pages(document) for name in (page.image.name, pdf_name("110692", page.fingerprint))}


def a_scan(document: Document) -> Page:
    name = private_storage().save("scans/a.jpg", ContentFile(b"not looked at"))
    return Page.objects.create(
        document=document, identifier=f"{document.identifier}-a", order=100, kind="scan", image=name, width=9, height=9
    )


def test_document_without_scans_gets_pages_from_its_text():
    document = a_document("110692", body=LONG)

    typeset(document)

    first, second, *_ = pages(document)
    assert [first.identifier, second.identifier] == ["110692.1", "110692.2"]
    assert first.kind == "typeset"
    assert first.text == document.texts.get()
    assert first.lines[0]["text"] == document.title
    assert first.image.read()[:4] in {b"II*\0", b"MM\0*"}


def test_pdf_of_the_pages_is_kept_beside_them():
    document = a_document("110692", body=LONG)

    typeset(document)

    (fingerprint,) = {page.fingerprint for page in pages(document)}
    pdf = pypdfium2.PdfDocument(private_storage().open(pdf_name("110692", fingerprint)).read())
    assert len(pdf) == len(pages(document))


def test_typesetting_again_touches_nothing():
    document = a_document()
    typeset(document)
    before = list(Page.objects.values())

    typeset(document)

    assert list(Page.objects.values()) == before


def test_changed_text_gets_new_images_under_the_same_identifiers(django_capture_on_commit_callbacks):
    document = a_document(body=LONG)
    typeset(document)
    before, old_files = pages(document), files(document)

    with django_capture_on_commit_callbacks(execute=True):
        Text.objects.update(body=LONG + "Roshchin")
        typeset(document)

    after = pages(document)
    assert [page.identifier for page in after] == [page.identifier for page in before]
    assert after[-1].sha256 != before[-1].sha256
    assert after[-1].lines[-1]["text"] == "Roshchin"
    assert files(document) == shown(document)
    assert files(document) != old_files


def test_files_of_a_text_that_was_taken_in_anew_do_not_pile_up(django_capture_on_commit_callbacks):
    document = a_document(body="first")
    typeset(document)
    Text.objects.all().delete()
    Text.objects.create(document=document, body="second")

    with django_capture_on_commit_callbacks(execute=True):
        typeset(document)

    assert files(document) == shown(document)


def test_text_is_typeset_after_scans_without_lines():
    document = a_document()
    scan = a_scan(document)

    typeset(document)

    first, second = pages(document)
    assert first == scan
    assert second.kind == "typeset"


def test_scans_that_come_later_stand_before_the_typeset_pages():
    document = a_document(body=LONG)
    typeset(document)
    scan = a_scan(document)

    typeset(document)

    assert [page.kind for page in pages(document)][:3] == ["scan", "typeset", "typeset"]
    assert pages(document)[0] == scan


def test_text_that_scans_show_line_by_line_is_not_typeset_and_its_translation_is():
    document = a_document()
    Text.objects.create(document=document, order=1, kind="translation", language="ru", body="Телеграмма")
    Page.objects.filter(pk=a_scan(document).pk).update(lines=[{"text": "Telegram", "box": [0, 0, 9, 9]}])

    typeset(document)

    assert [(page.kind, page.text and page.text.body) for page in pages(document)] == [
        ("scan", None),
        ("typeset", "Телеграмма"),
    ]


def test_document_with_scans_and_no_text_is_not_typeset():
    document = Document.objects.create(title="A telegram")
    scan = a_scan(document)

    typeset(document)

    assert pages(document) == [scan]


def test_each_text_has_pages_of_its_own():
    document = a_document(body="Ciphered telegram")
    original = Text.objects.create(document=document, order=1, kind="original", language="ru", body="Шифртелеграмма")

    typeset(document)

    first, second = pages(document)
    assert first.lines[-1]["text"] == "Ciphered telegram"
    assert second.lines[-1]["text"] == "Шифртелеграмма"
    assert second.text == original


def test_document_without_text_gets_a_page_of_its_description():
    document = Document.objects.create(title="A telegram", summary="Nobody has transcribed it.")

    typeset(document)

    (page,) = pages(document)
    assert [line["text"] for line in page.lines] == ["A telegram", "Nobody has transcribed it."]
    assert page.text is None


def test_stamp_is_set_where_the_text_does_not_have_it_already():
    document = a_document(body="Received in Moscow\non 14 October.\n\nText.")
    DocumentEvent.objects.create(
        document=document, order=0, kind="received", verbatim="Received in Moscow on 14 October."
    )
    DocumentEvent.objects.create(document=document, order=1, kind="deciphered", verbatim="Deciphered by Yelezov")

    typeset(document)

    said = [line["text"] for line in pages(document)[0].lines]
    assert said.count("Deciphered by Yelezov") == 1
    assert "Received in Moscow on 14 October." not in said


def test_text_that_changes_while_it_is_drawn_is_drawn_again(monkeypatch):
    document = a_document(body="first")
    draw = drawing.draw

    def interrupted(manuscript):
        drawn = draw(manuscript)
        Text.objects.update(body="second")
        return drawn

    monkeypatch.setattr(drawing, "draw", interrupted)
    typeset(document)

    assert [page.lines[-1]["text"] for page in pages(document)] == ["second"]


@pytest.fixture
def no_further_fonts(monkeypatch):
    """A machine without Debian's fonts."""
    monkeypatch.setattr(fonts, "far", lambda cut: ())


def test_text_that_no_font_has_is_refused_and_its_script_named(no_further_fonts):
    with pytest.raises(TypesettingError, match="Han"):
        typeset(a_document(body="周恩来"))


def test_document_whose_text_no_font_has_is_public_without_pages_and_says_why(no_further_fonts):
    document = a_document()
    typeset(document)
    Text.objects.update(body="周恩来")

    outcome = publication.publish([document.pk])

    document.refresh_from_db()
    assert "Han" in outcome.without_pages[document.pk]
    assert document.published
    assert pages(document) == []


def test_pages_live_in_a_storage_without_paths(settings):
    settings.STORAGES = {**settings.STORAGES, "fonds": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    document = a_document()

    typeset(document)

    assert private_storage().exists(f"pages/{document.identifier}/{pages(document)[0].sha256}.tif")


def test_summary_is_no_page_of_the_document():
    document = a_document("110692")
    Text.objects.create(document=document, kind="summary", language="ru", body="Согласие.", order=1)

    typeset(document)

    assert [page.text.kind for page in pages(document)] == ["transcript"]
