"""Requests of curators: done once, in batches, and as jobs."""

from __future__ import annotations

import pytest

from archive.api.models import AnsweredRequest
from archive.groups import CATALOGUER, EDITOR
from archive.models import Agent, Document, Job
from tests.archive.api.builders import a_member, public_without_forms
from tests.archive.api.test_schema import faults, schema  # noqa: F401 - the fixture
from tests.builders import a_document

pytestmark = pytest.mark.django_db

DOCUMENTS, BATCHES = "/api/curation/documents/", "/api/curation/batches/"
PUBLICATIONS, WITHDRAWALS = "/api/curation/publications/", "/api/curation/withdrawals/"


@pytest.fixture
def editor():
    return a_member(EDITOR)


def sent(client, address, body, key=""):
    return client.post(address, body, format="json", headers={"Idempotency-Key": key} if key else {})


def test_the_same_request_with_the_same_key_is_done_once_and_answered_alike(editor):
    first, second = (sent(editor, DOCUMENTS, {"title": "Letter"}, key="monday-1") for _ in range(2))

    assert Document.objects.count() == 1
    assert (second.status_code, second.json(), second["Location"], second["ETag"]) == (
        201, first.json(), first["Location"], first["ETag"],
    )  # fmt: skip


def test_another_request_with_the_same_key_is_refused(editor):
    sent(editor, DOCUMENTS, {"title": "Letter"}, key="monday-1")

    assert sent(editor, DOCUMENTS, {"title": "Other"}, key="monday-1").status_code == 422
    assert sent(editor, BATCHES, {"items": []}, key="monday-1").status_code == 422
    assert sent(editor, DOCUMENTS, {"title": "Letter"}, key="é" * 3).status_code == 400
    assert sent(a_member(CATALOGUER), DOCUMENTS, {"title": "Other"}, key="monday-1").status_code == 201


def test_what_was_refused_may_be_sent_again_with_its_key(editor):
    assert sent(editor, DOCUMENTS, {"title": ""}, key="k").status_code == 400
    assert sent(editor, DOCUMENTS, {"title": "Letter"}, key="k").status_code == 201


def test_old_keys_are_forgotten(editor, settings):
    settings.FONDS = {**settings.FONDS, "API_KEY_DAYS": 0}
    sent(editor, DOCUMENTS, {"title": "One"}, key="k")
    sent(editor, DOCUMENTS, {"title": "Two"}, key="k2")

    assert AnsweredRequest.objects.count() == 1


def test_a_batch_has_a_result_for_each_and_none_holds_up_the_others(editor, schema):  # noqa: F811
    a_document("1")
    Agent.objects.create(identifier="zhou", name="Zhou")
    items = [
        {"kind": "documents", "body": {"title": "New"}},
        {"kind": "documents", "body": {"title": ""}},
        {"kind": "documents", "name": "1", "if_match": "*", "body": {"title": "Changed", "texts": []}},
        {"kind": "documents", "name": "1", "if_match": '"old"', "body": {"title": "Not"}},
        {"kind": "documents", "name": "1", "body": {"title": "Not"}},
        {"kind": "documents", "name": "nothing", "if_match": "*", "body": {"title": "Not"}},
        {"kind": "agents", "name": "zhou", "if_match": "*", "body": {"name": "Zhou Enlai"}},
        {"kind": "documents", "body": None},
        {"kind": "documents", "body": ["New"]},
    ]

    answer = sent(editor, BATCHES, {"items": items})

    results = answer.json()["results"]
    assert [each["status"] for each in results] == [201, 400, 200, 412, 428, 404, 200, 400, 400]
    assert results[1]["problem"]["errors"][0]["pointer"] == "/title"
    assert editor.get(f"{DOCUMENTS}1/")["ETag"] == results[2]["etag"]
    assert sorted(Document.objects.values_list("title", flat=True)) == ["Changed", "New"]
    assert faults(schema, BATCHES, answer, verb="post") == []


def test_a_batch_has_a_bound(editor, settings):
    settings.FONDS = {**settings.FONDS, "API_BATCH": 2}
    item = {"kind": "documents", "body": {"title": "x"}}

    assert sent(editor, BATCHES, {"items": [item] * 3}).status_code == 413
    assert sent(editor, BATCHES, {"items": [{"kind": "songs", "body": {}}]}).json()["errors"][0]["pointer"] == (
        "/items/0/kind"
    )
    assert not Document.objects.exists()


def test_each_item_of_a_batch_asks_for_its_permission(settings):
    item = {"kind": "documents", "body": {"title": "x"}}

    [result] = sent(a_member(), BATCHES, {"items": [item]}).json()["results"]

    assert result["status"] == 403


def test_documents_are_published_by_a_job_and_withdrawn_at_once(
    editor,
    client,
    schema,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    a_document("1")

    with django_capture_on_commit_callbacks(execute=True):
        begun = sent(editor, PUBLICATIONS, {"documents": ["1"]}, key="p")
    assert (begun.status_code, begun["Location"]) == (202, begun.json()["url"])
    done = editor.get(begun["Location"].removeprefix("https://archive.example.org"))
    assert (done.json()["state"], done.json()["documents"]) == ("done", {"done": 1})
    assert client.get("/api/documents/1/").status_code == 200

    withdrawn = sent(editor, WITHDRAWALS, {"documents": ["1"], "reason": "The family asked."})
    assert (withdrawn.status_code, withdrawn.json()["state"]) == (202, "done")
    assert client.get("/api/documents/1/").status_code == 410
    assert Document.objects.get().state_reason == "The family asked."
    assert Job.objects.filter(created_by__username=EDITOR).count() == 2
    assert faults(schema, "/api/curation/jobs/{id}/", done) == []


@pytest.mark.parametrize(
    ("address", "body", "pointer"),
    [
        (PUBLICATIONS, {"documents": ["1", "nothing"]}, "/documents/1"),
        (PUBLICATIONS, {"documents": []}, "/documents"),
        (PUBLICATIONS, {}, "/documents"),
        (PUBLICATIONS, {"documents": ["1"], "x": 1}, "/x"),
        (WITHDRAWALS, {"documents": ["1"]}, "/reason"),
        (WITHDRAWALS, {"documents": ["1"], "reason": "\x01"}, "/reason"),
    ],
)
def test_what_is_wrong_with_a_selection_is_told(editor, address, body, pointer):
    a_document("1")

    answer = sent(editor, address, body)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert not Job.objects.exists()


def test_cataloguers_neither_publish_nor_withdraw_nor_see_the_jobs_of_others(editor):
    public_without_forms(a_document("1"))
    cataloguer = a_member(CATALOGUER)
    job = sent(editor, WITHDRAWALS, {"documents": ["1"], "reason": "x"}).json()["id"]

    assert sent(cataloguer, PUBLICATIONS, {"documents": ["1"]}).status_code == 403
    assert sent(cataloguer, WITHDRAWALS, {"documents": ["1"], "reason": "x"}).status_code == 403
    assert cataloguer.get(f"/api/curation/jobs/{job}/").status_code == 404
