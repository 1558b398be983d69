"""The archive for harvesters alone, on the engine that the tests run on, for processes of its own."""

import os

from tests.projects.archive_harvest.settings import *  # noqa: F403
from tests.projects.archive_harvest.settings import DATA, FONDS

ALLOWED_HOSTS = ["127.0.0.1"]
FONDS = {**FONDS, "OAI_PAGE_SIZE": 50}
if "KEEPING_POSTGRESQL" in os.environ:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["KEEPING_DATABASE"],
            "USER": "postgres",
            "HOST": os.environ["KEEPING_POSTGRESQL"],
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "fonds.sqlite3",
            "OPTIONS": {
                "timeout": 60,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    }
