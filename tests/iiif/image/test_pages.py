"""Which pages everybody may look at; on each engine, because the statement is written down once and prepared."""

from __future__ import annotations

import pytest
from django.utils import timezone

from archive.models import Document
from iiif.image.pages import public_page
from tests.iiif.image.pyramids import a_public_page

pytestmark = pytest.mark.django_db

#: More often than it takes until a statement is prepared.
OFTEN = 4


@pytest.mark.parametrize("identifier", ["scan.s1", "周恩来 %s '1'", "the identifier"])
def test_page_of_a_public_document_is_found_each_time(identifier):
    page = a_public_page(b"", 1300, 900, identifier=identifier)

    for _ in range(OFTEN):
        found = public_page(identifier)
        assert found == page
        assert (found.identifier, found.width, found.height) == (identifier, 1300, 900)
        assert (found.image.name, found.sha256) == (page.image.name, page.sha256)


@pytest.mark.parametrize("change", [{"state": "draft"}, {"state": "withdrawn", "withdrawn_at": timezone.now()}])
def test_page_is_gone_as_soon_as_its_document_is_no_longer_public(change):
    a_public_page(b"")
    for _ in range(OFTEN):
        assert public_page("scan.s1")

    Document.objects.update(**change)

    assert public_page("scan.s1") is None
    assert public_page("never there") is None
