"""Records edited by the API: whole, by who may, never over somebody else's change, and with a history."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from archive import history, publication
from archive.groups import CATALOGUER, EDITOR
from archive.models import (
    Agent,
    ArchivalUnit,
    Collection,
    Concept,
    ConceptScheme,
    Document,
    Kind,
    Page,
    Place,
    Revision,
    Stale,
)
from archive.units import unit_at
from tests.archive.api.builders import a_member, public_without_forms, written
from tests.archive.api.test_schema import faults, schema  # noqa: F401 - the fixture
from tests.builders import a_collection, a_document

pytestmark = pytest.mark.django_db

DOCUMENTS = "/api/curation/documents/"


@pytest.fixture
def cataloguer() -> APIClient:
    return a_member(CATALOGUER)


def pointers(answer: Any, status: int = 400) -> dict[str, str]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return {each["pointer"]: each["detail"] for each in answer.json().get("errors", ())}


def seen(client: APIClient, address: str) -> tuple[dict[str, Any], str]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json(), answer["ETag"]


EVERYTHING = {
    "identifier": "letter-1",
    "title": "Letter",
    "title_language": "en",
    "date": "1950-10",
    "date_verbatim": "October 1950",
    "original_language": "ru",
    "summary": "On the armistice.",
    "summary_language": "en",
    "distribution": "Stalin, Molotov",
    "distribution_copies": 2,
    "citation": "Letter, October 1950",
    "rights": "Free.",
    "rights_uri": "http://rightsstatements.org/vocab/CNE/1.0/",
    "rights_holder": "The archive",
    "embargo_until": "2090-01-01",
    "source_url": "https://archive.example.org/letter",
    "statements": [{"term": "subject", "value": "Korea", "language": "en"}],
    "texts": [
        {"kind": "original", "language": "ru", "body": " Да.\f Нет. "},
        {"kind": "translation", "language": "en", "body": "Yes. No.", "method": "machine", "derived_from": 0},
    ],
    "numbers": [{"kind": "telegram", "value": "2406", "verbatim": "No. 2406"}],
    "events": [{"kind": "sent", "date": "1950-10-13T09:15", "place": "Beijing"}],
    "contributions": [{"agent": "zhou", "role": "sender", "as_written": "ZHOU", "certain": False}],
    "subjects": [{"place": "beijing", "relation": "written at"}, {"concept": "war"}],
    "references": [{"unit": "fond45", "repository": "APRF", "fond": "45", "verbatim": "APRF, 45"}],
    "relations": [{"target": "other", "kind": "reply to"}],
    "collections": ["korea"],
}  # fmt: skip


@pytest.fixture
def around():
    """What a document can refer to."""
    Agent.objects.create(identifier="zhou", name="Zhou Enlai")
    Place.objects.create(identifier="beijing", name="Beijing")
    Concept.objects.create(identifier="war", name="War", scheme=ConceptScheme.objects.create(slug="s", title="S"))
    unit = unit_at({"repository": "APRF", "fond": "45"})
    type(unit).objects.filter(pk=unit.pk).update(identifier="fond45")
    a_document("other")
    a_collection("korea")


def test_a_document_is_created_with_everything_and_is_a_draft(cataloguer, around, client, schema):  # noqa: F811
    answer = cataloguer.post(DOCUMENTS, EVERYTHING, format="json")

    assert answer.status_code == 201, answer.content
    assert answer["Location"] == "https://archive.example.org/api/curation/documents/letter-1/"
    body, etag = seen(cataloguer, f"{DOCUMENTS}letter-1/")
    assert (body, etag) == (answer.json(), answer["ETag"])
    assert body["state"] == "draft"
    for name, value in EVERYTHING.items():
        got = body[name]
        if isinstance(value, list) and value and isinstance(value[0], dict) and name != "statements":
            got = [{key: row[key] for key in given} for given, row in zip(value, got, strict=True)]
        assert got == value, name
    document = Document.objects.get(identifier="letter-1")
    assert (f"{document.date_earliest}", f"{document.date_latest}") == ("1950-10-01", "1950-10-31")
    assert [(r.number, r.act, r.by.username) for r in history.revisions_of(document)] == [(1, "created", CATALOGUER)]
    assert client.get("/api/documents/letter-1/").status_code == 404
    assert faults(schema, DOCUMENTS, answer, "201", verb="post") == []
    assert faults(schema, f"{DOCUMENTS}{{name}}/", cataloguer.get(f"{DOCUMENTS}letter-1/")) == []


def test_a_patch_changes_what_it_names_and_leaves_the_rest(cataloguer, around):
    before = cataloguer.post(DOCUMENTS, EVERYTHING, format="json")

    answer = written(cataloguer, f"{DOCUMENTS}letter-1/", {"summary": "Anew.", "rights": None, "events": []})

    assert answer.status_code == 200, answer.content
    assert answer.json() == {**before.json(), "summary": "Anew.", "rights": "", "events": []}
    assert answer["ETag"] != before["ETag"]
    assert history.last_number(Document.objects.get(identifier="letter-1").pk) == 2


def test_what_is_read_can_be_sent_back_and_changes_nothing(cataloguer, around):
    cataloguer.post(DOCUMENTS, EVERYTHING, format="json")
    body, etag = seen(cataloguer, f"{DOCUMENTS}letter-1/")

    answer = written(cataloguer, f"{DOCUMENTS}letter-1/", body)

    assert (answer.status_code, answer.json(), answer["ETag"]) == (200, body, etag)
    assert Revision.objects.count() == 1


def test_a_text_that_is_named_by_its_id_keeps_its_page_images(cataloguer):
    document = a_document("1")
    text = document.texts.get()
    Page.objects.create(document=document, text=text, order=1, kind="scan", identifier="1.1", width=9, height=9)

    body = [{"kind": "original", "language": "ru", "body": "Да"}, {"id": text.pk, "kind": "transcript", "body": "Yes"}]
    answer = written(cataloguer, f"{DOCUMENTS}1/", {"texts": body})

    assert [row["body"] for row in answer.json()["texts"]] == ["Да", "Yes"]
    assert Page.objects.get().text_id == text.pk == answer.json()["texts"][1]["id"]


def test_who_has_not_seen_the_last_version_overwrites_nothing(cataloguer):
    a_document("1")
    address = f"{DOCUMENTS}1/"
    _, etag = seen(cataloguer, address)
    written(cataloguer, address, {"title": "First"})

    late = cataloguer.patch(address, {"title": "Second"}, format="json", headers={"If-Match": etag})
    weak = cataloguer.patch(address, {"title": "x"}, format="json", headers={"If-Match": f"W/{etag}"})
    blind = cataloguer.patch(address, {"title": "Third"}, format="json")

    assert (late.status_code, weak.status_code, blind.status_code) == (412, 412, 428)
    assert Document.objects.get().title == "First"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"title": " "}, "/title"),
        ({"title": None}, "/title"),
        ({"title": 5}, "/title"),
        ({"title": "x" * 1001}, "/title"),
        ({"title": "a\x01b"}, "/title"),
        ({"title": "a\fb"}, "/title"),
        ({"titel": "x"}, "/titel"),
        ({"date": "13.7.50"}, "/date"),
        ({"original_language": "Russian!"}, "/original_language"),
        ({"rights_uri": "http://rightsstatements.org/vocab/XYZ/1.0/"}, "/rights_uri"),
        ({"source_url": "javascript:alert(1)"}, "/source_url"),
        ({"embargo_until": "soon"}, "/embargo_until"),
        ({"distribution_copies": -1}, "/distribution_copies"),
        ({"distribution_copies": "2"}, "/distribution_copies"),
        ({"statements": [{"term": "colour", "value": "red"}]}, "/statements/0"),
        ({"statements": [{"term": "subject", "value": "a\x02"}]}, "/statements/0/value"),
        ({"texts": [{"kind": "original", "body": "ok"}, {"kind": "original", "body": "a\x00b"}]}, "/texts/1/body"),
        ({"texts": [{"kind": "song", "body": "la"}]}, "/texts/0/kind"),
        ({"texts": [{"kind": "original", "body": "x", "derived_from": 0}]}, "/texts/0/derived_from"),
        ({"texts": [{"id": 999999, "kind": "original", "body": "x"}]}, "/texts/0/id"),
        ({"texts": "x"}, "/texts"),
        ({"texts": ["x"]}, "/texts/0"),
        ({"events": [{"kind": "sent", "date": "yesterday"}]}, "/events/0/date"),
        ({"contributions": [{"agent": "nobody", "role": "sender"}]}, "/contributions/0/agent"),
        ({"contributions": [{"role": "sender"}]}, "/contributions/0/agent"),
        ({"subjects": [{"relation": "type", "place": "beijing"}]}, "/subjects/0/relation"),
        ({"subjects": [{}]}, "/subjects/0/concept"),
        ({"relations": [{"target": "1", "kind": "refers to"}]}, "/relations/0/target"),
        ({"collections": ["nowhere"]}, "/collections/0"),
        ({"collections": ["korea", "korea"]}, "/collections/1"),
        ({"collections": "korea"}, "/collections"),
        ({"state": "published"}, "/state"),
        ({"identifier": "other-one"}, "/identifier"),
        ([], ""),
        ("x", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_is_written(cataloguer, around, body, pointer):
    a_document("1")

    answer = written(cataloguer, f"{DOCUMENTS}1/", body)

    assert pointer in pointers(answer), answer.json()
    assert Document.objects.get(identifier="1").title == "Telegram 1"
    assert not Revision.objects.exists()


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b'{"title": NaN}', b'{"title": ' + b"9" * 5000 + b"}"])
def test_what_is_no_json_is_refused(cataloguer, body):
    assert cataloguer.post(DOCUMENTS, body, content_type="application/json").status_code == 400
    assert cataloguer.post(DOCUMENTS, body, content_type="text/plain").status_code == 415


def test_words_that_no_answer_can_carry_are_refused_too(cataloguer):
    for body in (b'{"title": "\\ud800"}', b'{"\\ud800": 1}', b'{"texts": [{"kind": "\\ud800"}]}'):
        assert cataloguer.post(DOCUMENTS, body, content_type="application/json").status_code == 400


def test_a_body_larger_than_the_site_takes_is_stopped(cataloguer, settings):
    settings.FONDS = {**settings.FONDS, "API_BODY_LIMIT": 100}

    assert cataloguer.post(DOCUMENTS, {"title": "x" * 200}, format="json").status_code == 413


def test_two_documents_have_no_doi_in_common(cataloguer):
    a_document("1"), a_document("2")
    numbers = [{"kind": "doi", "value": "10.1/x"}]

    assert written(cataloguer, f"{DOCUMENTS}1/", {"numbers": numbers}).status_code == 200
    assert "/numbers/0/value" in pointers(written(cataloguer, f"{DOCUMENTS}2/", {"numbers": numbers}))


def test_an_identifier_is_taken_once(cataloguer):
    a_document("1")

    assert cataloguer.post(DOCUMENTS, {"identifier": "1", "title": "x"}, format="json").status_code == 409
    assert "/identifier" in pointers(cataloguer.post(DOCUMENTS, {"identifier": "a b", "title": "x"}, format="json"))


AUTHORITIES = [
    ("agents", {"name": "Zhou", "kind": "person", "names": [{"value": "Chou"}]}, {"name": "Zhou E."}),
    ("places", {"name": "Beijing", "latitude": "39.9", "longitude": "116.4"}, {"names": [{"value": "Peking"}]}),
    ("concepts", {"name": "truce", "scheme": "s", "broader": ["war"]}, {"related": ["peace"], "broader": []}),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "new", "patch"), AUTHORITIES)
def test_authorities_are_created_and_changed_with_a_history(cataloguer, around, schema, noun, new, patch):  # noqa: F811
    Concept.objects.create(identifier="peace", name="Peace", scheme=ConceptScheme.objects.get())

    made = cataloguer.post(f"/api/curation/{noun}/", new, format="json")
    assert made.status_code == 201, made.content
    address = made["Location"].removeprefix("https://archive.example.org")
    changed = written(cataloguer, address, patch)

    assert changed.status_code == 200, changed.content
    of = {"agents": Agent, "places": Place, "concepts": Concept}[noun]
    thing = of.objects.get(identifier=made.json()["identifier"])
    assert [each.act for each in history.revisions_of(thing).order_by("number")] == ["created", "edited"]
    assert faults(schema, f"/api/curation/{noun}/{{name}}/", changed) == []
    assert faults(schema, f"/api/curation/{noun}/", cataloguer.get(f"/api/curation/{noun}/")) == []


def test_a_scheme_and_the_concepts_in_it_are_made_by_editors(cataloguer, around, schema):  # noqa: F811
    editor, schemes = a_member(EDITOR), "/api/curation/schemes/"
    assert cataloguer.post(schemes, {"slug": "genres", "title": "Genres"}, format="json").status_code == 403

    made = editor.post(schemes, {"slug": "genres", "title": "Genres"}, format="json")
    concept = editor.post("/api/curation/concepts/", {"name": "telegram", "scheme": "genres"}, format="json")
    changed = written(editor, f"{schemes}genres/", {"title": "Kinds of document", "uri": "https://example.org/kinds"})

    assert (made.status_code, concept.status_code, changed.status_code) == (201, 201, 200)
    scheme = ConceptScheme.objects.get(slug="genres")
    assert scheme.concepts.get().name == "telegram"
    assert [each.act for each in history.revisions_of(scheme).order_by("number")] == ["created", "edited"]
    assert Stale.objects.filter(kind=Kind.SCHEME, thing=scheme.pk).exists()
    assert faults(schema, f"{schemes}{{name}}/", changed) == []


def test_units_are_made_from_the_repository_down_and_moved(cataloguer, schema):  # noqa: F811
    units = "/api/curation/units/"

    def made(**body: Any) -> str:
        answer = cataloguer.post(units, body, format="json")
        assert answer.status_code == 201, answer.content
        assert faults(schema, units, answer, "201", verb="post") == []
        return answer.json()["identifier"]

    archive = made(level="repository", code="APRF")
    fond, other = made(level="fond", code="45", parent=archive), made(level="fond", code="9", parent=archive)
    delo = made(level="delo", code="331", parent=fond, statements=[{"term": "subject", "value": "Korea"}])
    moved = written(cataloguer, f"{units}{delo}/", {"parent": other, "internal_note": "Was in 45."})

    assert moved.status_code == 200, moved.content
    unit = ArchivalUnit.objects.get(identifier=delo)
    assert (str(unit.parent.code), unit.sort_key) == ("9", "000000000331")
    assert history.last_number(unit.pk, of=ArchivalUnit) == 2
    told = set(Stale.objects.filter(kind=Kind.UNIT).values_list("thing", flat=True))
    assert {ArchivalUnit.objects.get(identifier=each).pk for each in (fond, other, delo)} <= told
    assert faults(schema, units, cataloguer.get(f"{units}?words=331")) == []
    assert [each["code"] for each in cataloguer.get(f"{units}?words=331").json()["results"]] == ["331"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"level": "fond", "code": "46"}, "/parent"),
        ({"level": "fond", "code": "46", "parent": "nowhere"}, "/parent"),
        ({"level": "fond", "code": "45", "parent": "aprf"}, "/code"),
        ({"level": "fond", "parent": "aprf"}, "/code"),
        ({"level": "repository", "code": "X", "parent": "fond45"}, "/parent"),
        ({"level": "shelf", "code": "1", "parent": "aprf"}, "/level"),
        ({"code": "1", "parent": "aprf"}, "/level"),
        ({"level": "fond", "code": "46", "parent": "aprf", "date": "the fifties"}, "/date"),
        (
            {"level": "fond", "code": "46", "parent": "aprf", "statements": [{"term": "x", "value": "y"}]},
            "/statements/0",
        ),
        ({"level": "fond", "code": "46", "parent": "aprf", "sort_key": "1"}, "/sort_key"),
    ],
)
def test_a_unit_stands_only_where_it_can(cataloguer, around, body, pointer):
    ArchivalUnit.objects.filter(level="repository").update(identifier="aprf")

    assert pointer in pointers(cataloguer.post("/api/curation/units/", body, format="json"))
    assert ArchivalUnit.objects.count() == 2


def test_a_unit_is_not_put_below_itself(cataloguer, around):
    delo = unit_at({"repository": "APRF", "fond": "45", "delo": "331"})

    refused = written(cataloguer, "/api/curation/units/fond45/", {"parent": delo.identifier})

    assert "/parent" in pointers(refused)


def test_public_documents_follow_when_what_they_name_is_changed(cataloguer, around):
    cataloguer.post(DOCUMENTS, EVERYTHING | {"embargo_until": None}, format="json")
    document = Document.objects.get(identifier="letter-1")
    public_without_forms(document)

    written(cataloguer, "/api/curation/agents/zhou/", {"name": "Zhou E."})

    assert document.pk in publication.stale()


def test_a_link_that_is_accepted_says_by_whom(cataloguer, around):
    link = {"source": "wikidata", "uri": "http://www.wikidata.org/entity/Q17410", "status": "accepted"}

    assert written(cataloguer, "/api/curation/agents/zhou/", {"links": [link]}).status_code == 200
    assert Agent.objects.get(identifier="zhou").links.get().reviewed_by.username == CATALOGUER


def test_rules_of_the_forms_hold_here(cataloguer, around):
    places, concepts = "/api/curation/places/", "/api/curation/concepts/"

    assert "/longitude" in pointers(cataloguer.post(places, {"name": "x", "latitude": "1"}, format="json"))
    assert "/latitude" in pointers(
        cataloguer.post(places, {"name": "x", "latitude": "91", "longitude": "0"}, format="json")
    )
    assert written(cataloguer, f"{places}beijing/", {"broader": "beijing"}).status_code == 409
    assert written(cataloguer, f"{concepts}war/", {"broader": ["war"], "related": ["war"]}).status_code in {200, 409}
    assert cataloguer.post(concepts, {"name": "War", "scheme": "s"}, format="json").status_code == 409
    assert "/dates" in pointers(written(cataloguer, "/api/curation/agents/zhou/", {"dates": "long ago"}))


def test_what_was_merged_is_changed_no_more(cataloguer, around):
    kept = Agent.objects.create(identifier="kept", name="Kept")
    Agent.objects.filter(identifier="zhou").update(merged_into=kept)

    assert written(cataloguer, "/api/curation/agents/zhou/", {"name": "x"}).status_code == 409


def test_cataloguers_edit_no_collections_and_editors_do(cataloguer):
    a_collection("korea")
    editor = a_member(EDITOR)

    assert written(cataloguer, "/api/curation/collections/korea/", {"title": "x"}).status_code == 403
    assert written(editor, "/api/curation/collections/korea/", {"title": "Korea"}).status_code == 200
    assert editor.post("/api/curation/collections/", {"slug": "new", "title": "New"}, format="json").status_code == 201
    assert Collection.objects.filter(slug="new").exists()
    assert "/slug" in pointers(editor.post("/api/curation/collections/", {"title": "New"}, format="json"))


def test_drafts_alone_are_deleted_and_by_editors_alone(cataloguer):
    a_document("draft"), public_without_forms(a_document("public"))
    editor = a_member(EDITOR)

    def deleted(client, name):
        return client.delete(f"{DOCUMENTS}{name}/", headers={"If-Match": "*"}).status_code

    assert deleted(cataloguer, "draft") == 403
    assert editor.delete(f"{DOCUMENTS}draft/").status_code == 428
    assert deleted(editor, "public") == 409
    assert deleted(editor, "draft") == 204
    assert list(Document.objects.values_list("identifier", flat=True)) == ["public"]


def test_nobody_sees_records_but_who_may(client):
    a_document("draft")
    reader = a_member()

    for address in (DOCUMENTS, f"{DOCUMENTS}draft/", f"{DOCUMENTS}nothing/", "/api/curation/agents/"):
        assert (client.get(address).status_code, reader.get(address).status_code) == (401, 403), address
    assert reader.post(DOCUMENTS, {"title": "x"}, format="json").status_code == 403
    for wrong in ("Bearer nonsense", "Bearer", "Token x", "Basic YWRtaW46YWRtaW4="):
        assert client.get(DOCUMENTS, headers={"Authorization": wrong}).status_code == 401, wrong


def test_a_page_of_the_site_writes_with_its_session_and_the_csrf_token(cataloguer, admin_user):
    careful = APIClient(enforce_csrf_checks=True)
    careful.force_login(admin_user)

    assert careful.post(DOCUMENTS, {"title": "x"}, format="json").status_code == 403
    careful.get("/admin/login/")
    token = careful.cookies["csrftoken"].value if "csrftoken" in careful.cookies else ""
    assert (
        not token
        or careful.post(DOCUMENTS, {"title": "x"}, format="json", headers={"X-CSRFToken": token}).status_code == 201
    )


def test_nobody_keeps_what_curators_see(cataloguer):
    a_document("draft")

    answer = cataloguer.get(f"{DOCUMENTS}draft/")

    assert answer["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer


def test_who_lacks_a_permission_for_a_part_changes_none_of_it():
    client = a_member(permissions=("view_document", "change_document", "add_document"))
    a_document("1")

    assert written(client, f"{DOCUMENTS}1/", {"title": "x"}).status_code == 200
    assert written(client, f"{DOCUMENTS}1/", {"title": "y", "texts": []}).status_code == 403
    assert Document.objects.get().title == "x"


def test_the_list_is_narrowed_by_state_words_and_collection(cataloguer):
    public_without_forms(a_document("1", title="Armistice"))
    a_collection("korea").documents.add(a_document("2", title="Letter"))

    def found(query):
        return [each["identifier"] for each in cataloguer.get(DOCUMENTS + query).json()["results"]]

    assert found("") == ["2", "1"]
    assert found("?state=draft") == ["2"]
    assert found("?collection=korea") == ["2"]
    assert cataloguer.get(f"{DOCUMENTS}?state=x").status_code == 400


def test_a_page_of_the_list_takes_as_many_queries_as_one_record(cataloguer, django_assert_max_num_queries):
    for n in range(5):
        a_document(str(n))

    with django_assert_max_num_queries(6):
        assert len(cataloguer.get(DOCUMENTS).json()["results"]) == 5


def test_a_change_of_forty_rows_takes_as_many_queries_as_one_of_two(cataloguer):
    agents = [Agent.objects.create(identifier=f"a{n}", name=f"A{n}") for n in range(40)]
    counts = []
    for few in (2, 40):
        a_document(str(few))
        rows = [{"agent": each.identifier, "role": "mentioned"} for each in agents[:few]]
        with CaptureQueriesContext(connection) as asked:
            assert written(cataloguer, f"{DOCUMENTS}{few}/", {"contributions": rows}, etag="*").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
