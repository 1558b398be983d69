"""A database that goes away for a moment: who asks is asked to come again, and is answered then."""

from __future__ import annotations

import pytest
from django.db import close_old_connections, connection
from django.test import Client

from tests.builders import a_published_document
from tests.harvest.keeping.hands import Hand

pytestmark = [
    pytest.mark.usefixtures("several_connections"),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is a file, which nobody cuts off"),
]

DOORS = [
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692",
    "/iiif/110692/manifest",
    "/documents/110692.ttl",
    "/documents/110692.jsonld",
    "/api/documents/110692/",
]


#: What a browser says that it likes.
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
PAGES = ["/", "/documents/", "/documents/?q=korea", "/documents/110692", "/documents/110692.html", "/agents/"]


def test_program_that_finds_its_connection_cut_is_asked_to_come_again(caplog):
    a_published_document("110692")

    answers = answers_of(Client(), DOORS)

    for door, (first, second) in answers.items():
        assert (first.status_code, second.status_code) == (503, 200), door
        assert first["Retry-After"] == "30", door
        assert b"does not answer" in first.content, door
    assert caplog.text.count("the database does not answer") == len(DOORS)  # whoever runs the site hears of it


def test_reader_who_finds_the_connection_cut_is_shown_a_page_that_says_so():
    a_published_document("110692")

    answers = answers_of(Client(raise_request_exception=False, headers={"accept": BROWSER}), PAGES)

    for page, (first, second) in answers.items():
        assert (first.status_code, second.status_code) == (503, 200), page
        assert first["Retry-After"] == "30", page
        assert "This cannot be answered just now" in first.text, page


def answers_of(client, addresses):
    """What each address answers when the connection was cut, and what it answers then."""
    answers = {}

    def ask() -> None:
        for address in addresses:
            connection.ensure_connection()
            cut(connection.connection.info.backend_pid)
            first = client.get(address)
            close_old_connections()  # as between two requests to a server
            answers[address] = first, client.get(address)

    asking = Hand(ask)
    asking.start()
    asking.end()
    return answers


def cut(backend: int) -> None:
    """End a connection as a server does that is started anew; by another, for this one must not know."""

    def end() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
            assert cursor.fetchone() == (True,)

    other = Hand(end)
    other.start()
    other.end()
