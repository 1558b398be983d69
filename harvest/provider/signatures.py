"""Signatures of resumption tokens: Django's, with what they need made once.

Django derives the key from the site's SECRET_KEY anew for every signature, and makes a signer, which looks whether the
separator is a good one. Every page of a list needs two signatures.
"""

from __future__ import annotations

import hmac
import json
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.encoding import force_bytes


class Signer(signing.TimestampSigner):
    """Signs and reads what ``django.core.signing`` does, letter for letter."""

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        """The signature of a text."""
        # Begun already: OpenSSL takes longer to get an HMAC ready than to take in the text.
        begun = _begun(self.salt, key or self.key).copy()
        begun.update(force_bytes(value))
        return signing.b64_encode(begun.digest()).decode()


def signed(payload: Any, *, salt: str) -> str:
    """What JSON can say, dated and signed."""
    signer = _signer(salt, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return signer.sign(signing.b64_encode(_JSON.encode(payload).encode("latin-1")).decode())


def read(text: str, *, salt: str, max_age: timedelta) -> Any:
    """What was signed.

    :raises BadSignature: if it was not, or with another key or salt.
    :raises SignatureExpired: if it was longer ago than ``max_age``.
    :raises ValueError: if the signature does not stand where it should.
    """
    signer = _signer(salt, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return signer.unsign_object(text, max_age=max_age)


#: As Django writes it, which makes one of these for every text.
_JSON = json.JSONEncoder(separators=(",", ":"))


@lru_cache(maxsize=16)
def _signer(salt: str, key: str | bytes, *fallbacks: str | bytes) -> Signer:
    return Signer(key=key, salt=salt, fallback_keys=list(fallbacks))


@lru_cache(maxsize=16)
def _begun(salt: str, key: str | bytes) -> hmac.HMAC:
    return hmac.new(sha256(force_bytes(salt) + b"signer" + force_bytes(key)).digest(), digestmod="sha256")
