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

        autodiscover_modules("panels")
