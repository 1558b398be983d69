"""The archive app."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Discovers renderers once every app is loaded, the way Django's admin finds ``admin.py``."""

    name = "archive"
    label = "archive"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks, every app's renderers and profiles, and listen for requests that Django cannot read."""
        from django.core.signals import request_started
        from django.utils.module_loading import autodiscover_modules

        from archive import charsets, checks  # noqa: F401 - importing registers the checks

        request_started.connect(charsets.drop_unreadable, dispatch_uid="archive.charsets")

        autodiscover_modules("renderers")
        autodiscover_modules("profiles")
