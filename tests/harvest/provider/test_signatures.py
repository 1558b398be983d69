"""Signatures: what was signed by Django is read here, and the other way round."""

from __future__ import annotations

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
