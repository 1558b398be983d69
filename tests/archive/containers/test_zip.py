"""Honest ZIP files."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.conf import settings

from archive.containers import container_of
from archive.containers.limits import Limits
from archive.containers.zip_file import ZipFile
from archive.readers import BrokenSource, Source
from tests.archive.containers.archives import Member, came_in, made_by_python, packed, refused, source

CORPORA = Path(settings.BASE_DIR).parent / "shared" / "corpora"


def test_members_come_in_with_their_paths_and_bytes():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.mkdir("letters")
        file.writestr("letters/Письмо № 1.txt", "Товарищу Филиппову")
        file.writestr("scan.jpg", b"\xff\xd8" * 1000, zipfile.ZIP_DEFLATED)

    assert came_in(made.getvalue()) == {
        "letters/Письмо № 1.txt": "Товарищу Филиппову".encode(),
        "scan.jpg": b"\xff\xd8" * 1000,
    }


def test_member_is_read_in_pieces_and_more_than_once():
    [member] = ZipFile(Limits()).members(source(made_by_python(long_txt=b"abc" * 100_000)))

    assert member.size == 300_000
    assert member.head(4) == b"abca"
    with member.open() as file:
        assert b"".join(iter(lambda: file.read(7_000), b"")) == b"abc" * 100_000


def test_container_is_told_from_what_only_is_packed_like_one():
    def opendocument():
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as file:
            file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            file.writestr("content.xml", "<x/>")
        return made.getvalue()

    workbook = packed(Member(b"xl/workbook.xml"), Member(b"[Content_Types].xml"))
    asked = (made_by_python(a_txt=b"a"), opendocument(), workbook, b"Dear Sir", b"", b"PK\x03\x04 is how it begins")
    found = [container_of(source(each)) for each in asked]
    assert [each.name if each else None for each in found] == ["zip", None, None, None, None, "zip"]


@pytest.mark.skipif(not CORPORA.exists(), reason="the sample data (../shared/corpora) are not here")
def test_workbook_of_the_sample_data_is_no_container():
    assert container_of(Source.at(CORPORA / "csv" / "test_excel_file.xlsx")) is None


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp866", "Телеграмма № 2406.txt"),
        ("cp866", "ПисьмоСталина.txt"),
        ("shift_jis", "停戦の電報.txt"),
        ("shift_jis", "手紙.txt"),  # as cp866: ОшОЖ
        ("cp437", "Müller.txt"),
        ("utf-8", "Мао.txt"),
    ],
)
def test_name_in_an_old_encoding_is_read_as_it_was_written(encoding, name):
    member = Member(name.encode(encoding), flags=0)

    assert list(came_in(packed(member))) == [name]


def test_encoding_that_was_guessed_is_said_once():
    members = [Member(f"Письмо {number}.txt".encode("cp866"), flags=0) for number in range(3)]

    [said] = ZipFile(Limits()).remarks(source(packed(*members)))
    assert said == "3 names do not say how they are encoded and were read as cp866, such as Письмо 0.txt."


def test_unicode_name_beside_an_old_one_counts():
    old, new = b"Pismo.txt", "Письмо.txt".encode()
    field = b"\x01" + struct.pack("<L", zlib.crc32(old)) + new

    member = Member(old, flags=0, extra=struct.pack("<HH", 0x7075, len(field)) + field)
    assert list(came_in(packed(member))) == ["Письмо.txt"]


def test_furniture_of_systems_is_passed_over_and_said_once():
    names = (b"__MACOSX/._letter.txt", b"Thumbs.db", b"a/.DS_Store", b"a/desktop.ini", b"letter.txt")
    made = packed(*(Member(each) for each in names))

    assert list(came_in(made)) == ["letter.txt"]
    assert refused(made) == {}
    assert list(ZipFile(Limits()).remarks(source(made))) == [
        "4 files that a system keeps for itself were passed over, the first is __MACOSX/._letter.txt."
    ]


def test_file_of_more_than_four_gigabytes_says_its_size_elsewhere():
    sizes = struct.pack("<HHQQ", 1, 16, 16, 18)
    member = Member(listed_size=0xFFFFFFFF, listed_packed=0xFFFFFFFF, extra=sizes)

    assert list(came_in(packed(member))) == ["letter.txt"]


@pytest.mark.parametrize("cut", [1, 30, 60])
def test_cut_off_archive_is_refused_and_says_what_to_do(cut):
    with pytest.raises(BrokenSource, match=r"^box.zip is cut off.* Copy or pack it again"):
        came_in(packed(Member(), cut=cut))


def test_empty_archive_holds_nothing():
    assert came_in(packed()) == {}
