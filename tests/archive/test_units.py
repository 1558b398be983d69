"""The archival tree."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from archive import units
from archive.description import describe
from archive.models import ArchivalReference, ArchivalUnit
from archive.models.unit import can_hold
from tests.builders import a_document

pytestmark = pytest.mark.django_db

DELO = {"repository": "AVP RF", "fond": "059a", "opis": "5a", "papka": "11", "delo": "3"}


def test_path_of_a_reference_is_made_once():
    first, again = units.unit_at(DELO), units.unit_at(DELO)

    assert first == again
    assert ArchivalUnit.objects.count() == 5


def test_papka_stands_above_its_delo():
    delo = units.unit_at(DELO)

    chain = units.path(delo.pk, units.ancestors([delo.pk]))
    assert [(unit.level, unit.code) for unit in chain] == [
        ("repository", "AVP RF"), ("fond", "059a"), ("opis", "5a"), ("papka", "11"), ("delo", "3"),
    ]  # fmt: skip


def test_fond_without_a_repository_names_nothing():
    assert units.unit_at({"repository": "", "fond": "45"}) is None


def test_codes_sort_as_people_count():
    for code in ("10", "059a", "9", "59"):
        units.unit_at({"repository": "APRF", "fond": code})

    fonds = ArchivalUnit.objects.filter(level="fond").order_by("sort_key")
    assert [unit.code for unit in fonds] == ["9", "10", "59", "059a"]


def test_same_code_cannot_stand_twice_under_one_parent():
    fond = units.unit_at({"repository": "APRF", "fond": "45"})

    with pytest.raises(IntegrityError), transaction.atomic():
        ArchivalUnit.objects.create(parent=fond.parent, level="fond", code="45", sort_key="45")


def test_same_repository_cannot_stand_twice():
    units.unit_at({"repository": "APRF"})

    with pytest.raises(IntegrityError), transaction.atomic():
        ArchivalUnit.objects.create(level="repository", code="APRF", sort_key="aprf")


def test_moving_a_fond_takes_all_below_it_along_and_writes_one_row():
    delo = units.unit_at({"repository": "APRF", "fond": "45", "opis": "1", "delo": "335"})
    fond, other = ArchivalUnit.objects.get(level="fond"), units.unit_at({"repository": "RGASPI"})

    with CaptureQueriesContext(connection) as queries:
        units.move(fond, under=other)

    assert sum(query["sql"].startswith("UPDATE") for query in queries) == 1
    assert delo.pk in units.branch(other)


def test_unit_cannot_be_put_under_a_part_of_itself_or_under_a_lower_level():
    units.unit_at({"repository": "APRF", "fond": "45", "opis": "1"})
    fond, opis = ArchivalUnit.objects.get(level="fond"), ArchivalUnit.objects.get(level="opis")

    with pytest.raises(units.UnitMisplaced, match="part of"):
        units.move(fond, under=opis)
    with pytest.raises(units.UnitMisplaced, match="cannot hold"):
        units.move(fond, under=units.unit_at({"repository": "RGASPI", "fond": "558"}))


@pytest.mark.parametrize(
    ("above", "below", "fits"),
    [
        ("repository", "collection", True), ("collection", "series", True), ("series", "file", True),
        ("fond", "item", True), ("file", "file", True), ("other", "fond", True), ("item", "other", True),
        ("opis", "opis", False), ("item", "file", False), ("delo", "file", False), ("other", "repository", False),
    ],
)  # fmt: skip
def test_level_holds_what_stands_deeper(above, below, fits):
    assert can_hold(above, below) is fits


def test_description_tells_the_whole_path_of_a_reference():
    document, delo = a_document(), units.unit_at(DELO)
    ArchivalReference.objects.create(document=document, verbatim="AVP RF, Fond 059a, …", unit=delo)

    (reference,) = describe([document.pk])[0].references
    assert [unit.code for unit in reference.units] == ["AVP RF", "059a", "5a", "11", "3"]


def test_unit_that_documents_refer_to_cannot_be_deleted():
    from django.db.models import ProtectedError

    document, delo = a_document(), units.unit_at(DELO)
    ArchivalReference.objects.create(document=document, verbatim="AVP RF", unit=delo)

    with pytest.raises(ProtectedError):
        delo.delete()
