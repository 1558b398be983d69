"""The questions that the form for SPARQL offers."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from archive.lod.sparql import writing
from tests.builders import a_document, a_sender, published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_examples_of_the_form_find_something(root):
    a_sender(document := a_document())
    published(document)
    writing.follow()

    page = html.fromstring(Client().get("/sparql", headers={"Accept": "text/html"}).content)

    for example in page.xpath("//section//li/a"):
        found = Client().get(example.get("href"), headers={"Accept": "application/json"})
        assert found.json()["results"]["bindings"], example.text
