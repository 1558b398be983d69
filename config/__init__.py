"""The runnable site. Not part of the plugin, and not in its wheel."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
