"""Names that are like others are offered, and never merged."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import accession
from archive.accession.likeness import likeness
from archive.models import Agent, AgentName
from tests.archive.accession.test_undoing import bring_in
from tests.sources import FILIPPOV, ROSHCHIN, source


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stalin, Joseph", "Joseph Stalin"),
        ("Сталин", "Stalin"),
        ("Иосиф Сталин", "Stalin, Iosif"),
        ("Юдин", "Yudin"),
        ("Хрущев", "Khrushchev"),
        ("Ждáнов", "Ždanov"),
        ("Чжоу Эньлай", "CHZHOU ENLAI"),
        ("Jiří Hájek", "Hajek, Jiri"),
        ("Molotov, V. M.", "V.M. Molotov"),
    ],
)
def test_names_are_alike_in_any_order_script_and_case(one, other):
    assert likeness(one) == likeness(other)


@pytest.mark.parametrize(("one", "other"), [("Stalin", "Stalingrad"), ("Mao Zedong", "Mao Anying"), ("", "?")])
def test_other_names_are_not(one, other):
    assert likeness(one) != likeness(other) or not likeness(one)


@pytest.mark.django_db
def test_report_offers_all_who_bear_a_name_like_one_of_the_document():
    Agent.objects.create(name="Сталин")
    dzhugashvili = Agent.objects.create(name="Dzhugashvili")
    AgentName.objects.create(agent=dzhugashvili, value="STALIN", kind="pseudonym")
    submitted = bring_in(source(FILIPPOV))

    (report,) = accession.reports_of(submitted)

    (told,) = [each for each in report.alternatives if each["name"] == "Stalin"]
    assert told["kind"] == "agent"
    assert {each["name"] for each in told["others"]} == {"Сталин", "Dzhugashvili"}
    assert Agent.objects.filter(merged_into__isnull=False).count() == 0


@pytest.mark.django_db
def test_name_of_nobody_else_is_not_told():
    (report,) = accession.reports_of(bring_in(source(FILIPPOV)))

    assert report.alternatives == []


@pytest.mark.django_db
def test_one_who_was_merged_is_offered_no_more():
    stalin = Agent.objects.create(name="Stalin")
    Agent.objects.create(name="Сталин", merged_into=stalin)

    (report,) = accession.reports_of(bring_in(source(FILIPPOV)))

    assert report.alternatives == []


@pytest.mark.django_db
def test_report_asks_no_more_for_more_documents():
    one, two = bring_in(source(FILIPPOV)), bring_in(source(ROSHCHIN), source(FILIPPOV))

    with CaptureQueriesContext(connection) as few:
        list(accession.reports_of(one))
    with CaptureQueriesContext(connection) as more:
        list(accession.reports_of(two))

    assert len(more) <= len(few) + 6  # of documents that were known already, the difference is asked for
