"""What is new is described and remembered from the rows that were inserted; read back, it has to say the same."""

import json

import pytest

from archive import finding, history
from archive.accession import Arrival, enter_all
from archive.description import describe, describe_new
from archive.history.contents import snapshots_of_new
from archive.inserting import New
from archive.models import Agent, Collection, Document, Finding, Readiness, Revision
from archive.readers import drafts_of
from archive.readiness import assess, assess_new
from tests.sources import FILIPPOV, ROSHCHIN, SOURCES, altered, an_accession_source, source

pytestmark = pytest.mark.django_db

#: One source of each kind of document: telegrams, a letter with places, rows of a table with statements and dates.
NEW = [ROSHCHIN, FILIPPOV, *sorted((SOURCES / "tei").glob("*.xml"))[:3], *sorted((SOURCES / "table").glob("*.csv"))]


@pytest.fixture
def new() -> New:
    """Documents of several kinds as they have just been entered, in a collection."""
    arrivals = []
    for path in NEW:
        given = source(path)
        row = an_accession_source(given)
        arrivals += [Arrival(draft, row) for draft in drafts_of(given)[1] if hasattr(draft, "segments")]
    found: list[New] = []
    enter_all(arrivals, collection=Collection.objects.create(slug="telegrams", title="Telegrams"), on_new=found.append)
    [new] = found
    assert len(new.rows) > 5
    return new


def keys_of(new):
    return [row["id"] for row in new.rows]


def test_history_begins_with_what_would_be_read(new):
    told, read = snapshots_of_new(new), history.snapshots(keys_of(new))

    assert json.dumps(told, sort_keys=True) == json.dumps(read, sort_keys=True)
    assert {each.document_id: each.contents for each in Revision.objects.all()} == told


def test_nothing_is_different_at_the_next_look(new):
    assert history.record(keys_of(new), act=history.EDITED) == {}


def test_description_says_what_would_be_read(new):
    assert describe_new(new) == describe(keys_of(new), with_sets=False)


def test_documents_are_found_by_the_words_that_would_be_read(new):
    before = dict(Finding.objects.values_list("document", "words"))
    finding.note(keys_of(new))

    assert before == dict(Finding.objects.values_list("document", "words"))
    assert set(before) == set(keys_of(new))


def test_what_lacks_is_what_would_be_read(new):
    assess_new(new)
    before = sorted(Readiness.objects.values_list("document", "profile", "ready", "lacking"))
    assess(keys_of(new))

    assert before == sorted(Readiness.objects.values_list("document", "profile", "ready", "lacking"))


def test_document_that_is_there_already_is_not_new(new):
    again = altered(FILIPPOV, ("**Summary:**", "**Summary:**\n\nIn other words."))
    found: list[New] = []
    [draft] = drafts_of(again)[1]
    enter_all([Arrival(draft, an_accession_source(again))], on_new=found.append)

    assert found == []


def test_keys_that_were_reserved_are_not_given_again(new):
    document = Document.objects.create(title="By hand")

    assert document.pk > max(keys_of(new))
    assert Agent.objects.create(name="By hand").pk
