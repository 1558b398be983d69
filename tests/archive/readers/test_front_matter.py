import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.drafts import Contribution, DocumentDate, Identity, Reference, Statement, TextBody, Title
from archive.readers import BrokenSource, Source, SourceRefused, drafts_of, reader_of
from tests.archive.readers.seeds import FIXTURES, draft_of, values

LETTER = (FIXTURES / "sources/front_matter/ferry_letter.md").read_text(encoding="utf-8")
TEXT = "The ferry at the quay has stopped, and the third pier will not stand until April.\n"


def under(matter, text=TEXT):
    return draft_of(f"---\n{matter}\n---\n\n{text}")


def test_every_value_stands_where_it_says():
    draft = draft_of(LETTER)

    assert all(field.span.of(LETTER) == field.verbatim for field in draft.fields if field.span)
    assert draft.rebuilt() == LETTER


def test_property_means_what_a_column_of_that_name_means():
    draft = under("dcterms:title: Ferries\nsender: Orlova\nextent: 2 leaves")

    assert values(draft, Title) == [Title("Ferries")]
    assert values(draft, Contribution) == [Contribution("sender", "Orlova", "Orlova")]
    assert values(draft, Statement) == [Statement("extent", "2 leaves")]


@pytest.mark.parametrize("matter", ["title@ru: Паром", "title: {ru: Паром}", "title:\n  ru: Паром"])
def test_language_stands_behind_the_property_or_below_it(matter):
    assert values(under(matter), Title) == [Title("Паром", "ru")]


def test_levels_of_an_archive_make_one_reference():
    (reference,) = draft_of(LETTER).all(Reference)

    assert reference.value == Reference("City Archive", "12", "3", "041a", listy="7-8")
    assert reference.locator.startswith("line 12")


def test_declared_language_is_that_of_the_text():
    assert draft_of(LETTER).first(TextBody).value.kind == "translation"
    assert draft_of(LETTER).first(TextBody).value.language == "en"


def test_language_that_the_text_contradicts_is_noticed():
    draft = under("language: Russian", TEXT * 3)

    assert draft.first(TextBody).value.language == "ru"
    assert any("seems to be in English" in notice.message for notice in draft.notices)


def test_text_of_markdown_is_kept_letter_for_letter():
    assert draft_of(LETTER).first(TextBody).value.text == LETTER.rpartition("---\n")[2].strip()


def test_record_id_is_known_by_its_system():
    assert under("identifier: 17").identity == Identity("record", "local/17")
    assert under("identifier: 17\nsystem: harbour").identity == Identity("record", "harbour/17")


def test_word_that_is_no_property_is_noticed():
    assert any("line 22: “paper” is no property" in notice.message.lower() for notice in draft_of(LETTER).notices)


def test_line_of_hyphens_within_a_text_is_no_front_matter():
    with pytest.raises(SourceRefused):
        reader_of(Source("notes.md", b"Notes\n---\ntitle: none\n---\n"))


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        ("title: [one", "line 3: this is not YAML"),
        ("title: {a: {b: {c: d}}}", "line 2: values stand beside a property"),
        ("- title", "line 2: a front matter says"),
        ("a: &a [x, x]\nb: [*a, *a]", "line 3: a reference to another place"),
        ("title: " + "[" * 9000, "brackets within brackets"),
        ("date: 31 February 1951", "no calendar has"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(matter, said):
    with pytest.raises(BrokenSource) as refusal:
        under(matter)

    assert said in str(refusal.value)


def test_date_is_read_as_in_every_source():
    assert values(under("date: 13.7.50"), DocumentDate) == [DocumentDate("1950-07-13")]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, len(LETTER)), st.text(max_size=12), st.integers(0, 40))
def test_damaged_file_is_refused_or_read_without_loss(place, scrap, lost):
    text = LETTER[:place] + scrap + LETTER[place + lost :]
    with contextlib.suppress(SourceRefused):
        for draft in drafts_of(Source("letter.md", text.encode(errors="replace")))[1]:
            assert draft.rebuilt() == text.encode(errors="replace").decode()


def test_text_that_speaks_of_pdf_is_a_text():
    assert values(under("title: How %PDF-1.4 files begin"), Title) == [Title("How %PDF-1.4 files begin")]
