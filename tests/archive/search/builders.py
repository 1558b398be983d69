"""Small builders of documents, straight through the models."""

from archive.models import Agent, AgentName, ArchivalReference, Contribution, DocumentNumber
from archive.search import building
from tests.builders import a_document
from tests.builders import published as publish

BODY = """In addition to my No. 2406, Mao Zedong went on to say:

The Chinese have the absolute obligation to send troops to Korea. We hope to see   air cover
as soon as possible, but not later than in two months."""


def telegram(identifier="110692", *, published=True, body=BODY, language="en", **fields):
    """A telegram with a text, a number, a reference, a sender and an addressee."""
    fields = {
        "title": "Ciphered telegram, Roshchin to Filippov [Stalin]",
        "date": "1950-10-13",
        "date_verbatim": "October 13, 1950",
        "date_earliest": "1950-10-13",
        "date_latest": "1950-10-13",
        "summary": "Message relaying the rationale for Mao's reversal, and on an armistice.",
        "summary_language": "en",
        "original_language": "ru",
        **fields,
    }
    document = a_document(identifier, body=body, language=language, **fields)
    DocumentNumber.objects.create(document=document, kind="telegram", value="25629")
    ArchivalReference.objects.create(
        document=document,
        repository="AVP RF",
        fond="059a",
        opis="5a",
        listy="118",
        verbatim="AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, List 118",
    )
    for order, (role, name, written) in enumerate(
        [("sender", "Roshchin, Nikolai", "Roshchin"), ("addressee", "Stalin, Joseph", "Filippov")]
    ):
        agent, _ = Agent.objects.get_or_create(name=name, defaults={"kind": "person"})
        AgentName.objects.get_or_create(agent=agent, value=written)
        Contribution.objects.create(document=document, agent=agent, order=order, role=role, as_written=written)
    return publish(document) if published else document


def index_everything():
    """Build a whole new index, as ``manage.py reindex`` does."""
    return building.go_on(building.begin(anew=True))
