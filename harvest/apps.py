"""The app's configuration."""

from django.apps import AppConfig


class HarvestConfig(AppConfig):
    """Registers its checks; its renderers are found by archive, in harvest.renderers."""

    name = "harvest"
    label = "harvest"
    verbose_name = "Harvest"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks."""
        from harvest import checks  # noqa: F401 - importing registers them
