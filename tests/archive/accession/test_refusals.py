"""What an accession did not take in: mended and handed in again."""

import csv
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from archive import accession
from archive.models import Accession, ColumnMapping, Document
from archive.readers import Source
from archive.readers.tables.mapping import ColumnMapping as Mapping
from tests.archive.readers.tables.builders import a_csv, a_row, a_workbook
from tests.sources import FILIPPOV, source

# Hints are sent on commit, so the work is done only where transactions really commit.
pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = ["ID", "Title", "Date", "Notes"]
GOOD = ["1", "Minutes", "1950-07-13", ""]
BAD = ["2", '=HYPERLINK("http://evil.example")', "31 February 1950", "-7, @home\nand '+more"]


def bring_in(*sources: Source) -> Accession:
    submitted = accession.submit(sources)
    submitted.refresh_from_db()
    return submitted


def a_table(*rows, name="box7.csv", mapping=None) -> Source:
    return Source(name, a_csv(HEADINGS, *rows), mapping=mapping)


def refused(submitted) -> tuple[str, bytes]:
    found = accession.refusals(submitted)
    with found.file as file:
        return found.name, file.read()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_refused_row_is_counted_and_its_neighbours_come_in():
    submitted = bring_in(a_table(GOOD, BAD, ["3", "Orders", "", ""]))

    assert submitted.state == Accession.State.DONE_WITH_ERRORS
    assert [item.state for item in submitted.items.all()] == ["created", "refused", "created"]
    assert "row 3, column “Date”" in submitted.items.get(part=1).reason


def test_rehearsal_refuses_the_same_rows():
    reports = accession.rehearse([a_table(GOOD, BAD)])

    assert [report.outcome for report in reports] == ["created", "refused"]
    assert reports[1].as_data()["refused"]["locator"] == "row 3"
    assert not Document.objects.exists()


def test_everything_that_came_in_leaves_no_file():
    assert accession.refusals(bring_in(a_table(GOOD))) is None


def test_file_has_exactly_the_refused_rows_with_their_reasons():
    name, content = refused(bring_in(a_table(GOOD, BAD)))
    headings, row = rows_of(content)

    assert name == "box7.refused.csv"
    assert headings == ["Refused because", *HEADINGS]
    assert "“31 February 1950” names a day that no calendar has" in row[0]
    assert row[1] == "2"


def test_cells_that_a_spreadsheet_would_run_are_kept_from_it():
    _, content = refused(bring_in(a_table(BAD)))

    assert rows_of(content)[1][2] == "'" + BAD[1]
    assert rows_of(content)[1][4] == "'" + BAD[3]


def test_mended_rows_come_in_word_for_word_and_leave_no_ghosts():
    first = a_table(GOOD, BAD, ["4", "'=quoted", "1950-13-01", ""])
    name, content = refused(bring_in(first))
    mended = content.replace(b"31 February 1950", b"28 February 1950").replace(b"1950-13-01", b"1950-12-01")

    again = bring_in(Source(name, mended))
    whole = bring_in(a_table(GOOD, [*BAD[:2], "28 February 1950", BAD[3]], ["4", "'=quoted", "1950-12-01", ""]))

    assert [item.state for item in again.items.all()] == ["created", "created"]
    assert accession.refusals(again) is None
    assert [item.state for item in whole.items.all()] == ["known", "known", "known"]
    assert set(Document.objects.values_list("title", flat=True)) == {"Minutes", BAD[1], "'=quoted"}


def test_row_that_is_not_mended_is_refused_again_with_one_reason():
    name, content = refused(bring_in(a_table(BAD, ["3", "Orders", "", "", "too much"])))
    _, again = refused(bring_in(Source(name, content)))

    assert rows_of(again)[0] == rows_of(content)[0]
    assert [row[1:] for row in rows_of(again)] == [row[1:] for row in rows_of(content)]


def test_each_sheet_has_its_own_file_and_files_that_are_no_tables_are_there_whole():
    head = a_row(1, "ID", "Date")
    dates = ("1950-13-01", "1950", "1950-14-01")
    book = a_workbook(*(head + a_row(2, str(number), date) for number, date in enumerate(dates)))
    submitted = bring_in(source(FILIPPOV), Source("../box7.xlsx", book), Source("a/photo.txt", b"\x00"))
    name, content = refused(submitted)
    packed = zipfile.ZipFile(io.BytesIO(content))

    assert name == f"accession-{submitted.pk}.refused.zip"
    assert packed.namelist() == ["box7.Sheet1.refused.csv", "box7.Sheet3.refused.csv", "a/photo.txt", "reasons.csv"]
    assert packed.read("a/photo.txt") == b"\x00"
    assert [row[1] for row in rows_of(packed.read("reasons.csv"))[1:]] == [
        "../box7.Sheet1.refused.csv", "../box7.Sheet3.refused.csv", "a/photo.txt",
    ]  # fmt: skip


def test_table_that_is_refused_whole_is_given_back_whole():
    _, content = refused(bring_in(Source("box7.csv", b"colour,weight\nblue,7\n")))

    assert zipfile.ZipFile(io.BytesIO(content)).read("box7.csv") == b"colour,weight\nblue,7\n"


def test_accession_keeps_the_mapping_it_was_handed_in_with():
    mapping = Mapping("German", (("Betreff", "title"),), language="de")
    submitted = bring_in(Source("box7.csv", a_csv(["ID", "Betreff"], ["1", "Hochwasser"]), mapping=mapping))
    ColumnMapping.objects.all().delete()
    again = bring_in(Source("box7.csv", a_csv(["ID", "Betreff"], ["1", "Hochwasser im Mai"]), mapping=mapping))

    assert submitted.mapping["name"] == "German"
    assert [item.state for item in again.items.all()] == ["updated"]
    assert (Document.objects.get().title, Document.objects.get().title_language) == ("Hochwasser im Mai", "de")


def test_command_writes_what_did_not_come_in(tmp_path):
    (tmp_path / "box7.csv").write_bytes(a_csv(["ID", "Betreff", "Datum"], ["1", "Hochwasser", "1950-13-01"]))
    ColumnMapping.objects.create(name="German", columns=[["Betreff", "title"], ["Datum", "date"]])
    out = tmp_path / "out.csv"

    with pytest.raises(CommandError, match="1 of 1 files and documents did not come in"):
        call_command("accession", tmp_path / "box7.csv", mapping="German", refused=out)

    assert rows_of(out.read_bytes())[1][1:] == ["1", "Hochwasser", "1950-13-01"]


def test_command_names_the_mappings_that_there_are(tmp_path):
    ColumnMapping.objects.create(name="German")

    with pytest.raises(CommandError, match="There is no mapping 'French'"):
        call_command("accession", tmp_path, mapping="French")
