"""The commands that the documentation shows, run against the site."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from archive import publication
from archive.lod.sparql import writing
from tests.archive.builders import a_full_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

DOCS = Path(settings.BASE_DIR) / "docs"


def commands(page: str) -> list[str]:
    """The lines that a reader would type."""
    return re.findall(r"^\$ (curl .+)$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)


def answer(client, command: str):
    """What curl would get; options other than headers have no place in these pages."""
    _, *words = shlex.split(command)
    headers = {}
    while words[0] == "-H":
        name, _, value = words[1].partition(": ")
        headers[name] = value
        words = words[2:]
    (url,) = words
    address = urlsplit(url)
    assert address.netloc == "127.0.0.1:8000"
    return client.get(f"{address.path}?{address.query}" if address.query else address.path, headers=headers)


@pytest.fixture
def demo(settings, tmp_path):
    settings.FONDS = {**settings.FONDS, "SPARQL_STORE": str(tmp_path / "triples")}
    assert publication.publish([a_full_document("110692").pk]).failed == {}
    writing.follow()


@pytest.mark.parametrize(
    ("page", "command"),
    [
        (page, command)
        for page in ("api.md", "linked-data.md")
        for command in commands(page)
        if "13.7.50" not in command
    ],
)
def test_every_command_of_the_documentation_answers(client, demo, page, command):
    response = answer(client, command)

    assert response.status_code == 200
    assert response.content


def test_the_error_in_the_documentation_is_the_error_that_comes(client, demo):
    shown = re.search(r"```json\n(.+?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    (command,) = [each for each in commands("api.md") if "13.7.50" in each]

    assert answer(client, command).json() == json.loads(shown[1])
