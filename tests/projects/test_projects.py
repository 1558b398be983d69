"""The plugin in projects that install only a part of it: what is left out is not even imported."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

OPTIONAL = {"archive.lod", "archive.search", "archive.web", "archive.api", "harvest", "iiif", "config"}
BESIDE = {"oaipmh", "iiif_prezi3", "rest_framework", "drf_spectacular", "django_filters", "pyoxigraph"}


def environment(project, data):
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "CELERY"))},
        "DJANGO_SETTINGS_MODULE": f"tests.projects.{project}.settings",
        "PROJECT_DATA": str(data),
        "PYTHONPATH": str(settings.BASE_DIR),
    }


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """The database of the archive alone; each project migrates what it has beside."""
    folder = tmp_path_factory.mktemp("migrated")
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment("archive_alone", folder), timeout=120, check=True)
    return folder / "project.sqlite3"


@pytest.fixture
def run(migrated, tmp_path):
    """The seeds' way through a project, in a process of its own."""
    shutil.copy(migrated, tmp_path)

    def route(project, *addresses):
        done = subprocess.run(
            [sys.executable, "-m", "tests.projects.route", *addresses],
            cwd=tmp_path,
            env=environment(project, tmp_path),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return route


def assert_published(result):
    assert result["seeds"] == 2
    assert result["accession"] == "done"
    assert result["published"] == 2


def assert_not_imported(result, names):
    assert [
        module for module in result["modules"] if any(module == n or module.startswith(f"{n}.") for n in names)
    ] == []


def test_archive_alone_takes_in_and_publishes(run):
    result = run("archive_alone")

    assert_published(result)
    assert_not_imported(result, OPTIONAL | BESIDE)


def test_archive_with_harvest_answers_harvesters(run):
    result = run("archive_harvest", "/oai?verb=Identify", "/oai?verb=ListRecords&metadataPrefix=oai_dc")

    assert_published(result)
    assert {"oai_dc", "oai_qdc", "mods", "marcxml"} <= set(result["formats"])
    assert set(result["answers"].values()) == {200}
    assert_not_imported(result, OPTIONAL - {"harvest"} | BESIDE - {"oaipmh"})


def test_archive_with_iiif_answers_viewers(run):
    result = run("archive_iiif", "/iiif/{id}/manifest")

    assert_published(result)
    assert result["formats"] == ["manifest", "text"]
    assert set(result["answers"].values()) == {200}
    assert_not_imported(result, OPTIONAL - {"iiif"} | BESIDE - {"iiif_prezi3"})


def test_everything_works_in_a_project_that_is_not_the_site(run):
    addresses = (
        "/oai?verb=Identify",
        "/iiif/{id}/manifest",
        "/documents/{id}",
        "/documents/{id}.ttl",
        "/api/documents/",
    )
    result = run("everything", *addresses)

    assert_published(result)
    assert {"jsonld", "manifest", "oai_dc"} <= set(result["formats"])
    assert set(result["answers"].values()) == {200}
    assert_not_imported(result, {"config"})
