"""The app's configuration."""

from django.apps import AppConfig


class IiifConfig(AppConfig):
    """Registers its checks; its renderers are found by archive, in iiif.renderers."""

    name = "iiif"
    label = "iiif"
    verbose_name = "IIIF"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks."""
        from iiif import checks  # noqa: F401 - importing registers them
