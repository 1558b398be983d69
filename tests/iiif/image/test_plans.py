"""Requests for images, parameter by parameter, as sections 4.1 to 4.7 of the Image API 3.0 have them."""

from __future__ import annotations

import pytest

from iiif.image.errors import ImageRefused, NotOffered
from iiif.image.parameters import ImageRequest
from iiif.image.plans import Box, Plan, plan

WIDTH, HEIGHT = 300, 200
LIMIT = 1_000_000


def a_plan(region="full", size="max", rotation="0", quality="default", suffix="jpg", *, limit=LIMIT) -> Plan:
    return plan(ImageRequest.parse(region, size, rotation, quality, suffix), width=WIDTH, height=HEIGHT, limit=limit)


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ("full", (0, 0, 300, 200)),
        ("square", (50, 0, 200, 200)),
        ("125,15,120,140", (125, 15, 120, 140)),
        ("125,15,200,200", (125, 15, 175, 185)),
        ("pct:41.6,7.5,40,70", (125, 15, 120, 140)),
        ("pct:41.6,7.5,66.6,100", (125, 15, 175, 185)),
        ("pct:.5,0,1,1", (2, 0, 2, 2)),
        ("299,199,1,1", (299, 199, 1, 1)),
    ],
)
def test_region(region, box):
    assert a_plan(region).box == Box(*box)


@pytest.mark.parametrize(
    "region",
    [
        "", "Full", "0,0,10", "0,0,10,10,10", "a,b,c,d", "-1,0,10,10", "+1,0,10,10", "0,0,0,10", "0,0,10,0",
        "300,0,10,10", "0,200,10,10", "1.5,0,10,10", "pct:0,0,0,10", "pct:100,0,10,10", "pct:1e1,0,10,10",
        "pct:nan,0,1,1", "0,0,99999999999,1", "٣,0,10,10", " 0,0,1,1", "pct:full",
    ],
)  # fmt: skip
def test_region_that_cannot_be(region):
    with pytest.raises(ImageRefused) as caught:
        a_plan(region)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("max", (300, 200)),
        ("150,", (150, 100)),
        (",150", (225, 150)),
        ("pct:50", (150, 100)),
        ("pct:33.4", (100, 67)),
        ("225,100", (225, 100)),
        ("!225,100", (150, 100)),
        ("!900,900", (300, 200)),
        ("1,", (1, 1)),
        ("^max", (1224, 816)),
        ("^600,", (600, 400)),
        ("^,400", (600, 400)),
        ("^pct:200", (600, 400)),
        ("^360,360", (360, 360)),
        ("^!360,360", (360, 240)),
        ("^!150,150", (150, 100)),
        ("^!9000,9000", (1224, 816)),
        ("^150,", (150, 100)),
    ],
)
def test_size(size, expected):
    made = a_plan(size=size)

    assert (made.width, made.height) == expected


@pytest.mark.parametrize(
    "size",
    [
        "", "full", "Max", ",", "!10,", "!,10", "0,", ",0", "0,10", "10,0", "pct:0", "pct:0.1", "pct:101", "301,",
        ",201", "10,201", "301,10", "^5000,5000", "^pct:10000", "-10,", "1.5,", "pct:", "pct:1e2", "^^10,", "!max",
        "10", "10,10,", "99999999999,", "^999999,1", "٣,",
    ],
)  # fmt: skip
def test_size_that_cannot_be(size):
    with pytest.raises(ImageRefused) as caught:
        a_plan(size=size)
    assert caught.value.status == 400


def test_limit_shrinks_max_and_refuses_what_asks_for_more():
    made = a_plan(limit=15_000)

    assert (made.width, made.height) == (150, 100)
    assert (a_plan(size="!300,300", limit=15_000).width, made.canonical) == (150, "full/max/0/default.jpg")
    with pytest.raises(ImageRefused, match="limit"):
        a_plan(size="300,200", limit=15_000)


@pytest.mark.parametrize(
    ("rotation", "degrees", "mirrored"),
    [
        ("0", 0, False),
        ("90", 90, False),
        ("360", 0, False),
        ("!0", 0, True),
        ("!180", 180, True),
        ("22.5", 22.5, False),
    ],
)
def test_rotation(rotation, degrees, mirrored):
    made = a_plan(rotation=rotation).rotation

    assert (made.degrees, made.mirrored) == (degrees, mirrored)


@pytest.mark.parametrize("rotation", ["", "!", "361", "360.1", "-90", "+90", "90!", "1e1", "nan", "ninety"])
def test_rotation_that_cannot_be(rotation):
    with pytest.raises(ImageRefused) as caught:
        a_plan(rotation=rotation)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("quality", "suffix", "status"),
    [("colour", "jpg", 400), ("", "jpg", 400), ("native", "jpg", 400), ("default", "jpeg", 400),
     ("default", "exe", 400), ("default", "tif", 501), ("default", "gif", 501), ("default", "jp2", 501),
     ("default", "pdf", 501)],
)  # fmt: skip
def test_quality_and_format_that_cannot_be(quality, suffix, status):
    with pytest.raises(ImageRefused) as caught:
        a_plan(quality=quality, suffix=suffix)
    assert caught.value.status == status
    assert isinstance(caught.value, NotOffered) == (status == 501)


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        (("0,0,300,200", "300,", "360", "color", "jpg"), "full/max/0/default.jpg"),
        (("square", "pct:50", "0.0", "gray", "png"), "50,0,200,200/100,100/0/gray.png"),
        (("full", "^600,", "!22.50", "default", "webp"), "full/^600,400/!22.5/default.webp"),
        (("pct:50,0,50,100", "max", "90", "bitonal", "jpg"), "150,0,150,200/max/90/bitonal.jpg"),
        (("full", "max", "10", "default", "jpg"), "full/max/10/default.jpg"),
    ],
)
def test_equal_requests_have_one_canonical_form(asked, canonical):
    assert a_plan(*asked).canonical == canonical
    assert (
        a_plan(
            *canonical.replace(".j", "|j").replace(".p", "|p").replace(".w", "|w").replace("|", "/").split("/")
        ).canonical
        == canonical
    )
