"""Asking the provider, and the schemas that its answers must keep."""

from __future__ import annotations

import pytest

from tests.harvest import schemas
from tests.harvest.answers import Answer


@pytest.fixture(scope="session")
def schema():
    """The strict schema of answers with records in oai_dc."""
    return schemas.strict("oai_dc")


@pytest.fixture
def ask(client, request):
    """``ask("verb=Identify")`` gives the answer, after a look at its validity where there is a schema."""
    strict = request.getfixturevalue("schema") if schemas.OAI.is_dir() else None

    def ask(query: str, **headers: str) -> Answer:
        response = client.get(f"/oai?{query}", headers=headers)
        assert response.status_code == 200, response.content
        return Answer.of(response.content, strict)

    return ask
