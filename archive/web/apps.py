"""The app's configuration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages that readers see."""

    name = "archive.web"
    label = "archive_web"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"
