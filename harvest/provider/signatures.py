"""Signatures of resumption tokens: Django's, with the key derived once.

Django derives the key from the site's SECRET_KEY anew for every signature, and every page of a list needs two.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.core import signing
from django.utils.encoding import force_bytes


class Signer(signing.TimestampSigner):
    """Signs and reads what ``django.core.signing`` does, letter for letter."""

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        """The signature of a text."""
        derived = _derived(force_bytes(self.salt) + b"signer", force_bytes(key or self.key))
        digest = hmac.digest(derived, force_bytes(value), "sha256")
        return signing.b64_encode(digest).decode()


def signed(payload: Any, *, salt: str) -> str:
    """What JSON can say, dated and signed."""
    return Signer(salt=salt).sign_object(payload)


def read(text: str, *, salt: str, max_age: timedelta) -> Any:
    """What was signed.

    :raises BadSignature: if it was not, or with another key or salt.
    :raises SignatureExpired: if it was longer ago than ``max_age``.
    :raises ValueError: if the signature does not stand where it should.
    """
    return Signer(salt=salt).unsign_object(text, max_age=max_age)


@lru_cache(maxsize=16)
def _derived(salt: bytes, key: bytes) -> bytes:
    return sha256(salt + key).digest()
