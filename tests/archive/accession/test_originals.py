"""Originals are kept whole, whatever happened to whoever wrote them before."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from archive.accession.originals import Kept, private_storage
from archive.readers import Source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("left", [b"Top Sec", b""])
def test_file_cut_short_by_a_kill_is_not_taken_for_the_original(left):
    source = Source("telegram.txt", b"Top Secret. " + left)
    private_storage().save(f"originals/{source.sha256[:2]}/{source.sha256}", ContentFile(left))

    (original,) = Kept().keep_all([source])

    with Kept().source_of(original, "telegram.txt").open() as file:
        assert file.read() == source.content


def test_same_bytes_are_one_file_though_no_row_tells_of_them():
    source = Source("telegram.txt", b"Known bytes.")
    (first,) = Kept().keep_all([source])
    name = first.file.name
    first.delete()

    (second,) = Kept().keep_all([source])

    assert second.file.name == name
