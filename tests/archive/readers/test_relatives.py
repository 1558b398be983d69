"""Files of the same archive that other programs saved: with all labels, with the summary first, with labels lost."""

import re

import pytest

from archive.drafts import (
    Contribution,
    EmptyLabel,
    Event,
    OriginalLanguage,
    RecordId,
    Reference,
    Rights,
    Statement,
    Subject,
    Summary,
    TextBody,
    Title,
)
from tests.archive.readers.seeds import PAGE_MARKDOWN, PAGE_TEXT, draft_of, values

SEED = draft_of(PAGE_TEXT)
UPPER, _, LOWER = PAGE_TEXT.partition("Document Information")
SUMMARY = SEED.first(Summary).value.text
BODY = SEED.first(TextBody).value.text
HEAD, _, _ = UPPER.partition(BODY)
REFERENCE = "APRF, fond 45, opis 1, delo 335, listy 1-2."
LABELLED = f"""
Author(s):

Roshchin, N.V.

Associated People & Organizations

Stalin, Joseph
Mao Zedong

Associated Places
China
Associated Topics

Korean War

Source

{REFERENCE} Translated by A. Person.

Rights

Some documents may be subject to copyright. Write to rights@archive.example.org.

Original Uploaded Date

2011-11-20

Type

Telegram

Language

Record ID

112233
"""


def every_label():
    return draft_of(f"{UPPER}Document Information\n{LABELLED}")


def summary_first(first=SUMMARY, last=SUMMARY, heading="Document Information"):
    squeezed = re.sub(r"\n+", "\n", f"{HEAD}\n{first}\n{BODY}\n{last}\n{heading}\n{LABELLED}")
    return draft_of(squeezed.replace("Skip to content\n", ""))


def test_people_places_and_topics_under_their_labels_are_subjects():
    assert values(every_label(), Subject) == [
        Subject("agent", "Stalin, Joseph"),
        Subject("agent", "Mao Zedong"),
        Subject("place", "China"),
        Subject("concept", "Korean War"),
    ]


def test_page_with_every_label_is_described_in_full():
    draft = every_label()

    assert values(draft, RecordId) == [RecordId("112233")]
    assert Contribution("author", "Roshchin, N.V.", "Roshchin, N.V.") in values(draft, Contribution)
    assert values(draft, Reference) == [Reference("APRF", fond="45", opis="1", delo="335", listy="1-2")]
    assert values(draft, Statement) == [Statement("available", "2011-11-20"), Statement("type", "Telegram")]
    assert values(draft, Rights)[0].text.endswith("rights@archive.example.org.")
    assert values(draft, EmptyLabel) == [EmptyLabel("Language")]


def test_page_saved_by_two_programs_is_one_document():
    assert draft_of(PAGE_MARKDOWN).identity == draft_of(f"{PAGE_TEXT}\n110692").identity


def test_other_names_of_labels_are_known():
    labels = "Subjects Discussed\nKorean War\nOriginal Archive\nAn Archive, box 2"
    draft = draft_of(PAGE_TEXT.replace("Original Uploaded Date", labels))

    assert values(draft, Subject) == [Subject("concept", "Korean War")]
    assert [field.verbatim for field in draft.all(Reference)] == ["APRF, fond 45, opis 1, delo 335, listy 1-2",
                                                                 "An Archive, box 2"]  # fmt: skip


@pytest.mark.parametrize("omitted", [f"[...]\n\n{BODY}", f"{BODY}\n\n[...]"])
def test_omission_at_an_end_of_the_text_is_part_of_it(omitted):
    assert draft_of(PAGE_TEXT.replace(BODY, omitted)).first(TextBody).value.text == omitted


def test_one_credit_names_every_part_that_somebody_had():
    credit = "BArch, B 136/59748, 403-410. Contributed, transcribed, and translated by A. Person"
    draft = draft_of(PAGE_TEXT.replace(REFERENCE, credit))

    parts = [each.role for each in values(draft, Contribution) if each.agent == "A. Person"]
    assert parts == ["contributor", "transcriber", "translator"]


def test_credit_after_a_reference_names_the_translator():
    assert Contribution("translator", "A. Person", "A. Person") in values(every_label(), Contribution)


def test_credit_beneath_the_title_is_no_part_of_the_text():
    title = SEED.first(Title).value.text
    draft = draft_of(PAGE_TEXT.replace(title, f"{title}\n\nContributed and translated by B. Person"))

    assert draft.first(TextBody).value.text == BODY
    assert [c.role for c in values(draft, Contribution) if c.agent == "B. Person"] == ["contributor", "translator"]


def test_value_may_stand_beside_its_label():
    draft = draft_of(PAGE_TEXT.replace("Original Uploaded Date", "Language: Russian\nType: Telegram"))

    assert values(draft, OriginalLanguage) == [OriginalLanguage("ru")]
    assert values(draft, Statement) == [Statement("type", "Telegram")]


def test_summary_said_before_and_after_the_text_is_one():
    draft = summary_first()

    assert values(draft, Summary) == [Summary(SUMMARY, "en")]
    assert draft.first(TextBody).value.text.startswith("Ciphered Telegram # 25629\nReceived")
    assert draft.first(TextBody).value.text.endswith("13.10 [13 October]")


def test_summary_of_a_related_document_is_kept_and_noticed():
    draft = summary_first(first="Stalin asks the Chinese leaders for their views on a reply.")

    assert values(draft, Summary) == [Summary(SUMMARY, "en")]
    assert "Stalin asks the Chinese leaders" in values(draft, Statement)[0].text
    assert any("the one after the text was taken" in notice.message for notice in draft.notices)


def test_summary_only_before_the_text_is_known_by_the_telegram_after_it():
    assert values(summary_first(last=""), Summary) == [Summary(SUMMARY, "en")]


def test_labels_do_the_work_of_a_lost_heading():
    draft = summary_first(heading="")

    assert values(draft, Summary) == [Summary(SUMMARY, "en")]
    assert values(draft, RecordId) == [RecordId("112233")]


def test_related_documents_are_relations():
    draft = draft_of(PAGE_TEXT.replace("Original Uploaded Date", "Related Documents\nTelegram, Mao to Stalin"))

    assert values(draft, Statement) == [Statement("relation", "Telegram, Mao to Stalin")]


@pytest.mark.parametrize("closing", ["24.X.50 S H T Y K O V", "24.X.50\nS H T Y K O V"])
def test_signature_with_letters_set_apart_is_one_name(closing):
    draft = draft_of(PAGE_TEXT.replace("13.10 [13 October]", closing))

    assert "Shtykov" in [event.agent for event in values(draft, Event)]


@pytest.mark.parametrize("time", ["13:30 p.m.", "25:70"])
def test_clock_time_that_cannot_be_is_kept_and_doubted(time):
    draft = draft_of(PAGE_TEXT.replace("01:38 a.m.", time))

    assert time in draft.first(Event).verbatim
    assert any(time in notice.message for notice in draft.notices)


@pytest.mark.parametrize(
    ("words", "references"),
    [
        ("f. 45, op. 1, d. 342, l. 78", [Reference("", "45", "1", "342", listy="78", understood=False)]),
        ("ll.0055", [Reference(listy="0055", understood=False)]),
        ("original in APRF, fond 45, opis 1", [Reference("APRF", "45", "1")]),
        (
            "Listy 146-147, Fond and Opis not given; and AVPRF, Fond 0102, Opis 6",
            [Reference(listy="146-147", understood=False), Reference("AVPRF", "0102", "6")],
        ),
        ("A. Historian, A Book (A Town: A House, 2004), p. 385.", [Reference(understood=False)]),
    ],
)
def test_reference_is_understood_as_far_as_it_goes(words, references):
    assert values(draft_of(PAGE_TEXT.replace(REFERENCE, words)), Reference) == references
