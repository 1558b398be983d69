"""Archival units as records of their own: there with their first public document, gone with their last."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import history, publication
from archive.description.units import describe_units
from archive.models import ArchivalReference, ArchivalUnit, Document, Kind, Representation, Stale
from archive.publication import retelling
from archive.staleness import mark
from archive.units import move, unit_at
from harvest.formats.ead3 import Ead3
from tests.archive.builders import a_document

pytestmark = pytest.mark.django_db

FILE = {"repository": "APRF", "fond": "45", "opis": "1", "delo": "347"}


def kept(document: Document, codes: dict[str, str] = FILE) -> ArchivalUnit:
    """Put a document into a unit of the tree."""
    unit = unit_at(codes)
    ArchivalReference.objects.create(
        document=document, unit=unit, verbatim="APRF, f. 45", order=document.references.count()
    )
    return unit


def fond(code: str = "45") -> ArchivalUnit:
    return ArchivalUnit.objects.get(level="fond", code=code)


def told() -> dict[str, str]:
    """The records of units that are there, by code."""
    rows = Representation.objects.filter(kind=Kind.UNIT, format="ead3", withdrawn=False)
    codes = dict(ArchivalUnit.objects.values_list("identifier", "code"))
    return {codes[row.identifier.removeprefix("units/")]: bytes(row.content).decode() for row in rows}


def stamps() -> dict[str, object]:
    rows = Representation.objects.filter(kind=Kind.UNIT, format="ead3").values_list("identifier", "changed_at")
    codes = dict(ArchivalUnit.objects.values_list("identifier", "code"))
    return {codes[identifier.removeprefix("units/")]: at for identifier, at in rows}


def changed(model, obj, **fields) -> None:
    """An edit as the admin makes it."""
    obj.refresh_from_db()
    history.keep([obj.pk], of=model)
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.save()
    history.record([obj.pk], act=history.EDITED, of=model)


def test_unit_becomes_a_record_with_its_first_public_document():
    document = a_document("110692")
    kept(document)
    assert told() == {}

    publication.publish([document.pk])

    assert set(told()) == {"APRF", "45", "1", "347"}
    assert "110692" in told()["347"]


def test_unit_of_a_draft_alone_is_never_a_record():
    public, draft = a_document("1"), a_document("2")
    kept(public)
    kept(draft, {**FILE, "delo": "999"})

    publication.publish([public.pk])

    assert "999" not in told()
    assert all("999" not in record for record in told().values())


def test_unit_goes_with_its_last_document_and_at_once():
    first, last = a_document("1"), a_document("2")
    kept(first, {**FILE, "delo": "331"})
    kept(last)
    publication.publish([first.pk, last.pk])

    publication.withdraw([last.pk])

    assert set(told()) == {"APRF", "45", "1", "331"}
    [gone] = Representation.objects.filter(kind=Kind.UNIT, withdrawn=True, format="ead3")
    assert (bytes(gone.content), gone.checksum) == (b"", "")


def test_what_stands_above_no_longer_lists_a_unit_that_has_gone():
    first, last = a_document("1"), a_document("2")
    kept(first, {**FILE, "delo": "331"})
    kept(last)
    publication.publish([first.pk, last.pk])
    assert ">347<" in told()["1"]

    publication.withdraw([last.pk])
    publication.retell()

    assert ">347<" not in told()["1"]


def test_unit_that_comes_back_is_the_same_record():
    document = a_document("1")
    kept(document)
    publication.publish([document.pk])
    before = set(Representation.objects.filter(kind=Kind.UNIT).values_list("pk", flat=True))
    publication.withdraw([document.pk])

    publication.publish([document.pk])

    rows = Representation.objects.filter(kind=Kind.UNIT)
    assert set(rows.values_list("pk", flat=True)) == before
    assert not rows.filter(withdrawn=True).exists()


def test_second_document_restamps_the_unit_that_lists_it_and_no_other():
    first, second = a_document("1"), a_document("2")
    kept(first)
    kept(second)
    publication.publish([first.pk])
    before = stamps()

    publication.publish([second.pk])

    assert {code for code, at in stamps().items() if at != before[code]} == {"347"}


def test_rendering_anew_moves_no_datestamp():
    document = a_document("1")
    kept(document)
    publication.publish([document.pk])
    before = stamps()

    history.keep([fond().pk], of=ArchivalUnit)
    publication.refresh([document.pk])

    assert stamps() == before
    assert not Stale.objects.exists()


def test_parent_renamed_restamps_those_below_that_name_it():
    document, other = a_document("1"), a_document("2")
    kept(document)
    kept(other, {"repository": "APRF", "fond": "3"})
    publication.publish([document.pk, other.pk])
    before = stamps()

    changed(ArchivalUnit, fond(), title="Papers of Stalin")
    publication.retell()

    assert {code for code, at in stamps().items() if at != before[code]} == {"APRF", "45", "1", "347"}
    assert all("Papers of Stalin" in told()[code] for code in ("APRF", "45", "1", "347"))


def test_document_renamed_is_renamed_in_its_unit():
    document = a_document("1", title="Before")
    kept(document)
    publication.publish([document.pk])

    changed(Document, document, title="After")
    publication.refresh([document.pk])

    assert "After" in told()["347"]
    assert "Before" not in told()["347"]


def test_reference_corrected_moves_the_document_from_one_unit_to_the_other():
    document = a_document("1")
    kept(document)
    other = unit_at({**FILE, "delo": "331"})
    publication.publish([document.pk])

    history.keep([document.pk])
    ArchivalReference.objects.filter(document=document).update(unit=other)
    history.record([document.pk], act=history.EDITED)
    publication.refresh([document.pk])

    assert set(told()) == {"APRF", "45", "1", "331"}


def test_branch_moved_leaves_the_records_of_its_old_place():
    document = a_document("1")
    kept(document)
    elsewhere = unit_at({"repository": "RGASPI", "fond": "558"})
    publication.publish([document.pk])
    opis = ArchivalUnit.objects.get(level="opis")

    history.keep([opis.pk], of=ArchivalUnit)
    move(opis, under=elsewhere)
    history.record([opis.pk], act=history.EDITED, of=ArchivalUnit)
    publication.retell()

    assert set(told()) == {"RGASPI", "558", "1", "347"}


def test_internal_notes_of_a_unit_are_nowhere():
    document = a_document("1")
    unit = kept(document)
    ArchivalUnit.objects.filter(pk=unit.pk).update(internal_note="Sealed at the donor's wish")

    publication.publish([document.pk])

    assert all("Sealed" not in record for record in told().values())


def test_unit_that_cannot_be_rendered_does_not_hold_up_the_others(monkeypatch):
    document = a_document("1")
    kept(document)
    rendered = Ead3.render
    monkeypatch.setattr(Ead3, "render", lambda self, unit: 1 / 0 if unit.code == "45" else rendered(self, unit))

    publication.publish([document.pk])

    assert set(told()) == {"APRF", "1", "347"}
    assert not Stale.objects.exists()


def test_mark_of_a_change_that_comes_while_a_unit_is_rendered_is_kept(monkeypatch):
    document = a_document("1")
    unit = kept(document)
    publication.publish([document.pk])
    mark(Kind.UNIT, [unit.pk])
    rendered, late = Ead3.render, []

    def disturbed(self, description):
        if not late:
            late.append(1)
            mark(Kind.UNIT, [unit.pk])
            assert Stale.objects.count() == 2
        return rendered(self, description)

    monkeypatch.setattr(Ead3, "render", disturbed)
    retelling._retell(Kind.UNIT, retelling.TELLERS[Kind.UNIT], [unit.pk])

    assert Stale.objects.count() == 1


def test_units_are_described_with_as_many_queries_for_many_as_for_one():
    for number in range(8):
        document = a_document(str(number))
        kept(document, {**FILE, "delo": str(number)})
        publication.publish([document.pk])
    every = list(ArchivalUnit.objects.order_by("pk").values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as for_one:
        describe_units(every[-1:])

    with CaptureQueriesContext(connection) as for_many:
        assert len(describe_units(every)) == len(every) == 11

    assert len(for_many) <= len(for_one)
