"""Column mappings: made from a sample, checked before they are kept, chosen when tables are handed in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.models import Accession, ColumnMapping, Document
from tests.archive.admin.conftest import logged_in
from tests.archive.readers.tables.builders import a_csv

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

ADD = reverse("admin:archive_columnmapping_add")
CHECK = reverse("admin:archive_columnmapping_check")
TABLE = (["Betreff", "Datum", "Title"], ["Hochwasser", "13.7.50", "x"], ["Deich", "31.2.50", "y"])


def a_sample(*rows) -> SimpleUploadedFile:
    return SimpleUploadedFile("box7.csv", a_csv(*(rows or TABLE)))


def filled(*columns, **more) -> dict:
    headings, fields, languages = zip(*columns, strict=True) if columns else ((), (), ())
    return {
        "name": "German", "separator": "|", "columns-heading": headings, "columns-field": fields,
        "columns-language": languages, **more,
    }  # fmt: skip


def test_columns_of_a_sample_are_shown_beside_their_choices(archivist):
    page = archivist.post(CHECK, filled(sample=a_sample())).content.decode()

    assert 'value="Betreff"' in page
    assert "<div>Hochwasser</div><div>Deich</div>" in page
    assert "As its heading says: Title" in page
    assert "Nothing: its heading says nothing" in page
    assert not ColumnMapping.objects.exists()


def test_check_says_what_the_rows_of_the_sample_would_come_to(archivist):
    columns = (("Betreff", "title", "de"), ("Datum", "date", ""), ("Title", "ignore", ""))
    page = archivist.post(CHECK, filled(*columns, sample=a_sample(), name="")).content.decode()

    assert "Of the first 2 rows, 1 would come in." in page
    assert "<strong>date</strong>: 13.7.50" in page
    assert "Refused: box7.csv, row 3, column “Datum”: “31.2.50” names a day that no calendar has" in page


def test_mapping_is_kept_with_its_languages(archivist):
    archivist.post(ADD, filled(("Betreff", "title", "de"), ("Datum", "date", ""), ("", "", "")))

    assert ColumnMapping.objects.get().columns == [["Betreff", "title@de"], ["Datum", "date"]]


def test_saving_with_a_sample_keeps_its_headings_to_choose_for_later(archivist):
    archivist.post(ADD, filled(sample=a_sample(), _continue="1"))
    page = archivist.get(reverse("admin:archive_columnmapping_change", args=[ColumnMapping.objects.get().pk]))

    assert ColumnMapping.objects.get().columns == [["Betreff", ""], ["Datum", ""], ["Title", ""]]
    assert 'value="Betreff"' in page.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (filled(("Betreff", "nonsense", "")), "“nonsense”, given to the column “Betreff”, is no field."),
        (filled(("Betreff", "title", "deutschlich")), "Column “Betreff”: “deutschlich” is no language tag"),
        (filled(language="deutschlich"), "“deutschlich” is not a language tag"),
        (filled(sample=SimpleUploadedFile("a.csv", b"id\n\x00")), "there is a zero character in line 2"),
    ],
)
def test_mapping_that_no_reader_could_follow_is_refused(archivist, given, words):
    page = archivist.post(ADD, given).content.decode()

    assert words in page
    assert not ColumnMapping.objects.exists()


def test_mapping_is_chosen_when_a_table_is_handed_in(archivist, worked_off):
    mapping = ColumnMapping.objects.create(name="German", columns=[["Betreff", "title"], ["Datum", "date"]])
    worked_off(archivist, reverse("admin:archive_accession_add"), {"uploads": [a_sample()], "mapping": mapping.pk})

    accession = Accession.objects.get()
    page = archivist.get(reverse("admin:archive_accession_change", args=[accession.pk])).content.decode()
    assert Document.objects.get().title == "Hochwasser"
    assert "Download what did not come in" in page
    assert "German" in page


def test_what_did_not_come_in_is_downloaded_by_who_may_see_originals(archivist, worked_off):
    worked_off(
        archivist, reverse("admin:archive_accession_add"), {"uploads": [a_sample(["id", "date"], ["1", "1950-13-01"])]}
    )
    address = reverse("admin:archive_accession_refused", args=[Accession.objects.get().pk])
    answer = archivist.get(address)

    assert answer["Content-Disposition"] == 'attachment; filename="box7.refused.csv"'
    assert b"".join(answer.streaming_content).endswith(b",1,1950-13-01\r\n")
    assert logged_in("view_accession").get(address).status_code == 403


def test_nothing_to_mend_is_not_found(archivist, worked_off):
    worked_off(archivist, reverse("admin:archive_accession_add"), {"uploads": [a_sample(["id"], ["1"])]})

    assert (
        archivist.get(reverse("admin:archive_accession_refused", args=[Accession.objects.get().pk])).status_code == 404
    )


def test_check_is_for_who_may_make_mappings():
    assert logged_in("view_columnmapping").post(CHECK, filled(sample=a_sample())).status_code == 403
