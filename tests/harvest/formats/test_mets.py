"""mets: what a digital library finds of a document, and that its parts point to each other."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from archive.description import TextDescription
from harvest.formats.mets import Mets
from harvest.formats.views import views_of
from tests.harvest.formats.descriptions import a_description, a_page

NAMES = {
    "m": "http://www.loc.gov/METS/",
    "x": "http://www.w3.org/1999/xlink",
    "mods": "http://www.loc.gov/mods/v3",
    "dc": "http://purl.org/dc/elements/1.1/",
}
PAGES = (a_page(1, text_key=1), a_page(2, text_key=2))
TEXTS = (
    TextDescription(1, "transcript", "transcript", "ru", "Слова"),
    TextDescription(2, "translation", "translation", "en", "Words"),
)


def found(path: str, **fields):
    given = {"pages": PAGES, "texts": TEXTS, **fields}
    return etree.fromstring(Mets().render(a_description(**given))).xpath(path, namespaces=NAMES)


def test_document_without_pages_has_no_record():
    assert Mets().render(a_description()) is None


def test_every_page_has_its_image_and_a_thumbnail():
    images = found("//m:fileGrp[@USE='DEFAULT']/m:file/m:FLocat/@x:href")

    assert images == [view.image for view in views_of(a_description(pages=PAGES))]
    assert len(found("//m:fileGrp[@USE='THUMBS']/m:file")) == 2
    assert found("//m:structMap[@TYPE='PHYSICAL']//m:div[@TYPE='page']/@ORDER") == ["1", "2"]


def test_words_are_where_the_record_in_tei_is():
    [address] = found("//m:fileGrp[@USE='FULLTEXT']/m:file/m:FLocat/@x:href")

    assert address.endswith("verb=GetRecord&metadataPrefix=tei&identifier=oai:archive.example.org:110692")
    assert found("//m:fileGrp[@USE='FULLTEXT']", texts=(replace(TEXTS[0], body=" "),)) == []


def test_each_text_is_linked_to_the_pages_that_show_it():
    links = [(link.get(f"{{{NAMES['x']}}}from"), link.get(f"{{{NAMES['x']}}}to")) for link in found("//m:smLink")]

    assert [(whole.removeprefix("d-110692-"), part.removeprefix("d-110692-")) for whole, part in links] == [
        ("document-1", "pages-1"),
        ("part-1", "page-1"),
        ("part-2", "page-2"),
    ]
    assert found("//m:div[@ID='d-110692-part-2']/@LABEL") == ["translation, English"]


def test_description_and_rights_are_wrapped():
    assert found("//m:dmdSec//mods:title/text()") == ["Telegram"]
    assert found("//m:rightsMD//dc:rights/text()") == ["http://rightsstatements.org/vocab/CNE/1.0/"]


def test_document_of_unknown_rights_points_to_none():
    assert found("//m:amdSec", rights_uri="") == []
    assert found("//@ADMID", rights_uri="") == []


def test_whatever_is_pointed_to_is_there():
    identifiers = set(found("//@ID"))
    pointers = (
        found("//@FILEID") + found("//@DMDID") + found("//@ADMID") + found("//m:smLink/@x:from | //m:smLink/@x:to")
    )

    assert set(pointers) <= identifiers
    assert len(found("//@ID")) == len(identifiers)


def test_no_part_is_called_like_one_of_another_document():
    """A list of records is one XML document, in which an ID stands once."""
    other = found("//@ID", identifier="2")

    assert set(other).isdisjoint(found("//@ID"))
