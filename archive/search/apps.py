"""The app's configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Keeps the index true by listening to what the archive's verbs announce."""

    name = "archive.search"
    label = "archive_search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks, and listen."""
        from archive.search import checks  # noqa: F401 - importing registers the checks
        from archive.search.changes import note
        from archive.signals import documents_changed

        documents_changed.connect(note, dispatch_uid="archive_search.note")
