"""The archive for harvesters alone."""

from tests.projects.base import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "harvest"]  # noqa: F405
ROOT_URLCONF = "tests.projects.archive_harvest.urls"
