"""Images that are put together of stored tiles: the same picture as libvips makes, and no larger a file."""

from __future__ import annotations

import io
import math

import pytest
from PIL import Image, ImageChops, ImageStat

from iiif.image.derivation import derive
from iiif.image.levels import levels_of, tiles_of
from iiif.image.parameters import ImageRequest
from iiif.image.plans import plan
from iiif.image.stitching import stack, stitched
from tests.iiif.image.pyramids import a_public_page, a_pyramid

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

#: Neither is whole tiles, and they are halved with a rest.
WIDTH, HEIGHT = 1301, 903
#: How far two encodings of one picture are apart, out of 255: in the mean, and where they are furthest apart.
ALIKE, FURTHEST = 1.5, 60


def a_page(**how):
    return a_public_page(a_pyramid(WIDTH, HEIGHT, **how), WIDTH, HEIGHT)


def planned(asked: str):
    region, size, rotation, last = asked.split("/")
    request = ImageRequest.parse(region, size, rotation, *last.split("."))
    return plan(request, width=WIDTH, height=HEIGHT, limit=10**8)


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize(
    "asked",
    [
        "0,0,512,512/512,512/0/default.jpg",
        "512,256,512,512/512,512/0/default.jpg",
        "100,60,300,200/max/0/color.jpg",
        "700,700,1000,1000/max/0/default.jpg",
        "0,0,1024,512/512,256/0/default.jpg",
        "512,512,788,391/394,195/0/default.jpg",
        "full/max/0/default.jpg",
    ],
)
def test_picture_is_the_one_that_libvips_makes(asked, grey):
    page, wanted = a_page(grey=grey), planned(asked)

    ours, theirs = stitched(page, wanted), derive(page, wanted)

    one, other = picture(ours), picture(theirs)
    assert (one.size, one.mode) == (other.size, other.mode)
    apart = ImageStat.Stat(ImageChops.difference(one, other))
    assert max(apart.mean) < ALIKE
    assert max(high for _, high in apart.extrema) < FURTHEST
    assert math.isclose(len(ours), len(theirs), rel_tol=0.05)


@pytest.mark.parametrize(
    "asked",
    [
        "0,0,512,512/500,500/0/default.jpg",
        "0,0,512,512/256,512/0/default.jpg",
        "0,0,512,512/max/90/default.jpg",
        "0,0,512,512/max/!0/default.jpg",
        "0,0,512,512/max/0/gray.jpg",
        "0,0,512,512/max/0/default.png",
        "full/^2602,1806/0/default.jpg",
        "full/100,/0/default.jpg",
    ],
)
def test_what_is_scaled_turned_or_in_other_colours_is_left_to_libvips(client, asked):
    page = a_page()

    assert stitched(page, planned(asked)) is None
    assert client.get(f"/iiif/image/scan.s1/{asked}").status_code == 200


def test_pyramid_without_jpeg_in_it_is_left_to_libvips(client):
    assert stitched(a_page(bitonal=True), planned("0,0,512,512/max/0/default.jpg")) is None
    assert client.get("/iiif/image/scan.s1/0,0,512,512/max/0/default.jpg").status_code == 200


def test_image_that_is_put_together_takes_no_libvips(client, monkeypatch):
    a_page()
    monkeypatch.setattr("iiif.image.derivation.derive", None)

    response = client.get("/iiif/image/scan.s1/0,0,512,512/512,512/0/default.jpg")

    assert picture(response.content).size == (512, 512)


def test_tiles_below_each_other_are_each_what_they_are_alone():
    page = a_page()
    [level, *_] = levels_of(page.image.storage, page.image.name, page.sha256)
    with page.image.open("rb") as file:
        tiles = [tiles_of(file, level, number)[0] for number in (0, 7, 13)]

    together = picture(stack(level, tiles))

    for number, tile in enumerate(tiles):
        # But for their first and last rows, whose colours go over into each other.
        inner = together.crop((0, 256 * number + 2, 256, 256 * number + 254))
        assert inner.tobytes() == picture(stack(level, [tile])).crop((0, 2, 256, 254)).tobytes()


@pytest.mark.parametrize("change", [lambda tile: tile[:-2], lambda tile: tile[:2] + b"\xff\xdb\0\2" + tile[2:]])
def test_tiles_that_are_cut_off_or_have_tables_of_their_own_are_not_put_together(change):
    page = a_page()
    [level, *_] = levels_of(page.image.storage, page.image.name, page.sha256)
    with page.image.open("rb") as file:
        [tile] = tiles_of(file, level, 0)

    for tiles in ([change(tile)], [tile, change(tile)]):
        with pytest.raises(ValueError, match="tile"):
            stack(level, tiles)
