"""The API asked by a program that knows nothing but its schema: every operation, with right requests and wrong ones.

Schemathesis is imported where it is needed: each worker process collects this module, and one runs it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from archive.groups import ADMINISTRATOR
from archive.models import Agent, Concept, ConceptScheme, Place
from config.wsgi import application
from tests.archive.api.builders import a_member, public_without_forms
from tests.archive.search.builders import index_everything
from tests.builders import a_collection, a_document

# What the schema says hangs on no engine, and the site's own handler closes connections after each request, the one of
# this test's transaction with them. The database in memory takes no notice of that.
pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

#: For what a request that the schema allows may be refused. Whatever else is refused, the schema has to say.
UNSAID = re.compile(
    "|".join(
        (
            # what words mean
            "is not an EDTF date", "not a date that can be understood", "no language tag", "not a language tag",
            "rights statement", "control character", "null character", "cannot be published", "valid URL", "no date",
            "no day",
            # what there is
            r"There is no [\w ]+ of this name", "There is no (member|facet|field|document|collection|mapping)",
            "cursor", "no such text", "place of another text", "another document has this number",
            # what was sent before, and what no text can be
            "Idempotency-Key came with another request", "Send at least one file",
            # two members together
            "A dry run publishes nothing",
            "coordinates", "latitude", "longitude", "Only a repository stands at the top", "can do without one",
            "cannot hold", "here already", "This is the document itself", "This is there twice", "range ends",
            "Choose a concept", "a concept says", "received at a place", "Between -",
            # the language of queries
            "parenthesis", "on both sides", "a word after it", "letters before the star",
        )
    ),
    re.IGNORECASE,
)  # fmt: skip


@pytest.fixture
def described() -> Any:
    """The API of a site with something of each kind, as its schema describes it."""
    import schemathesis

    public_without_forms(a_document("110692"))
    a_document("letter-1")
    a_collection("telegrams")
    Agent.objects.create(identifier="k3v9tq2xhm", name="Roshchin")
    Place.objects.create(identifier="b4n7w2zrkc", name="Beijing")
    ConceptScheme.objects.create(slug="document-types", title="Types")
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects")
    Concept.objects.create(identifier="t9x4fh6mzp", name="telegram", scheme=scheme)
    index_everything()
    return schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)


def an_administrator() -> dict[str, str]:
    """The headers of somebody who may do everything."""
    return {"Authorization": a_member(ADMINISTRATOR).defaults["HTTP_AUTHORIZATION"]}


def asked(described: Any, examples: int, headers: dict[str, str]) -> list[str]:
    """What is wrong with the answers to every operation: to requests that the schema allows, and to others."""
    from schemathesis import GenerationMode

    found = []
    for operation in described.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            found += _asked(operation.ok(), mode, examples, headers)
    return found


def _asked(operation: Any, mode: Any, examples: int, headers: dict[str, str]) -> list[str]:
    from schemathesis import GenerationMode
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    # Asked in our own way: JSON Schema cannot say everything that is refused.
    excluded = [positive_data_acceptance]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        response = case.call(headers=headers)
        # With the headers, so that the check of tokens knows ours, and asks again without it and with a wrong one.
        transport = {"headers": headers}
        case.validate_response(response, headers=headers, transport_kwargs=transport, excluded_checks=excluded)
        if mode is GenerationMode.POSITIVE and response.status_code in {400, 422}:
            told = response.json()
            reasons = [each["detail"] for each in told.get("errors", ())] or [told["detail"]]
            assert [each for each in reasons if not UNSAID.search(each)] == [], case.as_curl_command()

    try:
        ask()
    except Unsatisfiable:  # nothing about it can be wrong
        return []
    except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - all that is wrong is told together
        return [f"{operation.label} {mode}: {error} {getattr(error, 'exceptions', '')}"[:2500]]
    return []


def test_every_operation_answers_who_may_as_the_schema_says(described):
    assert asked(described, 1, an_administrator()) == []


@pytest.mark.soak
@pytest.mark.parametrize("who", ["nobody", "administrator"])
def test_every_operation_answers_as_the_schema_says_at_length(described, who):
    assert asked(described, 30, an_administrator() if who == "administrator" else {}) == []
