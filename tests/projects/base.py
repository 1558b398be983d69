"""What the small projects have in common: the least that a Django project with the plugin needs."""

import os
from pathlib import Path

#: A folder for one run.
DATA = Path(os.environ["PROJECT_DATA"])

SECRET_KEY = "only for the tests"
ALLOWED_HOSTS = ["testserver"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "archive"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / "project.sqlite3"}}
MEDIA_ROOT = DATA / "media"
USE_TZ = True
STATIC_URL = "static/"
FONDS = {"PUBLIC_BASE_URL": "https://project.example.org", "SEARCH_FOLDER": str(DATA / "search")}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
