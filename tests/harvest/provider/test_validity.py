"""Answers against the strict schema, which also looks into the metadata."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.models import Agent, Collection
from harvest.provider.server import Provider
from tests.harvest.answers import Answer
from tests.harvest.builders import NOON, document, record, render, withdraw

pytestmark = pytest.mark.django_db

HELD = "oai:archive.example.org:110692"


@pytest.mark.parametrize(
    "query",
    [
        "verb=Identify",
        "verb=ListMetadataFormats",
        f"verb=ListMetadataFormats&identifier={HELD}",
        "verb=ListSets",
        "verb=ListIdentifiers&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=oai_dc&set=collection:korea&from=2020-01-01&until=2020-01-01",
        f"verb=GetRecord&metadataPrefix=oai_dc&identifier={HELD}",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:withdrawn",
        "verb=ListRecords&metadataPrefix=nonsense",
        "verb=Nonsense",
    ],
)
def test_answer_is_valid(client, schema, settings, query):
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 1}
    korea = Collection.objects.create(slug="korea", title="Korea", description="Telegrams\x01 & letters")
    made = document("110692", collections=[korea], title="\x1aТелеграмма & <Филиппов>\x01", title_language="ru")
    stalin = Agent.objects.create(name="Stalin, \ufffe\x0bIosif")
    made.contributions.create(agent=stalin, role="sender", as_written="Filippov")
    render(made)
    withdraw(record("withdrawn", collections=[korea]), at=NOON)

    answer = Answer.of(client.get(f"/oai?{query}").content, schema)
    if answer.next:
        Answer.of(client.get(f"/oai?{query.split('&')[0]}&{answer.next}").content, schema)


VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["oai_dc", "marc", HELD, "oai:x", "urn:a#b", "a:b:c", "http://u@h:1/?q#f", "collection:korea", "2020-01-01"]
    ),
    st.from_regex(r"[a-z]+:[!-~]{1,12}", fullmatch=True),
)
NAMES = st.sampled_from(["identifier", "metadataPrefix", "from", "until", "set", "resumptionToken", "nonsense"])
VERBS = st.sampled_from(["Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords", "GetRecord"])


@given(verb=VERBS, arguments=st.lists(st.tuples(NAMES, VALUES), max_size=4))
@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_request_gets_a_valid_answer(schema, verb, arguments):
    from urllib.parse import urlencode

    from harvest.provider import queries

    query = urlencode([("verb", verb), *arguments], errors="replace")

    Answer.of(Provider().handleRequest(queries.read(query)).body, schema)
