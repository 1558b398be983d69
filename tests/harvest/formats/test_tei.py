"""tei: what an edition finds, and that the words are the document's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from archive.description import DateDescription, ReferenceDescription, SubjectDescription, TextDescription
from archive.drafts import Contribution, DocumentDate, Reference, TextBody, Title
from archive.readers import drafts_of
from archive.readers.source import Source
from archive.vocab.characters import legal
from harvest.formats.tei import Tei
from tests.harvest import schemas
from tests.harvest.formats.descriptions import BASE, a_contribution, a_description, a_page, descriptions

NAMES = {"t": "http://www.tei-c.org/ns/1.0", "xml": "http://www.w3.org/XML/1998/namespace"}
TRANSCRIPT = TextDescription(1, "transcript", "transcript", "ru", "Первая строка\nвторая\n\nабзац\fстраница")
TRANSLATION = TextDescription(2, "translation", "translation", "en", "First line\nsecond\n\nparagraph")


def found(path: str, **fields):
    return etree.fromstring(Tei().render(a_description(**fields))).xpath(path, namespaces=NAMES)


def read_back(**fields):
    """The draft that our own reader makes of the record."""
    return read(Tei().render(a_description(**fields)))


def read(record: bytes):
    _, [draft] = drafts_of(Source("letter.xml", record))
    return draft


def words(text: str) -> list[str]:
    """The words, parted by the white space of XML alone."""
    return [each.decode() for each in legal(text.replace("\f", " ")).encode(errors="ignore").split()]


def test_document_without_words_has_no_record():
    assert Tei().render(a_description(texts=())) is None
    assert Tei().render(a_description(texts=(replace(TRANSCRIPT, body=" \n\x01"),))) is None


def test_words_of_every_text_come_back_through_our_reader():
    bodies = [field.value for field in read_back(texts=(TRANSCRIPT, TRANSLATION)).all(TextBody)]

    assert [(each.kind, each.language, each.text) for each in bodies] == [
        ("transcript", "ru", TRANSCRIPT.body),
        ("translation", "en", TRANSLATION.body),
    ]


@given(st.lists(st.text(st.characters(), max_size=60).filter(words), min_size=1, max_size=3))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_words_are_they_come_back(bodies):
    texts = tuple(TextDescription(n, "transcript", "", "", body) for n, body in enumerate(bodies))

    draft = read(Tei().render(a_description(texts=texts)))

    assert [words(field.value.text) for field in draft.all(TextBody)] == [words(body) for body in bodies]


def test_correspondence_comes_back_through_our_reader():
    sides = (a_contribution(), a_contribution("addressee", name="Office", kind="corporate_body"))

    draft = read_back(contributions=sides)

    assert [(f.value.role, f.value.agent, f.value.kind, f.value.uri) for f in draft.all(Contribution)] == [
        ("sender", "Stalin", "person", f"{BASE}/agents/stalin"),
        ("addressee", "Office", "corporate_body", f"{BASE}/agents/office"),
    ]
    assert draft.first(DocumentDate).value.edtf == "1950-07-13"
    assert draft.first(Title).value.text == "Telegram"


def test_archival_reference_comes_back_through_our_reader():
    reference = ReferenceDescription("APRF", "45", "1", "347", "", "85-87", "APRF, f. 45, op. 1, d. 347", True)

    read_reference = read_back(references=(reference,)).first(Reference)

    assert read_reference.value.repository == "APRF"
    assert reference.verbatim in read_reference.verbatim


@pytest.mark.parametrize(
    ("edtf", "attributes"),
    [
        ("1950-07-13", {"when": "1950-07-13"}),
        ("1950-07?", {"when": "1950-07", "cert": "low"}),
        ("1950~", {"when": "1950", "precision": "low"}),
        ("1950/1951-02", {"from": "1950", "to": "1951-02"}),
        ("../1951", {"to": "1951"}),
        ("195X", {"notBefore": "1950-07-13", "notAfter": "1950-07-13"}),
    ],
)
def test_date_is_told_as_exactly_as_it_is_known(edtf, attributes):
    day = a_description().date.earliest

    [date] = found("//t:creation/t:date", date=DateDescription(edtf, "as written", day, day))

    assert (dict(date.attrib), date.text) == (attributes, "as written")


def test_place_of_writing_stands_with_who_sent():
    beijing = SubjectDescription("written at", "place", "Beijing", "b", f"{BASE}/places/b", True, ())

    [place] = found("//t:correspAction[@type='sent']/t:placeName", subjects=(beijing,))

    assert (place.text, place.get("ref")) == ("Beijing", f"{BASE}/places/b")


def test_page_breaks_point_to_the_images_where_they_are_as_many():
    pages = (a_page(1), a_page(2))

    assert found("//t:pb/@facs", texts=(TRANSCRIPT,), pages=pages) == ["#d-110692-page-1", "#d-110692-page-2"]
    assert found("//t:pb/@facs", texts=(TRANSCRIPT,), pages=pages[:1]) == []
    assert found("//t:surface/@xml:id", texts=(TRANSCRIPT,), pages=pages) == ["d-110692-page-1", "d-110692-page-2"]


@pytest.mark.soak
def test_records_keep_the_schema_of_the_consortium():
    """The whole of TEI P5, which is two minutes' work to read. RELAX NG knows nothing of ``xsi:schemaLocation``."""
    file = schemas.MORE / "tei_all.rng"
    if not file.exists():
        pytest.skip(f"the schema of TEI is not at {file}")
    schema = etree.RelaxNG(etree.parse(str(file)))

    @given(description=descriptions)
    @hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(description):
        if record := Tei().render(description):
            root = etree.fromstring(record)
            del root.attrib["{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"]
            schema.assertValid(root)

    holds()
