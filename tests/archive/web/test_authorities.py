"""Pages of agents, places, concepts and archival units."""

from __future__ import annotations

import re

import pytest

from archive import merging, units
from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    AuthorityLink,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Contribution,
    DocumentRelation,
    Place,
    PlaceName,
    Subject,
)
from archive.publication import withdraw
from archive.web import groups
from archive.web import units as unit_pages
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db

BASE = "https://archive.example.org"


def a_place(name: str = "Beijing", **fields) -> Place:
    return Place.objects.create(name=name, **fields)


def a_concept(name: str) -> Concept:
    scheme, _ = ConceptScheme.objects.get_or_create(slug="subjects", defaults={"title": "Subjects"})
    return Concept.objects.create(scheme=scheme, name=name)


def a_delo(**codes: str) -> ArchivalUnit:
    unit = units.unit_at({"repository": "APRF", "fond": "45", "opis": "1", "delo": "331", **codes})
    assert unit is not None
    return unit


def kept(document, unit: ArchivalUnit) -> None:
    ArchivalReference.objects.create(document=document, unit=unit, verbatim="APRF, f. 45, op. 1, d. 331, l. 5")


def test_place_has_a_page_with_names_accepted_links_and_public_documents(client):
    place = a_place()
    PlaceName.objects.create(place=place, value="Peking")
    for status in ("accepted", "candidate", "rejected"):
        AuthorityLink.objects.create(place=place, source="geonames", uri=f"https://geo.example/{status}", status=status)
    Subject.objects.create(document=a_published_document("public"), place=place)
    Subject.objects.create(document=a_document("draft"), place=place)

    page = client.get(f"/places/{place.identifier}").content.decode()

    assert "Peking" in page
    assert "https://geo.example/accepted" in page
    assert "/documents/public" in page
    for hidden in ("candidate", "rejected", "/documents/draft"):
        assert hidden not in page


def test_concept_has_a_page_with_its_neighbours_that_have_pages_too(client):
    war, korea, secret = a_concept("War"), a_concept("Korean War"), a_concept("Secret war")
    korea.broader.add(war)
    korea.related.add(secret)
    ConceptLabel.objects.create(concept=korea, value="Koreakrieg", language="de")
    ConceptLabel.objects.create(concept=korea, value="Corean War", kind="hidden")
    for concept in (war, korea):
        Subject.objects.create(document=a_published_document(concept.name[:3]), concept=concept)

    page = client.get(f"/concepts/{korea.identifier}").content.decode()

    assert f"/concepts/{war.identifier}" in page
    assert "Koreakrieg" in page
    assert "Secret" not in page
    assert "Corean" not in page


@pytest.mark.parametrize("kind", ["place", "concept", "agent"])
def test_authority_that_no_public_document_names_is_not_found(client, kind):
    authority = {"place": a_place, "concept": lambda: a_concept("War"), "agent": lambda: Agent.objects.create(name="A")}
    found = authority[kind]()
    document = a_published_document()
    Subject.objects.create(document=document, **{kind: found})
    assert client.get(f"/{kind}s/{found.identifier}").status_code == 200

    withdraw([document.pk])

    assert client.get(f"/{kind}s/{found.identifier}").status_code == 404
    assert client.get(f"/{kind}s/nobody").status_code == 404


def test_merged_authority_redirects_until_it_is_taken_out_again(client):
    kept_one, merged, document = a_place("Beijing"), a_place("Peking"), a_published_document()
    Subject.objects.create(document=document, place=merged)
    merge = merging.merge(kept_one, merged, by=None)

    answer = client.get(f"/places/{merged.identifier}")
    assert (answer.status_code, answer["Location"]) == (301, f"{BASE}/places/{kept_one.identifier}")
    assert answer["Cache-Control"] == "no-cache"

    merging.undo(merge)
    assert client.get(f"/places/{merged.identifier}").status_code == 200


def test_merged_authority_does_not_betray_one_that_is_not_public(client):
    kept_one, merged = a_place("Beijing"), a_place("Peking")
    Subject.objects.create(document=a_document(), place=merged)
    merging.merge(kept_one, merged, by=None)

    assert client.get(f"/places/{merged.identifier}").status_code == 404


def test_unit_has_a_page_with_its_path_children_and_documents(client):
    delo = a_delo()
    kept(a_published_document("public"), delo)
    kept(a_document("draft"), a_delo(delo="332"))
    opis, fond = delo.parent, ArchivalUnit.objects.get(level="fond")

    below, above = (client.get(f"/units/{unit.identifier}").content.decode() for unit in (opis, fond))

    assert f"/units/{fond.identifier}" in below
    assert f"/units/{delo.identifier}" in below
    assert "332" not in below
    for page in (below, above):
        assert "/documents/public" in page
        assert "/documents/draft" not in page


def test_unit_without_a_public_document_is_not_found(client):
    draft = a_delo(delo="332")
    kept(a_document("draft"), draft)
    kept(a_published_document("public"), a_delo())

    assert client.get(f"/units/{draft.identifier}").status_code == 404
    assert client.get(f"/units/{a_delo().identifier}").status_code == 200


def test_document_shows_subjects_relations_and_where_it_is_kept(client):
    document, other, draft = a_published_document("1", rights_holder="The State Archive"), None, a_document("3")
    other = a_published_document("2")
    place, delo = a_place(), a_delo()
    Subject.objects.create(document=document, place=place, relation="written at", certain=False)
    Subject.objects.create(document=document, concept=a_concept("Armistice"))
    for target in (other, draft):
        DocumentRelation.objects.create(document=document, target=target, kind="reply to")
    kept(document, delo)

    page = client.get("/documents/1").content.decode()

    assert "Written at" in page
    assert f"/places/{place.identifier}" in page
    assert "(not certain)" in page
    assert "Armistice" in page
    assert "Is a reply to" in page
    assert "/documents/2" in page
    assert "/documents/3" not in page
    assert f"/units/{delo.identifier}" in page
    assert "The State Archive" in page


def test_pages_take_a_few_queries(client, django_assert_max_num_queries):
    place = a_place("Beijing", broader=a_place("China"))
    for number in range(12):
        document = a_published_document(f"d{number}")
        Subject.objects.create(document=document, place=place)
        Subject.objects.create(document=document, concept=a_concept(f"Concept {number}"))
        kept(document, a_delo(delo=str(number)))
    opis = ArchivalUnit.objects.get(level="opis")

    for address in (f"/places/{place.identifier}", f"/units/{opis.identifier}", "/documents/d1"):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_unit_shows_the_description_of_its_finding_aid_and_nothing_internal(client):
    delo = a_delo()
    kept(a_published_document("d1"), delo)
    ArchivalUnit.objects.filter(pk=delo.pk).update(
        title="Telegrams", dates="July 1950", extent="118 leaves", description="Ciphered.\n\nSent by the embassy.",
        internal_note="The donor is shy.",
        statements=[
            {"term": "accessRights", "value": "Open\n\nTo all.", "language": "", "uri": ""},
            {"term": "hasFormat", "value": "All leaves", "language": "", "uri": "https://digital.example.org/331"},
            {"term": "hasFormat", "value": "A trap", "language": "", "uri": "javascript:alert(1)"},
            {"term": "valid", "value": "<b>1950</b>", "language": "en", "uri": ""},
        ],
    )  # fmt: skip

    page = client.get(f"/units/{delo.identifier}").content.decode()

    for shown in (
        "July 1950 · 118 leaves", "<p>Sent by the embassy.</p>", "<h3>Access</h3>", "<p>To all.</p>",
        '<a href="https://digital.example.org/331">All leaves</a>', "&lt;b&gt;1950&lt;/b&gt;",
    ):  # fmt: skip
        assert shown in page
    assert "donor" not in page
    assert "javascript" not in page


def test_unit_that_only_a_finding_aid_tells_of_is_not_found(client):
    delo = a_delo()
    kept(a_published_document("d1"), delo)
    beside = ArchivalUnit.objects.create(
        parent=delo.parent, level="file", code="", title="Not published", identity="ead:x/1", sort_key="1"
    )

    assert client.get(f"/units/{beside.identifier}").status_code == 404
    assert "Not published" not in client.get(f"/units/{delo.parent.identifier}").content.decode()


def test_unit_without_a_code_is_named_by_its_title(client):
    delo = a_delo()
    item = ArchivalUnit.objects.create(
        parent=delo, level="item", code="", title="Enclosed map", identity="ead:x/1", sort_key="1"
    )
    kept(a_published_document("d1"), item)

    assert '<h1 dir="auto">Enclosed map</h1>' in client.get(f"/units/{item.identifier}").content.decode()
    assert "item Enclosed map" in client.get(f"/units/{delo.identifier}").content.decode()
    assert "Enclosed map" in client.get("/documents/d1").content.decode()


def test_documents_of_a_person_stand_by_the_part_that_the_person_has_in_them(client, monkeypatch):
    monkeypatch.setattr(groups, "FEW", 1)
    mao = Agent.objects.create(name="Mao", note="Chairman.\n\n<b>Poet.</b>")
    for identifier, role in (("s1", "sender"), ("s2", "author"), ("r1", "addressee"), ("m1", "mentioned")):
        Contribution.objects.create(document=a_published_document(identifier), agent=mao, role=role)
    Contribution.objects.create(document=a_document("draft"), agent=mao, role="sender")
    Subject.objects.create(document=a_published_document("about"), agent=mao)

    page = client.get(f"/agents/{mao.identifier}").content.decode()
    sent = client.get(f"/agents/{mao.identifier}?part=sent").content.decode()

    assert re.findall(r"<h2>([^<]+) <span class=\"count\">(\d) doc", page) == [
        ("Sent and written", "2"), ("Received", "1"), ("Mentioned", "2"),
    ]  # fmt: skip
    assert '<a href="?part=sent">All 2 of them' in page
    assert f'<a href="/documents/?sender={mao.identifier}">' in page
    assert "<p>&lt;b&gt;Poet.&lt;/b&gt;</p>" in page
    assert "/documents/s1" in sent
    assert "/documents/s2" in sent
    assert "/documents/r1" not in sent
    assert "draft" not in page + sent


def test_place_has_a_map_and_its_documents_by_what_it_is_to_them(client):
    place = a_place(latitude="39.9", longitude="116.4")
    document = a_published_document("d1")
    for relation in ("written at", "about"):
        Subject.objects.create(document=document, place=place, relation=relation)

    page = client.get(f"/places/{place.identifier}").content.decode()

    assert page.count('class="dot') == 1
    assert "Written here" in page
    assert "About this place" in page


def test_units_within_a_unit_follow_each_other_without_a_gap(client, monkeypatch):
    monkeypatch.setattr(unit_pages, "PART", 2)
    for number in (1, 2, 3, 10, 11):
        kept(a_published_document(f"d{number}"), a_delo(delo=str(number)))
    opis = ArchivalUnit.objects.get(level="opis")
    address, seen = f"/units/{opis.identifier}", []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r">delo (\d+)</a>", page)
        following = re.search(r'rel="next" href="(\?after=[^"]+)"', page)
        address = f"/units/{opis.identifier}{following[1]}" if following else ""

    assert seen == ["1", "2", "3", "10", "11"]


def test_names_say_their_language(client):
    place = a_place()
    PlaceName.objects.create(place=place, value="Пекин", language="ru")
    Subject.objects.create(document=a_published_document(), place=place)

    assert (
        '<span lang="ru" dir="auto">Пекин</span> <span class="quiet">(Russian)</span>'
        in client.get(f"/places/{place.identifier}").content.decode()
    )
