"""What a viewer is answered when its reader searches a document or a collection."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.files.base import ContentFile

from archive import publication
from archive.models import Document, Page, Text
from iiif.search import scopes
from tests.archive.search.builders import index_everything
from tests.builders import a_collection, a_document, a_published_document, published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

SITE = "https://archive.example.org/iiif"
BODY = "Mao Zedong wants air\ncover from Comrade Mao.\n\nТоварищ Сталин спросил товарища Мао."

#: A scanned page of two lines: x, y, width and height of each word.
SCAN = [
    {
        "text": "Zhou Enlai will have",
        "box": [10, 10, 400, 30],
        "words": [
            {"text": "Zhou", "box": [10, 12, 80, 28]},
            {"text": "Enlai", "box": [100, 10, 90, 30]},
            {"text": "will", "box": [200, 14, 60, 20]},
            {"text": "have", "box": [270, 14, 140, 20]},
        ],
    },
    {"text": "to meet Filippov", "box": [10, 60, 300, 30]},
]


@pytest.fixture(params=["archive.search", "without archive.search"])
def either_way(request, monkeypatch):
    """With the search of the site, and without it."""
    if request.param != "archive.search":
        installed = apps.is_installed
        monkeypatch.setattr(apps, "is_installed", lambda name: name != "archive.search" and installed(name))


def a_scanned_document(identifier: str = "scan1", lines=SCAN, **fields) -> Document:
    """A published document of two scanned pages, the second one blank."""
    document = Document.objects.create(identifier=identifier, title="A scan", **fields)
    body = "\n".join(line["text"] for line in lines)
    Text.objects.create(document=document, kind="transcript", language="en", body=body)
    for number, said in enumerate((lines, []), start=1):
        Page.objects.create(
            document=document, identifier=f"{identifier}.s{number}", order=number, kind="scan", lines=said,
            image=ContentFile(b"", name=f"{identifier}-{number}.tif"),
            width=500, height=400, media_type="image/tiff", sha256="0" * 64,
        )  # fmt: skip
    return published(document)


def searched(client, q: str, *, of: str = "110692", version: int = 2, **more) -> dict:
    response = client.get(f"/iiif/search/{version}/{of}", {"q": q, **more})
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def found(answer: dict) -> list[str]:
    return [each["body"]["value"] for each in answer["items"]]


def quoted(answer: dict) -> list[tuple[str, str, str]]:
    """What stands before, at and after each place."""
    selectors = [each["target"]["selector"][0] for each in answer["annotations"][0]["items"]]
    return [(each.get("prefix", ""), each["exact"], each.get("suffix", "")) for each in selectors]


def box(annotation: dict) -> tuple[str, list[int]]:
    """The page, and the box on it."""
    canvas, _, place = annotation["target"].partition("#xywh=")
    return canvas.removeprefix(f"{SITE}/"), [int(each) for each in place.split(",")]


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("mao", ["Mao", "Mao"]),
        ("ma", []),
        ("MAO zedong", ["Mao", "Zedong", "Mao"]),
        ('"mao zedong"', ["Mao Zedong"]),
        ('"zedong mao"', []),
        ("mao nowhere", []),
        ("товарищ", ["Товарищ"]),
        ("СТАЛИН", ["Сталин"]),
        ('"air cover"', ["air", "cover"]),
        ("", []),
        ('"', []),
    ],
)
def test_words_and_phrases_are_found_exactly(client, either_way, q, words):
    a_published_document(body=BODY)

    assert found(searched(client, q)) == words


@pytest.mark.parametrize(("q", "words"), [("停战", [[40, 0, 30, 20]]), ("协停", []), ("定", [[85, 0, 20, 20]])])
def test_chinese_is_found_character_by_character(client, either_way, q, words):
    line = {
        "text": "关于停战协定",
        "box": [0, 0, 120, 20],
        "words": [{"text": text, "box": [n * 17, 0, 20, 20]} for n, text in enumerate("关于停战协定")],
    }
    line["words"][2]["box"], line["words"][3]["box"] = [40, 0, 10, 20], [50, 0, 20, 20]
    a_scanned_document(lines=[line])

    assert [box(each)[1] for each in searched(client, q, of="scan1")["items"]] == words


def test_place_is_the_words_own_on_a_typeset_page(client):
    a_published_document(body=BODY)
    line = next(each for each in Page.objects.get().lines if "Zedong" in each["text"])
    [word] = [each for each in line["words"] if each["text"] == "Zedong"]

    [annotation] = searched(client, "Zedong")["items"]

    assert box(annotation) == ("110692/canvas/110692.1", word["box"])
    assert annotation["motivation"] == "supplementing"
    assert annotation["body"]["language"] == "en"


def test_place_on_a_scan_is_around_the_words_of_the_phrase(client):
    a_scanned_document()

    [annotation] = searched(client, '"enlai will"', of="scan1")["items"]

    assert box(annotation) == ("scan1/canvas/scan1.s1", [100, 10, 160, 30])


def test_place_on_a_line_whose_words_have_none_is_the_line(client):
    a_scanned_document()

    [annotation] = searched(client, "filippov", of="scan1")["items"]

    assert box(annotation) == ("scan1/canvas/scan1.s1", [10, 60, 300, 30])


def test_phrase_over_two_lines_is_one_finding_with_a_place_on_each(client):
    a_scanned_document()

    answer = searched(client, '"have to meet"', of="scan1")

    assert [box(each)[1] for each in answer["items"]] == [[270, 14, 140, 20], [10, 60, 300, 30]]
    [context] = answer["annotations"][0]["items"]
    assert [each["source"] for each in context["target"]] == [each["id"] for each in answer["items"]]
    assert context["target"][0]["selector"][0] == {
        "type": "TextQuoteSelector", "prefix": "Zhou Enlai will ", "exact": "have",
    }  # fmt: skip


def test_each_place_tells_what_stands_around_it(client):
    a_scanned_document()

    assert quoted(searched(client, "enlai", of="scan1")) == [("Zhou ", "Enlai", " will have to meet Filippov")]


def test_answer_of_version_2_says_what_it_is(client):
    a_published_document(body=BODY)

    answer = searched(client, "mao")

    assert answer["@context"] == [
        "http://iiif.io/api/presentation/3/context.json", "http://iiif.io/api/search/2/context.json",
    ]  # fmt: skip
    assert answer["id"] == f"{SITE}/search/2/110692?q=mao"
    assert answer["type"] == "AnnotationPage"
    assert "partOf" not in answer
    assert len({each["id"] for each in answer["items"]}) == 2
    [contexts] = answer["annotations"]
    assert {each["motivation"] for each in contexts["items"]} == {"contextualizing"}
    assert contexts["partOf"]["total"] == 2


def test_answer_of_version_1_has_the_same_places_and_hits(client):
    a_published_document(body=BODY)
    second = searched(client, '"mao zedong"')

    first = searched(client, '"mao zedong"', version=1)

    assert first["@type"] == "sc:AnnotationList"
    assert first["within"]["total"] == 1
    [resource], [hit] = first["resources"], first["hits"]
    assert resource["on"] == second["items"][0]["target"]
    assert resource["resource"]["chars"] == "Mao Zedong"
    assert hit["annotations"] == [resource["@id"]]
    assert (hit["match"], hit["after"][:6]) == ("Mao Zedong", " wants")


@pytest.mark.parametrize(("version", "where"), [(1, lambda a: a["within"]), (2, lambda a: a)])
def test_parameters_that_are_not_heeded_are_told(client, version, where):
    a_published_document(body=BODY)

    answer = searched(client, "mao", version=version, user="https://example.org/me", date="x")

    assert sorted(where(answer)["ignored"]) == ["date", "user"]
    assert "ignored" not in where(searched(client, "mao", version=version, motivation="supplementing painting"))


def test_motivation_that_no_line_has_finds_nothing(client):
    a_published_document(body=BODY)

    assert found(searched(client, "mao", motivation="commenting")) == []
    assert found(searched(client, "mao", motivation="tagging supplementing")) == ["Mao", "Mao"]


def test_long_answer_comes_in_pages_that_are_part_of_one_collection(client, monkeypatch):
    monkeypatch.setattr(scopes, "FINDINGS", 2)
    a_published_document(body="Mao one\nMao two\nMao three\nMao four\nMao five")

    address, places, pages = "/iiif/search/2/110692?q=mao", [], []
    while address:
        pages.append(json.loads(client.get(address.removeprefix("https://archive.example.org")).content))
        places += [each["target"] for each in pages[-1]["items"]]
        address = pages[-1].get("next", {}).get("id")

    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    assert len(set(places)) == 5
    assert [page["id"] for page in pages] == [f"{SITE}/search/2/110692?q=mao&page={n}" for n in (1, 2, 3)]
    assert {page["partOf"]["id"] for page in pages} == {f"{SITE}/search/2/110692?q=mao"}
    assert pages[2]["prev"]["id"] == pages[1]["id"]
    assert pages[0]["partOf"]["last"]["id"] == pages[2]["id"]
    assert pages[0]["partOf"]["total"] == 5
    assert client.get("/iiif/search/2/110692?q=mao&page=4").status_code == 404


def test_collection_finds_in_its_documents_and_in_those_below_it(client, either_way):
    korea = a_collection("korea")
    below = a_collection("armistice", parent=korea)
    for identifier, collection in (("one", korea), ("two", below), ("three", a_collection("china"))):
        document = a_document(identifier, body=f"Filippov to Roshchin, {identifier}")
        document.collections.add(collection)
        published(document)
    index_everything()

    answer = json.loads(client.get("/iiif/search/2/collection/korea?q=filippov").content)

    assert {each["target"]["partOf"][0]["id"] for each in answer["items"]} == {
        f"{SITE}/one/manifest", f"{SITE}/two/manifest",
    }  # fmt: skip
    assert answer["items"][0]["target"]["id"].startswith(f"{SITE}/one/canvas/one.1#xywh=")
    first = json.loads(client.get("/iiif/search/1/collection/top?q=filippov").content)
    assert {each["on"]["within"]["@id"] for each in first["resources"]} == {
        f"{SITE}/{each}/manifest" for each in ("one", "two", "three")
    }


def test_collection_is_answered_some_documents_at_a_time(client, monkeypatch):
    monkeypatch.setattr(scopes, "DOCUMENTS", 2)
    for number in range(5):
        a_published_document(f"d{number}", body="Filippov and Filippov")
    index_everything()

    answers, address = [], f"{SITE}/search/2/collection/top?q=filippov"
    while address:
        answers.append(json.loads(client.get(address.removeprefix("https://archive.example.org")).content))
        address = answers[-1].get("next", {}).get("id")

    assert [len(answer["items"]) for answer in answers] == [4, 4, 2]
    assert all(answer["partOf"]["type"] == "AnnotationCollection" for answer in answers)


def test_translation_and_transcript_are_searched_apart(client):
    """A phrase does not run from the end of one text into the next."""
    document = a_document(body="Filippov")
    Text.objects.create(document=document, kind="translation", language="ru", body="Roshchin")
    published(document)

    assert found(searched(client, "filippov roshchin")) == ["Filippov", "Roshchin"]
    assert found(searched(client, '"filippov roshchin"')) == []


def test_words_that_begin_as_was_typed_are_told_most_frequent_first(client, either_way):
    a_scanned_document(lines=[{"text": "Mao made many maps. Mao Zedong, mao. 关于停战协定", "box": [0, 0, 9, 9]}])

    def told(q, **more):
        answer = json.loads(client.get("/iiif/search/2/scan1/autocomplete", {"q": q, **more}).content)
        return [(each["value"], each["total"]) for each in answer["items"]]

    assert told("ma")[0] == ("mao", 3)
    assert {value for value, _ in told("ma")} >= {"mao", "made", "many", "maps"}
    assert told("ma", min=2) == [("mao", 3)]
    assert told("mao z") == [("mao zedong", 1)]
    assert told("停") == [("停战协定", 1)]
    assert told("") == []


def test_suggestion_leads_to_its_search(client):
    a_published_document(body="Mao Zedong")

    second = json.loads(client.get("/iiif/search/2/110692/autocomplete?q=mao%20z&user=x").content)
    first = json.loads(client.get("/iiif/search/1/110692/autocomplete?q=mao%20z").content)

    assert second["type"] == "TermPage"
    assert second["ignored"] == ["user"]
    assert first["@type"] == "search:TermList"
    [term] = first["terms"]
    for address in (second["items"][0]["service"][0]["id"], term["url"]):
        answer = json.loads(client.get(urlsplit(address)._replace(scheme="", netloc="").geturl()).content)
        assert len(answer.get("items") or answer["resources"]) == 1


def test_collection_tells_terms_of_its_documents(client):
    korea = a_collection()
    document = a_document(body="Roshchin and Rosenfeld")
    document.collections.add(korea)
    published(document)
    a_published_document("other", body="Roshchin, Roshchin")

    answer = json.loads(client.get("/iiif/search/2/collection/korea/autocomplete?q=ros").content)

    assert [(each["value"], each["total"]) for each in answer["items"]] == [("rosenfeld", 1), ("roshchin", 1)]


@pytest.mark.parametrize("tail", ["", "/autocomplete"])
@pytest.mark.parametrize("version", [1, 2])
def test_withdrawn_document_is_not_searched(client, version, tail):
    document = a_published_document(body=BODY)
    publication.withdraw([document.pk], reason="Rights were claimed.")

    assert client.get(f"/iiif/search/{version}/110692{tail}?q=mao").status_code == 404
    answer = json.loads(client.get(f"/iiif/search/{version}/collection/top{tail}?q=mao").content)
    assert [answer[each] for each in ("items", "resources", "terms") if each in answer] == [[]]


def test_manifest_and_collections_name_both_services(client):
    document = a_document(body=BODY)
    document.collections.add(a_collection())
    published(document)

    for address, service in (
        ("/iiif/110692/manifest", "110692"),
        ("/iiif/collection/korea", "collection/korea"),
        ("/iiif/collection/top", "collection/top"),
    ):
        second, first = json.loads(client.get(address).content)["service"]
        assert second["id"] == f"{SITE}/search/2/{service}"
        assert second["service"][0] == {"id": f"{SITE}/search/2/{service}/autocomplete", "type": "AutoCompleteService2"}
        assert (first["@id"], first["profile"]) == (
            f"{SITE}/search/1/{service}", "http://iiif.io/api/search/1/search",
        )  # fmt: skip
        for each in (second["id"], first["@id"], first["service"][0]["@id"]):
            assert client.get(urlsplit(each).path + "?q=mao").status_code == 200


def test_answer_may_be_read_from_elsewhere(client):
    a_published_document(body=BODY)

    response = client.get("/iiif/search/1/110692?q=mao")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/search/1/context.json"'
