"""Long lists: pages in order from either end, counts that stop, filters that take in what is below."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from archive import finding, history, narrowing
from archive.admin import facets, paging
from archive.models import Agent, ArchivalReference, AuthorityLink, Collection, Document, Place, PlaceName
from archive.readiness import assess
from archive.units import unit_at
from tests.builders import a_collection, a_document, a_sender

pytestmark = pytest.mark.django_db

LIST = reverse("admin:archive_document_changelist")


def shown(client, **query) -> list[str]:
    return [document.identifier for document in client.get(LIST, query).context["cl"].result_list]


@pytest.fixture(params=[(0, 0), (0, 2000), (2000, 2000)], ids=["many", "to begin with", "few"])
def either_way(request, monkeypatch):
    """Rows that lead to documents taken for many, for not too many to begin with, and for few."""
    monkeypatch.setattr(narrowing, "FEW", request.param[0])
    monkeypatch.setattr(narrowing, "SORTED", request.param[1])


@pytest.mark.parametrize("order", ["", "1", "-1", "2", "-2", "3", "-3", "4", "-5"])
def test_pages_together_are_the_whole_list_in_its_order(archivist, monkeypatch, order):
    monkeypatch.setattr("archive.admin.documents.DocumentAdmin.list_per_page", 3)
    for number in range(8):
        a_document(str(number), title=f"Telegram {number % 3}", date_earliest=f"195{number % 4}-01-01")

    pages = [shown(archivist, o=order, p=page) for page in (1, 2, 3)]

    whole = archivist.get(LIST, {"o": order}).context["cl"].queryset
    assert [each for page in pages for each in page] == [document.identifier for document in whole]


def test_filtered_list_is_counted_as_far_as_anybody_reads(archivist, monkeypatch):
    monkeypatch.setattr(paging.counted, "__defaults__", (2,))
    for number in range(4):
        a_document(str(number))

    page = archivist.get(LIST, {"state__exact": "draft"})

    assert "2+ documents" in " ".join(page.content.decode().split())
    assert archivist.get(LIST).context["cl"].result_count == 4


def test_collection_holds_what_is_below_it(archivist, either_way):
    top = a_collection("top")
    below = Collection.objects.create(slug="below", title="Below", parent=top)
    a_document("in-both").collections.add(top, below)
    a_document("below").collections.add(below)
    a_document("elsewhere").collections.add(a_collection("elsewhere"))

    assert set(shown(archivist, collections__id__exact=top.pk)) == {"in-both", "below"}
    assert shown(archivist, collections__id__exact="999999") == []


def test_fond_holds_what_is_below_it(archivist, either_way):
    delo = unit_at({"repository": "APRF", "fond": "45", "opis": "1", "delo": "3"})
    ArchivalReference.objects.create(document=a_document("kept"), unit=delo, verbatim="f. 45")
    a_document("elsewhere")

    assert shown(archivist, unit=delo.parent.parent.pk) == ["kept"]


def test_counts_stand_beside_choices_when_asked_for_and_stop(archivist, monkeypatch):
    monkeypatch.setattr(facets, "BOUND", 2)
    monkeypatch.setattr(paging, "LISTED", 0)
    for number in range(3):
        a_document(str(number), original_language="ru")
    a_document("zh", original_language="zh")

    page = archivist.get(LIST, {"_facets": "True"}).content.decode()

    assert "Russian (ru) (2+)" in page
    assert "Chinese (zh) (1)" in page
    assert "Russian (ru) (" not in archivist.get(LIST).content.decode()


def test_search_knows_what_was_changed_and_who_has_another_name(archivist, either_way):
    document = a_document("110692", title="First")
    history.record([document.pk], act="created")
    a_sender(document, "Сталин")
    Document.objects.update(title="Second")
    history.record([document.pk], act="edited")
    finding.note([a_document("other", title="Another one").pk])

    assert shown(archivist, q="secon") == shown(archivist, q="сталин") == ["110692"]
    assert shown(archivist, q="First") == []


def test_unassessed_and_unpublishable_are_found(archivist):
    a_document("failed", publication_error="has no text")

    assert shown(archivist, problem="publication") == shown(archivist, ready="unknown") == ["failed"]


def test_counts_in_one_pass_are_those_of_each_choice_by_itself(archivist, monkeypatch):
    top = a_collection("top")
    below = Collection.objects.create(slug="below", title="Below", parent=top)
    delo = unit_at({"repository": "APRF", "fond": "45", "opis": "1", "delo": "3"})
    for number in range(6):
        document = a_document(str(number), original_language=["ru", "zh", ""][number % 3])
        document.collections.add(*([top, below] if number % 2 else [below]))
        for unit in (delo, delo.parent)[: number % 3]:
            ArchivalReference.objects.create(document=document, unit=unit, verbatim="f. 45")
        if number < 4:
            assess([document.pk])
    a_document("elsewhere", publication_error="has no text")

    for narrowed in ({"collections__id__exact": below.pk}, {"unit": delo.parent.pk, "original_language": "zh"}, {}):
        monkeypatch.setattr(paging, "LISTED", 100)
        in_one_pass = counts(archivist, narrowed)
        monkeypatch.setattr(paging, "LISTED", 0)

        assert in_one_pass == counts(archivist, narrowed)
        assert len(in_one_pass) > 20
        assert len({count for _, count in in_one_pass}) > 2


def counts(client, narrowed) -> list[tuple[str, str]]:
    """The choices of all filters with the numbers beside them."""
    listed = client.get(LIST, {**narrowed, "_facets": "True"}).context["cl"]
    said = (str(choice.get("display", "")) for each in listed.filter_specs for choice in each.choices(listed))
    return [match.groups() for each in said if (match := re.fullmatch(r"(.*) \((\d+)\)", each))]


@pytest.mark.parametrize("typed", ["пекин", "ПЕКИН", "peking", "Pek bei", "place-of-peking"])
def test_place_is_found_by_parts_of_all_its_names(archivist, either_way, typed):
    place = Place.objects.create(identifier="place-of-peking", name="Beijing")
    PlaceName.objects.create(place=place, value="Peking")
    PlaceName.objects.create(place=place, value="Пекин")
    PlaceName.objects.create(place=Place.objects.create(name="Beirut"), value="Beyrouth")

    page = archivist.get(reverse("admin:archive_place_changelist"), {"q": typed})

    assert [each.name for each in page.context["cl"].result_list] == ["Beijing"]


@pytest.mark.parametrize("typed", ["Q855", "stalin", "Stalin wikidata"])
def test_link_is_found_by_its_address_and_by_what_it_is_of(archivist, either_way, typed):
    AuthorityLink.objects.create(
        agent=Agent.objects.create(name="Stalin"), source="wikidata", uri="http://www.wikidata.org/entity/Q855"
    )
    AuthorityLink.objects.create(agent=Agent.objects.create(name="Mao"), source="viaf", uri="http://viaf.org/viaf/1")

    page = archivist.get(reverse("admin:archive_authoritylink_changelist"), {"q": typed})

    assert [each.source for each in page.context["cl"].result_list] == ["wikidata"]
