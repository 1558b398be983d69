"""Every app of the plugin, inside a project that is not the site in config/."""

from tests.projects.base import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *INSTALLED_APPS,  # noqa: F405
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "archive.lod",
    "archive.search",
    "archive.web",
    "archive.api",
    "harvest",
    "iiif",
]
MIDDLEWARE = [
    "harvest.middleware.harvesters_first",
    "iiif.middleware.viewers_first",
    "archive.lod.middleware.machines_first",
    "django.contrib.sessions.middleware.SessionMiddleware",
    *MIDDLEWARE,  # noqa: F405
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "tests.projects.everything.urls"
