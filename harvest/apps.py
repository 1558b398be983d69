"""The app's configuration."""

from django.apps import AppConfig


class HarvestConfig(AppConfig):
    """Registers its renderers through harvest.renderers."""

    name = "harvest"
    label = "harvest"
    verbose_name = "Harvest"
    default_auto_field = "django.db.models.BigAutoField"
