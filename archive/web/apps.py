"""The app's configuration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Discovers the panels that other apps add to the page of a document."""

    name = "archive.web"
    label = "archive_web"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register every installed app's panels."""
        from django.utils.module_loading import autodiscover_modules

        from archive.web import previews  # noqa: F401 - importing tells archive where the page is

        autodiscover_modules("panels")
