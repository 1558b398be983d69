"""Every error of the protocol, in its place, and the faults and crashes of stock pyoai that must not be here."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.core import signing

from archive.models import Collection
from harvest.provider import queries, tokens
from tests.harvest.builders import NOON, document, record, withdraw

pytestmark = pytest.mark.django_db

LIST = "verb=ListRecords&metadataPrefix=oai_dc"
GET = "verb=GetRecord&metadataPrefix=oai_dc&identifier="
HELD = "oai:archive.example.org:110692"

BAD_VERB = [
    "",
    "nonsense",
    "verb",
    "verb=",
    "verb=Nonsense",
    "verb=identify",
    "verb=Identify&verb=Identify",
    "verb=Identify&verb=ListSets",
    f"verb=GetMetadata&metadataPrefix=oai_dc&identifier={HELD}",
    "verb=%00",
    "verb=%3Cscript%3E",
]

BAD_ARGUMENT = [
    "verb=Identify&metadataPrefix=oai_dc",
    "verb=Identify&nonsense=1",
    "verb=Identify&resumptionToken=x",
    "verb=Identify&%00=1",
    "verb=ListSets&set=collection:korea",
    "verb=ListMetadataFormats&metadataPrefix=oai_dc",
    "verb=ListMetadataFormats&resumptionToken=x",
    "verb=ListMetadataFormats&identifier=",
    "verb=ListMetadataFormats&identifier=no%20uri",
    "verb=ListRecords",
    "verb=ListIdentifiers",
    "verb=ListIdentifiers&from=2020-01-01",
    "verb=GetRecord",
    "verb=GetRecord&metadataPrefix=oai_dc",
    f"verb=GetRecord&identifier={HELD}",
    f"{GET}{HELD}&set=collection:korea",
    f"{GET}{HELD}&from_=2020-01-01",
    f"{GET}invalid%22id",
    f"{GET}{HELD}%00",
    f"{GET}{HELD}%0A",
    f"{GET}http://example.org:port/",
    f"{GET}http://[x",
    f"{GET}oai:%25zz",
    f"{GET}oai:%EF%BF%BF",
    f"{GET}{HELD}&identifier={HELD}",
    f"{LIST}&metadataPrefix=oai_dc",
    f"{LIST}&set=",
    f"{LIST}&set=collection:",
    f"{LIST}&set=two%20words",
    f"{LIST}&set=%D1%81%D0%B5%D1%82",
    f"{LIST}&from_=2020-01-01",
    f"{LIST}&cursor=5",
    f"{LIST}&from=",
    f"{LIST}&from=junk",
    f"{LIST}&until=junk",
    f"{LIST}&from=2020-1-1",
    f"{LIST}&from=2020-02-30",
    f"{LIST}&from=2020-01-01T25:00:00Z",
    f"{LIST}&from=2020-01-01T12:00:00",
    f"{LIST}&from=2020-01-01T12:00:00.5Z",
    f"{LIST}&from=2020-01-01T12:00Z",
    f"{LIST}&from=0000-01-01",
    f"{LIST}&from=%D9%A2%D9%A0%D9%A2%D9%A0-01-01",
    f"{LIST}&from=2020-01-01&from=2020-01-01",
    f"{LIST}&from=2021-01-01&until=2020-01-01",
    f"{LIST}&from=2020-01-01T12:00:01Z&until=2020-01-01T12:00:00Z",
    f"{LIST}&from=2020-01-01&until=2020-12-31T00:00:00Z",
    f"{LIST}&from=2020-01-01T00:00:00Z&until=2020-12-31",
    "verb=ListRecords&metadataPrefix=",
    "verb=ListRecords&metadataPrefix=oai%00dc",
    "verb=ListRecords&metadataPrefix=oai%0Bdc",
    "verb=ListIdentifiers&metadataPrefix=oai%20dc",
    "verb=ListRecords&resumptionToken=x&resumptionToken=x",
    "verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc",
    "verb=ListRecords&resumptionToken=x&until=2020-01-01",
]


@pytest.mark.parametrize("query", BAD_VERB)
def test_verb_that_is_none_is_refused_without_repeating_the_request(ask, query):
    answer = ask(query)

    assert answer.errors == ["badVerb"]
    assert answer.request == {}


@pytest.mark.parametrize("query", BAD_ARGUMENT)
def test_argument_that_is_wrong_is_refused_without_repeating_the_request(ask, query):
    record("110692")

    answer = ask(query)

    assert set(answer.errors) == {"badArgument"}
    assert answer.request == {}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListIdentifiers&metadataPrefix=marc", "cannotDisseminateFormat"),
        (f"verb=GetRecord&metadataPrefix=marc&identifier={HELD}", "cannotDisseminateFormat"),
        (f"{GET}oai:archive.example.org:1", "idDoesNotExist"),
        (f"{GET}oai:elsewhere.example.org:110692", "idDoesNotExist"),
        (f"{GET}110692:", "badArgument"),
        (f"{GET}http://archive.example.org/documents/110692", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:archive.example.org:1", "idDoesNotExist"),
        (f"{LIST}&until=2019-12-31", "noRecordsMatch"),
        (f"{LIST}&from=2999-01-01", "noRecordsMatch"),
        (f"{LIST}&from=0001-01-01&until=0001-01-01", "noRecordsMatch"),
        (f"{LIST}&from=9999-12-31T23:59:59Z", "noRecordsMatch"),
        ("verb=ListIdentifiers&metadataPrefix=oai_dc&until=2019-12-31", "noRecordsMatch"),
        ("verb=ListSets", "noSetHierarchy"),
        (f"{LIST}&set=collection:korea", "noSetHierarchy"),
    ],
)
def test_what_is_not_there_is_said_with_its_code(ask, query, code):
    record("110692")

    assert ask(query).errors == [code]


def test_set_that_does_not_exist_matches_no_records(ask):
    record("110692", collections=[Collection.objects.create(slug="korea", title="Korea")])

    assert ask(f"{LIST}&set=collection:china").errors == ["noRecordsMatch"]


def test_error_about_something_absent_repeats_the_request(ask):
    answer = ask("verb=ListRecords&metadataPrefix=oai_dc&until=2020-01-01")

    assert answer.request == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2020-01-01"}
    assert answer.text("//oai:request") == "https://archive.example.org/oai"


def test_everything_wrong_with_a_request_is_said_at_once(ask):
    answer = ask("verb=ListRecords&nonsense=1&from=2020-01-01&from=2020-01-02&set=a")

    assert answer.errors == ["badArgument"] * 3
    assert "nonsense" in answer.texts("//oai:error")[0]
    assert "from is repeated" in answer.texts("//oai:error")[1]
    assert "needs the argument metadataPrefix" in answer.texts("//oai:error")[2]


def test_both_ends_of_a_window_are_looked_at(ask):
    assert ask(f"{LIST}&from=junk&until=2020-1-1").errors == ["badArgument"] * 2


def test_unknown_item_in_an_unknown_format_is_wrong_twice(ask):
    answer = ask("verb=GetRecord&metadataPrefix=marc&identifier=oai:archive.example.org:1")

    assert answer.errors == ["idDoesNotExist", "cannotDisseminateFormat"]


def test_message_repeats_no_more_than_a_little_of_what_was_sent(ask):
    answer = ask(f"{LIST}&from={'9' * 10_000}")

    assert len(answer.text("//oai:error")) < 300


def test_item_that_is_public_in_no_metadata_format_has_none(ask):
    held = record("110692")
    held.representations.exclude(format="oai_dc").delete()
    held.representations.update(format="manifest")

    assert ask(f"verb=ListMetadataFormats&identifier={HELD}").errors == ["noMetadataFormats"]
    assert ask(f"{GET}{HELD}").errors == ["cannotDisseminateFormat"]


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_document_that_is_not_public_does_not_exist_by_any_verb(ask, state):
    document("110692", state=state, published_at=None)

    assert ask(f"{GET}{HELD}").errors == ["idDoesNotExist"]
    assert ask(f"verb=ListMetadataFormats&identifier={HELD}").errors == ["idDoesNotExist"]
    assert ask(LIST).errors == ["noRecordsMatch"]
    assert ask("verb=ListIdentifiers&metadataPrefix=oai_dc").errors == ["noRecordsMatch"]
    assert "110692" not in ask("verb=Identify").texts("//*[local-name()='sampleIdentifier']")[0]


def test_withdrawn_item_still_has_its_formats(ask):
    withdraw(record("110692"), at=NOON)

    assert ask(f"verb=ListMetadataFormats&identifier={HELD}").texts("//oai:metadataPrefix")[0] == "oai_dc"


def signed(*payload: object, salt: str = tokens.SALT) -> str:
    """A token with a good signature, whatever is in it."""
    return quote(signing.dumps(list(payload), salt=salt))


AT = NOON.isoformat()

BAD_TOKENS = {
    "empty": "",
    "invented": "junk",
    "of stock pyoai": "metadataPrefix%3Doai_dc%26cursor%3D10",
    "of stock pyoai, negative": "metadataPrefix%3Doai_dc%26cursor%3D-5",
    "of stock pyoai, cursor alone": "cursor%3D5",
    "of stock pyoai, unknown key": "metadataPrefix%3Doai_dc%26cursor%3D5%26nonsense%3D1",
    "of stock pyoai, no datestamp": "metadataPrefix%3Doai_dc%26cursor%3D5%26from_%3Dxx",
    "not ASCII": "%D1%82%D0%BE%D0%BA%D0%B5%D0%BD",
    "not UTF-8": "%FF%FE",
    "colons": ":::",
    "long": "a" * 100_000,
    "signed for something else": signed("ListRecords", "oai_dc", "", None, None, AT, 1, 10, 25, salt="elsewhere"),
    "of another verb": signed("ListIdentifiers", "oai_dc", "", None, None, AT, 1, 10, 25),
    "of another version, shorter": signed("ListRecords", "oai_dc"),
    "of another version, no time": signed("ListRecords", "oai_dc", "", None, None, None, 1, 10, 25),
    "of another version, no number": signed("ListRecords", "oai_dc", "", None, None, AT, "x", 10, 25),
    "of a format that is gone": signed("ListRecords", "marc", "", None, None, AT, 1, 10, 25),
}


@pytest.mark.parametrize("token", BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_bad_token_is_called_a_bad_token(ask, token):
    assert ask(f"verb=ListRecords&resumptionToken={token}").errors == ["badResumptionToken"]


def test_token_with_a_control_character_is_bad_and_cannot_be_repeated(ask):
    answer = ask("verb=ListRecords&resumptionToken=a%00b")

    assert answer.errors == ["badArgument", "badResumptionToken"]
    assert answer.request == {}


def test_sets_know_no_tokens(ask):
    Collection.objects.create(slug="korea", title="Korea")

    assert ask("verb=ListSets&resumptionToken=junk").errors == ["badResumptionToken"]


def test_query_of_strange_bytes_is_answered():
    from harvest.provider.server import Provider

    for query in (b"verb=\xff\xfe", b"verb=ListRecords&\xff=\xff", b"%=%&verb=%%", b"&&==&"):
        assert b"<error" in Provider().handleRequest(queries.read(query)).body


def test_letters_that_were_not_escaped_are_shown_as_they_were_sent(client):
    sent = "verb=é中".encode().decode("iso-8859-1")  # as WSGI tells bytes

    assert "é中" in client.get("/oai", QUERY_STRING=sent).content.decode()


def test_bytes_of_no_charset_are_answered(client):
    assert b"badVerb" in client.get("/oai", QUERY_STRING="verb=\xff\xfe").content
    assert b"badVerb" in client.post("/oai", b"verb=\xff", content_type="application/x-www-form-urlencoded").content


def test_form_of_an_argument_is_judged_beside_arguments_that_are_out_of_place(ask):
    answer = ask(
        "verb=ListRecords&from=2020-1-1&set=a:&nonsense=1&metadataPrefix=marc&until=2020-01-01&until=2020-01-02"
    )

    assert answer.errors == ["badArgument"] * 4 + ["cannotDisseminateFormat"]
