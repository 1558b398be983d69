"""The known faults and crashes of stock pyoai, by their numbers in docs/adr/0002-pyoai-release-line.md.

What they cost a harvester is tested at length beside this table; here they are seen to be absent one by one, and
no number can be forgotten.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from archive.models import Collection
from tests.harvest.answers import Answer
from tests.harvest.builders import NOON, record, records, withdraw

pytestmark = pytest.mark.django_db

GET = "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:"
LIST = "verb=ListRecords&metadataPrefix=oai_dc"

#: For each, a query and an XPath that the answer must satisfy. ``{second}`` and ``{third}`` are tokens.
FAULTS = {
    "1 empty token": (
        "verb=ListRecords&{third}",
        "//oai:resumptionToken[not(node())][@cursor='20'][@completeListSize='26']",
    ),
    "2 attributes of the token": (
        LIST,
        "//oai:resumptionToken[@expirationDate][@cursor='0'][@completeListSize='26']",
    ),
    "3 about": (LIST, "//oai:about/*[local-name()='rights']/*[starts-with(@ref, 'https://creativecommons.org/')]"),
    "3 about, one record": (f"{GET}d000", "//oai:record/oai:metadata/following-sibling::oai:about"),
    "3 about, nothing of what is deleted": (f"{GET}gone", "//oai:record[not(oai:about)]/oai:header[@status='deleted']"),
    "4 setDescription": ("verb=ListSets", "//oai:setDescription/oai_dc:dc/dc:description"),
    "5 schemaLocation": (
        LIST,
        "//oai_dc:dc[starts-with(@*[local-name()='schemaLocation'], 'http://www.openarchives.org/OAI/2.0/oai_dc/ ')]",
    ),
    "6 dates as they came": (f"{LIST}&until=2020-01-01", "//oai:request[@until='2020-01-01']"),
    "7 request beside an error": (f"{LIST}&until=2019-01-01", "//oai:request[@verb][@metadataPrefix][@until]"),
    "8 day granularity": (f"{LIST}&from=2020-01-01&until=2020-01-01", "count(//oai:record) = 10"),
    "8 datestamps to the second all the same": (
        f"{LIST}&from=2020-01-01",
        "not(//oai:header/oai:datestamp[string-length() != 20])",
    ),
    "13 token at the end": ("verb=ListRecords&{third}", "count(//oai:record) = 6"),
    "14 GetMetadata": ("verb=GetMetadata", "//oai:error[@code='badVerb']"),
    "15 token not to be read at sight": (LIST, "not(contains(//oai:resumptionToken, 'oai_dc'))"),
    "15 token bound to its verb": ("verb=ListIdentifiers&{second}", "//oai:error[@code='badResumptionToken']"),
    "15 token does not tell the size of a batch": (LIST, "not(contains(//oai:resumptionToken, 'batch'))"),
    "15 token says when it ends": (LIST, "//oai:resumptionToken[string-length(@expirationDate) = 20]"),
    "17 toolkit": ("verb=Identify", "not(//*[local-name()='toolkit'])"),
}

#: For each, a query and the code that answers it.
ERRORS = {
    "fault 9": (f"{LIST}&from=2021-01-01&until=2020-01-01", "badArgument"),
    "fault 10": (f"{LIST}&from=2020-1-1", "badArgument"),
    "fault 11": (f"{LIST}&metadataPrefix=oai_dc", "badArgument"),
    "fault 11, dates": (f"{LIST}&from=2020-01-01&from=2020-01-02", "badArgument"),
    "fault 11, verb": ("verb=Identify&verb=ListSets", "badVerb"),
    "fault 12": ("verb=ListIdentifiers&metadataPrefix=nonsense", "cannotDisseminateFormat"),
    "fault 12, nothing alive": (
        "verb=ListRecords&metadataPrefix=nonsense&until=2019-01-01",
        "cannotDisseminateFormat",
    ),
    "fault 13": ("verb=ListRecords&resumptionToken=metadataPrefix%3Doai_dc%26cursor%3D9999", "badResumptionToken"),
    "fault 13, negative": (
        "verb=ListRecords&resumptionToken=metadataPrefix%3Doai_dc%26cursor%3D-5",
        "badResumptionToken",
    ),
    "fault 15": (
        "verb=ListRecords&resumptionToken=%22metadataPrefix%3Doai_dc%26batch_size%3D10%22",
        "badResumptionToken",
    ),
    "crash 1, without arguments": ("verb=GetMetadata", "badVerb"),
    "crash 1": ("verb=GetMetadata&metadataPrefix=oai_dc&identifier=oai:archive.example.org:d000", "badVerb"),
    "crash 2": ("verb=ListRecords&resumptionToken=cursor%3D5", "badResumptionToken"),
    "crash 3": (
        "verb=ListRecords&resumptionToken=metadataPrefix%3Doai_dc%26cursor%3D5%26a%3D1",
        "badResumptionToken",
    ),
    "crash 4": (
        "verb=ListRecords&resumptionToken=metadataPrefix%3Doai_dc%26cursor%3D5%26from_%3Dxx",
        "badResumptionToken",
    ),
    "crash 5, other verbs": ("verb=ListIdentifiers&metadataPrefix=%1F", "badArgument"),
    "crash 5, a set": (f"{LIST}&set=%0B", "badArgument"),
    "crash 5": ("verb=ListRecords&metadataPrefix=oai%00dc", "badArgument"),
    "crash 6, formats": ("verb=ListMetadataFormats&identifier=oai:a%00", "badArgument"),
    "crash 6": ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:a%0Bb", "badArgument"),
}


@pytest.fixture(scope="module")
def records_for_all(lasting):
    """26 records, in a set whose name and description XML cannot carry (crash 7)."""
    korea = Collection.objects.create(slug="korea", title="Ko\x01rea", description="Tele\x0cgrams")
    records(25, collections=[korea])
    withdraw(record("gone"), at=NOON + timedelta(hours=1))


@pytest.fixture
def repository(records_for_all, settings):
    """The same on three pages."""
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 10}


@pytest.mark.parametrize(("query", "path"), FAULTS.values(), ids=FAULTS)
def test_fault_is_not_here(ask, repository, query, path):
    second = ask(LIST)
    third = ask(f"verb=ListRecords&{second.next}")

    assert ask(query.format(second=second.next, third=third.next)).all(path)


@pytest.mark.parametrize(("query", "code"), ERRORS.values(), ids=ERRORS)
def test_mistake_is_answered_with_its_code(ask, repository, query, code):
    assert ask(query).errors == [code]


def test_crash_7_name_of_a_set_is_fit_for_xml(ask, repository):
    answer = ask("verb=ListSets")

    assert answer.texts("//oai:setName") == ["Korea"]
    assert answer.texts("//dc:description") == ["Telegrams"]


@pytest.mark.parametrize("accept", ["*/*", "text/xml", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_fault_16_there_is_an_http_layer(client, repository, method, accept):
    form = "application/x-www-form-urlencoded"
    given = {"data": LIST, "content_type": form} if method == "POST" else {"QUERY_STRING": LIST}
    response = client.generic(method, "/oai", headers={"Accept": accept}, **given)

    assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert len(Answer.of(response.content).identifiers) == 10


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        (f"{LIST}&from=junk&until=junk&set=two%20words", ["badArgument"] * 3),
        (f"{LIST}&from=2020-01-01&from=2020-01-01&nonsense=1", ["badArgument"] * 2),
        ("verb=GetRecord", ["badArgument"] * 2),
        ("verb=ListRecords&metadataPrefix=marc&from=2020-1-1", ["badArgument", "cannotDisseminateFormat"]),
        ("verb=ListRecords&resumptionToken=%00", ["badArgument", "badResumptionToken"]),
        (
            "verb=GetRecord&metadataPrefix=marc&identifier=oai:archive.example.org:none",
            ["idDoesNotExist", "cannotDisseminateFormat"],
        ),
    ],
)
def test_several_mistakes_are_all_told_at_once(ask, repository, query, codes):
    assert sorted(ask(query).errors) == sorted(codes)


def test_every_number_is_named():
    """By a row of the tables, or by the name of a test."""
    told = " ".join([*(f"fault {name}" for name in FAULTS), *ERRORS, *(name.replace("_", " ") for name in globals())])
    found = {(kind, int(number)) for kind, number in re.findall(r"(fault|crash) (\d+)", told)}

    assert found == {*(("fault", n) for n in range(1, 18)), *(("crash", n) for n in range(1, 8))}
