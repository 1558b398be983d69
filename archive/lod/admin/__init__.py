"""Linked data in the admin: what workers look through, and what they found."""

from archive.lod.admin import checks

__all__ = ["checks"]
