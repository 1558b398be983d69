"""The app's configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Full text search over the public documents."""

    name = "archive.search"
    label = "archive_search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"
