"""Ways into the archive beside the search: only what is public is listed and counted."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection

from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    Collection,
    Concept,
    ConceptScheme,
    Contribution,
    Document,
    Place,
    Subject,
)
from archive.naming import publicly_named
from archive.web.browsing import concepts, people, places
from archive.web.browsing.letters import heading, letters
from tests.builders import a_document

pytestmark = pytest.mark.django_db


def public(identifier: str, **fields) -> Document:
    """A public document without representations, which these pages do not ask for."""
    document = Document.objects.create(title=f"Telegram {identifier}", identifier=identifier, **fields)
    Document.objects.filter(pk=document.pk).update(state="published", published_at="2026-01-01T00:00Z")
    return document


def dated(identifier: str, first: str, last: str = "") -> Document:
    return public(
        identifier, date=first, date_earliest=date.fromisoformat(first), date_latest=date.fromisoformat(last or first)
    )


def sent_by(document: Document, *names: str) -> None:
    for name in names:
        agent, _ = Agent.objects.get_or_create(name=name)
        Contribution.objects.create(document=document, agent=agent, role="sender")


def words(response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- people ---


def test_people_are_listed_by_letters_of_every_script(client):
    sent_by(public("d1"), "Stalin, Joseph", "Ávila", "Рощин", "毛泽东", "김일성", "8MDGS")
    sent_by(a_document("draft"), "Xyzzy")

    page = client.get("/agents/").content.decode()

    assert re.findall(r'href="\?letter=[^"]+">([^<]+)<', page) == ["0–9", "A", "S", "Р", "ㄱ", "漢字"]
    assert "Xyzzy" not in page
    assert "Рощин" in client.get("/agents/?letter=Р").content.decode()
    assert "Stalin" not in client.get("/agents/?letter=Р").content.decode()


def test_people_are_counted_by_public_documents_once_each(client):
    first = public("d1")
    sent_by(first, "Mao")
    sent_by(public("d2"), "Mao")
    sent_by(a_document("draft"), "Mao")
    mao = Agent.objects.get()
    Contribution.objects.create(document=first, agent=mao, role="author")
    Subject.objects.create(document=first, agent=mao)
    Subject.objects.create(document=public("d3"), agent=mao)

    assert "Mao 3 documents" in words(client.get("/agents/"))


def test_pages_of_people_follow_each_other_without_a_gap(client, monkeypatch):
    monkeypatch.setattr(people, "PART", 2)
    names = ["Abel", "Abel", "abel", "Baker", "Zhou", "Ян", "毛"]
    document = public("d1")
    for name in names:
        agent = Agent.objects.create(name=name)
        Contribution.objects.create(document=document, agent=agent, role="mentioned")
    address, seen = "/agents/", []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'href="/agents/([^"]+)" dir', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/agents/{following[1]}" if following else ""

    assert sorted(seen) == sorted(Agent.objects.values_list("identifier", flat=True))
    first, second = (words(client.get(f"/agents/?after={each}")) for each in ("nobody", "nobody0"))
    assert first == second


def test_headings_fold_signs_and_group_what_has_no_letters():
    assert [heading(each) for each in "éЁжЙ김毛7“"] == ["E", "Е", "Ж", "Й", "ㄱ", "漢字", "0–9", "#"]
    assert [(each.heading, each.initials) for each in letters("aAÁ")] == [("A", ("A", "a", "Á"))]


# --- places ---


def test_places_are_on_a_map_of_our_own_and_in_a_list(client):
    document = public("d1")
    for name, latitude, longitude in (
        ("Beijing", "39.9", "116.4"),
        ("Moscow", "55.75", "37.6"),
        ("Nowhere", None, None),
    ):
        place = Place.objects.create(name=name, latitude=latitude, longitude=longitude)
        Subject.objects.create(document=document, place=place)
    hidden = Place.objects.create(name="Xyzzy", latitude=1, longitude=1)
    Subject.objects.create(document=a_document("draft"), place=hidden)

    page = client.get("/places/").content.decode()

    assert page.count('class="dot') == 2
    assert 'aria-label="Beijing, 1 document"' in page
    assert "Nowhere" in page
    assert "Xyzzy" not in page
    assert "http" not in re.search(r"<svg.*</svg>", page, re.DOTALL)[0]
    assert "Moscow" not in client.get("/places/?box=100,20,130,50").content.decode()


def test_places_near_to_each_other_are_one_mark_that_leads_nearer(client):
    document = public("d1")
    for name, latitude in (("Beijing", 39.9), ("Fengtai", 39.85), ("Moscow", 55.75)):
        place = Place.objects.create(name=name, latitude=latitude, longitude=37.6 if name == "Moscow" else 116.4)
        Subject.objects.create(document=document, place=place)

    page = client.get("/places/").content.decode()
    [box] = re.findall(r'href="\?box=([^"]+)"', page)

    assert 'aria-label="Beijing +1: 2 places"' in page
    assert "Fengtai" in client.get(f"/places/?box={box}").content.decode()


@pytest.mark.parametrize("box", ["", "x", "1,2,3", "9,9,1,1", "nan,nan,nan,nan", "-1e9,0,1,1", "1,1,inf,2"])
def test_box_that_is_none_is_the_whole_map(client, box):
    Subject.objects.create(document=public("d1"), place=Place.objects.create(name="Pole", latitude=90, longitude=180))

    assert "Pole" in client.get("/places/", {"box": box}).content.decode()


# --- concepts, archives, collections ---


def test_concepts_stand_by_scheme(client, monkeypatch):
    monkeypatch.setattr(concepts, "FIRST", 2)
    monkeypatch.setattr(concepts, "PART", 2)
    document = public("d1")
    for scheme in ("subjects", "kinds", "secret"):
        made = ConceptScheme.objects.create(slug=scheme, title=scheme.capitalize())
        for name in ("One", "Three", "Two"):
            concept = Concept.objects.create(scheme=made, name=f"{name} of {scheme}")
            Subject.objects.create(
                document=a_document(f"{scheme}{name}") if scheme == "secret" else document, concept=concept
            )

    page = words(client.get("/concepts/"))
    assert page.index("One of kinds 1 document") < page.index("One of subjects")
    assert "Two of kinds" not in page
    assert "ecret" not in page

    first = client.get("/schemes/kinds").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert "Two of kinds" in client.get(f"/schemes/kinds{following}").content.decode()
    assert client.get("/schemes/secret").status_code == client.get("/schemes/none").status_code == 404


def test_archives_show_repositories_and_what_they_hold(client):
    repository = ArchivalUnit.objects.create(level="repository", code="APRF", sort_key="aprf")
    fond = ArchivalUnit.objects.create(level="fond", code="45", parent=repository, sort_key="45", title="Stalin")
    ArchivalUnit.objects.create(level="fond", code="46", parent=repository, sort_key="46", title="Xyzzy")
    ArchivalReference.objects.create(document=public("d1"), unit=fond, verbatim="APRF, f. 45")

    page = client.get("/units/").content.decode()

    assert f"/units/{fond.identifier}" in page
    assert "Fond 45" in page
    assert "Xyzzy" not in page


def test_collections_are_a_tree(client):
    parent = Collection.objects.create(slug="war", title="War")
    child = Collection.objects.create(slug="korea", title="Korea", parent=parent)
    child.documents.add(public("d1"), a_document("draft"))
    Collection.objects.create(slug="secret", title="Xyzzy").documents.add(a_document("draft2"))

    page = words(client.get("/collections/"))

    assert "War 1 document Korea 1 document" in page
    assert "/documents/d1" in client.get("/collections/war").content.decode()
    assert "Xyzzy" not in page


# --- dates ---


def test_dates_lead_from_years_to_months_to_days(client):
    dated("d1", "1950-10-13")
    dated("d2", "1950-10-01", "1950-10-31")
    dated("d3", "1950-01-01", "1950-12-31")
    dated("d4", "1950-12-31", "1951-01-01")
    Document.objects.create(title="Xyzzy", date_earliest=date(1777, 1, 1), date_latest=date(1777, 1, 1))

    assert "1950 3 documents" in words(client.get("/dates/"))
    assert "1777" not in words(client.get("/dates/"))
    year, month = client.get("/dates/1950"), client.get("/dates/1950-10")
    assert "October 2 documents" in words(year)
    assert "3 documents" in words(year)
    assert '<a href="/dates/1950-10-13">13 ' in month.content.decode()
    assert "/documents/d2" in month.content.decode()
    assert "/documents/d3" not in month.content.decode()
    assert "/documents/d1" in client.get("/dates/1950-10-13").content.decode()


@pytest.mark.parametrize("day", ["0000", "1950-13", "1950-02-30", "0000-00-00"])
def test_day_that_there_is_not_is_not_found(client, day):
    assert client.get(f"/dates/{day}").status_code == 404


@pytest.mark.parametrize("day", ["0001", "9999", "0001-01", "9999-12-31"])
def test_calendar_has_a_first_day_and_a_last(client, day):
    assert client.get(f"/dates/{day}").status_code == 200


@pytest.mark.parametrize(
    ("days", "bars", "named"),
    [
        (["1950-01-05", "1950-03-05"], 3, "January 1950: 1 document"),
        (["1948-01-05", "1951-03-05", "1951-04-01"], 4, "1951: 2 documents"),
        (["1790-01-05", "1951-03-05"], 3, "1951: 1 document"),
        ([f"{year}-01-05" for year in range(1700, 1953, 3)], 26, "1950–1959: 1 document"),
        (["1950-01-05"], 0, ""),
    ],
)
def test_home_has_a_bar_for_each_month_year_or_decade_and_gaps_where_nothing_is(client, days, bars, named):
    for number, day in enumerate(days):
        dated(f"d{number}", day)
    Document.objects.create(title="Draft", date_earliest=date(1600, 1, 1), date_latest=date(1600, 1, 1))

    page = client.get("/").content.decode()

    assert page.count('class="bar-label"') == bars
    assert named in page
    if bars == 4:
        assert 'href="/documents/?q=date%3A1951"' in page


# --- all of them ---


def test_browsing_takes_as_many_queries_for_much_as_for_little(client, django_assert_max_num_queries):
    scheme = ConceptScheme.objects.create(slug="s", title="S")
    above = ArchivalUnit.objects.create(level="repository", code="APRF", sort_key="aprf")
    for number in range(12):
        document = dated(f"d{number}", f"19{50 + number}-10-13")
        sent_by(document, f"{'ABCDEFGHIJKL'[number]} somebody")
        place = Place.objects.create(name=f"P{number}", latitude=number, longitude=number)
        Subject.objects.create(document=document, place=place)
        concept = Concept.objects.create(scheme=scheme, name=f"C{number}")
        Subject.objects.create(document=document, concept=concept)
        Collection.objects.create(slug=f"c{number}", title=f"C{number}").documents.add(document)
        unit = ArchivalUnit.objects.create(level="fond", code=f"{number}", parent=above, sort_key=f"{number:02}")
        ArchivalReference.objects.create(document=document, unit=unit, verbatim="APRF")

    for address in ("/", "/agents/", "/agents/?letter=A", "/places/", "/concepts/", "/schemes/s",
                    "/units/", "/collections/", "/dates/", "/dates/1950", "/dates/1950-10"):  # fmt: skip
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_nothing_to_browse_is_said_kindly(client):
    for address in ("/agents/", "/places/", "/concepts/", "/units/", "/collections/", "/dates/"):
        assert " yet" in client.get(address).content.decode()
    assert places.one_on_the_map(Place(name="Nowhere")) is None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the planner is SQLite's")
def test_agents_whom_nobody_names_do_not_cost_a_look_at_all_subjects():
    place = Place.objects.create(name="Beijing")
    for number in range(50):
        Subject.objects.create(document=public(f"d{number}"), place=place)
        Agent.objects.create(name=f"Agent {number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    plan = publicly_named(Agent.objects.current()).order_by().explain()

    assert "SCAN" not in plan.replace("SCAN archive_agent", "")
