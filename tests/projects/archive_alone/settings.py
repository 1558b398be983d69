"""The archive and nothing else: documents come in and are published, and no door leads out."""

from tests.projects.base import *  # noqa: F403

ROOT_URLCONF = "tests.projects.archive_alone.urls"
