"""Settings of the test suite: the site's, on a database of its own.

``TEST_ENGINE=postgresql`` runs the same suite on a real PostgreSQL that comes out of a wheel. These settings
are loaded once by pytest and again by each of its worker processes. The first of them makes a scratch folder
and starts the server; the others find both in the environment.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.engines import postgresql

if "TEST_SCRATCH" not in os.environ:
    os.environ["TEST_SCRATCH"] = tempfile.mkdtemp(prefix="fonds-test-")
    atexit.register(shutil.rmtree, os.environ["TEST_SCRATCH"], ignore_errors=True)
    if os.environ.get("TEST_ENGINE") == "postgresql":
        os.environ["TEST_POSTGRESQL"] = postgresql.start(Path(os.environ["TEST_SCRATCH"]) / "postgresql")
SCRATCH = Path(tempfile.mkdtemp(dir=os.environ["TEST_SCRATCH"]))
# WhiteNoise warns in every client of every test where there is none.
(SCRATCH / "static").mkdir()
os.environ.update(
    DATA_DIR=str(SCRATCH),
    SECRET_KEY="only for the tests",
    PUBLIC_BASE_URL="https://archive.example.org",
    OAI_NAMESPACE="archive.example.org",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1,archive.example.org",
)
for each in ("DATABASE_URL", "CELERY_BROKER_URL", "DEBUG"):
    os.environ.pop(each, None)

from config.settings import *  # noqa: E402, F403

if os.environ.get("TEST_ENGINE") == "postgresql":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("TEST_DATABASE", "postgres"),
            "USER": "postgres",
            "HOST": os.environ["TEST_POSTGRESQL"],
            "OPTIONS": {"prepare_threshold": 2},
        }
    }

# Tests that ask SPARQL, or for dumps, bring a folder of their own.
FONDS = {**FONDS, "SPARQL_STORE": "", "DUMPS": ""}  # noqa: F405
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
