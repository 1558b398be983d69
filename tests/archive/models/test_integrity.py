"""What the database itself refuses."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from archive.models import Document
from archive.models.identifiers import mint
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"state": "lost"},
        {"state": "published", "published_at": None},
        {"date_earliest": datetime.date(1951, 1, 1), "date_latest": datetime.date(1950, 1, 1)},
    ],
    ids=["no title", "unknown state", "published at no time", "dates in the wrong order"],
)
def test_document_that_breaks_a_rule_is_refused(wrong):
    document = a_document()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**wrong)


def test_two_documents_cannot_come_from_the_same_record():
    a_document("1", identity="record:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        a_document("2", identity="record:1")


def test_published_document_cannot_be_deleted():
    document = a_published_document()
    if not document.representations.exists():
        pytest.skip("no app that renders anything is installed")

    with pytest.raises(ProtectedError):
        document.delete()


@pytest.mark.parametrize("identifier", ["a.b", "", "-a", "a/b", "a b", "x" * 65, "é", "a\n"])
def test_identifier_that_could_not_stand_in_an_address_is_refused(identifier):
    with pytest.raises(ValidationError):
        Document(identifier=identifier, title="A title").clean_fields()


def test_minted_identifiers_are_valid_and_differ():
    minted = {mint() for _ in range(1000)}

    assert len(minted) == 1000
    for identifier in minted:
        Document(identifier=identifier, title="A title").clean_fields()
