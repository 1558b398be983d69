"""Linked data in the admin: what workers look through, and what they found."""

from archive.lod.admin import checks, lookups

__all__ = ["checks", "lookups"]
