"""The API asked by a program that knows nothing but its schema: every operation, with right requests and wrong ones."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from archive.groups import ADMINISTRATOR
from archive.models import Agent, Concept, ConceptScheme, Place
from config.wsgi import application
from tests.archive.api.builders import a_member, public_without_forms
from tests.archive.search.builders import index_everything
from tests.builders import a_collection, a_document

# What the schema says hangs on no engine, and the site's own handler closes connections after each request, the one of
# this test's transaction with them. The database in memory takes no notice of that.
pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

#: JSON Schema cannot say everything that is refused: that a date is EDTF, that an agent is there. And the token that is
#: given to each call goes along when it asks without one; what nobody may, tests/archive/api/test_curation.py asks.
EXCLUDED = [positive_data_acceptance, ignored_auth]


@pytest.fixture
def described() -> Any:
    """The API of a site with something of each kind, as its schema describes it."""
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
    found = []
    for operation in described.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            found += _asked(operation.ok(), mode, examples, headers)
    return found


def _asked(operation: Any, mode: GenerationMode, examples: int, headers: dict[str, str]) -> list[str]:
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
        case.validate_response(response, excluded_checks=EXCLUDED)

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
