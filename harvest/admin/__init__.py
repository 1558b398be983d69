"""Harvesting in Django's admin: sources, their runs, what was wrong with records, and the records themselves."""

from harvest.admin import records, runs, sources

__all__ = ["records", "runs", "sources"]
