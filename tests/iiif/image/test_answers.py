"""What the Image API answers, and what the images show."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import pytest
import pyvips
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from archive import publication
from archive.models import Document, Page
from archive.models.page import private_storage
from archive.typesetting import typeset
from tests.builders import a_document, a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

BASE = "https://archive.example.org"
COLOURS = {"red": (220, 30, 30), "green": (30, 160, 30), "blue": (30, 30, 220), "yellow": (220, 220, 30)}


def a_page(width: int = 600, height: int = 400, identifier: str = "flag") -> Page:
    """A scan in four quarters: red and green above, blue and yellow below."""

    def quarter(colour: str) -> pyvips.Image:
        return (pyvips.Image.black(width // 2, height // 2) + list(COLOURS[colour])).cast("uchar")

    image = quarter("red").join(quarter("green"), "horizontal")
    image = image.join(quarter("blue").join(quarter("yellow"), "horizontal"), "vertical").copy(interpretation="srgb")
    content = image.tiffsave_buffer(tile=True, pyramid=True, tile_width=256, tile_height=256, compression="deflate")
    document = Document.objects.create(title="A flag", state="published", published_at="2026-01-01T00:00:00Z")
    return Page.objects.create(
        document=document, identifier=identifier, kind="scan", width=width, height=height,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="image/tiff", image=private_storage().save("scans/flag.tif", ContentFile(content)),
    )  # fmt: skip


def colour_at(image: pyvips.Image, x: int, y: int) -> str:
    pixel = image.getpoint(x, y)[:3]
    return min(COLOURS, key=lambda name: sum((a - b) ** 2 for a, b in zip(COLOURS[name], pixel, strict=True)))


def corners(image: pyvips.Image) -> str:
    right, bottom = image.width - 6, image.height - 6
    return " ".join(colour_at(image, x, y) for x, y in ((5, 5), (right, 5), (5, bottom), (right, bottom)))


def asked(client, path: str) -> pyvips.Image:
    response = client.get(f"/iiif/image/flag/{path}")
    assert response.status_code == 200, response.content
    return pyvips.Image.new_from_buffer(response.content, "")


@pytest.mark.parametrize(
    ("path", "extent", "shown"),
    [
        ("full/max/0/default.jpg", (600, 400), "red green blue yellow"),
        ("square/max/0/default.png", (400, 400), "red green blue yellow"),
        ("0,0,300,200/max/0/default.jpg", (300, 200), "red red red red"),
        ("300,200,300,200/100,/0/default.webp", (100, 67), "yellow yellow yellow yellow"),
        ("pct:50,0,50,100/,50/0/default.jpg", (38, 50), "green green yellow yellow"),
        ("full/!64,64/0/default.jpg", (64, 43), "red green blue yellow"),
        ("full/50,200/0/default.jpg", (50, 200), "red green blue yellow"),
        ("full/^900,/0/default.jpg", (900, 600), "red green blue yellow"),
        ("full/%5E900,/0/default.jpg", (900, 600), "red green blue yellow"),
        ("full/max/90/default.jpg", (400, 600), "blue red yellow green"),
        ("full/max/180/default.jpg", (600, 400), "yellow blue green red"),
        ("full/max/!0/default.jpg", (600, 400), "green red yellow blue"),
        ("full/max/!90/default.jpg", (400, 600), "yellow green blue red"),
    ],
)
def test_image_has_the_extent_and_shows_what_was_asked(client, path, extent, shown):
    a_page()

    image = asked(client, path)

    assert (image.width, image.height) == extent
    assert corners(image) == shown


def test_slanted_image_is_transparent_around_its_corners_and_white_in_jpeg(client):
    a_page()

    png, jpg = asked(client, "full/max/45/default.png"), asked(client, "full/max/45/default.jpg")

    assert (png.width, png.height) == (jpg.width, jpg.height)
    assert png.width == pytest.approx((600 + 400) / 2**0.5, abs=2)
    assert png.getpoint(2, 2)[3] == 0
    assert min(jpg.getpoint(2, 2)) > 250
    assert colour_at(png, png.width // 2 - 100, png.height // 2) in COLOURS


def test_gray_has_no_colour_and_bitonal_only_black_and_white(client):
    a_page()

    assert asked(client, "full/max/0/gray.jpg").bands == 1
    bitonal = asked(client, "full/max/0/bitonal.png")
    assert {bitonal.getpoint(5, 5)[0], bitonal.getpoint(595, 395)[0]} == {0, 255}
    assert bitonal.bands == 1


@pytest.mark.parametrize(
    ("suffix", "media_type"), [("jpg", "image/jpeg"), ("png", "image/png"), ("webp", "image/webp")]
)
def test_format(client, suffix, media_type):
    a_page()

    assert client.get(f"/iiif/image/flag/full/60,/0/default.{suffix}")["Content-Type"] == media_type


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("full/max/0/default.tif", 501),
        ("full/max/0/default.xyz", 400),
        ("full/max/0/grey.jpg", 400),
        ("full/601,/0/default.jpg", 400),
        ("full/max/400/default.jpg", 400),
        ("700,0,1,1/max/0/default.jpg", 400),
        ("full/^40000,40000/0/default.jpg", 400),
        ("full/^100000,1/0/default.jpg", 400),
        ("full/^20000,1/0/default.webp", 400),
        ("full/max/0/default", 400),
        ("full/max/default.jpg", 400),
        ("full/max/0/default.jpg/", 400),
    ],
)
def test_request_that_cannot_be_answered_gets_the_status_and_the_reason(client, path, status):
    a_page()

    response = client.get(f"/iiif/image/flag/{path}")

    assert response.status_code == status
    assert response.content
    assert response["Access-Control-Allow-Origin"] == "*"


def test_every_tile_and_size_of_the_information_can_be_had(client):
    page = a_page(width=1301, height=977)
    info = client.get("/iiif/image/flag/info.json").json()

    (tiles,) = info["tiles"]
    for factor in tiles["scaleFactors"]:
        side = tiles["width"] * factor
        x, y = (page.width - 1) // side * side, (page.height - 1) // side * side
        width, height = min(side, page.width - x), min(side, page.height - y)
        wanted = -(-width // factor), -(-height // factor)
        tile = asked(client, f"{x},{y},{width},{height}/{wanted[0]},{wanted[1]}/0/default.jpg")
        assert (tile.width, tile.height) == wanted
    for size in info["sizes"]:
        image = asked(client, f"full/{size['width']},{size['height']}/0/default.jpg")
        assert (image.width, image.height) == (size["width"], size["height"])
        assert corners(image) == "red green blue yellow"


def test_information_says_what_the_service_does(client):
    a_page()

    response = client.get("/iiif/image/flag/info.json", headers={"Host": "localhost"})

    info = response.json()
    assert info["id"] == f"{BASE}/iiif/image/flag"
    assert info["profile"] == "level2"
    assert (info["width"], info["height"], info["maxArea"]) == (600, 400, 40_000_000)
    assert info["extraFormats"] == ["webp"]
    assert next(iter(info)) == "@context"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html", "application/json"),
        ("application/ld+json", 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'),
        (
            'application/ld+json;profile="http://iiif.io/api/image/3/context.json"',
            'application/ld+json;profile="http://iiif.io/api/image/3/context.json"',
        ),
        ("application/ld+json;q=0.5,application/json", "application/json"),
    ],
)
def test_information_comes_in_the_media_type_asked_for(client, accept, media_type):
    a_page()

    response = client.get("/iiif/image/flag/info.json", headers={"Accept": accept})

    assert response["Content-Type"] == media_type
    assert "Accept" in response["Vary"]


def test_limit_is_told_and_kept(client, settings):
    settings.FONDS = {**settings.FONDS, "IMAGE_PIXEL_LIMIT": 60_000}
    a_page()

    info = client.get("/iiif/image/flag/info.json").json()

    assert info["maxArea"] == 60_000
    assert all(size["width"] * size["height"] <= 60_000 for size in info["sizes"])
    assert asked(client, "full/max/0/default.jpg").width == 300
    assert client.get("/iiif/image/flag/full/600,400/0/default.jpg").status_code == 400


def test_base_address_leads_to_the_information(client):
    a_page()

    response = client.get("/iiif/image/flag", headers={"Host": "localhost"})

    assert response.status_code == 303
    assert response["Location"] == f"{BASE}/iiif/image/flag/info.json"


def test_identifier_may_be_percent_encoded(client):
    a_page(identifier="телеграмма 1.2")

    info = client.get(f"/iiif/image/{quote('телеграмма 1.2')}/info.json").json()

    assert info["id"] == f"{BASE}/iiif/image/{quote('телеграмма 1.2')}"
    assert client.get(f"/iiif/image/{quote('телеграмма 1')}%2E2/full/60,/0/default.jpg").status_code == 200


def test_image_that_the_viewer_has_is_not_made_again(client, monkeypatch):
    a_page()
    first = client.get("/iiif/image/flag/full/60,/0/default.jpg")
    monkeypatch.setattr("iiif.image.derivation.derive", None)

    again = client.get("/iiif/image/flag/full/60,40/0/color.jpg", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again["Cache-Control"] == "public, no-cache"
    assert f'<{BASE}/iiif/image/flag/full/60,40/0/default.jpg>;rel="canonical"' in again["Link"]


def test_image_of_a_remote_storage_is_served(client, monkeypatch):
    remote = InMemoryStorage()
    page = a_page()
    remote.save(page.image.name, page.image.file)
    monkeypatch.setattr(Page._meta.get_field("image"), "storage", remote)
    monkeypatch.setattr(pyvips.Image, "new_from_file", None)

    assert corners(asked(client, "full/60,/0/default.jpg")) == "red green blue yellow"


def test_typeset_page_of_a_public_document_can_be_seen(client):
    a_published_document("110692")

    response = client.get("/iiif/image/110692.1/full/!200,200/0/default.jpg")

    image = pyvips.Image.new_from_buffer(response.content, "")
    assert (image.width, image.height) == (141, 200)
    assert image.min() < 150, "there is ink on it"


@pytest.mark.parametrize("path", ["", "/info.json", "/full/max/0/default.jpg"])
def test_pages_of_drafts_and_of_withdrawn_documents_are_not_there(client, path):
    document = a_published_document("110692")
    publication.withdraw([document.pk])
    typeset(a_document("2"))

    assert Page.objects.count() == 2
    assert client.get(f"/iiif/image/110692.1{path}").status_code == 404
    assert client.get(f"/iiif/image/2.1{path}").status_code == 404
    assert client.get(f"/iiif/image/nowhere{path}").status_code == 404


def test_answer_takes_one_query(client, django_assert_num_queries):
    a_page()

    with django_assert_num_queries(1):
        client.get("/iiif/image/flag/full/60,/0/default.jpg")
