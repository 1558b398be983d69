"""The archival tree in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive import units
from archive.models import ArchivalReference, ArchivalUnit
from archive.models.unit import sort_key
from tests.archive.admin.browser import filled_in
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db

LIST = reverse("admin:archive_archivalunit_changelist")
DOCUMENTS = reverse("admin:archive_document_changelist")


def a_unit(repository: str = "APRF", **codes: str) -> ArchivalUnit:
    unit = units.unit_at({"repository": repository, **codes})
    assert unit is not None
    return unit


def kept(document, unit: ArchivalUnit) -> None:
    ArchivalReference.objects.create(document=document, unit=unit, verbatim=str(unit))


def listed(response) -> list[str]:
    return [unit.code for unit in response.context["cl"].result_list]


@pytest.fixture
def refreshed(monkeypatch):
    ids: list[int] = []
    monkeypatch.setattr("archive.publication.refresh", ids.extend)
    return ids


def test_tree_is_shown_one_level_at_a_time_as_people_count(archivist):
    for code in ("10", "9", "059a"):
        a_unit(fond=code)
    a_unit("GARF")

    assert listed(archivist.get(LIST)) == ["APRF", "GARF"]
    below = archivist.get(f"{LIST}?parent__id__exact={a_unit().pk}")
    assert listed(below) == ["9", "10", "059a"]
    assert "Where you are in the tree" in below.content.decode()


def test_search_looks_in_the_whole_tree(archivist):
    a_unit(fond="45", opis="1", delo="331")

    response = archivist.get(f"{LIST}?q=331")

    assert listed(response) == ["331"]
    assert "APRF, fond 45, opis 1, delo 331" in response.content.decode()


@pytest.mark.parametrize("asked", ["x", "0", "99999999999999999999", "-1"])
def test_unit_that_is_none_breaks_nothing(archivist, asked):
    assert archivist.get(f"{LIST}?parent__id__exact={asked}", follow=True).status_code == 200
    assert archivist.get(f"{DOCUMENTS}?unit={asked}", follow=True).status_code == 200


def test_browsing_a_unit_shows_the_documents_of_the_whole_branch(archivist):
    fond, delo = a_unit(fond="45"), a_unit(fond="45", opis="1", delo="331")
    kept(a_document("1"), delo)
    kept(a_document("2"), fond)
    kept(a_document("3"), a_unit(fond="46"))

    response = archivist.get(f"{DOCUMENTS}?unit={fond.pk}")

    assert sorted(each.identifier for each in response.context["cl"].result_list) == ["1", "2"]
    assert "APRF, fond 45" in response.content.decode()


def test_code_is_sorted_as_it_is_typed(archivist, worked_off):
    fond = a_unit(fond="45")
    address = reverse("admin:archive_archivalunit_change", args=[fond.pk])

    worked_off(archivist, address, filled_in(archivist, address, code="059a"))

    fond.refresh_from_db()
    assert (fond.code, fond.sort_key) == ("059a", sort_key("059a"))


def test_renamed_unit_refreshes_the_public_documents_of_its_branch(archivist, worked_off, refreshed):
    public, fond = a_published_document("1"), a_unit(fond="45")
    kept(public, a_unit(fond="45", opis="1"))
    kept(a_document("2"), fond)
    address = reverse("admin:archive_archivalunit_change", args=[fond.pk])

    worked_off(archivist, address, filled_in(archivist, address, title="Stalin"))

    assert refreshed == [public.pk]


@pytest.mark.parametrize(
    ("moving", "typed", "why"),
    [
        ({"fond": "45"}, {"parent": {"fond": "45", "opis": "1"}}, "is part of"),
        ({"fond": "45"}, {"parent": {"fond": "46", "opis": "1"}}, "cannot hold"),
        ({"fond": "45"}, {"parent": None}, "Only a repository stands at the top"),
        ({"fond": "45"}, {"level": "delo"}, "which a delo cannot"),
        ({"fond": "45"}, {"code": "46"}, "There is a fond 46 here already"),
    ],
)
def test_what_cannot_stand_there_is_refused_beside_its_field(archivist, worked_off, moving, typed, why):
    a_unit(fond="45", opis="1")
    a_unit(fond="46", opis="1")
    unit = a_unit(**moving)
    if "parent" in typed:
        typed = {"parent": a_unit(**typed["parent"]).pk if typed["parent"] else ""}
    address = reverse("admin:archive_archivalunit_change", args=[unit.pk])

    response = worked_off(archivist, address, filled_in(archivist, address, **typed))

    assert why in response.content.decode()
    assert ArchivalUnit.objects.get(pk=unit.pk).parent == a_unit()


def test_unit_is_moved_with_all_below_it(archivist, worked_off):
    opis = a_unit(fond="45", opis="1")
    a_unit(fond="45", opis="1", delo="331")
    address = reverse("admin:archive_archivalunit_change", args=[opis.pk])

    worked_off(archivist, address, filled_in(archivist, address, parent=a_unit(fond="46").pk))

    opis.refresh_from_db()
    assert opis.parent == a_unit(fond="46")
    assert opis.children.get().code == "331"


def test_new_unit_is_proposed_one_level_down(archivist):
    fond = a_unit(fond="45")

    page = archivist.get(f"{reverse('admin:archive_archivalunit_add')}?parent={fond.pk}")

    assert page.context["adminform"].form.initial["level"] == "opis"


def test_list_takes_as_many_queries_for_many_units_as_for_one(archivist, django_assert_max_num_queries):
    for number in range(30):
        kept(a_document(f"d{number}"), a_unit(fond="45", opis=str(number)))

    with django_assert_max_num_queries(11):
        archivist.get(f"{LIST}?parent__id__exact={a_unit(fond='45').pk}")
    with django_assert_max_num_queries(11):
        archivist.get(f"{LIST}?q=1")
