"""What documents lack for profiles that other apps bring."""

from __future__ import annotations

import pytest

from archive import readiness
from archive.models import Readiness
from archive.readiness import Profile, Registry, Requirement
from tests.builders import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_profile_may_answer_with_what_it_found(monkeypatch):
    registry = Registry()
    of_lists = (
        Requirement("a title", "A title.", lambda description: bool(description.title)),
        Requirement("a rubric", "A rubric.", lambda description: [*description.subjects]),
    )
    registry.register(Profile("rubrics", "Rubrics", of_lists))
    monkeypatch.setattr(readiness, "registry", registry)

    readiness.assess([a_document(title="Protocol").pk])

    told = Readiness.objects.get(profile="rubrics")
    assert (told.ready, told.lacking) == (False, ["a rubric"])
