"""Originals are kept whole, whatever happened to whoever wrote them before."""

from __future__ import annotations

import stat
from io import BytesIO
from typing import ClassVar

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError

from archive.accession.originals import SMALL, Kept, private_storage
from archive.models import Original
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


@pytest.mark.django_db(transaction=True)
def test_originals_are_written_down_all_or_none():
    impossible = Source("b.txt", opening=lambda: BytesIO(b"b"), size=-1)

    with pytest.raises(IntegrityError):
        Kept().keep_all([Source("a.txt", b"a"), impossible])

    assert not Original.objects.exists()


class Elsewhere(FileSystemStorage):
    """A storage that does more than to keep files in a folder."""

    saved: ClassVar[list[str]] = []

    def save(self, name, content, max_length=None):
        self.saved.append(name)
        return super().save(name, content, max_length)


def kept_in(settings, folder, backend="django.core.files.storage.FileSystemStorage"):
    kept = {"BACKEND": backend, "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "fonds": kept}


@pytest.mark.parametrize("backend", ["django.core.files.storage.FileSystemStorage", f"{__name__}.Elsewhere"])
def test_originals_of_any_size_come_back_from_any_storage(settings, tmp_path, backend):
    kept_in(settings, tmp_path, backend)
    sources = [Source(f"{size}.txt", b"x" * size) for size in (0, 1, SMALL, SMALL + 1)]

    originals = Kept().keep_all(sources)

    for source, original in zip(sources, originals, strict=True):
        with Kept().source_of(original, source.name).open() as file:
            assert file.read() == source.content
        assert private_storage().size(original.file.name) == original.size == source.size
    if backend.endswith("Elsewhere"):
        assert len(Elsewhere.saved) == len(sources)


@pytest.mark.parametrize("rights", [0o640, 0o600, None])
def test_files_have_the_rights_that_the_site_gives_to_what_it_keeps(settings, tmp_path, rights):
    settings.FILE_UPLOAD_PERMISSIONS = rights
    kept_in(settings, tmp_path)
    # The second file of a folder finds the folder there.
    originals = Kept().keep_all([Source(f"{n}.txt", str(n).encode()) for n in range(300)])
    usual = private_storage().save("usual", ContentFile(b"."))

    modes = {stat.S_IMODE((tmp_path / each.file.name).stat().st_mode) for each in originals}
    assert modes == {stat.S_IMODE((tmp_path / usual).stat().st_mode)}


@pytest.mark.parametrize("rights", [0o750, None])
def test_folders_have_the_rights_that_the_site_gives_to_what_it_keeps(settings, tmp_path, rights):
    settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS = rights
    kept_in(settings, tmp_path)
    (original,) = Kept().keep_all([Source("a.txt", b"a")])
    usual = private_storage().save("some/where/usual", ContentFile(b"."))

    folders = [(tmp_path / original.file.name).parent, (tmp_path / original.file.name).parent.parent]
    assert {stat.S_IMODE(each.stat().st_mode) for each in folders} == {
        stat.S_IMODE((tmp_path / usual).parent.stat().st_mode)
    }


def test_no_row_leads_to_a_file_outside_the_store():
    original = Original(sha256="0" * 64, size=1, file="originals/../../settings.py")

    with pytest.raises(SuspiciousFileOperation):
        Kept().source_of(original, "a.txt").open()
