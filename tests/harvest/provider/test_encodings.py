"""Compression: every client reads the whole answer, in the encoding that it asked for."""

from __future__ import annotations

import subprocess
import zlib

import pytest

from harvest.provider import encodings
from tests.harvest.builders import record, records

LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("gzip;q=0", ""),
        ("*", "zstd"),
        ("zstd;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("br", ""),
        ("gzip;q=much", ""),
        ("gzip;level=3", ""),
        (",;=,", ""),
    ],
)
def test_client_gets_what_it_likes_best(accepted, chosen):
    assert encodings.preferred(accepted) == chosen


def test_without_isal_zlib_writes_the_same_format(monkeypatch):
    monkeypatch.setattr(encodings, "isal_zlib", None)
    body = b"telegram " * 1000

    coded, name = encodings.encoded(body, "gzip")

    assert name == "gzip"
    assert zlib.decompress(coded, encodings.AS_GZIP) == body


def test_gzip_is_one_member():
    """What stands behind the first, some clients drop without a word."""
    unzip = zlib.decompressobj(encodings.AS_GZIP)

    assert unzip.decompress(encodings.encoded(b"telegram " * 100_000, "gzip")[0])
    assert unzip.eof
    assert unzip.unused_data == b""


@pytest.mark.django_db
@pytest.mark.parametrize("accepted", ["identity", "gzip", "zstd"])
def test_head_is_get_without_a_body(client, accepted):
    record("110692")
    one = "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692"

    for address in (one, "/oai?verb=Nonsense", "/oai?verb=ListMetadataFormats"):
        got = client.get(address, headers={"Accept-Encoding": accepted})
        head = client.head(address, headers={"Accept-Encoding": accepted})
        assert (head.status_code, head.content) == (200, b"")
        assert dict(head.headers) == dict(got.headers)
        assert int(got["Content-Length"]) == len(got.content)


@pytest.mark.django_db
def test_identify_names_the_encodings(client):
    assert b"<compression>gzip</compression>" in client.get("/oai?verb=Identify").content


def by_requests(address):
    import requests

    return requests.get(address, timeout=30).content


def by_urllib3(address):
    import urllib3

    return urllib3.request("GET", address, headers={"Accept-Encoding": "gzip"}).data


def by_httpx(address):
    import httpx

    return httpx.get(address, timeout=30).content


def by_curl(address):
    return output("curl", "--silent", "--fail", "--compressed", address)


def by_wget(address):
    return output("wget", "--quiet", "--compression=gzip", "--output-document=-", address)


def output(*command: str) -> bytes:
    try:
        return subprocess.run(command, check=True, capture_output=True, timeout=30).stdout
    except FileNotFoundError:
        pytest.skip(f"{command[0]} is not installed")


@pytest.mark.django_db(transaction=True)
def test_strangers_read_the_whole_list(live_server):
    """More than any client reads at once."""
    records(150)
    address = live_server.url + LIST
    plain = output("curl", "--silent", "--fail", address)
    whole = plain.count(b"<record>")
    assert len(plain) > 2**17

    for client in (by_requests, by_urllib3, by_httpx, by_curl, by_wget):
        body = client(address)
        assert (client.__name__, body.count(b"<record>")) == (client.__name__, whole)
        assert body.endswith(b"</OAI-PMH>")
