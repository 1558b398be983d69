import pytest

from archive import publication
from archive.models import Collection
from tests.builders import a_collection, a_document, a_published_document

pytestmark = pytest.mark.django_db


def public() -> set[str]:
    return set(Collection.objects.public().values_list("slug", flat=True))


def test_collection_is_public_once_something_in_it_or_below_it_is():
    war = a_collection("war")
    korea = a_collection("korea", parent=war)
    a_collection("empty", parent=war)
    a_published_document().collections.add(a_collection("armistice", parent=korea))
    a_document("draft").collections.add(a_collection("secret", parent=war))

    assert public() == {"war", "korea", "armistice"}


def test_collection_is_not_public_any_more_when_its_last_document_is_withdrawn():
    document = a_published_document()
    document.collections.add(a_collection())

    publication.withdraw([document.pk])

    assert public() == set()
