"""The known faults and crashes of stock pyoai, by their numbers in docs/adr/0002-pyoai-release-line.md.

What they cost a harvester is tested at length beside this table; here they are seen to be absent one by one.
Fault 16, that there is no HTTP layer, has test_http.py.
"""

from __future__ import annotations

import pytest

from archive.models import Collection
from tests.harvest.builders import records

pytestmark = pytest.mark.django_db

LIST = "verb=ListRecords&metadataPrefix=oai_dc"

#: For each, a query and an XPath that the answer must satisfy. ``{second}`` and ``{third}`` are tokens.
FAULTS = {
    "1 empty token": (
        "verb=ListRecords&{third}",
        "//oai:resumptionToken[not(node())][@cursor='20'][@completeListSize='25']",
    ),
    "2 attributes of the token": (
        LIST,
        "//oai:resumptionToken[@expirationDate][@cursor='0'][@completeListSize='25']",
    ),
    "4 setDescription": ("verb=ListSets", "//oai:setDescription/oai_dc:dc/dc:description"),
    "5 schemaLocation": (
        LIST,
        "//oai_dc:dc[starts-with(@*[local-name()='schemaLocation'], 'http://www.openarchives.org/OAI/2.0/oai_dc/ ')]",
    ),
    "6 dates as they came": (f"{LIST}&until=2020-01-01", "//oai:request[@until='2020-01-01']"),
    "7 request beside an error": (f"{LIST}&until=2019-01-01", "//oai:request[@verb][@metadataPrefix][@until]"),
    "8 day granularity": (f"{LIST}&from=2020-01-01&until=2020-01-01", "count(//oai:record) = 10"),
    "14 GetMetadata": ("verb=GetMetadata", "//oai:error[@code='badVerb']"),
    "15 token not to be read at sight": (LIST, "not(contains(//oai:resumptionToken, 'oai_dc'))"),
    "15 token bound to its verb": ("verb=ListIdentifiers&{second}", "//oai:error[@code='badResumptionToken']"),
    "17 toolkit": ("verb=Identify", "not(//*[local-name()='toolkit'])"),
}

#: For each, a query and the code that answers it.
ERRORS = {
    "fault 9": (f"{LIST}&from=2021-01-01&until=2020-01-01", "badArgument"),
    "fault 10": (f"{LIST}&from=2020-1-1", "badArgument"),
    "fault 11": (f"{LIST}&metadataPrefix=oai_dc", "badArgument"),
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
    "crash 5": ("verb=ListRecords&metadataPrefix=oai%00dc", "badArgument"),
    "crash 6": ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:a%0Bb", "badArgument"),
}


@pytest.fixture
def repository(settings):
    """25 records on three pages, in a set whose name XML cannot carry (crash 7)."""
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 10}
    records(25, collections=[Collection.objects.create(slug="korea", title="Ko\x01rea", description="Telegrams")])


@pytest.mark.parametrize(("query", "path"), FAULTS.values(), ids=FAULTS)
def test_fault_is_not_here(ask, repository, query, path):
    second = ask(LIST)
    third = ask(f"verb=ListRecords&{second.next}")

    assert ask(query.format(second=second.next, third=third.next)).all(path)


@pytest.mark.parametrize(("query", "code"), ERRORS.values(), ids=ERRORS)
def test_mistake_is_answered_with_its_code(ask, repository, query, code):
    assert ask(query).errors == [code]


def test_name_of_a_set_is_fit_for_xml(ask, repository):
    assert ask("verb=ListSets").texts("//oai:setName") == ["Korea"]
