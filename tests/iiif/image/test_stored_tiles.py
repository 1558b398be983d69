"""Tiles that are handed out as they are stored."""

from __future__ import annotations

import io
import struct

import pytest
import pyvips
from PIL import Image

from iiif.image import making
from iiif.image.parameters import ImageRequest
from iiif.image.plans import plan
from iiif.image.stored_tiles import stored_tile
from tests.iiif.image.pyramids import a_public_page, a_pyramid

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

WIDTH, HEIGHT = 1300, 900


def tile(page, asked: str) -> bytes | None:
    region, size, rotation, last = asked.split("/")
    request = ImageRequest.parse(region, size, rotation, *last.split("."))
    return stored_tile(page, plan(request, width=page.width, height=page.height, limit=10**8))


def pixels(content: bytes) -> bytes:
    return Image.open(io.BytesIO(content)).tobytes()


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize(
    ("asked", "level", "at"),
    [
        ("0,0,256,256/256,256/0/default.jpg", 0, (0, 0)),
        ("256,512,256,256/max/0/default.jpg", 0, (256, 512)),
        ("1024,0,256,256/256,/0/color.jpg", 0, (1024, 0)),
        ("512,0,512,512/256,256/0/default.jpg", 1, (256, 0)),
        ("0,0,512,512/,256/!360/default.jpg".replace("!360", "360"), 1, (0, 0)),
    ],
)
def test_tile_is_the_one_of_the_file_pixel_for_pixel(asked, level, at, grey):
    content = a_pyramid(grey=grey)
    page = a_public_page(content)

    given = tile(page, asked)

    stored = pyvips.Image.new_from_buffer(content, "", page=level).crop(*at, 256, 256)
    assert pixels(given) == stored.write_to_memory()


@pytest.mark.parametrize(
    "asked",
    [
        "1,0,256,256/256,256/0/default.jpg",
        "0,0,255,256/255,256/0/default.jpg",
        "1280,0,256,256/max/0/default.jpg",
        "0,768,256,256/max/0/default.jpg",
        "0,0,512,512/512,512/0/default.jpg",
        "0,0,256,256/128,128/0/default.jpg",
        "0,0,768,768/256,256/0/default.jpg",
        "0,0,256,256/max/90/default.jpg",
        "0,0,256,256/max/!0/default.jpg",
        "0,0,256,256/max/0/gray.jpg",
        "0,0,256,256/max/0/default.png",
        "full/256,/0/default.jpg",
    ],
)
def test_anything_else_is_made(client, asked):
    page = a_public_page(a_pyramid())

    assert tile(page, asked) is None
    assert client.get(f"/iiif/image/scan.s1/{asked}").status_code == 200


@pytest.mark.parametrize("content", [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0+" + b"\0" * 12, b"\x89PNG" * 9])
def test_file_that_is_no_pyramid_has_no_tiles(content):
    assert tile(a_public_page(content), "0,0,256,256/max/0/default.jpg") is None


def test_pyramid_without_jpeg_in_it_has_no_tiles_and_is_served(client):
    page = a_public_page(a_pyramid(bitonal=True))

    assert tile(page, "0,0,256,256/max/0/default.jpg") is None
    assert client.get("/iiif/image/scan.s1/0,0,256,256/max/0/default.jpg").status_code == 200


def test_directory_that_leads_back_to_itself_is_left():
    content = bytearray(a_pyramid())
    (first,) = struct.unpack_from("<I", content, 4)
    (number,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * number, first)

    assert tile(a_public_page(bytes(content)), "0,0,512,512/256,256/0/default.jpg") is None


def test_tiles_that_viewers_ask_for_are_stored_ones(client, monkeypatch):
    """So that a page in a viewer costs next to nothing: whole tiles of every level are not made."""
    a_public_page(a_pyramid())
    monkeypatch.setattr("iiif.image.derivation.derive", None)
    [tiles] = client.get("/iiif/image/scan.s1/info.json").json()["tiles"]

    asked = 0
    for factor in tiles["scaleFactors"]:
        side = tiles["width"] * factor
        for x in range(0, WIDTH - side + 1, side):
            for y in range(0, HEIGHT - side + 1, side):
                response = client.get(f"/iiif/image/scan.s1/{x},{y},{side},{side}/256,256/0/default.jpg")
                assert response.status_code == 200
                asked += 1

    assert asked == 5 * 3 + 2 * 1


def test_image_that_finds_no_place_is_put_off(client, settings, monkeypatch, caplog):
    settings.FONDS = {**settings.FONDS, "IMAGES_AT_ONCE": 1}
    monkeypatch.setattr(making, "PATIENCE", 0.01)
    a_public_page(a_pyramid())

    with making._images.one(of=1):
        busy = client.get("/iiif/image/scan.s1/full/100,/0/default.jpg")
        stored = client.get("/iiif/image/scan.s1/0,0,256,256/max/0/default.jpg")
    after = client.get("/iiif/image/scan.s1/full/100,/0/default.jpg")

    assert (busy.status_code, busy["Retry-After"], busy["Access-Control-Allow-Origin"]) == (503, "5", "*")
    assert stored.status_code == after.status_code == 200
    assert caplog.messages == [], "no error is told to the administrators"
