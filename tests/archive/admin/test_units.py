"""The archival tree in the admin."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from archive import units
from archive.admin.units import UnitFilter
from archive.models import ArchivalReference, ArchivalUnit, Document
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


class Deleting:
    """Moves a unit elsewhere and deletes the one above it when the tree has been read one level up."""

    def __init__(self, unit: ArchivalUnit, *, elsewhere: ArchivalUnit) -> None:
        self.unit, self.elsewhere, self.read = unit, elsewhere, 0

    def __call__(self, execute, sql, params, many, context):
        self.read += '"parent_id" FROM "archive_archivalunit"' in sql and "ORDER BY" not in sql
        assert self.read < 5, "the tree is read again and again"
        if self.read == 2 and self.unit:
            moved, self.unit = self.unit, None
            above = moved.parent_id
            ArchivalUnit.objects.filter(pk=moved.pk).update(parent=self.elsewhere)
            ArchivalUnit.objects.filter(pk=above).delete()
        return execute(sql, params, many, context)


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
    [way] = [each for each in response.context["cl"].filter_specs if each.title == "fond or other unit"]
    assert [label for _, label in way.lookup_choices] == ["APRF", "– fond 45", "– – opis 1"]
    assert [each["display"] for each in way.choices(response.context["cl"]) if each["selected"]] == ["– fond 45"]


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


def test_new_unit_in_a_file_is_proposed_as_an_item_and_in_a_list_as_a_list(archivist):
    file = ArchivalUnit.objects.create(parent=a_unit(), level="file", code="1", sort_key=sort_key("1"))
    sheet = ArchivalUnit.objects.create(parent=file, level="list", code="1", sort_key=sort_key("1"))

    levels = [
        archivist.get(f"{reverse('admin:archive_archivalunit_add')}?parent={unit.pk}")
        .context["adminform"]
        .form.initial["level"]
        for unit in (file, sheet)
    ]
    assert levels == ["item", "list"]


def test_file_may_stand_within_a_file(archivist, worked_off):
    outer = ArchivalUnit.objects.create(parent=a_unit(), level="file", code="1", sort_key=sort_key("1"))
    inner = ArchivalUnit.objects.create(parent=a_unit(), level="file", code="2", sort_key=sort_key("2"))
    address = reverse("admin:archive_archivalunit_change", args=[inner.pk])

    worked_off(archivist, address, filled_in(archivist, address, parent=outer.pk))

    inner.refresh_from_db()
    assert inner.parent == outer


def test_description_of_a_finding_aid_is_shown_and_what_a_person_changes_is_told(archivist, worked_off):
    unit = a_unit(fond="45")
    ArchivalUnit.objects.filter(pk=unit.pk).update(
        identity="ead:x/45", title="Papers", said={"title": "Papers"}, internal_note="A leaf is missing.",
        statements=[{"term": "subject", "value": "Korean War", "language": "", "uri": ""}],
    )  # fmt: skip
    address = reverse("admin:archive_archivalunit_change", args=[unit.pk])
    page = archivist.get(address).content.decode()
    assert "Korean War" in page
    assert "A leaf is missing." in page
    assert "Described as x/45." in page

    worked_off(archivist, address, filled_in(archivist, address, title="Stalin"))

    assert "written otherwise here, and kept when it comes again: title" in archivist.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"code": ""}, "Only what a finding aid describes without a code can do without one"),
        ({"date": "13.7.50"}, "This is not a date that can be understood"),
        ({"statements": '[{"term": "shelf", "value": "3"}]'}, "is not a term of Dublin Core"),
    ],
)
def test_description_that_nobody_could_read_is_refused_beside_its_field(archivist, worked_off, typed, why):
    address = reverse("admin:archive_archivalunit_change", args=[a_unit(fond="45").pk])

    assert why in worked_off(archivist, address, filled_in(archivist, address, **typed)).content.decode()


def test_unit_without_a_code_is_named_by_its_title_and_keeps_its_place(archivist, worked_off):
    unit = ArchivalUnit.objects.create(
        parent=a_unit(), level="item", code="", title="Enclosed map", identity="ead:x/1", sort_key="000000000007"
    )
    assert "item Enclosed map" in archivist.get(f"{LIST}?parent__id__exact={a_unit().pk}").content.decode()
    address = reverse("admin:archive_archivalunit_change", args=[unit.pk])

    worked_off(archivist, address, filled_in(archivist, address, title="Enclosed plan"))

    unit.refresh_from_db()
    assert (unit.title, unit.sort_key) == ("Enclosed plan", "000000000007")


def choices_of(response, parameter: str = "unit") -> list[str]:
    (shown,) = [each for each in response.context["cl"].filter_specs if parameter in each.expected_parameters()]
    return [str(choice["display"]) for choice in shown.choices(response.context["cl"])]


def test_documents_are_filtered_by_fond(archivist):
    here, there = a_document("1"), a_document("2")
    kept(here, a_unit(fond="45", opis="1", delo="3"))
    kept(there, a_unit("RGASPI", fond="558"))
    assert choices_of(archivist.get(DOCUMENTS)) == ["All", "APRF", "– fond 45", "RGASPI", "– fond 558"]

    response = archivist.get(DOCUMENTS, {"unit": a_unit(fond="45").pk})

    assert [each.pk for each in response.context["cl"].result_list] == [here.pk]
    assert choices_of(response) == ["All", "APRF", "– fond 45", "– – opis 1"]


def test_filter_by_fond_shows_repositories_alone_where_fonds_are_many(archivist):
    for number in range(60):
        a_unit(fond=str(number))

    assert choices_of(archivist.get(DOCUMENTS)) == ["All", "APRF"]


def test_documents_of_a_branch_are_counted_while_somebody_deletes_a_unit_of_it(rf):
    opis, document = a_unit(fond="45", opis="1"), a_document()
    kept(document, opis)
    tally = UnitFilter(rf.get(DOCUMENTS), {}, Document, admin.site._registry[Document])

    with connection.execute_wrapper(Deleting(opis, elsewhere=a_unit(fond="46"))):
        counted = tally.tallied([document.pk])

    assert set(counted.values()) <= {0, 1}
