"""No request whatever is answered with a 500, or with what the strict schema refuses."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from archive.models import Collection
from tests.harvest.answers import Answer
from tests.harvest.builders import NOON, record, records, withdraw
from tests.harvest.provider.fuzz import Requests

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
FUZZ_REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "50000"))
SEED = int(os.environ.get("FUZZ_SEED", "7"))


@pytest.fixture
def requests(settings):
    """Requests to a repository of nine records on pages of three, in sets on pages of three."""
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 3, "OAI_SETS_WITHOUT_DELETED": ("live",)}
    sets = [
        Collection.objects.create(slug=f"c{n}", title=f"<C> & \x01{n}", description="\x02 of\x0c") for n in range(4)
    ]
    records(8, collections=sets, title="Те\x0bлеграмма & <title>", date="1951-06-01", rights_uri="http://x.org/a?b&c")
    withdraw(record("gone", collections=sets[:1]), at=NOON + timedelta(days=1))
    return Requests(
        SEED,
        [f"oai:archive.example.org:{each}" for each in ("d000", "d001", "gone", "never")],
        ["collection:c0", "collection:c3", "live", "collection:none"],
    )


def answered(client, requests: Requests, count: int, schema) -> set[str]:
    """The codes of all answers, "" for one without an error, after a look at each."""
    codes: set[str] = set()
    for query in requests.queries(count):
        codes.update(one(client, requests, query, schema))
        del requests.tokens[:-50]
    return codes


def one(client, requests: Requests, query: str, schema) -> list[str]:
    """The codes of one answer."""
    accept = requests.accept()
    headers = {} if accept is None else {"Accept": accept}
    if requests.chance.random() < 0.2:
        response = client.generic("POST", "/oai", query, content_type=FORM, headers=headers)
    else:
        response = client.get("/oai", QUERY_STRING=query, headers=headers)
    assert response.status_code in {200, 302}, query
    if not response["Content-Type"].startswith("text/xml"):
        return ["page"]
    answer = Answer.of(response.content, schema)
    if answer.next:
        requests.tokens.append(answer.token.text)
    return answer.errors or [""]


#: What a good mixture of requests meets; noMetadataFormats and noSetHierarchy need another repository.
MET = {
    "", "page", "badArgument", "badVerb", "badResumptionToken", "cannotDisseminateFormat", "idDoesNotExist",
    "noRecordsMatch",
}  # fmt: skip


def test_any_request_is_answered_validly(client, requests, schema):
    assert answered(client, requests, 600, schema) == MET


@pytest.mark.soak
def test_fifty_thousand_requests_are_answered_validly(client, requests, schema):
    assert answered(client, requests, FUZZ_REQUESTS, schema) == MET
