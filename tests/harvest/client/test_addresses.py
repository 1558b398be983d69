"""Addresses: only public ones are asked, whatever a name, a redirect or a resolver says."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading

import pytest

from archive.fetching import addresses, transport
from harvest.client.failures import Forbidden, HarvestFailed
from tests.harvest.client.repository import Repository, serving


@pytest.fixture
def resolving(monkeypatch):
    """Let every name be at these addresses."""

    resolve = socket.getaddrinfo

    def resolving(*found: str) -> None:
        def answer(host, port, *others, **more):
            if host in found:  # the connection is made to the address itself
                return resolve(host, port, *others, **more)
            return [(socket.AF_INET6 if ":" in each else socket.AF_INET, 1, 6, "", (each, port)) for each in found]

        monkeypatch.setattr(addresses.socket, "getaddrinfo", answer)

    return resolving


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
        "ff02::1", "fec0::1",
    ],
)  # fmt: skip
def test_address_that_is_not_public_is_not_asked(resolving, address):
    resolving(address)

    with pytest.raises(Forbidden, match="not a public address"):
        addresses.public_addresses(addresses.endpoint("https://repository.example.org/oai"))


def test_name_with_a_public_and_a_private_address_is_not_asked(resolving):
    resolving("93.184.215.14", "10.0.0.1")

    with pytest.raises(Forbidden, match="which is not a public address"):
        addresses.public_addresses(addresses.endpoint("https://repository.example.org/oai"))


def test_public_addresses_are_asked(resolving):
    resolving("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c")

    found = addresses.public_addresses(addresses.endpoint("https://repository.example.org/oai"))

    assert found == ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "//example.org/oai", "example.org", "",
        "http://", "http://example.org:22/", "http://example.org:x/", "http://user:secret@example.org/",
        "http://example.org/\r\nHost: x", "http://exam ple.org/", "http://[::1/", "http://" + "a" * 70 + ".org/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused_with_a_reason(url):
    with pytest.raises(Forbidden):
        addresses.endpoint(url)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_other_spellings_of_this_machine_are_seen_through(host):
    with pytest.raises(Forbidden, match="not a public address"):
        addresses.public_addresses(addresses.endpoint(f"http://{host}/"))


def test_letters_that_are_no_ascii_are_encoded():
    assert addresses.endpoint("http://mühle.example.org/öl?a=ü").url == (
        "http://xn--mhle-0ra.example.org/%C3%B6l?a=%C3%BC".replace("xn--mhle-0ra", "mühle".encode("idna").decode())
    )


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://10.0.0.1/", "10.0.0.1"), ("file:///etc/passwd", "no address of the web"),
        ("http://169.254.169.254/latest/", "169.254.169.254"), ("http://127.0.0.1:22/", "port 22"),
    ],
)  # fmt: skip
def test_redirect_to_what_is_not_public_is_not_followed(open_to, location, words):
    with serving(Repository(always=lambda asked: (302, {"Location": location}, b""))) as repository:
        open_to(repository.port)
        ports = (repository.port, 80)
        open_to(repository.port, HARVEST_PORTS=ports)

        with pytest.raises(Forbidden, match=words):
            transport.fetch(f"{repository.base_url}?verb=ListRecords", headers={})


def test_redirects_without_end_are_ended(open_to):
    with serving(Repository(always=lambda asked: (302, {"Location": "?verb=ListRecords"}, b""))) as repository:
        open_to(repository.port)

        with pytest.raises(HarvestFailed, match="more than 5 times"):
            transport.fetch(f"{repository.base_url}?verb=ListRecords", headers={})


def test_redirect_to_another_path_is_followed(open_to):
    def reply(asked):
        return (200, {}, b"here") if "moved" in asked else (301, {"Location": "/new?verb=ListRecords&moved=1"}, b"")

    with serving(Repository(always=reply)) as repository:
        open_to(repository.port)

        answer = transport.fetch(f"{repository.base_url}?verb=ListRecords", headers={})

    assert (answer.content, answer.url.rpartition("/")[2]) == (b"here", "new?verb=ListRecords&moved=1")


def test_proxy_of_the_environment_has_no_say(open_to, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://10.0.0.1:1/")
    with serving(Repository(always=lambda asked: (200, {}, b"here"))) as repository:
        open_to(repository.port)

        assert transport.fetch(f"{repository.base_url}?verb=ListRecords", headers={}).content == b"here"


# --- https ---


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for repository.example.org, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x", "-addext",
            "subjectAltName=DNS:repository.example.org", "-keyout", folder / "key.pem", "-out", folder / "cert.pem",
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def over_tls(certificate, open_to):
    """A server that answers over TLS, under whatever name it is asked; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                with context.wrap_socket(listener.accept()[0], server_side=True) as connection:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere")
            except ssl.SSLError:
                continue
            except OSError:
                if listener.fileno() < 0:
                    return

    threading.Thread(target=serve, daemon=True).start()
    port = listener.getsockname()[1]
    open_to(port)
    yield port
    listener.close()


def test_certificate_that_nobody_vouches_for_is_refused(over_tls, resolving):
    resolving("127.0.0.1")

    with pytest.raises(HarvestFailed, match="cannot prove that it is"):
        transport.fetch(f"https://repository.example.org:{over_tls}/", headers={})


@pytest.mark.parametrize(("host", "good"), [("repository.example.org", True), ("other.example.org", False)])
def test_certificate_is_verified_by_name_and_not_by_address(over_tls, resolving, certificate, monkeypatch, host, good):
    resolving("127.0.0.1")
    trusting = ssl.create_default_context(cafile=certificate / "cert.pem")
    monkeypatch.setattr(transport, "trusted", lambda: trusting)

    if good:
        assert transport.fetch(f"https://{host}:{over_tls}/", headers={}).content == b"here"
    else:
        with pytest.raises(HarvestFailed, match="cannot prove"):
            transport.fetch(f"https://{host}:{over_tls}/", headers={})
