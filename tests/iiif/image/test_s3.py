"""Page images in S3, at a real server of its protocol."""

from __future__ import annotations

import io
import logging

import pytest
import pyvips
from django.core.files.base import ContentFile

from archive.models import Page
from iiif.image import reading
from tests.iiif.image.pyramids import a_public_page, a_pyramid

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

WIDTH, HEIGHT = 2600, 1800


@pytest.fixture(scope="module")
def server():
    """moto, which speaks S3 over HTTP."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def s3(server):
    from storages.backends.s3 import S3Storage

    storage = S3Storage(
        bucket_name="fonds", endpoint_url=server, region_name="us-east-1", access_key="x", secret_key="x",
        location="pages",
    )  # fmt: skip
    storage.connection.create_bucket(Bucket="fonds")
    return storage


@pytest.fixture
def page(s3, monkeypatch):
    """A page whose image lies in S3."""
    content = a_pyramid(WIDTH, HEIGHT)
    made = a_public_page(content, WIDTH, HEIGHT)
    s3.save(made.image.name, ContentFile(content))
    monkeypatch.setattr(Page._meta.get_field("image"), "storage", s3)
    return made


@pytest.fixture
def fetched(monkeypatch):
    """The bytes that came from S3."""
    fetch, sizes = reading._S3Object._fetched, []

    def counted(self, start):
        content = fetch(self, start)
        sizes.append(len(content))
        return content

    monkeypatch.setattr(reading._S3Object, "_fetched", counted)
    return sizes


def test_images_are_made_from_stretches_of_the_file(client, page, fetched, s3, monkeypatch):
    monkeypatch.setattr(reading, "STRETCH", 8 * 1024)  # as if the file were several times as large

    response = client.get("/iiif/image/scan.s1/0,0,600,600/300,/0/default.jpg")

    image = pyvips.Image.new_from_buffer(response.content, "")
    assert (image.width, image.height) == (300, 300)
    assert 0 < sum(fetched) < s3.size(page.image.name) * 0.75


def test_stored_tile_is_a_stretch_of_the_file(client, page, fetched, s3):
    first = client.get("/iiif/image/scan.s1/256,256,256,256/max/0/default.jpg")
    fetched.clear()
    second = client.get("/iiif/image/scan.s1/512,256,256,256/max/0/default.jpg")

    assert pyvips.Image.new_from_buffer(first.content, "").width == 256
    assert second.status_code == 200
    assert sum(fetched) <= 4 * reading.STRETCH


def test_object_is_read_from_anywhere_as_a_file_is(s3):
    content = bytes(range(256)) * 1000
    s3.save("numbers", ContentFile(content))

    with reading.opened(s3, "numbers") as file:
        assert file.read(3) == b"\0\1\2"
        assert file.seek(-2, io.SEEK_END) == len(content) - 2
        assert file.read() == b"\xfe\xff"
        assert file.read(1) == b""
        file.seek(100_000)
        assert file.read(5) == content[100_000:100_005]


def test_object_that_is_not_there_is_no_file(s3):
    with pytest.raises(FileNotFoundError), reading.opened(s3, "nothing") as file:
        file.read(1)
