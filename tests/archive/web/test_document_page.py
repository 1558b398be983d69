import html
import re

import pytest

from archive import representations
from archive.models import DocumentRelation, Text
from archive.publication import refresh, withdraw
from tests.archive.search.builders import telegram
from tests.builders import published as publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 }}"


class TurtleRenderer:
    format = "test-turtle"
    media_type = "text/turtle"
    extension = "testttl"

    def render(self, description):
        return f"# {description.title.value}\n".encode()


@pytest.fixture
def turtle(monkeypatch):
    """A format of a document's own address, whatever apps are installed."""
    renderers = {TurtleRenderer.format: TurtleRenderer()}
    monkeypatch.setattr(representations.registry, "_renderers", renderers)


def test_page_shows_the_document_with_its_transcript_as_it_was_written(client):
    telegram(rights="All reuse welcome.", citation="Cite me so.", source_url="https://source.example.org/1")

    page = client.get("/documents/110692")

    assert page.status_code == 200
    text = html.unescape(page.content.decode())
    for shown in [
        "13 October 1950", "October 13, 1950", "Roshchin, Nikolai", "as “Filippov”", "25629", "Fond 059a",
        "see   air cover\nas soon", "All reuse welcome.", "Cite me so.", "https://source.example.org/1", "Russian",
    ]:  # fmt: skip
        assert shown in text
    assert '<div class="transcript" lang="en" dir="auto">In addition' in text
    assert '<link rel="canonical" href="https://archive.example.org/documents/110692">' in text


def test_truncated_distribution_list_says_so(client):
    telegram(distribution="Copies: Stalin (2), Molotov", distribution_possibly_truncated=True)

    assert "Possibly truncated" in client.get("/documents/110692").content.decode()


def test_words_that_were_searched_for_are_marked_in_the_transcript(client):
    telegram()

    page = client.get("/documents/110692?q=" + '"absolute obligation" korea').content.decode()

    assert "the <mark>absolute obligation</mark> to send troops to <mark>Korea</mark>." in page


def test_hostile_metadata_is_text(client):
    document = telegram(
        title=HOSTILE, summary=HOSTILE, citation=HOSTILE, rights=HOSTILE, distribution=HOSTILE, date_verbatim=HOSTILE,
        rights_uri="javascript:alert(1)", source_url="JavaScript:alert(1)", body=HOSTILE, language='x" onclick="y',
    )  # fmt: skip
    document.collections.create(slug="c", title=HOSTILE, description=HOSTILE)
    document.contributions.first().agent.names.create(value=HOSTILE)

    pages = ["/", "/documents/", "/documents/?q=alert", "/documents/110692?q=alert", "/collections/c",
             f"/agents/{document.contributions.first().agent.identifier}", "/documents/?q=" + HOSTILE]  # fmt: skip
    for address in pages:
        page = client.get(address).content.decode()
        assert "<script>" not in page, address
        assert "<img" not in page, address
        assert ' onclick="' not in page, address
        assert not re.search(r'href="\s*javascript', page, re.IGNORECASE), address


def test_pages_hold_no_script_or_style_and_say_so_in_their_policy(client):
    telegram()

    for address in ["/", "/documents/", "/documents/110692", "/nowhere"]:
        page = client.get(address)
        assert "script-src 'self' https://archive.example.org;" in page["Content-Security-Policy"]
        assert "default-src 'none'" in page["Content-Security-Policy"]
        assert not re.search(
            rb'<script(?![^>]*\bsrc=|\s+type="application/ld\+json">)|<style|\sstyle=|\son\w+=', page.content
        ), address


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/html;q=0.4, text/turtle;q=0.5", "text/turtle; charset=utf-8"),
        ("text/html;q=0, */*", "text/turtle; charset=utf-8"),
    ],
)
def test_address_of_a_document_negotiates(client, turtle, accept, media_type):
    telegram()

    answer = client.get("/documents/110692", headers={"accept": accept} if accept else {})

    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    assert "Accept" in answer["Vary"]


def test_what_cannot_be_had_is_answered_with_what_there_is(client, turtle):
    telegram()

    answer = client.get("/documents/110692", headers={"accept": "image/png"})

    assert answer.status_code == 406
    assert "https://archive.example.org/documents/110692.testttl  text/turtle" in answer.content.decode()
    assert "Accept" in answer["Vary"]


def test_each_form_has_an_address_of_its_own_and_is_linked(client, turtle):
    telegram()

    page = client.get("/documents/110692").content.decode()
    answer = client.get("/documents/110692.testttl")

    assert 'rel="alternate" type="text/turtle"' in page
    assert answer.content == b"# Ciphered telegram, Roshchin to Filippov [Stalin]\n"
    assert client.get("/documents/110692.testttl", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get("/documents/110692.html").status_code == 200
    assert client.get("/documents/110692.zip").status_code == 404


def test_negotiated_form_says_where_it_stands(client, turtle):
    telegram()

    answer = client.get("/documents/110692", headers={"accept": "text/turtle"})

    assert answer["Content-Location"] == "https://archive.example.org/documents/110692.testttl"
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("suffix", ["", ".html", ".testttl", "?q=korea"])
def test_withdrawn_document_is_gone_and_nothing_of_it_is_said(client, turtle, suffix):
    withdraw([telegram().pk], reason="A secret reason")

    for accept in ["text/html", "text/turtle"]:
        answer = client.get(f"/documents/110692{suffix}", headers={"accept": accept})

        assert answer.status_code == 410
        assert not re.search(rb"Roshchin|Korea|secret", answer.content)


@pytest.mark.parametrize("suffix", ["", ".html", ".testttl"])
def test_draft_is_as_if_it_were_not_there(client, turtle, suffix):
    telegram(published=False)

    draft, nothing = client.get(f"/documents/110692{suffix}"), client.get(f"/documents/110693{suffix}")

    assert draft.status_code == nothing.status_code == 404
    assert draft.content == nothing.content


def test_host_header_is_in_no_link(client):
    telegram()

    page = client.get("/documents/110692", headers={"host": "localhost"}).content.decode()

    assert "localhost" not in page


def test_page_takes_as_many_queries_for_much_as_for_little(client, django_assert_max_num_queries):
    document = telegram()
    for order in range(5):
        document.numbers.create(kind="cited", value=str(order), order=order)
        Text.objects.create(document=document, body="More words.", language="en", order=order + 1)
    refresh([document.pk])

    with django_assert_max_num_queries(15):
        client.get("/documents/110692?q=words")


def test_page_can_only_be_read(client):
    telegram()

    assert client.post("/documents/110692").status_code == 405
    assert client.head("/documents/110692").status_code == 200


def two_texts():
    document = telegram(published=False, language="ru", body="Первый текст.")
    Text.objects.create(
        document=document, body="The second text.", language="en", order=1, kind="translation", made_by="A. Translator"
    )
    return publish(document)


def test_translation_stands_beside_the_original_without_any_script(client):
    two_texts()

    page = client.get("/documents/110692").content.decode()
    chosen = client.get("/documents/110692?left=2&right=1").content.decode()

    assert '<option value="images" selected>Page images' in page
    assert "By A. Translator" in page
    assert 'class="reading side-by-side"' in chosen
    assert chosen.index("The second text.") < chosen.index("Первый текст.")
    assert "iiif-viewer" not in chosen


def test_text_stands_beside_the_page_images_that_it_is_chosen_for(client):
    two_texts()

    page = client.get("/documents/110692?left=images&right=2").content.decode()

    assert "The second text." in page
    assert "Первый текст." not in page
    assert 'class="panels"' in page


@pytest.mark.parametrize("query", ["left=1", "left=1&right=1", "left=9&right=1", "left=%00&right=x", "left=-1&right=0"])
def test_choice_of_texts_that_there_are_not_shows_everything(client, query):
    two_texts()

    page = client.get(f"/documents/110692?{query}").content.decode()

    assert "The second text." in page
    assert "Первый текст." in page


def test_document_leads_to_those_that_refer_to_it_if_they_are_public(client):
    document = telegram()
    for identifier, published in (("reply", True), ("draft", False)):
        other = telegram(identifier, title=f"The {identifier}", published=published)
        DocumentRelation.objects.create(document=other, target=document, kind="reply to")

    page = client.get("/documents/110692").content.decode()

    assert 'Has a reply</span> <a href="/documents/reply" dir="auto">The reply</a>' in page
    assert "The draft" not in page


def test_page_says_how_to_cite_in_words_and_for_reference_managers(client):
    telegram()

    page = client.get("/documents/110692").content.decode()

    for extension in ("csl.json", "bib", "ris"):
        assert f'<a href="https://archive.example.org/documents/110692.{extension}"' in page


def test_summaries_in_other_languages_stand_below_the_first_with_who_wrote_them(client):
    document = telegram(summary="They agree.", summary_language="en")
    Text.objects.create(document=document, kind="summary", language="ru", body="Согласие.", made_by="A. Person")

    page = " ".join(client.get("/documents/110692").content.decode().split())

    assert re.search(r'They agree\.</p> <p lang="ru" dir="auto">Согласие\.</p>.{0,40}By A\. Person', page)
    assert page.count("Согласие.") == 1 + page.count('content="Согласие.')
