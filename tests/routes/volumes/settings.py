"""The site's settings, with a reader of volumes."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.routes.volumes.apps.Volumes"]  # noqa: F405
