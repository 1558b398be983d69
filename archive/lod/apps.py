"""The app's configuration."""

from django.apps import AppConfig


class LodConfig(AppConfig):
    """Linked data: each public thing as RDF. Its stores listen to what the archive's verbs announce."""

    name = "archive.lod"
    label = "archive_lod"
    verbose_name = "Linked open data"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen."""
        from archive.lod.hints import hint
        from archive.signals import documents_changed

        documents_changed.connect(hint, dispatch_uid="archive_lod.hint")
