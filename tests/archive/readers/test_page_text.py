from archive.drafts import (
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
    Title,
)
from tests.archive.readers.seeds import PAGE_TEXT, draft_of, values

DRAFT = draft_of(PAGE_TEXT)


def test_title_names_sender_and_the_person_behind_the_alias():
    assert DRAFT.first(Title).value.text == "Ciphered Telegram, Roshchin to Filippov (Stalin)"
    assert values(DRAFT, Contribution)[:2] == [
        Contribution("sender", "Roshchin", "Roshchin"),
        Contribution("addressee", "Filippov", "Stalin"),
    ]


def test_date_of_the_page_wins_over_the_stamps():
    assert values(DRAFT, DocumentDate) == [DocumentDate("1950-10-13")]


def test_numbers_tell_incoming_cited_and_closing():
    assert values(DRAFT, Number) == [
        Number("25629", "incoming"),
        Number("2406", "cited"),
        Number("25612", "cited"),
        Number("2408", "closing"),
    ]


def test_stamps_are_events_with_time_place_and_agent():
    assert values(DRAFT, Event)[:4] == [
        Event("received", "1950-10-14T01:38", place="Moscow"),
        Event("deciphered", "1950-10-14T02:00", agent="Yelezov"),
        Event("typed", "1950-10-14T03:20", agent="Rubleva"),
        Event("cabled", agent="VTCH", destination="the South", note="to the South for Stalin"),
    ]


def test_closing_date_takes_its_year_from_the_page():
    closed = DRAFT.all(Event)[-1]

    assert closed.value == Event("closed", "1950-10-13")
    assert closed.verbatim == "13.10 [13 October]"
    assert closed.inferred == "year from the date of the document, 1950-10-13"


def test_nine_copies_go_to_eight_recipients():
    recipients = [each for each in values(DRAFT, Contribution) if each.role == "copy recipient"]

    assert values(DRAFT, Distribution) == [Distribution(copies=9)]
    assert [(each.as_written, each.copies) for each in recipients] == [
        ("Stalin", 2),
        ("Molotov", 1),
        ("Malenkov", 1),
        ("Beria", 1),
        ("Mikoyan", 1),
        ("Kaganovich", 1),
        ("Bulganin", 1),
        ("8MDGS", 1),
    ]


def test_text_runs_from_the_number_to_the_closing_date():
    text = DRAFT.first(TextBody)

    assert text.value.text.startswith("Ciphered Telegram # 25629\n\n\nReceived")
    assert text.value.text.endswith("No. 2408\n13.10 [13 October]")
    assert (text.value.kind, text.value.language) == ("transcript", "en")
    assert "told by a detector" in text.inferred


def test_summary_without_label_is_known_by_its_place():
    summary = DRAFT.first(Summary)

    assert summary.verbatim.startswith("Message to Stalin from Roshchin")
    assert "place" in summary.inferred


def test_archival_reference_without_label_is_understood():
    assert values(DRAFT, Reference) == [Reference("APRF", fond="45", opis="1", delo="335", listy="1-2")]


def test_rights_span_both_paragraphs():
    (rights,) = values(DRAFT, Rights)

    assert rights.text.startswith("The History and Public Policy Program welcomes")
    assert rights.text.endswith("[email\xa0protected].")


def test_hidden_address_is_a_notice_and_not_an_editor_speaking():
    assert [each.text for each in values(DRAFT, Editorial)] == ["the Chinese", "13 October"]
    assert any("hid an e-mail address" in notice.message for notice in DRAFT.notices)


def test_labels_without_value_are_present_but_empty():
    assert values(DRAFT, EmptyLabel) == [EmptyLabel("Original Uploaded Date"), EmptyLabel("Record ID")]


def test_what_the_page_does_not_say_is_absent():
    assert [values(DRAFT, kind) for kind in (SourceUrl, RecordId, OriginalLanguage)] == [[], [], []]


def test_page_without_record_id_and_address_is_known_by_its_checksum():
    assert DRAFT.identity.scheme == "sha256"


def test_furniture_of_the_site_is_chrome():
    assert [s.verbatim for s in DRAFT.segments if s.role is Role.CHROME] == ["Skip to content", "Document Information"]


def test_label_with_value_is_read():
    text = PAGE_TEXT.replace("Original Uploaded Date\n", "Author(s)\n\nRoshchin, N.V.\n\nLanguage\n\nRussian\n")

    draft = draft_of(text + "\n\n112233\n")

    assert draft.identity.value == "digitalarchive.wilsoncenter.org/112233"
    assert Contribution("author", "Roshchin, N.V.", "Roshchin, N.V.") in values(draft, Contribution)
    assert values(draft, OriginalLanguage) == [OriginalLanguage("ru")]
    assert draft.first(TextBody).value.kind == "translation"


def test_copies_that_do_not_add_up_are_noticed():
    draft = draft_of(PAGE_TEXT.replace("9 copies", "10 copies"))

    assert any("states 10 copies, its recipients have 9" in notice.message for notice in draft.notices)


def test_provenance_in_unknown_notation_is_kept_as_it_stands():
    draft = draft_of(PAGE_TEXT.replace("APRF, fond 45, opis 1, delo 335, listy 1-2.", "BArch, B 136/59748, 403-410."))

    assert draft.first(Reference).verbatim == "BArch, B 136/59748, 403-410."
    assert not draft.first(Reference).value.understood


def test_control_character_stays_in_the_source_and_leaves_the_values():
    draft = draft_of(PAGE_TEXT.replace("Mao Zedong pointed", "Mao\x08 Zedong pointed"))

    assert "Mao\x08 Zedong" in draft.rebuilt()
    assert "\x08" not in draft.first(TextBody).value.text
    assert any("U+0008 at character" in notice.message for notice in draft.notices)


def test_page_saved_on_windows_reads_alike():
    draft = draft_of("\ufeff" + PAGE_TEXT.replace("\n", "\r\n"))

    assert values(draft, Event) == values(DRAFT, Event)
    assert values(draft, Number) == values(DRAFT, Number)
    assert values(draft, EmptyLabel) == values(DRAFT, EmptyLabel)


def test_impossible_date_of_the_page_is_noticed():
    draft = draft_of(PAGE_TEXT.replace("October 13, 1950", "February 31, 1950"))

    assert draft.first(DocumentDate) is None
    assert any("no calendar has" in notice.message for notice in draft.notices)


def test_page_without_its_heading_says_where_the_rest_went():
    draft = draft_of(PAGE_TEXT.partition("Document Information")[0])

    assert draft.first(TextBody).verbatim.endswith("from the Soviet Union.")
    assert any("look whether the file is whole" in notice.message for notice in draft.notices)
