"""From whom a request comes, and how much it brings."""

from __future__ import annotations

import pytest

from archive.clients import client_of, size_told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:1::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("nonsense", "", True),
    ],
)
def test_client_is_its_address_or_its_network(rf, one, other, same):
    clients = {client_of(rf.get("/", REMOTE_ADDR=each)) for each in (one, other)}

    assert len(clients) == (1 if same else 2)


def test_header_of_a_client_is_believed_only_where_a_proxy_sets_it(rf, settings):
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Real-IP": "198.51.100.7"})

    assert client_of(request) == "192.0.2.1"
    settings.FONDS = {**settings.FONDS, "OAI_CLIENT_HEADER": "X-Real-IP"}
    assert client_of(request) == "198.51.100.7"


@pytest.mark.parametrize(("told", "size"), [("12", 12), ("", 0), ("x", 0), ("-1", 0), ("9" * 5000, 0)])
def test_size_that_is_no_number_is_none(rf, told, size):
    assert size_told(rf.post("/", CONTENT_LENGTH=told)) == size
