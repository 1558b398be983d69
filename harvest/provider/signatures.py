"""Signatures of resumption tokens: those of ``django.core.signing``, letter for letter, with less around them.

Django makes a signer for every text, which derives the key from the site's SECRET_KEY anew and looks whether its
separator is a good one. Every page of a list needs two signatures; here each is one HMAC.
"""

from __future__ import annotations

import hmac
import json
import time
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.encoding import force_bytes


def signed(payload: Any, *, salt: str) -> str:
    """What JSON can say, dated and signed: ``payload:date:signature``."""
    said = signing.b64_encode(_WRITE.encode(payload).encode()).decode()
    dated = f"{said}:{signing.b62_encode(int(time.time()))}"
    return f"{dated}:{_signature(dated, salt, settings.SECRET_KEY)}"


def read(text: str, *, salt: str, max_age: timedelta) -> Any:
    """What was signed.

    :raises BadSignature: if it was not, or with another key or salt.
    :raises SignatureExpired: if it was longer ago than ``max_age``.
    :raises ValueError: if what was signed has another form.
    """
    dated, _, signature = text.rpartition(":")
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(signature, _signature(dated, salt, key)) for key in keys):
        raise signing.BadSignature("The signature is not one of ours.")
    said, date = dated.rsplit(":", 1)
    age = time.time() - signing.b62_decode(date)
    if age > max_age.total_seconds():
        raise signing.SignatureExpired(f"It was signed {age:.0f} seconds ago.")
    return _READ.decode(signing.b64_decode(said.encode()).decode())


def _signature(text: str, salt: str, key: str | bytes) -> str:
    # Begun already: OpenSSL takes longer to get an HMAC ready than to take in the text.
    begun = _begun(salt, key).copy()
    begun.update(text.encode())
    return signing.b64_encode(begun.digest()).decode()


#: JSON as Django writes it, which makes one of these for every text.
_WRITE, _READ = json.JSONEncoder(separators=(",", ":")), json.JSONDecoder()


@lru_cache(maxsize=16)
def _begun(salt: str, key: str | bytes) -> hmac.HMAC:
    return hmac.new(sha256(force_bytes(salt) + b"signer" + force_bytes(key)).digest(), digestmod="sha256")
