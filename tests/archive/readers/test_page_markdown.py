from archive.drafts import (
    Citation,
    Contribution,
    Distribution,
    DocumentDate,
    Editorial,
    EmptyLabel,
    Event,
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
    Rights,
    Role,
    SourceUrl,
    Summary,
    TextBody,
)
from tests.archive.readers.seeds import PAGE_MARKDOWN, draft_of, values

DRAFT = draft_of(PAGE_MARKDOWN)


def test_title_names_both_addressees_and_the_intermediary():
    assert values(DRAFT, Contribution)[:4] == [
        Contribution("sender", "Filippov", "Stalin"),
        Contribution("addressee", "Zhou Enlai", "Zhou Enlai"),
        Contribution("addressee", "Mao Zedong", "Mao Zedong"),
        Contribution("intermediary", "Roshchin", "Roshchin"),
    ]


def test_date_in_bold_is_read():
    assert values(DRAFT, DocumentDate) == [DocumentDate("1950-07-13")]
    assert DRAFT.first(DocumentDate).verbatim == "July 13, 1950"


def test_three_references_in_two_notations_are_understood():
    assert values(DRAFT, Reference) == [
        Reference("APRF", fond="45", opis="1", delo="331", listy="85"),
        Reference("AVP RF", fond="059a", opis="5a", delo="3", papka="11", listy="118"),
        Reference("RGASPI", fond="558", opis="11", delo="334", listy="0085"),
    ]


def test_record_id_ends_the_address():
    assert DRAFT.first(SourceUrl).value.url == "https://wilson-center-digital-archive.dvincitest.com/document/110692"
    assert DRAFT.first(RecordId).verbatim == "110692"
    assert str(DRAFT.identity) == "record:digitalarchive.wilsoncenter.org/110692"


def test_address_on_a_test_server_is_noticed():
    assert any("test server" in notice.message for notice in DRAFT.notices)


def test_citation_keeps_all_its_words():
    assert DRAFT.first(Citation).value.text.endswith(
        "ll.0085. <https://wilson-center-digital-archive.dvincitest.com/document/110692>"
    )


def test_sent_stamp_over_two_lines_is_one_event():
    (sent,) = DRAFT.all(Event)

    assert (sent.value.kind, sent.value.edtf, sent.value.destination) == ("sent", "1950-07-13T03:15", "BEIJING")
    assert sent.verbatim.endswith("Sent 03:15  \n13.7.50")
    assert sent.inferred == "century from the date of the document, 1950-07-13"


def test_number_in_the_heading_is_its_own():
    assert values(DRAFT, Number) == [Number("3305", "telegram")]


def test_second_list_of_copies_is_possibly_truncated():
    assert values(DRAFT, Distribution) == [Distribution(copies=None, possibly_truncated=True)]
    assert any("names may lack" in notice.message for notice in DRAFT.notices)


def test_list_that_a_full_stop_closes_is_whole():
    assert not draft_of(PAGE_MARKDOWN + ".").first(Distribution).value.possibly_truncated


def test_recipients_have_copies_only_where_the_list_says_so():
    recipients = [each for each in values(DRAFT, Contribution) if each.role == "copy recipient"]

    assert [(each.as_written, each.copies) for each in recipients] == [("Stalin", 2), ("Molotov", None)]


def test_text_is_a_translation_from_russian_into_english():
    text = DRAFT.first(TextBody).value

    assert (text.kind, text.language) == ("translation", "en")
    assert values(DRAFT, OriginalLanguage) == [OriginalLanguage("ru")]


def test_text_is_everything_after_the_line_that_declares_it():
    assert DRAFT.first(TextBody).verbatim == PAGE_MARKDOWN.partition("Translation - English\n\n")[2]


def test_summary_has_a_label():
    assert DRAFT.first(Summary).verbatim.startswith("Telegram from Stalin")
    assert "**Summary:**" in [s.verbatim for s in DRAFT.segments if s.role is Role.LABEL]


def test_square_brackets_after_a_name_are_an_alias():
    assert values(DRAFT, Editorial) == [Editorial("Stalin", "alias")] * 2


def test_what_the_page_does_not_say_is_absent():
    assert [values(DRAFT, kind) for kind in (Rights, EmptyLabel)] == [[], []]


def test_label_without_value_is_present_but_empty():
    draft = draft_of(PAGE_MARKDOWN.replace("\nRussian\n", ""))

    assert values(draft, EmptyLabel) == [EmptyLabel("Original Language")]
    assert values(draft, OriginalLanguage) == []


def test_label_that_no_rule_knows_is_unclassified_and_noticed():
    draft = draft_of(PAGE_MARKDOWN.replace("**Original Language:**", "**Genre:**"))

    assert [s.verbatim for s in draft.segments if s.role is Role.UNCLASSIFIED] == ["**Genre:**\n\nRussian"]
    assert any("no rule knows" in notice.message for notice in draft.notices)


def test_text_is_found_where_its_label_is_lost():
    draft = draft_of(PAGE_MARKDOWN.replace("**Contents:**\n", ""))

    assert draft.first(TextBody).verbatim == DRAFT.first(TextBody).verbatim


def test_page_cut_off_before_the_text_says_so():
    draft = draft_of(PAGE_MARKDOWN.partition("**Contents:**")[0])

    assert any("a text of the document" in notice.message for notice in draft.notices)
