"""The app's configuration."""

from django.apps import AppConfig


class LodConfig(AppConfig):
    """Linked data: each public thing as RDF."""

    name = "archive.lod"
    label = "archive_lod"
    verbose_name = "Linked open data"
    default_auto_field = "django.db.models.BigAutoField"
