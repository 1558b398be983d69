"""Identifiers that the archive mints: short, opaque, and never made from a title."""

from __future__ import annotations

import re
import secrets

from django.core.validators import RegexValidator

# No vowels, so that no word comes out, and no characters that look alike.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10

#: What an identifier may look like. No dot, because ``/documents/{id}.ttl`` must read one way only.
PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

validate_identifier = RegexValidator(
    rf"^{PATTERN.pattern}\Z",
    "An identifier has letters, digits, hyphens and underscores, at most 64, and begins with a letter or digit.",
)


def mint() -> str:
    """A new identifier of 10 characters: 27 ** 10, about 2 * 10 ** 14, possible ones."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
