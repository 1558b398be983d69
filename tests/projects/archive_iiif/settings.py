"""The archive for viewers alone."""

from tests.projects.base import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "iiif"]  # noqa: F405
ROOT_URLCONF = "tests.projects.archive_iiif.urls"
