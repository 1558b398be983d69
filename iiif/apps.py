"""The app's configuration."""

from django.apps import AppConfig


class IiifConfig(AppConfig):
    """Registers its renderers through iiif.renderers."""

    name = "iiif"
    label = "iiif"
    verbose_name = "IIIF"
    default_auto_field = "django.db.models.BigAutoField"
