"""The app's configuration."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The REST interface for programs."""

    name = "archive.api"
    label = "archive_api"
    verbose_name = "API"
    default_auto_field = "django.db.models.BigAutoField"
