"""Settings of the site, all from the environment; see docs/running.md for what can be set.

Nothing here is needed by the plugin itself, which reads only the dict ``FONDS``.
"""

from pathlib import Path

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from config.hosts import names_in

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
#: Everything that the site writes: database, originals, page images, the demo's queue.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("Set SECRET_KEY to a long random string, or DEBUG=1 on your own machine.")
    SECRET_KEY = "insecure-and-good-only-for-debugging"  # noqa: S105

PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = [*names_in(PUBLIC_BASE_URL), *env.list("ALLOWED_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = [f"{environ.urlparse(PUBLIC_BASE_URL).scheme}://{environ.urlparse(PUBLIC_BASE_URL).netloc}"]
# The proxy in front ends TLS, redirects to it and sets HSTS; here only the cookies follow.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PUBLIC_BASE_URL.startswith("https:")
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]

INSTALLED_APPS = [
    "archive",  # before the admin, whose first page it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "archive.lod",
    "archive.search",
    "archive.web",
    "archive.api",
    "harvest",
    "iiif",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "harvest.middleware.harvesters_first",
    "iiif.middleware.viewers_first",
    "archive.lod.middleware.machines_first",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.policy.policy_of_the_admin",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'fonds.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # With Django's defaults, more than half of the writes of eight connections at once fail with "database is
    # locked". IMMEDIATE makes a writer wait for its turn before it reads, instead of failing when it writes.
    # What is mapped and kept of the file counts as memory of each process: with 32 and 4 MB, a worker that serves a
    # million records stays below 120 MB (benchmarks/bench_memory.py). With the whole file mapped, a page of a harvest
    # would take a fifth less, and the worker as much memory as harvesters have read of the file.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA mmap_size=33554432; PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-4000;"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 20},
        # For the few statements that archive.driver lets the server prepare; Django prepares none, for the sake of
        # poolers like PgBouncer that give each transaction another connection.
        "prepare_threshold": 2 if env.bool("PREPARED_STATEMENTS", default=True) else None,
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: Originals and page images. No address leads there: what is public of them is served by views that ask.
FILES: dict[str, object] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": DATA_DIR / "store", "base_url": None},
}
if env.str("S3_BUCKET", default=""):
    # Keys and region come from where boto3 looks for them: AWS_ACCESS_KEY_ID and so on.
    FILES = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
            "location": env.str("S3_PREFIX", default=""),
            "default_acl": None,
            "file_overwrite": False,
        },
    }

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "fonds": FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))

LANGUAGE_CODE = "en"
#: In which languages the pages are offered. The names are for where the admin lists them; the pages have their own.
LANGUAGES = [("en", "English"), ("ru", "Russian"), ("zh-hans", "Chinese"), ("ko", "Korean")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Celery. The database says what is to be done; messages only hint, so losing one loses nothing.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# Beat hears that it shall end only when it wakes; by itself it sleeps until the next task is due.
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "archive.tasks.sweep", "schedule": 15.0},
    "catch-up": {"task": "archive.search.tasks.catch_up", "schedule": 15.0},
    "agree": {"task": "archive.search.tasks.agree", "schedule": 6 * 3600.0},
    "triples": {"task": "archive.lod.tasks.follow", "schedule": 15.0},
    "push": {"task": "archive.lod.tasks.push", "schedule": 15.0},
    "dump": {"task": "archive.lod.tasks.dump", "schedule": crontab(hour=2, minute=30)},
    "dump-again": {"task": "archive.lod.tasks.dump_if_due", "schedule": 60.0},
    "names": {"task": "archive.lod.tasks.keep_names", "schedule": 60.0},
    "linked-data": {"task": "archive.lod.tasks.go_on", "schedule": 60.0},
    "harvest": {"task": "harvest.tasks.sweep", "schedule": 15.0},
}
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "queue"),
        "data_folder_out": str(DATA_DIR / "queue"),
        "control_folder": str(DATA_DIR / "queue-control"),
        "processed_folder": str(DATA_DIR / "queue-processed"),
        "store_processed": False,
        # The default of one second lets two tasks a second through.
        "polling_interval": 0.05,
    }

# To the console, for whatever runs the process to keep. Django itself would mail errors to nobody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # libvips tells of every pool of threads that ends: forty lines for a document.
    "loggers": {"pyvips": {"level": "WARNING"}},
}

FONDS = {
    "PUBLIC_BASE_URL": PUBLIC_BASE_URL,
    "OAI_NAMESPACE": env.str("OAI_NAMESPACE", default="fonds.example.org"),
    "ADMIN_EMAIL": env.str("ADMIN_EMAIL", default="archive@example.org"),
    "REPOSITORY_NAME": env.str("REPOSITORY_NAME", default="Fonds"),
    "METADATA_RIGHTS": env.str("METADATA_RIGHTS", default="https://creativecommons.org/publicdomain/zero/1.0/"),
    "OAI_BRANDING": env.str("OAI_BRANDING", default=""),
    "OAI_SETS_WITHOUT_DELETED": tuple(env.list("OAI_SETS_WITHOUT_DELETED", default=[])),
    "OAI_UNIT_SETS": tuple(env.list("OAI_UNIT_SETS", default=["repository", "fond", "opis"])),
    "OAI_LISTS_AT_ONCE": env.int("OAI_LISTS_AT_ONCE", default=3),
    "OAI_REQUESTS_PER_MINUTE": env.int("OAI_REQUESTS_PER_MINUTE", default=0),
    "OAI_CLIENT_HEADER": env.str("OAI_CLIENT_HEADER", default=""),
    "INSTITUTION": env.str("INSTITUTION", default=""),
    "AGGREGATOR": env.str("AGGREGATOR", default=""),
    "MARC_ORGANIZATION": env.str("MARC_ORGANIZATION", default=""),
    "STORAGE": "fonds",
    "SEARCH_FOLDER": env.str("SEARCH_FOLDER", default=str(DATA_DIR / "search")),
    "SPARQL_STORE": env.str("SPARQL_STORE", default=str(DATA_DIR / "triples")),
    "SPARQL_SECONDS": env.float("SPARQL_SECONDS", default=10),
    "SPARQL_AT_ONCE": env.int("SPARQL_AT_ONCE", default=3),
    "DUMPS": env.str("DUMPS", default=str(DATA_DIR / "dumps")),
    "GRAPH_STORE": env.str("GRAPH_STORE", default=""),
    "GRAPH_STORE_USER": env.str("GRAPH_STORE_USER", default=""),
    "GRAPH_STORE_PASSWORD": env.str("GRAPH_STORE_PASSWORD", default=""),
    "API_READ_RATE": env.str("API_READ_RATE", default=""),
    "API_WRITE_RATE": env.str("API_WRITE_RATE", default=""),
    "LEASE_SECONDS": env.int("LEASE_SECONDS", default=60),
    "SOURCE_LIMIT": env.int("SOURCE_LIMIT", default=64 * 1024 * 1024),
    "CONTAINER_MEMBERS": env.int("CONTAINER_MEMBERS", default=100_000),
    "CONTAINER_SIZE": env.int("CONTAINER_SIZE", default=8 * 1024 * 1024 * 1024),
    "CONTAINER_RATIO": env.int("CONTAINER_RATIO", default=200),
    "WATCHED_FOLDER": env.str("WATCHED_FOLDER", default=""),
    "WATCHED_SECONDS": env.float("WATCHED_SECONDS", default=10),
    "WATCHED_PUBLISH": env.bool("WATCHED_PUBLISH", default=False),
    "WATCHED_LOOK_FIRST": env.bool("WATCHED_LOOK_FIRST", default=False),
    "WATCHED_COLLECTION": env.str("WATCHED_COLLECTION", default=""),
    "WATCHED_MAPPING": env.str("WATCHED_MAPPING", default=""),
    "KEPT_IN_MEMORY": env.int("KEPT_IN_MEMORY", default=16 * 1024 * 1024),
    "IMAGES_AT_ONCE": env.int("IMAGES_AT_ONCE", default=4),
    "IMAGE_SERVICE": env.str("IMAGE_SERVICE", default=""),
    "IMAGE_SERVICE_VERSION": env.int("IMAGE_SERVICE_VERSION", default=3),
    "IMAGE_SERVICE_LEVEL": env.int("IMAGE_SERVICE_LEVEL", default=2),
    "VIEWER": env.str("VIEWER", default="mirador"),
    "AUTHORITY_SERVICES": env.json("AUTHORITY_SERVICES", default={}),
    "HARVEST_PORTS": tuple(env.list("HARVEST_PORTS", cast=int, default=[80, 443])),
    "HARVEST_LOOPBACK": env.bool("HARVEST_LOOPBACK", default=False),
    "HARVEST_SECONDS": env.int("HARVEST_SECONDS", default=120),
}
if FONDS["WATCHED_FOLDER"]:
    CELERY_BEAT_SCHEDULE["watched-folder"] = {"task": "archive.tasks.look_at_watched_folder", "schedule": 5.0}

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fonds API",
    "DESCRIPTION": "The public documents of the archive and everything that is said of them. See docs/api.md.",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": PUBLIC_BASE_URL.rstrip("/")}],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "AccessionState": "archive.models.accession.AccessionState",
        "AgentKind": "archive.models.agent.AgentKind",
        "DocumentRelationKind": "archive.models.relation.DocumentRelationKind",
        "DocumentState": "archive.models.document.State",
        "EventKind": "archive.models.event.EventKind",
        "ItemState": "archive.models.accession.ItemState",
        "JobState": "archive.models.job.JobState",
        "LabelKind": "archive.models.concept.LabelKind",
        "LinkRelation": "archive.models.link.LinkRelation",
        "NameKind": "archive.models.agent.NameKind",
        "NumberKind": "archive.models.document.NumberKind",
        "PageKind": "archive.models.page.PageKind",
        "RecordKind": ["documents", "agents", "places", "concepts", "schemes", "units", "collections"],
        "SubjectKind": ["agent", "concept", "place"],
        "SubjectRelation": "archive.models.subject.SubjectRelation",
        "SourceState": "archive.models.accession.SourceState",
        "TextKind": "archive.models.text.TextKind",
    },
}
