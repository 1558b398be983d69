"""Each requirement of each aggregator is met by a full document, and missed where its thing is taken away."""

from __future__ import annotations

import pytest

from archive.description import describe
from archive.models import Agent, Document
from archive.readiness import Severity, registry
from tests.archive.builders import a_full_document
from tests.builders import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def lacked(document: Document, profile: str) -> list[str]:
    found = registry.get(profile)
    assert found
    return [each.name for each in found.lacks(describe([document.pk])[0])]


@pytest.mark.parametrize("profile", ["oai_dc", "dpla"])
def test_full_document_lacks_nothing(profile):
    assert lacked(a_full_document(), profile) == []


def test_full_document_without_a_scan_is_still_ready_for_europeana():
    assert lacked(a_full_document(), "europeana") == ["scan"]


def without_texts(document):
    document.texts.all().delete()


def without_parts(document):
    document.contributions.all().delete()


def without_languages(document):
    document.texts.update(language="")
    Document.objects.filter(pk=document.pk).update(statements=[])


def without_kinds(document):
    Agent.objects.update(kind="unknown")


def changed(**fields):
    return lambda document: Document.objects.filter(pk=document.pk).update(**fields)


@pytest.mark.parametrize(
    ("profile", "name", "take_away"),
    [
        ("oai_dc", "title", changed(title="[Untitled]")),
        ("oai_dc", "maker", without_parts),
        ("oai_dc", "date", changed(date="", statements=[])),
        ("oai_dc", "description", changed(summary="")),
        ("oai_dc", "language", lambda document: document.texts.update(language="")),
        ("oai_dc", "rights", changed(rights="", rights_uri="")),
        ("oai_dc", "subject", changed(statements=[])),
        ("europeana", "subject", changed(statements=[])),
        ("europeana", "image", without_texts),
        ("europeana", "language", lambda document: document.texts.filter(kind="original").update(language="")),
        ("europeana", "a_language", without_languages),
        ("europeana", "title", changed(title="[Untitled]", summary="")),
        ("marcxml", "title", changed(title="[Untitled]")),
        ("marcxml", "maker", without_parts),
        ("marcxml", "kinds", without_kinds),
        ("dpla", "image", without_texts),
        ("mets", "title", changed(title="[Untitled]")),
        ("mets", "image", without_texts),
        ("mets", "rights", changed(rights="", rights_uri="")),
        ("tei", "text", without_texts),
        ("tei", "correspondents", without_parts),
        ("tei", "date", changed(date="", statements=[])),
    ],
)
def test_requirement_is_missed_where_its_thing_is_taken_away(profile, name, take_away):
    document = a_full_document()

    take_away(document)

    assert name in lacked(document, profile)


@pytest.mark.parametrize(
    ("uri", "europeana", "dpla"),
    [
        ("http://rightsstatements.org/vocab/CNE/1.0/", True, True),
        ("http://rightsstatements.org/vocab/UND/1.0/", False, True),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", True, True),
        ("http://creativecommons.org/publicdomain/zero/1.0/", True, True),
        ("https://rightsstatements.org/vocab/CNE/1.0/", False, False),
        ("http://rightsstatements.org/page/CNE/1.0/", False, False),
        ("http://rightsstatements.org/vocab/CNE/1.0", False, False),
        ("http://archive.example.org/rights", False, False),
        ("", False, False),
    ],
)
def test_rights_statement_is_taken_in_its_one_right_form(uri, europeana, dpla):
    document = a_full_document(rights_uri=uri)

    missed = ["rights_uri" in lacked(document, profile) for profile in ("europeana", "dpla")]

    assert missed == [not europeana, not dpla]


def test_every_requirement_has_a_name_of_its_own_and_words_for_it():
    for profile in registry:
        names = [each.name for each in profile.requirements]
        assert len(set(names)) == len(names)
        assert all(each.lacking.endswith(".") for each in profile.requirements)


def test_what_is_indispensable_comes_first():
    profile = registry.get("oai_dc")
    assert profile

    unmet = profile.lacks(describe([a_document(title="[Untitled]", date="").pk])[0])

    severities = [each.severity for each in unmet]
    assert severities == sorted(severities, key=lambda each: each is not Severity.REQUIRED)
    assert len(set(severities)) == 2
