"""Names whose encoding nobody says."""

import pytest

from archive.containers.encodings import decoded, usual_encoding
from archive.containers.limits import Limits
from archive.containers.zip_file import ZipFile
from tests.archive.containers.archives import Member, packed, source


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("shift_jis", "停戦協定"),
        ("shift_jis", "条約"),  # as cp866: ПЁЦё
        ("shift_jis", "冷戦"),  # ЧтРэ
        ("shift_jis", "機密"),  # Л@Цз
        ("cp866", "СССР"),
        ("cp866", "ПисьмоСталина"),
        ("cp866", "Вх. № 7"),
        ("cp437", "Müller"),
    ],
)
def test_shape_of_its_words_tells_how_a_name_is_encoded(encoding, name):
    assert decoded(name.encode(encoding)) == (name, encoding)


def test_name_that_could_be_either_is_read_like_those_beside_it():
    either = "東京".encode("shift_jis")
    usual = usual_encoding([either, "停戦の電報.txt".encode("shift_jis"), "図1".encode("shift_jis"), b"list.txt"])

    assert decoded(either) == ("УМЛЮ", "cp866")
    assert decoded(either, usual=usual) == ("東京", "shift_jis")
    assert decoded("図1".encode("shift_jis"), usual=usual) == ("図1", "shift_jis")
    assert decoded(either, usual=usual_encoding(["Письмо Мао.txt".encode("cp866")])) == ("УМЛЮ", "cp866")


def test_archive_packed_on_one_machine_is_read_in_one_encoding():
    names = ["東京/手紙.txt", "東京/中国.txt", "停戦の電報.txt"]
    made = packed(*(Member(name.encode("shift_jis"), flags=0) for name in names))

    assert [each.name for each in ZipFile(Limits()).members(source(made))] == names
