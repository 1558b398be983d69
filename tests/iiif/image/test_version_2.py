"""Image API 2, by the same code."""

from __future__ import annotations

import pytest
import pyvips

from tests.iiif.image.pyramids import a_public_page, a_pyramid

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

SERVICE = "https://archive.example.org/iiif/image/2/scan.s1"


@pytest.fixture(autouse=True)
def page(db):
    return a_public_page(a_pyramid(600, 400), 600, 400)


def test_information_is_in_the_words_of_version_2(client):
    response = client.get("/iiif/image/2/scan.s1/info.json", headers={"Accept": "application/ld+json"})

    info = response.json()
    assert info["@context"] == "http://iiif.io/api/image/2/context.json"
    assert info["@id"] == SERVICE
    assert "id" not in info
    assert info["profile"][0] == "http://iiif.io/api/image/2/level2.json"
    assert {"jpg", "png", "webp"} == set(info["profile"][1]["formats"])
    assert "sizeAboveFull" in info["profile"][1]["supports"]
    assert info["tiles"] == [{"width": 256, "height": 256, "scaleFactors": [1, 2, 4]}]
    assert response["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/image/2/context.json"'
    assert response["Link"] == '<http://iiif.io/api/image/2/level2.json>;rel="profile"'


@pytest.mark.parametrize(
    ("path", "extent", "canonical"),
    [
        ("full/full/0/default.jpg", (600, 400), "full/full/0/default.jpg"),
        ("full/max/0/color.jpg", (600, 400), "full/full/0/default.jpg"),
        ("full/300,/0/default.jpg", (300, 200), "full/300,/0/default.jpg"),
        ("full/,200/0/default.jpg", (300, 200), "full/300,/0/default.jpg"),
        ("full/300,100/0/default.jpg", (300, 100), "full/300,100/0/default.jpg"),
        ("full/!100,100/0/default.jpg", (100, 67), "full/100,/0/default.jpg"),
        ("full/pct:50/0/default.jpg", (300, 200), "full/300,/0/default.jpg"),
        ("full/1200,/0/default.jpg", (1200, 800), "full/1200,/0/default.jpg"),
        ("square/full/!90/gray.png", (400, 400), "100,0,400,400/full/!90/gray.png"),
    ],
)
def test_image_has_the_size_asked_for_and_tells_its_canonical_address(client, path, extent, canonical):
    response = client.get(f"/iiif/image/2/scan.s1/{path}")

    image = pyvips.Image.new_from_buffer(response.content, "")
    assert (image.width, image.height) == extent
    assert f'<{SERVICE}/{canonical}>;rel="canonical"' in response["Link"]


@pytest.mark.parametrize("path", ["full/^700,/0/default.jpg", "full/^max/0/default.jpg", "full/max/0/native.jpg", "x"])
def test_words_of_version_3_mean_nothing_in_version_2(client, path):
    assert client.get(f"/iiif/image/2/scan.s1/{path}").status_code == 400


def test_size_full_means_nothing_in_version_3(client):
    assert client.get("/iiif/image/scan.s1/full/full/0/default.jpg").status_code == 400


def test_base_address_leads_to_the_information(client):
    response = client.get("/iiif/image/2/scan.s1")

    assert (response.status_code, response["Location"]) == (303, f"{SERVICE}/info.json")
