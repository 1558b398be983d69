"""Files that tables come in: their encodings, delimiters and sheets, and what is refused of them."""

import pytest

from archive.drafts import Draft, RefusedPart, Title
from archive.readers import BrokenSource, EmptySource, HostileSource, Source, WrongEncoding, drafts_of, reader_of
from archive.readers.tables import Table, cells, packages
from tests.archive.readers.tables.builders import a_csv, a_row, a_workbook, an_ods, notices, parts, values, zipped

TABLE = (["id", "title"], ["1", "Протокол"])
HEADINGS = a_row(1, "ID", "Title")
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_ROW = f"<table:table-row>{ODS_CELL}{ODS_CELL}</table:table-row>"


def titles(content, name="box7.csv"):
    return [draft.first(Title).value.text for draft in parts(content, name=name)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encoding_is_told_by_the_mark(encoding):
    assert titles(a_csv(*TABLE, encoding=encoding)) == ["Протокол"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_told_by_the_rows(delimiter):
    assert titles(a_csv(["id", "title"], ["1", "Floods, ferries; and so on"], delimiter=delimiter)) == [
        "Floods, ferries; and so on"
    ]


def test_table_is_known_by_its_headings_whatever_its_name():
    content = a_csv(["record id", "title", "date"], ["1", "Minutes", "1950"], delimiter="\t")

    assert reader_of(Source("export.txt", content)).name == "table"


def test_prose_with_commas_is_no_table():
    content = b"# Minutes, of the river board, 1950\n\nTitle, date, and place were not noted.\n"

    assert not Table().recognises(Source("minutes.txt", content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            a_csv(*TABLE, encoding="cp1251"),
            "box7.csv: no mark at its beginning says how it is encoded, and it is not UTF-8",
        ),
        (b"id,title\n1,Min\x00utes\n", "there is a zero character in line 2"),
        ("id,title\n1,x".encode("utf-16")[:-1], "it is not UTF-16"),
    ],
)
def test_file_in_an_unknown_encoding_is_refused_with_the_line(content, words):
    with pytest.raises(WrongEncoding, match=words):
        parts(content)


def test_row_with_a_stray_quotation_mark_is_refused_and_the_next_comes_in():
    refused, draft = parts(b'id,title\n1,"Min"utes\n2,Orders\n')

    assert "row 2: there is a quotation mark within a cell that is not doubled" in refused.reason
    assert draft.first(Title).value.text == "Orders"


def test_quotation_mark_that_nothing_closes_is_named_by_its_row():
    draft, refused = parts(b'id,title\n1,Minutes\n2,"Orders\n3,Letters\n')

    assert isinstance(draft, Draft)
    assert "row 3: a quotation mark is opened in this row and closed nowhere" in refused.reason


def test_transcript_longer_than_the_limit_of_pythons_csv_comes_in():
    [draft] = parts(a_csv(["id", "transcript"], ["1", "word " * 60_000]))

    assert len(draft.fields[-1].value.text) > 250_000


def test_row_larger_than_any_honest_one_is_refused_before_any_is_in(monkeypatch):
    monkeypatch.setattr("archive.readers.tables.delimited.ROW_LIMIT", 1000)
    _, found = drafts_of(Source("box7.csv", a_csv(*TABLE, ["2", "x" * 2000])))

    with pytest.raises(HostileSource, match="a row of more than 1,000 characters, which begins with “2,xxx"):
        next(found)


def test_table_without_any_known_heading_is_refused():
    with pytest.raises(BrokenSource, match="none of its headings means anything here: “colour”, “weight”"):
        parts(a_csv(["colour", "weight"], ["blue", "7"]))


def test_blank_table_is_refused_as_empty():
    with pytest.raises(EmptySource):
        parts(b"\n,,\n\n")


def test_every_sheet_with_headings_is_read_and_another_is_named():
    content = a_workbook(
        HEADINGS + a_row(2, "1", "Minutes"), a_row(1, "made by", "Orlova"), HEADINGS + a_row(2, "2", "Orders")
    )
    first, remarks, third = parts(content, name="box7.xlsx")

    assert [each.first(Title).locator for each in (first, third)] == ["Sheet1!B2", "Sheet3!B2"]
    assert isinstance(remarks, RefusedPart)
    assert "sheet Sheet2: none of its headings means anything here: “made by”, “Orlova”" in remarks.reason


@pytest.mark.parametrize(
    "content",
    [
        a_workbook(HEADINGS + a_row(2, "1", "Minutes") + "".join(f'<row r="{n}"/>' for n in range(3, 100_000))),
        a_workbook(HEADINGS + a_row(2, "1", "Minutes") + a_row(1_048_576, "2", "far below")),
        an_ods(
            ODS_ROW.format("id", "title")
            + ODS_ROW.format("1", "Minutes")
            + '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        ),
    ],
)
def test_sheet_ends_where_its_rows_do_whatever_size_it_claims(content):
    assert titles(content, name="box7.xlsx") == ["Minutes"]


def test_formula_is_read_by_its_value_and_one_without_refuses_its_row():
    formula = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}" t="str"><f>1+1</f>{1}</c></row>'
    content = a_workbook(HEADINGS + formula.format(2, "<v>two</v>") + formula.format(3, ""))
    draft, refused = parts(content, name="box7.xlsx")

    assert values(draft, Title) == [Title("two")]
    assert "Sheet1, row 3: a formula in it has never been computed" in refused.reason


def test_error_in_a_cell_is_told():
    [draft] = parts(a_workbook(HEADINGS + '<row r="2"><c r="B2" t="e"><v>#REF!</v></c></row>'), name="box7.xlsx")

    assert "Cell B2 holds the error #REF!." in notices(draft)


def test_external_link_is_not_followed():
    link = '<externalLink xmlns="urn:x"/>'
    linked = '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>[1]Sheet1!A1</f><v>kept</v></c></row>'

    assert titles(a_workbook(HEADINGS + linked, extra={"xl/externalLinks/externalLink1.xml": link}), "a.xlsx") == [
        "kept"
    ]


def test_package_that_unpacks_to_more_than_a_spreadsheet_can_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "UNPACKED_LIMIT", 100_000)

    with pytest.raises(HostileSource, match="unpacks to"):
        parts(a_workbook(HEADINGS, extra={"xl/media/bomb": "0" * 200_000}), name="box7.xlsx")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_cell_of_a_hundred_megabytes_is_refused_without_being_held(suffix):
    words = "x" * 100_000_000
    content = a_workbook(HEADINGS + a_row(2, "1", words)) if suffix == "xlsx" else an_ods(ODS_ROW.format("id", words))

    with pytest.raises(HostileSource, match="a row or a cell of more than 5,000,000 characters"):
        parts(content, name=f"box7.{suffix}")


def test_cell_of_a_hundred_megabytes_in_text_is_refused():
    with pytest.raises(HostileSource, match="a row of more than 5,000,000 characters"):
        parts(b"id,title\n1," + b"x" * 100_000_000)


def test_document_type_in_a_spreadsheet_is_refused():
    bomb = '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet/>'

    with pytest.raises(HostileSource, match="declares a document type in xl/worksheets"):
        parts(a_workbook(HEADINGS, extra={"xl/worksheets/s1.xml": bomb}), name="box7.xlsx")


def test_row_that_is_repeated_without_end_is_refused():
    rows = ODS_ROW.format("id", "title") + ODS_ROW.format("1", "x").replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
    )

    with pytest.raises(HostileSource, match="row 2 of Sheet1 is to be repeated 1,048,576 times"):
        parts(an_ods(rows), name="box7.ods")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_damaged_spreadsheet_is_refused(suffix):
    content = a_workbook(HEADINGS + "<row") if suffix == "xlsx" else an_ods("<table:table-row")

    with pytest.raises(BrokenSource, match=f"box7.{suffix} is a damaged spreadsheet"):
        parts(content, name=f"box7.{suffix}")


def test_zip_file_that_is_no_spreadsheet_is_left_to_others():
    assert not Table().recognises(Source("box7.zip", zipped({"a.txt": "Minutes"})))


def test_columns_are_lettered_as_in_spreadsheets():
    assert [cells.letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
