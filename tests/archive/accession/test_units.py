"""Archival trees from finding aids."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import units
from archive.accession.outcomes import Outcome
from archive.accession.unit_mapping import contents_of_unit
from archive.accession.units import enter_tree, enter_units, vanished
from archive.drafts import DocumentDate, Field, Identity, Statement, Summary, Title, UnitDraft
from archive.models import ArchivalReference, ArchivalUnit, Document, EntityRevision
from archive.readers import Source, drafts_of
from tests.builders import a_document, a_published_document
from tests.sources import SOURCES, an_accession_source

pytestmark = pytest.mark.django_db

FOND = SOURCES / "ead3" / "stalin-fond.xml"
DELO = {"repository": "APRF", "fond": "45", "opis": "1", "delo": "331"}


def drafts(*replacements: tuple[str, str]) -> list[UnitDraft]:
    """The units of the finding aid, some of its words replaced."""
    text = FOND.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return [each for each in drafts_of(Source(FOND.name, text.encode()))[1] if isinstance(each, UnitDraft)]


def outcomes(entries) -> list[Outcome | None]:
    return [entry.outcome for entry in entries]


def remarks(entries) -> list[str]:
    return [remark for entry in entries for remark in entry.remarks]


def the_delo() -> ArchivalUnit:
    return ArchivalUnit.objects.get(code="331")


def many(count: int) -> list[UnitDraft]:
    top = UnitDraft(Identity("ead", "top"), None, "repository", "Top")
    fond = UnitDraft(Identity("ead", "fond"), top.identity, "fonds", "1")
    files = [UnitDraft(Identity("ead", f"f{n}"), fond.identity, "file", str(n), position=n) for n in range(count)]
    return [top, fond, *files]


def test_finding_aid_makes_the_tree_with_its_descriptions():
    entries = enter_tree(drafts())

    delo = the_delo()
    assert set(outcomes(entries)) == {Outcome.CREATED}
    assert [unit.level for unit in units.path(delo.pk, units.ancestors([delo.pk]))] == [
        "repository", "fond", "opis", "file",
    ]  # fmt: skip
    assert (delo.title, delo.dates, delo.date, delo.extent) == (
        "Telegrams to Beijing", "July 1950 - October 1950", "1950-07/1950-10", "118 leaves",
    )  # fmt: skip
    assert {"term": "spatial", "value": "Beijing", "language": "", "uri": "http://sws.geonames.org/1816670/"} in (
        delo.statements
    )
    assert "Leaf 85 is missing" in delo.internal_note
    assert "Leaf 85" not in str(delo.statements)


def test_same_finding_aid_again_changes_nothing():
    enter_tree(drafts())
    before = list(ArchivalUnit.objects.order_by("pk").values())

    assert set(outcomes(enter_tree(drafts()))) == {Outcome.KNOWN}
    assert list(ArchivalUnit.objects.order_by("pk").values()) == before


def test_batches_are_as_good_as_the_whole():
    for draft in drafts():
        enter_tree([draft])

    assert set(outcomes(enter_tree(drafts()))) == {Outcome.KNOWN}
    assert ArchivalUnit.objects.count() == 7


def test_units_that_references_made_are_described_and_not_made_twice():
    cited = units.unit_at(DELO)
    document = a_document()
    ArchivalReference.objects.create(document=document, unit=cited, verbatim="APRF, f. 45, op. 1, d. 331")

    entries = enter_tree(drafts())

    cited.refresh_from_db()
    assert outcomes(entries)[:4] == [Outcome.UPDATED] * 4
    assert (cited.title, cited.level) == ("Telegrams to Beijing", "delo")
    assert ArchivalUnit.objects.count() == 7
    assert units.unit_at(DELO) == cited


def test_what_the_finding_aid_changed_is_taken_over():
    enter_tree(drafts())

    entries = enter_tree(drafts(("Telegrams to Beijing", "Telegrams to Peking"), ("118 leaves", "119 leaves")))

    # Known by its code; the title is no part of what it is known by.
    assert outcomes(entries).count(Outcome.UPDATED) == 1
    assert (the_delo().title, the_delo().extent) == ("Telegrams to Peking", "119 leaves")


def test_what_a_person_changed_is_kept_and_said():
    enter_tree(drafts())
    ArchivalUnit.objects.filter(pk=the_delo().pk).update(title="My better title")

    for _ in range(2):
        entries = enter_tree(drafts(("Telegrams to Beijing", "Telegrams to Peking"), ("118 leaves", "119 leaves")))

    assert (the_delo().title, the_delo().extent) == ("My better title", "119 leaves")
    assert remarks(entries) == ["the finding aid says otherwise, and what a person wrote was kept: title."]


def test_what_a_person_wrote_before_the_finding_aid_came_is_kept():
    cited = units.unit_at(DELO)
    ArchivalUnit.objects.filter(pk=cited.pk).update(title="Ours")

    enter_tree(drafts())

    cited.refresh_from_db()
    assert (cited.title, cited.extent) == ("Ours", "118 leaves")


def test_what_the_finding_aid_no_longer_has_stays_and_is_told():
    enter_tree(drafts())
    left = [each for each in drafts() if each.code != "331"]

    enter_tree(left)

    whole = ArchivalUnit.objects.get(level="fond")
    assert vanished(whole, {str(each.identity) for each in left}) == [the_delo()]


def test_two_units_of_one_code_both_come_in():
    tree = many(2)
    twin = replace(tree[3], identity=Identity("ead", "twin"), code=tree[2].code, fields=tree[2].fields)

    entries = enter_tree([*tree[:3], twin])

    assert remarks(entries) == ["another file has the code 0 here, so this one goes by its title."]
    unit = entries[-1].unit
    assert unit is not None
    assert unit.statements == [{"term": "identifier", "value": "0", "language": "", "uri": ""}]
    assert outcomes(enter_tree([*tree[:3], twin])) == [Outcome.KNOWN] * 4


def test_unit_whose_parent_was_deleted_does_not_hold_up_the_others():
    top, fond, *files = many(3)
    enter_tree([top])

    entries = enter_tree(files)

    assert outcomes(entries) == [None] * 3
    assert "not here any more" in remarks(entries)[0]
    assert outcomes(enter_tree([fond, *files])) == [Outcome.CREATED] * 4


def test_words_that_are_too_long_for_their_field_are_kept_whole():
    top = many(0)[0]
    title, extent = "t" * 1500, "e" * 400
    fields = (Field(Title(title), title), Field(Statement("extent", extent), extent), Field(Summary("s"), "s"))

    enter_tree([replace(top, fields=fields)])

    unit = ArchivalUnit.objects.get()
    assert len(unit.title) == 1000
    assert {(each["term"], each["value"]) for each in unit.statements} == {("title", title), ("extent", extent)}


def test_unit_without_title_is_called_by_its_date_also_where_no_program_can_tell_it():
    top, fond, only = many(1)
    written = Field(Statement("date", "January- March"), "January-\n  March")

    enter_tree([top, fond, replace(only, code="", fields=(written,))])

    unit = ArchivalUnit.objects.get(level="file")
    assert (unit.name, unit.date, unit.statements) == ("January- March", "", [])


def test_several_dates_of_a_unit_are_a_set():
    given = [Field(DocumentDate(edtf), edtf) for edtf in ("1917/1955", "1998", "1917/1955")]
    odd = [Field(DocumentDate(edtf), edtf) for edtf in ("1950/..", "1998")]

    def date(days) -> str:
        return contents_of_unit(UnitDraft(Identity("ead", "w"), None, "collection", "1", tuple(days)))["date"]

    assert date(given) == "{1917..1955, 1998}"
    assert date(odd) == "1950/.."


def test_what_a_finding_aid_says_twice_is_held_once():
    hall = Field(Statement("subject", "Hall, Ann"), "Hall, Ann")
    days = [Field(DocumentDate("1883/1955"), written) for written in ("1883 - 1955, ", "1883–1955", "1998")]
    whole = UnitDraft(Identity("ead", "w"), None, "collection", "1", (hall, *days, hall))

    held = contents_of_unit(whole)
    assert held["dates"] == "1883 - 1955; 1998"
    assert [row["value"] for row in held["statements"]] == ["Hall, Ann"]


def test_queries_do_not_grow_with_the_number_of_units():
    def queries(count: int) -> int:
        ArchivalUnit.objects.all().delete() if not count else None
        with CaptureQueriesContext(connection) as captured:
            enter_tree(many(count))
        return len(captured)

    few = queries(5)
    ArchivalUnit.objects.filter(level="file").delete()
    assert queries(400) <= few + 2
    assert queries(400) <= few


def test_public_documents_show_what_changed_above_them():
    document = a_published_document()
    ArchivalReference.objects.create(document=document, unit=units.unit_at(DELO), verbatim="APRF")
    before = Document.objects.get().modified_at

    enter_tree(drafts())

    assert Document.objects.get().modified_at > before


def test_report_counts_what_became_of_the_units():
    enter_tree(drafts()[:2])

    source = an_accession_source(Source("finding-aid.xml", b"<ead/>"))

    assert enter_units(drafts(), source=source) == ["7 archival units, from APRF on: 5 are new, 2 were known already."]


def test_history_of_a_unit_begins_with_its_finding_aid_and_goes_on_with_it():
    first, *rest = drafts()
    enter_tree([first, *rest], note="finding-aid.xml")

    enter_tree([replace(first, fields=(*first.fields, Field(Statement("extent", "2 boxes"), "2 boxes"))), *rest])

    unit = ArchivalUnit.objects.get(identity=str(first.identity))
    told = EntityRevision.objects.filter(kind="archivalunit", key=unit.pk).order_by("number")
    assert list(told.values_list("act", "note")) == [("accession", "finding-aid.xml"), ("accession", "")]
