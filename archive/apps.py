"""The archive app."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Discovers renderers once every app is loaded, the way Django's admin finds ``admin.py``."""

    name = "archive"
    label = "archive"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks, and every installed app's renderers and profiles."""
        from django.utils.module_loading import autodiscover_modules

        from archive import checks  # noqa: F401 - importing registers the checks

        autodiscover_modules("renderers")
        autodiscover_modules("profiles")
