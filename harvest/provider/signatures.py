"""Signatures of resumption tokens: those of ``django.core.signing``, letter for letter, with less around them.

Django makes a signer for every text, which derives the key from the site's SECRET_KEY anew and looks whether its
separator is a good one. Every page of a list needs two signatures; here each is one HMAC.
"""

from __future__ import annotations

import json
import time
from binascii import b2a_base64
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.encoding import force_bytes


def signed(payload: Any, *, salt: str) -> str:
    """What JSON can say, dated and signed: ``payload:date:signature``."""
    said = _letters(_WRITE.encode(payload).encode())
    dated = b"%b:%b" % (said, signing.b62_encode(int(time.time())).encode())
    return (dated + b":" + _signature(dated, salt, settings.SECRET_KEY)).decode()


def read(text: str, *, salt: str, max_age: timedelta) -> Any:
    """What was signed.

    :raises BadSignature: if it was not, or with another key or salt.
    :raises SignatureExpired: if it was longer ago than ``max_age``.
    :raises ValueError: if what was signed has another form.
    """
    dated, _, signature = text.encode().rpartition(b":")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(compare_digest(signature, _signature(dated, salt, key)) for key in keys):
        raise signing.BadSignature("The signature is not one of ours.")
    said, date = dated.rsplit(b":", 1)
    age = time.time() - signing.b62_decode(date.decode())
    if age > max_age.total_seconds():
        raise signing.SignatureExpired(f"It was signed {age:.0f} seconds ago.")
    return _READ.raw_decode(signing.b64_decode(said).decode())[0]


def _signature(text: bytes, salt: str, key: str | bytes) -> bytes:
    """HMAC, with both hashes begun already: to get one ready takes longer than to take in the text."""
    inner, outer = _begun(salt, key)
    inner, outer = inner.copy(), outer.copy()
    inner.update(text)
    outer.update(inner.digest())
    return _letters(outer.digest())


def _letters(content: bytes) -> bytes:
    """Base64 as it may stand in an address, without its padding."""
    return b2a_base64(content, newline=False).translate(_OF_ADDRESSES, b"=")


#: JSON as Django writes it, which makes one of these for every text.
_WRITE, _READ = json.JSONEncoder(separators=(",", ":")), json.JSONDecoder()
#: Base64 for addresses (RFC 4648, section 5).
_OF_ADDRESSES = bytes.maketrans(b"+/", b"-_")


@lru_cache(maxsize=16)
def _begun(salt: str, key: str | bytes) -> tuple[Any, Any]:
    """The two hashes of an HMAC with a key that is made of these (RFC 2104, section 2)."""
    derived = sha256(force_bytes(salt) + b"signer" + force_bytes(key)).digest().ljust(sha256().block_size, b"\0")
    return sha256(bytes(byte ^ 0x36 for byte in derived)), sha256(bytes(byte ^ 0x5C for byte in derived))
