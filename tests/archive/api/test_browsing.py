"""The page of the API."""

from __future__ import annotations

import re


def test_page_tells_of_every_operation_with_its_examples(client, db):
    page = client.get("/api/docs/").content.decode()

    for words in ("/api/documents/", "/api/curation/documents/{name}/", "Idempotency-Key", "If-Match", "412", "fields"):
        assert words in page, words
    assert "Letter, Filippov [Stalin] to Mao Zedong" in page


def test_every_operation_that_answers_or_takes_json_has_an_example():
    from archive.api.browsing import parts

    lacking = [
        each.name
        for operations in parts().values()
        for each in operations
        if not each.samples and not any(answer.samples for answer in each.answers)
    ]

    # One answers with nothing, the other with a file.
    assert set(lacking) == {"accession_refused", "curation_document_delete"}


def test_page_loads_nothing_from_elsewhere_and_runs_nothing(client, db):
    answer = client.get("/api/docs/")

    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert not re.search(r"<script|\ssrc=|\sstyle=|\son\w+=", answer.content.decode())
    assert client.post("/api/docs/").status_code == 405
