"""The client of the documentation, against the site."""

from __future__ import annotations

import importlib.util
import io
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from rest_framework.authtoken.models import Token

from archive.groups import EDITOR

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def client_of_the_docs():
    spec = importlib.util.spec_from_file_location("client", Path(settings.BASE_DIR) / "docs" / "client.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Answer(io.BytesIO):
    """What urlopen returns."""

    def __init__(self, response):
        super().__init__(response.content)
        self.headers = response.headers


def asked_of_the_site(request):
    """In the place of urlopen: what the site answers, without a server between."""
    address = urlsplit(request.full_url)
    assert address.netloc == "archive.example.org"
    response = Client().generic(
        request.get_method(),
        f"{address.path}?{address.query}",
        request.data or b"",
        content_type=request.get_header("Content-type", ""),
        headers=dict(request.header_items()),
    )
    if response.status_code >= 400:
        raise HTTPError(request.full_url, response.status_code, "", Message(), io.BytesIO(response.content))
    return Answer(response)


def test_client_creates_edits_publishes_finds_and_withdraws(django_capture_on_commit_callbacks):
    docs, user = client_of_the_docs(), User.objects.create_user("editor")
    user.groups.add(Group.objects.get(name=EDITOR))
    nobody = docs.Archive("https://archive.example.org", send=asked_of_the_site)
    editor = docs.Archive(
        "https://archive.example.org", token=Token.objects.create(user=user).key, send=asked_of_the_site
    )
    seen = []

    def hurried(record):
        seen.append(record["title"])
        if len(seen) == 1:  # somebody else is faster
            editor.edit("documents", "letter", lambda _: {"title": "Letter of October"})
        return {"summary": f"On the {record['title']}"}

    letter = {"identifier": "letter", "title": "Letter", "texts": [{"kind": "original", "body": "Да"}]}
    assert editor.create("documents", letter, key="k") == editor.create("documents", letter, key="k")
    assert editor.edit("documents", "letter", hurried)["summary"] == "On the Letter of October"
    with django_capture_on_commit_callbacks(execute=True):
        begun, _ = editor.ask("POST", "curation/publications/", {"documents": ["letter"]})
    assert editor.ask("GET", begun["url"])[0]["documents"] == {"done": 1}
    assert [each["identifier"] for each in nobody.every("documents", page_size=1)] == ["letter"]
    assert editor.withdraw("letter", reason="By mistake.")["documents"] == {"done": 1}
    with pytest.raises(docs.Problem) as gone:
        nobody.ask("GET", "documents/letter/")
    assert gone.value.status == 410
