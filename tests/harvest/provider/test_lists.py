"""Lists: paging, deletions, sets and windows of time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from archive import publication
from archive.models import Collection, Document, Representation
from tests.harvest.builders import NOON, record, records, render, withdraw

pytestmark = pytest.mark.django_db

LIST = "verb=ListRecords&metadataPrefix=oai_dc"
HEADERS = "verb=ListIdentifiers&metadataPrefix=oai_dc"
SECOND = timedelta(seconds=1)


@pytest.fixture
def small_pages(settings):
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 10}


def pages(ask, query: str) -> list:
    """Every page of a list."""
    verb = query.split("&")[0]
    got = [ask(query)]
    while got[-1].next:
        got.append(ask(f"{verb}&{got[-1].next}"))
    return got


@pytest.mark.parametrize("query", [LIST, HEADERS])
def test_pages_together_are_the_whole_list_each_record_once(ask, small_pages, query):
    identifiers = records(25)

    got = pages(ask, query)

    assert [len(each.identifiers) for each in got] == [10, 10, 5]
    assert [name for each in got for name in each.identifiers] == identifiers


def test_tokens_tell_size_cursor_and_last_day(ask, small_pages):
    records(25)

    tokens = [each.token for each in pages(ask, LIST)]

    assert [each.get("cursor") for each in tokens] == ["0", "10", "20"]
    assert {each.get("completeListSize") for each in tokens} == {"25"}
    assert tokens[0].get("expirationDate") > timezone.now().isoformat()
    assert not tokens[2].text
    assert tokens[2].get("expirationDate") is None


def test_list_of_exactly_one_page_has_no_token(ask, small_pages):
    records(10)

    assert ask(LIST).token is None


def test_list_of_exactly_two_pages_ends_with_an_empty_token(ask, small_pages):
    records(20)

    assert [len(each.identifiers) for each in pages(ask, LIST)] == [10, 10]


def test_same_token_gives_the_same_page_again(ask, small_pages):
    records(25)
    rest = ask(LIST).next

    assert ask(f"verb=ListRecords&{rest}").identifiers == ask(f"verb=ListRecords&{rest}").identifiers


def test_token_is_good_for_its_own_verb_alone(ask, small_pages):
    records(25)

    assert ask(f"verb=ListIdentifiers&{ask(LIST).next}").errors == ["badResumptionToken"]


def test_token_with_one_letter_changed_is_bad(ask, small_pages):
    records(25)
    rest = ask(LIST).next

    assert ask(f"verb=ListRecords&{rest[:-1]}{'A' if rest[-1] != 'A' else 'B'}").errors == ["badResumptionToken"]


def test_token_is_bad_after_its_days(ask, small_pages, settings, monkeypatch):
    records(25)
    rest = ask(LIST).next
    later = timezone.now().timestamp() + 8 * 24 * 60 * 60

    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    answer = ask(f"verb=ListRecords&{rest}")
    assert answer.errors == ["badResumptionToken"]
    assert "7 days" in answer.text("//oai:error")


def test_token_keeps_set_and_window(ask, small_pages):
    korea = Collection.objects.create(slug="korea", title="Korea")
    inside = records(25, collections=[korea])
    record("outside")
    record("late", at=NOON + timedelta(days=1), collections=[korea])

    got = pages(ask, f"{LIST}&set=collection:korea&from=2020-01-01&until=2020-01-01")

    assert [name for each in got for name in each.identifiers] == inside


def test_record_changed_meanwhile_comes_again_and_none_is_passed_over(ask, small_pages):
    identifiers = records(25)
    first = ask(LIST)
    changed = Document.objects.get(identifier="d003")
    changed.title = "Another title"
    changed.save()
    render(changed, at=NOON + timedelta(minutes=1))

    second = ask(f"verb=ListRecords&{first.next}")
    third = ask(f"verb=ListRecords&{second.next}")

    assert {*first.identifiers, *second.identifiers, *third.identifiers} == set(identifiers)
    assert third.identifiers[-1] == "d003"
    assert third.token.get("completeListSize") == "26"


def test_rest_of_a_list_that_has_moved_away_is_no_empty_list(ask, small_pages):
    records(11)
    rest = ask(f"{LIST}&until=2020-01-01").next
    render_later = Document.objects.get(identifier="d010")
    render_later.title = "Another title"
    render_later.save()
    render(render_later, at=NOON + timedelta(days=1))

    assert ask(f"verb=ListRecords&{rest}").errors == ["noRecordsMatch"]


@pytest.mark.parametrize("query", [LIST, HEADERS, f"{LIST}&set=collection:korea"])
def test_pages_take_as_many_queries_each_and_one_more_at_first(ask, small_pages, django_assert_num_queries, query):
    records(25, collections=[Collection.objects.create(slug="korea", title="Korea")])

    # The time of the answer and whether anything was harvested from others, on PostgreSQL together with the page; once,
    # how many records there are.
    each = 2 if connection.vendor == "sqlite" else 1
    with django_assert_num_queries(each + 1):
        first = ask(query)
    with django_assert_num_queries(each):
        ask(f"{query.split('&')[0]}&{first.next}")


@pytest.mark.parametrize(
    ("spec", "index"), [("", "archive_representation_by_time"), ("collection:korea", "archive_membership_by_time")]
)
@pytest.mark.parametrize("last", [None, NOON])
def test_next_page_is_found_in_the_index(spec, index, last):
    """Not counted off, and not sorted: the plan of the query for a page in the middle."""
    from harvest.provider.rows import page_statement
    from harvest.provider.selection import Key, Selection

    asked = page_statement(Selection("oai_dc", spec, NOON, last), Key(NOON, 5), limit=11, content=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Once it knows a table to be empty, every way costs it the same.
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {asked.sql}", asked.parameters)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())

    assert index in plan, plan
    assert "sort" not in plan.lower(), plan
    assert "b-tree" not in plan.lower(), plan
    assert "row(" in plan.lower() or "(changed_at," in plan.lower(), plan


def test_withdrawn_document_keeps_a_deleted_header(ask):
    withdraw(record("110692"), at=NOON + SECOND)

    got = ask(LIST)

    assert got.deleted == ["110692"]
    assert got.text("//oai:datestamp") == "2020-01-01T12:00:01Z"
    assert got.all("//oai:metadata") == []


def test_withdrawn_document_is_got_as_deleted(ask):
    withdraw(record("110692"), at=NOON + SECOND)

    got = ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692")

    assert got.deleted == ["110692"]


def test_published_document_comes_and_goes_by_the_verbs_of_the_archive(ask):
    made = Document.objects.create(identifier="110692", title="Telegram")
    publication.publish([made.pk])
    assert ask(LIST).texts("//dc:title") == ["Telegram"]

    publication.withdraw([made.pk])
    assert ask(LIST).deleted == ["110692"]


def test_withdrawn_member_is_deleted_in_its_set(ask):
    korea = Collection.objects.create(slug="korea", title="Korea")
    withdraw(record("110692", collections=[korea]), at=NOON + SECOND)

    got = ask(f"{LIST}&set=collection:korea")

    assert got.deleted == ["110692"]
    assert got.texts("//oai:setSpec") == ["collection:korea"]


def test_document_that_left_a_set_is_deleted_there_and_nowhere_else(ask):
    korea = Collection.objects.create(slug="korea", title="Korea")
    china = Collection.objects.create(slug="china", title="China")
    made = record("110692", collections=[korea])
    made.collections.set([china])
    render(made, at=NOON + SECOND)

    left, joined, whole = ask(f"{LIST}&set=collection:korea"), ask(f"{LIST}&set=collection:china"), ask(LIST)

    assert (left.deleted, joined.deleted, whole.deleted) == (["110692"], [], [])
    assert left.texts("//oai:setSpec") == ["collection:korea"]
    assert whole.texts("//oai:setSpec") == ["collection:china"]
    assert left.text("//oai:datestamp") == "2020-01-01T12:00:01Z"


def test_document_that_came_back_is_in_the_set_again(ask):
    korea = Collection.objects.create(slug="korea", title="Korea")
    made = record("110692", collections=[korea])
    made.collections.clear()
    render(made, at=NOON + SECOND)
    made.collections.add(korea)
    render(made, at=NOON + 2 * SECOND)

    assert ask(f"{HEADERS}&set=collection:korea").deleted == []


def test_set_holds_what_is_in_the_sets_below_it(ask):
    korea = Collection.objects.create(slug="korea", title="Korea")
    armistice = Collection.objects.create(slug="armistice", title="Armistice", parent=korea)
    record("110692", collections=[armistice])

    got = ask(f"{HEADERS}&set=collection:korea")

    assert got.identifiers == ["110692"]
    assert got.texts("//oai:setSpec") == ["collection:korea", "collection:korea:armistice"]


@pytest.mark.parametrize(
    ("window", "found"),
    [
        ("from=2020-01-01", ["a", "b", "c"]),
        ("until=2020-01-01", ["a", "b"]),
        ("from=2020-01-02", ["c"]),
        ("from=2020-01-01&until=2020-01-01", ["a", "b"]),
        ("from=2020-01-01T12:00:00Z&until=2020-01-01T12:00:00Z", ["a"]),
        ("from=2020-01-01T12:00:01Z", ["b", "c"]),
        ("until=2020-01-01T23:59:59Z", ["a", "b"]),
        ("until=9999-12-31T23:59:59Z", ["a", "b", "c"]),
        ("from=0001-01-01", ["a", "b", "c"]),
    ],
)
def test_window_is_inclusive_to_the_second_and_to_the_day(ask, window, found):
    record("a", at=NOON)
    record("b", at=NOON.replace(hour=23, minute=59, second=59))
    record("c", at=NOON.replace(day=2, hour=0))

    answer = ask(f"{HEADERS}&{window}")

    assert answer.identifiers == found
    assert {"from", "until"} & answer.request.keys() == {each.split("=")[0] for each in window.split("&")}
    assert all(answer.request[name] == value for name, value in (each.split("=") for each in window.split("&")))


def test_record_of_the_whole_list_and_record_alone_are_the_same(ask):
    record("110692")
    from lxml import etree

    listed, got = ask(LIST), ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692")

    assert etree.tostring(listed.all("//oai:record")[0]) == etree.tostring(got.all("//oai:record")[0])


def test_stored_bytes_are_sent_as_they_are(client):
    record("110692")

    stored = bytes(Representation.objects.get(format="oai_dc").content)

    assert b"<metadata>" + stored + b"</metadata>" in client.get(f"/oai?{LIST}").content
