"""What the columns of a table say, and what is said of those that say nothing."""

import pytest

from archive.drafts import (
    Contribution,
    DocumentDate,
    Draft,
    OriginalLanguage,
    Page,
    RefusedPart,
    Rights,
    SourceUrl,
    Statement,
    Subject,
    TextBody,
    Title,
)
from archive.readers.tables import ColumnMapping
from tests.archive.readers.tables.builders import Beside, a_csv, notices, parts, the_draft, the_refusal, values


@pytest.mark.parametrize(
    "heading", ["title", "Title", "dcterms:title", "dc.title", "DC:Title", "http://purl.org/dc/terms/title"]
)
def test_title_is_known_by_each_of_its_names(heading):
    assert values(the_draft([heading], ["Minutes"]), Title) == [Title("Minutes")]


def test_language_after_the_heading_is_that_of_the_words():
    draft = the_draft(["title@ru", "translation@en"], ["Протокол", "The bridge is open."])

    assert values(draft, Title) == [Title("Протокол", "ru")]
    assert values(draft, TextBody) == [TextBody("The bridge is open.", "translation", "en")]


def test_heading_with_a_language_that_is_none_is_doubted_and_its_words_come_in():
    draft = the_draft(["title@runic-scratches", "id"], ["Minutes", "1"])

    assert values(draft, Title) == [Title("Minutes")]
    assert "row 2, column “title@runic-scratches”: of its heading, “runic-scratches” is no language tag" in notices(
        draft
    )


def test_several_values_stand_in_one_cell_or_in_several_columns():
    draft = the_draft(["title", "subject", "subject"], ["Minutes", "Floods | Bridges", "Ferries"])

    assert [subject.label for subject in values(draft, Subject)] == ["Floods", "Bridges", "Ferries"]


def test_address_beside_a_name_or_alone_is_taken_for_one():
    draft = the_draft(
        ["title", "author", "dcterms:relation", "rights", "rights_uri"],
        ["Minutes", "Sedov <https://example.org/a/1>", "https://example.org/2", "Free.", "https://example.org/free"],
    )

    assert values(draft, Contribution) == [Contribution("author", "Sedov", "Sedov", uri="https://example.org/a/1")]
    assert values(draft, Statement) == [Statement("relation", "https://example.org/2", uri="https://example.org/2")]
    assert values(draft, Rights) == [Rights("Free.", "https://example.org/free")]


def test_person_meant_stands_in_brackets():
    draft = the_draft(["title", "sender"], ["Telegram", "Filippov [Stalin]"])

    assert values(draft, Contribution) == [Contribution("sender", "Filippov", "Stalin")]


def test_text_and_images_come_from_files_that_came_along():
    files = Beside({"1.txt": b"The bridge is open.", "1.tif": b"II*"})
    draft = the_draft(["title", "transcript_file", "image"], ["Minutes", "1.txt", "1.tif|2.tif"], files=files)

    assert values(draft, TextBody)[0].text == "The bridge is open."
    assert values(draft, Page) == [Page("1.tif"), Page("", label="2.tif")]
    assert "row 2, column “image”: the image 2.tif did not come along" in notices(draft)


def test_row_whose_text_did_not_come_along_is_refused():
    reason = the_refusal(["title", "transcript_file"], ["Minutes", "1.txt"])

    assert reason.startswith("box7.csv, row 2, column “transcript_file”: the file 1.txt did not come along.")


def test_date_that_no_calendar_has_refuses_its_row_and_no_other():
    refused, draft = parts(a_csv(["id", "date"], ["1", "31 February 1950"], ["2", "13.7.50"]))

    assert isinstance(refused, RefusedPart)
    assert "row 2, column “date”: “31 February 1950” names a day that no calendar has" in refused.reason
    assert values(draft, DocumentDate) == [DocumentDate("1950-07-13")]


def test_date_in_words_is_kept_as_a_statement():
    draft = the_draft(["title", "date"], ["Minutes", "early autumn"])

    assert values(draft, DocumentDate) == []
    assert values(draft, Statement) == [Statement("date", "early autumn")]
    assert "row 2, column “date”: “early autumn” is kept as a statement" in notices(draft)


def test_second_of_two_dates_is_kept():
    draft = the_draft(["date", "created"], ["1950-07-13", "1950-07-14"])

    assert values(draft, DocumentDate) == [DocumentDate("1950-07-13")]
    assert values(draft, Statement) == [Statement("date", "1950-07-14")]


def test_language_by_name_or_by_tag_and_one_that_is_neither():
    draft = the_draft(["title", "language"], ["Minutes", "Russian|zh-Hans|Volapük of the east"])

    assert [language.tag for language in values(draft, OriginalLanguage)] == ["ru", "zh-Hans", "und"]
    assert "“Volapük of the east” is no language we know" in notices(draft)


def test_columns_that_mean_nothing_are_told_and_not_published():
    draft = the_draft(["title", "shelf mark colour", ""], ["Minutes", "blue", "left"])

    assert [field.value.name for field in draft.fields] == ["title"]
    assert "column “shelf mark colour”: “blue” stands in a column that means nothing here" in notices(draft)
    assert "row 2, column C (column “”): “left” stands in a column without heading" in notices(draft)


def test_row_with_more_cells_than_headings_is_refused():
    reason = the_refusal(["title", "date"], ["Minutes", "1950", "foo"])

    assert "there are 3 cells and only 2 headings; “foo” has none" in reason


def test_second_row_with_the_same_record_id_is_refused():
    first, second = parts(a_csv(["id", "title"], ["1", "Minutes"], ["1", "Orders"]))

    assert isinstance(first, Draft)
    assert "row 3: row 2 has the same identity, box7/1, already" in second.reason


def test_two_different_record_ids_in_one_row_refuse_it():
    assert "“2” is another record id than “1”" in the_refusal(["id", "identifier"], ["1", "2"])


def test_blank_rows_are_told_by_the_row_below():
    _, below = parts(a_csv(["id", "title"], ["1", "Minutes"], [], ["", " "], ["2", "Orders"]))

    assert notices(below) == "The 2 rows above this one are blank."


def test_document_is_known_by_record_id_else_address_else_words():
    def identity(**cells):
        return the_draft(list(cells), list(cells.values())).identity

    assert str(identity(id="7", url="https://example.org/7")) == "record:box7/7"
    assert str(identity(title="Minutes", url="https://example.org/7")) == "url:https://example.org/7"
    assert identity(title="Minutes") == identity(title="Minutes", refused_because="No date.")


def test_file_of_refused_rows_names_the_same_system():
    draft = the_draft(["id", "title"], ["7", "Minutes"], name="letters/box7.refused.csv")

    assert str(draft.identity) == "record:box7/7"


def test_web_address_that_is_none_is_kept_as_words():
    draft = the_draft(["id", "url"], ["7", "in the blue box"])

    assert values(draft, SourceUrl) == []
    assert values(draft, Statement) == [Statement("source", "in the blue box")]


def test_control_characters_are_left_out_and_told():
    draft = the_draft(["title"], ["Min\x07utes"])

    assert values(draft, Title) == [Title("Minutes")]
    assert "control characters" in notices(draft)


def test_mapping_gives_columns_their_fields_separator_language_and_system():
    columns = (("Betreff", "title"), ("Absender", "sender"), ("Title", "ignore"))
    mapping = ColumnMapping("Box", columns, separator=";", language="de", system="blue box")
    draft = the_draft(["ID", "Betreff", "absender", "Title"], ["7", "Hochwasser", "Sedow;Orlowa", "x"], mapping=mapping)

    assert str(draft.identity) == "record:blue box/7"
    assert values(draft, Title) == [Title("Hochwasser", "de")]
    assert [part.agent for part in values(draft, Contribution)] == ["Sedow", "Orlowa"]
    assert not draft.notices
