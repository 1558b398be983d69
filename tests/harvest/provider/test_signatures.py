"""Signatures: what was signed by Django is read here, and the other way round."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core import signing

from harvest.provider import signatures

SAID = ["ListRecords", "oai_dc", "", None, 250]


def test_signatures_are_those_of_django():
    assert signing.loads(signatures.signed(SAID, salt="x"), salt="x") == SAID
    assert signatures.read(signing.dumps(SAID, salt="x"), salt="x", max_age=timedelta(days=1)) == SAID


def test_key_that_was_rolled_over_is_still_read(settings):
    made = signatures.signed(SAID, salt="x")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert signatures.read(made, salt="x", max_age=timedelta(days=1)) == SAID


def test_signature_with_another_salt_is_refused():
    with pytest.raises(signing.BadSignature):
        signatures.read(signatures.signed(SAID, salt="x"), salt="y", max_age=timedelta(days=1))


@pytest.mark.parametrize("key", ["short", "longer than a block of SHA-256, " * 4, b"bytes \xff"])
def test_signature_of_any_key_is_that_of_django(settings, key):
    settings.SECRET_KEY = key

    assert signing.loads(signatures.signed(SAID, salt="x"), salt="x") == SAID


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1], lambda text: f"{text}=", str.swapcase, lambda _: "", ":".__add__]
)
def test_signature_that_was_changed_is_refused(change):
    with pytest.raises(signing.BadSignature):
        signatures.read(change(signatures.signed(SAID, salt="x")), salt="x", max_age=timedelta(days=1))


def test_signature_is_refused_once_it_is_too_old(monkeypatch):
    made = signatures.signed(SAID, salt="x")
    later = time.time() + 120
    monkeypatch.setattr("time.time", lambda: later)

    assert signatures.read(made, salt="x", max_age=timedelta(minutes=3)) == SAID
    with pytest.raises(signing.SignatureExpired):
        signatures.read(made, salt="x", max_age=timedelta(minutes=1))
