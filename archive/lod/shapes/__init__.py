"""Shapes: what the archive says in SHACL of its records, and whether that is so.

The data of each thing are judged by themselves, one after the other, so that memory does not grow with the archive,
and a failure belongs to one record. pyshacl is imported in the worker alone.
"""

from __future__ import annotations

from pathlib import Path

#: Served at /shapes.
SHAPES = Path(__file__).with_name("shapes.ttl")
