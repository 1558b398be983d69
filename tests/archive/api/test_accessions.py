"""Accession by the API: hand in, watch, report, mend, cancel, retry, decide, undo; only for who may."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from archive import accession as verbs
from archive import jobs
from archive.models import Accession, Collection, Document, Job
from tests.archive.api.test_schema import faults, schema  # noqa: F401 - the fixture
from tests.sources import FILIPPOV, ROSHCHIN

pytestmark = pytest.mark.django_db

LIST = "/api/accessions/"
VIEWING = ("view_accession", "view_accessionitem", "view_accessionsource")
TABLE = b"id,title,date\n1,One,1950-10-13\n2,Two,1950-02-31\n"


def a_user(*permissions: str, name: str = "cataloguer") -> User:
    user = User.objects.create_user(name)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def a_client(*permissions: str, name: str = "cataloguer") -> APIClient:
    token = Token.objects.create(user=a_user(*permissions, name=name))
    return APIClient(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def client() -> APIClient:
    return a_client("add_accession", *VIEWING)


def file(path=FILIPPOV, name: str = "", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name or path.name, path.read_bytes() if content is None else content)


def handed_in(client: APIClient, *files: Any, status: int = 202, key: str = "", **fields: Any) -> dict[str, Any]:
    headers = {"Idempotency-Key": key} if key else {}
    answer = client.post(LIST, {"file": list(files), **fields}, headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def standing(of: str, done: int, total: int) -> dict[str, Any]:
    """The progress of an accession that has no pace: nothing is done yet, or nothing is left."""
    return {"of": of, "done": done, "total": total, "per_second": None, "seconds_left": None}


def worked(accession: dict[str, Any]) -> int:
    verbs.run(accession["id"])
    return int(accession["id"])


def lines(answer) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-ndjson; charset=utf-8"
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def problem(answer, status: int) -> str:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    return str(answer.json()["detail"])


def test_files_are_handed_in_and_the_accession_tells_what_became_of_them(client):
    begun = client.post(LIST, {"file": [file(), file(ROSHCHIN)]})
    assert begun.status_code == 202
    assert (
        begun["Location"] == begun.json()["url"] == f"https://archive.example.org/api/accessions/{begun.json()['id']}/"
    )
    assert begun.json()["state"] == "queued"
    assert begun.json()["progress"] == standing("files", 0, 2)
    pk = worked(begun.json())

    accession = client.get(f"{LIST}{pk}/").json()
    assert accession["state"] == "done"
    assert accession["created_by"] == "cataloguer"
    assert accession["progress"] == standing("documents", 2, 2)
    assert accession["files"] == {"read": 2}
    assert accession["documents"] == {"created": 2}
    items = client.get(f"{LIST}{pk}/items/").json()["results"]
    assert (items[0]["file"], items[0]["state"], items[0]["document"]) == (FILIPPOV.name, "created", "110692")
    files = client.get(f"{LIST}{pk}/files/").json()["results"]
    assert [(each["name"], each["reader"], each["documents"]) for each in files][1] == (ROSHCHIN.name, "page_text", 1)


def test_accession_in_work_tells_its_pace_and_how_long_it_will_take(client):
    pk = handed_in(client, *(file(ROSHCHIN, f"{n}.txt") for n in range(4)))["id"]
    accession = Accession.objects.get(pk=pk)
    accession.state = "running"
    accession.save()
    now = timezone.now()
    for ago, source in zip((20, 10), accession.sources.order_by("pk"), strict=False):
        source.state, source.finished_at = "read", now - timedelta(seconds=ago)
        source.save()

    progress = client.get(f"{LIST}{pk}/").json()["progress"]
    assert progress["per_second"] == pytest.approx(1 / 20, rel=0.3)
    assert progress.pop("seconds_left") == pytest.approx(2 / progress.pop("per_second"), abs=1)
    assert progress == {"of": "files", "done": 2, "total": 4}

    worked({"id": pk})
    assert client.get(f"{LIST}{pk}/").json()["progress"] == standing("documents", 2, 2)


def test_report_is_that_of_the_command(client, tmp_path):
    pk = worked(handed_in(client, file()))
    by_api = lines(client.get(f"{LIST}{pk}/report/"))
    Document.objects.all().delete()
    Accession.objects.all().delete()

    out = StringIO()
    call_command("accession", str(FILIPPOV), "--json", "--patience", "0", stdout=out, stderr=StringIO())

    assert by_api == [json.loads(line) for line in out.getvalue().splitlines()]


def test_dry_run_reports_and_brings_nothing_in(client):
    pk = worked(handed_in(client, file(), dry_run="true"))

    accession = client.get(f"{LIST}{pk}/").json()
    assert (accession["state"], accession["documents"]) == ("rehearsed", {"looked_at": 1})
    (report,) = lines(client.get(f"{LIST}{pk}/report/"))
    assert report["outcome"] == "created"
    assert report["title"].startswith("Ciphered telegram, Filippov")
    assert any(each["field"] == "text" for each in report["fields"])
    assert not Document.objects.exists()
    assert "is rehearsed" in problem(client.post(f"{LIST}{pk}/take-in/"), 409)


def test_dry_run_of_what_is_there_tells_the_differences(client):
    worked(handed_in(client, file()))
    changed = FILIPPOV.read_bytes().replace(b"SOVIET AMBASSADOR", b"SOVIET ENVOY")

    pk = worked(handed_in(client, file(content=changed, name=FILIPPOV.name), dry_run="true"))

    (report,) = lines(client.get(f"{LIST}{pk}/report/"))
    assert report["outcome"] == "updated"
    assert any("ENVOY" in each["after"] for each in report["changes"])


def test_what_was_looked_at_is_taken_in_or_discarded(client):
    first, second = (worked(handed_in(client, file(path), look_first="true")) for path in (FILIPPOV, ROSHCHIN))
    assert client.get(f"{LIST}{first}/items/").json()["results"][0]["would_be"] == "created"

    taken = client.post(f"{LIST}{first}/take-in/")
    assert (taken.status_code, taken.json()["count"]) == (202, 1)
    verbs.run(first)
    assert client.post(f"{LIST}{second}/discard/").status_code == 202

    assert Document.objects.get().identifier == "110692"
    assert client.get(f"{LIST}{second}/").json()["state"] == "discarded"


def test_options_are_followed(client):
    collection = Collection.objects.create(slug="korea", title="Korea")
    publisher = a_client("add_accession", "publish_document", *VIEWING, name="publisher")

    begun = handed_in(publisher, file(), publish="true", collection="korea")
    worked(begun)

    assert (begun["publish"], begun["collection"]) == (True, "korea")
    document = Document.objects.get()
    assert (document.state, document.collections.get()) == ("published", collection)


def test_refused_rows_are_downloaded_mended_and_handed_in_again(client):
    may_download = a_client("add_accession", "view_original", *VIEWING, name="editor")
    pk = worked(handed_in(may_download, file(name="letters.csv", content=TABLE)))
    assert client.get(f"{LIST}{pk}/items/?state=refused").json()["results"][0]["part"] == 1
    problem(client.get(f"{LIST}{pk}/refused/"), 403)

    refused = may_download.get(f"{LIST}{pk}/refused/")
    assert refused["Content-Disposition"] == 'attachment; filename="letters.refused.csv"'
    mended = b"".join(refused.streaming_content).replace(b"1950-02-31", b"1950-02-28")
    again = worked(handed_in(may_download, file(name="letters.refused.csv", content=mended)))

    assert client.get(f"{LIST}{again}/").json()["state"] == "done"
    assert Document.objects.count() == 2
    assert "came in" in problem(may_download.get(f"{LIST}{again}/refused/"), 404)


def test_cancelled_accession_is_retried(client):
    pk = handed_in(client, file())["id"]

    assert client.post(f"{LIST}{pk}/cancel/").json()["accession"]["cancel_requested"]
    verbs.run(pk)
    assert client.get(f"{LIST}{pk}/").json()["state"] == "cancelled"
    assert "Nothing was cancelled" in problem(client.post(f"{LIST}{pk}/cancel/"), 409)
    assert client.post(f"{LIST}{pk}/retry/").json()["count"] == 1
    verbs.run(pk)
    assert client.get(f"{LIST}{pk}/").json()["state"] == "done"
    assert "nothing to retry" in problem(client.post(f"{LIST}{pk}/retry/"), 409)


def test_undo_is_foreseen_and_done(client):
    pk = worked(handed_in(client, file()))

    foreseen = client.get(f"{LIST}{pk}/undo/").json()
    assert foreseen["total"] == 1
    assert foreseen["documents"][0]["outcome"] == "deleted"
    assert Document.objects.exists()
    begun = client.post(f"{LIST}{pk}/undo/")
    assert (begun.status_code, begun.json()["undo"]["state"]) == (202, "queued")
    problem(client.post(f"{LIST}{pk}/undo/"), 409)
    jobs.run(Job.objects.get().pk)

    assert not Document.objects.exists()
    accession = client.get(f"{LIST}{pk}/").json()
    assert (accession["state"], accession["undo"]["done"]) == ("undone", 1)


def test_same_request_with_the_same_key_is_taken_once(client):
    first = handed_in(client, file(), key="monday-1")

    again = handed_in(client, file(), key="monday-1", status=200)

    assert again["id"] == first["id"]
    assert Accession.objects.count() == 1
    other = client.post(LIST, {"file": file(ROSHCHIN)}, headers={"Idempotency-Key": "monday-1"})
    assert "another request" in problem(other, 422)
    worked(handed_in(client, file(), key="monday-2"))
    assert Accession.objects.count() == 2


def test_keys_of_two_users_have_nothing_to_do_with_each_other(client):
    handed_in(client, file(), key="1")

    handed_in(a_client("add_accession", *VIEWING, name="other"), file(), key="1")

    assert Accession.objects.count() == 2


@pytest.mark.parametrize("path", ["", "1/", "1/files/", "1/items/", "1/report/", "1/refused/", "1/undo/"])
def test_nobody_and_who_may_not_are_sent_away(path):
    nobody = APIClient()
    stranger = a_client(name="stranger")

    assert nobody.get(LIST + path)["WWW-Authenticate"] == "Bearer"
    problem(nobody.get(LIST + path), 401)
    problem(stranger.get(LIST + path), 403)
    assert nobody.get(LIST + path)["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in nobody.get(LIST + path)


@pytest.mark.parametrize("verb", ["cancel", "retry", "take-in", "discard", "undo"])
def test_who_may_only_see_changes_nothing(client, verb):
    pk = handed_in(client, file())["id"]
    viewer = a_client(*VIEWING, name="viewer")

    assert viewer.get(f"{LIST}{pk}/").status_code == 200
    problem(viewer.post(f"{LIST}{pk}/{verb}/"), 403)
    problem(APIClient().post(f"{LIST}{pk}/{verb}/"), 401)
    problem(client.get(f"{LIST}{pk}/{verb}/"), 405) if verb != "undo" else None


def test_who_may_not_hand_in_or_publish_is_told_so(client):
    problem(a_client(*VIEWING, name="viewer").post(LIST, {"file": file()}), 403)
    assert "publish" in problem(client.post(LIST, {"file": file(), "publish": "true"}), 403)
    assert not Accession.objects.exists()


def test_session_of_a_browser_needs_its_csrf_token():
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(a_user("add_accession", *VIEWING))

    assert browser.get(LIST).status_code == 200
    assert "CSRF" in problem(browser.post(LIST, {"file": file()}), 403)


def test_wrong_token_is_refused():
    problem(APIClient(headers={"Authorization": "Bearer nonsense"}).get(LIST), 401)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "file"),
        ({"file": file, "publsh": "true"}, "publsh"),
        ({"file": file, "dry_run": "perhaps"}, "dry_run"),
        ({"file": file, "dry_run": "true", "publish": "true"}, "publish"),
        ({"file": file, "collection": "nowhere"}, "collection"),
        ({"file": file, "collection": "a\x00b"}, "collection"),
        ({"file": file, "mapping": "nothing"}, "mapping"),
        ({"files": file}, "files"),
    ],
)
def test_wrong_fields_are_named_and_nothing_is_taken(client, fields, name):
    sent = {key: value() if callable(value) else value for key, value in fields.items()}

    answer = client.post(LIST, sent)

    problem(answer, 400)
    assert name in [each["parameter"] for each in answer.json()["errors"]]
    assert not Accession.objects.exists()


def test_too_many_files_and_other_bodies_are_problems(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2

    assert "number of files" in problem(client.post(LIST, {"file": [file(), file(), file()]}), 400)
    problem(client.post(LIST, {"file": "x"}, format="json"), 415)
    broken = client.post(LIST, b"nonsense", content_type="multipart/form-data; boundary=x")
    problem(broken, 400)
    problem(client.post(LIST, {"file": file()}, headers={"Idempotency-Key": "a b"}), 400)


def test_file_over_the_limit_is_stopped_on_its_way(client, settings):
    settings.FONDS = {**settings.FONDS, "SOURCE_LIMIT": 100_000, "CONTAINER_SIZE": 200_000}
    read = []

    class Sparse(io.BytesIO):
        name = "huge.txt"

        def read(self, size: int = -1) -> bytes:
            read.append(size)
            return super().read(size)

    assert "huge.txt has more than 100,000 bytes" in problem(client.post(LIST, {"file": Sparse(b"x" * 300_000)}), 413)
    assert "more than 200,000 bytes" in problem(
        client.post(LIST, {"file": file(name="huge.zip", content=b"PK" + b"x" * 300_000)}), 413
    )
    too_large_after_all = client.post(LIST, {"file": file(name="huge.txt", content=b"PK" + b"x" * 150_000)})
    assert "at most 100,000" in problem(too_large_after_all, 413)
    assert not Accession.objects.exists()


def test_bad_file_is_refused_and_its_neighbour_comes_in(client):
    pk = worked(handed_in(client, file(), file(name="empty.txt", content=b""), file(name="x.bin", content=b"\x00\x01")))

    assert client.get(f"{LIST}{pk}/").json()["state"] == "done_with_errors"
    assert [each["outcome"] for each in lines(client.get(f"{LIST}{pk}/report/"))] == ["created", "refused", "refused"]


def test_lists_come_in_pages_and_are_narrowed(client):
    first, second = (worked(handed_in(client, file(path))) for path in (FILIPPOV, ROSHCHIN))
    third = handed_in(client, file())["id"]

    page = client.get(f"{LIST}?page_size=2").json()
    assert [each["id"] for each in page["results"]] == [third, second]
    rest = client.get(page["next"].removeprefix("https://archive.example.org")).json()
    assert [each["id"] for each in rest["results"]] == [first]
    assert [each["id"] for each in client.get(f"{LIST}?state=queued").json()["results"]] == [third]
    problem(client.get(f"{LIST}?state=lost"), 400)
    problem(client.get(f"{LIST}?stat=done"), 400)
    problem(client.get(f"{LIST}99999/"), 404)


def test_answers_match_the_schema(client, schema):  # noqa: F811
    Collection.objects.create(slug="korea", title="Korea")
    begun = client.post(LIST, {"file": [file(), file(name="x.bin", content=b"\x00")], "collection": "korea"})
    pk = worked(begun.json())
    client.post(f"{LIST}{pk}/undo/")

    assert faults(schema, LIST, begun, "202", verb="post") == []
    for path, address in (
        ("/api/accessions/", LIST),
        ("/api/accessions/{id}/", f"{LIST}{pk}/"),
        ("/api/accessions/{id}/files/", f"{LIST}{pk}/files/"),
        ("/api/accessions/{id}/items/", f"{LIST}{pk}/items/"),
        ("/api/accessions/{id}/undo/", f"{LIST}{pk}/undo/"),
    ):
        assert faults(schema, path, client.get(address)) == []
    assert faults(schema, "/api/accessions/{id}/cancel/", client.post(f"{LIST}{pk}/cancel/"), "409", verb="post") == []
