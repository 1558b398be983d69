"""The names under which a site answers: that of its public address, however this machine is called."""

import pytest

from config.hosts import names_in


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost:8123/archive", "http://[::1]:8000"])
def test_site_on_this_machine_answers_to_every_name_of_it(address):
    assert names_in(address) == ["127.0.0.1", "localhost", "[::1]"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://archive.example.org", "archive.example.org"),
        ("https://Archive.Example.org:8443/fonds", "archive.example.org"),
        ("http://[2001:db8::7]/", "[2001:db8::7]"),
    ],
)
def test_site_of_the_world_answers_to_its_public_name_alone(address, name):
    assert names_in(address) == [name]
