"""The project that the README puts together, put together."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, load_command_class

from tests.sources import SOURCES

README = Path(settings.BASE_DIR) / "README.md"


def blocks(language: str) -> list[str]:
    """The examples of the section on a project of one's own, in their order."""
    section = re.search(
        r"^## Add it to your own project$(.+?)^## ", README.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return re.findall(rf"^```{language}\n(.+?)^```$", section[1], re.DOTALL | re.MULTILINE)


@pytest.fixture
def project(tmp_path) -> Path:
    """What ``django-admin startproject mysite`` makes, with everything that the README adds."""
    call_command("startproject", "mysite", str(tmp_path))
    additions, urls, celery = blocks("python")
    inside = tmp_path / "mysite"
    additions = additions.replace("INSTALLED_APPS = [\n    # …", "INSTALLED_APPS += [")
    additions = additions.replace(
        "STORAGES = {", "from django.conf.global_settings import STORAGES as OWN\nSTORAGES = {**OWN,"
    )
    additions = additions.replace("/srv/archive/store", str(tmp_path / "store"))
    with (inside / "settings.py").open("a", encoding="utf-8") as file:
        # No broker listens at this port: what the README starts with Redis has to get by without here.
        file.write("\n" + additions.replace(":6379/", ":1/") + "\nALLOWED_HOSTS = ['testserver']\n")
    admin = "from django.contrib import admin\n\n"
    (inside / "urls.py").write_text(admin + urls.replace("# …", 'path("admin/", admin.site.urls),'), encoding="utf-8")
    (inside / "celery.py").write_text(celery, encoding="utf-8")
    (inside / "__init__.py").write_text("from .celery import app\n", encoding="utf-8")
    return tmp_path


def manage(project: Path, *arguments: str) -> str:
    environment = {each: os.environ[each] for each in ("PATH", "HOME", "TMPDIR") if each in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=project,
        env={**environment, "PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


ASK = """
import json
from django.test import Client
addresses = ["/", "/documents/?q=Korea", "/documents/110692", "/api/documents/", "/oai?verb=Identify",
    "/iiif/110692/manifest", "/documents/110692.ttl", "/admin/login/", "/context.jsonld"]
print(json.dumps({address: Client().get(address).status_code for address in addresses}))
"""


@pytest.mark.once
def test_project_of_the_readme_publishes_a_document_though_its_broker_is_away(project):
    manage(project, "check", "--fail-level", "WARNING")
    manage(project, "migrate", "--verbosity", "0")

    told = manage(project, "accession", str(SOURCES / "page_markdown"), "--publish", "--patience", "0")
    answers = json.loads(manage(project, "shell", "--verbosity", "0", "-c", ASK).splitlines()[-1])

    assert told.startswith("created  002_75e4e0694aac02d8.txt")
    assert {address for address, status in answers.items() if status != 200} == set()


PAGES = [
    README,
    README.with_name("CONTRIBUTING.md"),
    README.with_name("CHANGELOG.md"),
    *README.parent.glob("docs/*.md"),
]
OURS = "accession|publish|refresh|reindex|withdraw"
COMMANDS = [
    (page.name, words)
    for page in PAGES
    for words in re.findall(rf"manage\.py ((?:{OURS})\b[^`#\n]*)", page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "words"), COMMANDS)
def test_command_line_of_the_documentation_is_one(page, words):
    name, *arguments = words.split()

    load_command_class("archive.search" if name == "reindex" else "archive", name).create_parser(
        "manage.py", name
    ).parse_args(arguments)
