"""Representations of different kinds of things stand beside each other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from archive import representations
from archive.models import Kind, Representation
from archive.representations import Rendered, Rendering
from tests.archive.builders import a_document

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)


def rendered(pk: int, kind: Kind, identifier: str, content: bytes | None = b"<x/>") -> Rendered:
    return Rendered(pk, identifier, (), (Rendering("motto", "text/xml", content),), kind)


@pytest.mark.django_db
def test_unit_and_document_of_one_key_have_a_record_each():
    document = a_document("110692")

    representations.store([rendered(document.pk, Kind.DOCUMENT, "110692")], now=NOON)
    representations.store([rendered(document.pk, Kind.UNIT, "units/110692")], now=NOON)

    rows = Representation.objects.order_by("number")
    assert [(row.kind, row.document) for row in rows] == [(Kind.DOCUMENT, document), (Kind.UNIT, None)]


@pytest.mark.django_db
def test_withdrawing_a_unit_leaves_the_document_of_the_same_key():
    document = a_document("110692")
    representations.store([rendered(document.pk, Kind.DOCUMENT, "110692")])
    representations.store([rendered(document.pk, Kind.UNIT, "units/110692")])

    assert representations.withdraw([document.pk], kind=Kind.UNIT) == 1

    assert Representation.objects.get(withdrawn=True).identifier == "units/110692"


@pytest.mark.django_db
def test_number_of_a_document_is_its_key_and_no_other():
    document = a_document("110692")

    with pytest.raises(IntegrityError):
        Representation.objects.create(document=document, number=document.pk + 1, format="motto", changed_at=NOON)


@pytest.mark.parametrize("kind", Kind)
def test_number_tells_the_key(kind):
    assert kind.pk_of(kind.number(2**40)) == 2**40
    assert len({each.number(1) for each in Kind}) == len(Kind)
