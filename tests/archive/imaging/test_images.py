"""Images are measured before they are decoded, and refused where no honest scan is so."""

import re
import struct
import zlib
from pathlib import Path

import pytest
import pyvips
from PIL import Image

from archive.imaging import ImageBroken, ImageHostile
from archive.imaging.headers import header_of
from archive.imaging.pyramids import pyramid
from archive.readers import BrokenSource, HostileSource, Source, drafts_of


def a_png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def saved(path: Path, mode: str = "RGB", size=(300, 200), **saving) -> Path:
    Image.new(mode, size).save(path, **saving)
    return path


def made(path: Path, tmp_path: Path, place: int = 0):
    header = header_of(lambda: path.open("rb"))
    to = tmp_path / f"made-{path.name}.tif"
    assert pyramid(path, header.media_type, place=place, to=to) == (
        header.extents[place].width,
        header.extents[place].height,
    )
    return pyvips.Image.new_from_file(str(to))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.jp2", "a.webp"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_each_format_becomes_a_pyramid_of_the_same_size(tmp_path, name, mode):
    image = made(saved(tmp_path / name, mode, (700, 500)), tmp_path)

    assert (image.width, image.height) == (700, 500)
    assert image.get("n-pages") > 1
    assert image.interpretation in {"srgb", "b-w"}


@pytest.mark.parametrize("mode", ["CMYK", "RGBA", "LA", "P", "I;16", "1"])
def test_every_kind_of_colour_becomes_srgb_or_grey(tmp_path, mode):
    image = made(saved(tmp_path / ("a.tif" if mode == "CMYK" else "a.png"), mode), tmp_path)

    assert image.bands in {1, 3}
    assert image.format == "uchar"


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_image_stands_upright(tmp_path, name):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path / name, **({"tiffinfo": {0x0112: 6}} if name == "a.tif" else {"exif": exif}))

    image = made(path, tmp_path)

    assert (image.width, image.height) == (200, 300)


def test_each_image_of_a_tiff_is_a_page_and_the_levels_of_a_pyramid_are_none(tmp_path):
    several = tmp_path / "several.tif"
    Image.new("L", (300, 200)).save(several, save_all=True, append_images=[Image.new("L", (301, 200))])
    made(saved(tmp_path / "a.png", size=(2000, 1500)), tmp_path)

    assert len(header_of(lambda: several.open("rb")).extents) == 2
    assert len(header_of(lambda: (tmp_path / "made-a.png.tif").open("rb")).extents) == 1
    assert made(several, tmp_path, place=1).width == 301


def test_image_of_fifty_thousand_pixels_square_is_refused_by_its_header():
    source = Source("map.png", a_png_that_claims(50_000, 50_000))

    with pytest.raises(HostileSource, match=r"map\.png holds an image of 50,000 × 50,000 pixels"):
        list(drafts_of(source)[1])


@pytest.mark.parametrize("left", [20, 0.02, 0.5], ids=["mark", "beginning", "half"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.jp2", "a.webp"])
def test_image_that_is_cut_off_is_refused_in_words_for_archivists(tmp_path, name, left):
    path = tmp_path / name
    Image.effect_noise((400, 300), 80).convert("RGB").save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: left if left > 1 else int(len(whole) * left)])

    with pytest.raises(ImageBroken, match=r"^(is cut off|cannot be decoded: it begins as )") as refused:
        made(path, tmp_path)

    assert not re.search(r"(?i)vips|libpng|stream|unable to|\bcall\b|read error|datastream", str(refused.value))


def test_what_the_library_says_of_a_damaged_image_is_logged_by_name(caplog):
    with pytest.raises(BrokenSource):
        list(drafts_of(Source("a.jpg", b"\xff\xd8\xff\xe0 and then a letter to the editor"))[1])

    assert re.search(r"a\.jpg cannot be decoded: .* The library says: .*Jpeg", caplog.text)


def test_full_disk_is_no_fault_of_the_image(tmp_path):
    with pytest.raises(OSError, match="cannot be written"):
        pyramid(saved(tmp_path / "a.png"), "image/png", to=tmp_path / "nowhere" / "a.tif")


def test_file_that_only_begins_as_an_image_is_refused_by_name():
    with pytest.raises(BrokenSource, match=r"a\.jpg cannot be decoded"):
        list(drafts_of(Source("a.jpg", b"\xff\xd8\xff\xe0 and then a letter to the editor"))[1])
    with pytest.raises(BrokenSource, match=r"a\.jp2 cannot be decoded: its header is damaged"):
        list(drafts_of(Source("a.jp2", b"\xff\x4f\xff\x51 and then a letter to the editor"))[1])


def test_file_of_more_images_than_any_honest_scan_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.imaging.headers.IMAGES", 2)
    path = tmp_path / "a.tif"
    Image.new("L", (9, 9)).save(path, save_all=True, append_images=[Image.new("L", (9, 9))] * 2)

    with pytest.raises(ImageHostile, match="holds 3 images"):
        header_of(lambda: path.open("rb"))
