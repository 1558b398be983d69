"""The archive app."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Discovers renderers once every app is loaded, the way Django's admin finds ``admin.py``."""

    name = "archive"
    label = "archive"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks and each app's renderers and profiles, guard trees, listen for unreadable requests."""
        from django.core.signals import request_started
        from django.db.models.signals import post_migrate
        from django.utils.module_loading import autodiscover_modules

        from archive import charsets, checks  # noqa: F401 - importing registers the checks
        from archive.models import trees

        request_started.connect(charsets.drop_unreadable, dispatch_uid="archive.charsets")
        post_migrate.connect(trees.guard, sender=self, dispatch_uid="archive.trees")

        autodiscover_modules("renderers")
        autodiscover_modules("profiles")
