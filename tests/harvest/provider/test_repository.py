"""Identify, ListMetadataFormats, ListSets: what the repository says of itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree

from archive.models import Collection
from harvest.formats import OFFERED
from tests.harvest.answers import NAMESPACES
from tests.harvest.builders import NOON, document, record, withdraw

pytestmark = pytest.mark.django_db


def test_repository_names_itself_and_its_rules(ask, settings):
    settings.FONDS = {
        **settings.FONDS,
        "REPOSITORY_NAME": "An \x0barchive <&>",
        "ADMIN_EMAIL": "oai@archive.example.org",
    }
    record("late", at=NOON + timedelta(days=1))
    record("early")

    answer = ask("verb=Identify")

    assert {each.tag.split("}")[1]: each.text for each in answer.all("//oai:Identify/*[not(*)]")} == {
        "repositoryName": "An archive <&>",
        "baseURL": "https://archive.example.org/oai",
        "protocolVersion": "2.0",
        "adminEmail": "oai@archive.example.org",
        "earliestDatestamp": "2020-01-01T12:00:00Z",
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
        "compression": "gzip",
    }


def test_repository_says_how_its_identifiers_are_made_and_nothing_of_its_tools(ask):
    record("110692")

    description, rights = ask("verb=Identify").all("//oai:description/*")

    assert rights.tag == "{http://www.openarchives.org/OAI/2.0/rights/}rightsManifest"
    assert rights.get("appliesTo") == "http://www.openarchives.org/OAI/2.0/entity#metadata"
    assert [each.get("ref") for each in rights.iter("{*}rightsReference")] == [
        "https://creativecommons.org/publicdomain/zero/1.0/"
    ]
    assert [each.text for each in description] == [
        "oai",
        "archive.example.org",
        ":",
        "oai:archive.example.org:110692",
    ]


def test_repository_is_shown_by_its_image_where_it_has_one(ask, settings):
    settings.FONDS = {
        **settings.FONDS,
        "OAI_BRANDING": "https://archive.example.org/icon.png",
        "REPOSITORY_NAME": "A & B",
    }

    branding = ask("verb=Identify").all("//oai:description/*")[-1]

    assert branding.tag == "{http://www.openarchives.org/OAI/2.0/branding/}branding"
    [icon] = branding
    assert [(etree.QName(each).localname, each.text) for each in icon] == [
        ("url", "https://archive.example.org/icon.png"),
        ("link", "https://archive.example.org/"),
        ("title", "A & B"),
    ]


@pytest.mark.parametrize("licence", ["", "all rights reserved"])
def test_rights_are_not_told_where_no_licence_is_set(ask, settings, licence):
    settings.FONDS = {**settings.FONDS, "METADATA_RIGHTS": licence}
    record("110692")

    assert len(ask("verb=Identify").all("//oai:description")) == 1
    assert ask("verb=ListRecords&metadataPrefix=oai_dc").all("//oai:about") == []


def test_empty_repository_begins_now(ask):
    since = ask("verb=Identify").text("//oai:earliestDatestamp")

    assert since[:4] >= str(timezone.now().year)


def test_answer_is_dated_now_and_located_by_its_schema(ask):
    answer = ask("verb=Identify")

    assert answer.text("//oai:responseDate")[:10] == timezone.now().date().isoformat()
    assert answer.root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation").split() == [
        "http://www.openarchives.org/OAI/2.0/",
        "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    ]
    assert answer.root.nsmap["xsi"]


@pytest.mark.parametrize("query", ["", "&identifier=oai:archive.example.org:110692"])
def test_formats_are_told_with_schema_and_namespace(ask, query):
    record("110692")

    answer = ask(f"verb=ListMetadataFormats{query}")

    assert [each.text for each in answer.all("//oai:metadataFormat/*")][:3] == [
        "oai_dc",
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
    ]


def test_collection_with_records_is_a_set_with_name_and_description(ask):
    korea = Collection.objects.create(slug="korea", title="Korea \x01& <China>", description="Telegrams\x0c of 1950")
    armistice = Collection.objects.create(slug="armistice", title="Armistice", parent=korea)
    record("110692", collections=[armistice])

    answer = ask("verb=ListSets")

    assert answer.texts("//oai:setSpec") == ["collection:korea", "collection:korea:armistice"]
    assert answer.texts("//oai:setName") == ["Korea & <China>", "Armistice"]
    assert answer.texts("//oai:setDescription/oai_dc:dc/dc:description") == ["Telegrams of 1950"]
    assert answer.token is None


def test_collection_without_records_is_no_set(ask):
    korea = Collection.objects.create(slug="korea", title="Korea")
    secret = Collection.objects.create(slug="secret", title="Secret")
    Collection.objects.create(slug="empty", title="Empty", parent=korea)
    record("110692", collections=[korea])
    document("draft", collections=[secret], state="draft")

    assert ask("verb=ListSets").texts("//oai:setSpec") == ["collection:korea"]


def test_set_whose_records_are_all_gone_can_still_be_asked_for(ask):
    withdraw(record("110692", collections=[Collection.objects.create(slug="korea", title="Korea")]), at=NOON)

    assert ask("verb=ListSets").texts("//oai:setSpec") == ["collection:korea"]
    assert ask("verb=ListIdentifiers&metadataPrefix=oai_dc&set=collection:korea").deleted == ["110692"]


@pytest.mark.parametrize(
    ("verb", "queries"),
    [
        ("Identify", len(OFFERED) + 2),
        ("ListMetadataFormats", 1),
        ("ListSets", 2 + 5 * len(OFFERED)),
    ],
)
def test_repository_is_described_with_a_glance_at_each_format_and_each_set(
    ask, verb, queries, django_assert_max_num_queries
):
    for n in range(5):
        Collection.objects.create(slug=f"c{n}", title="Collection", description="Of letters")

    with django_assert_max_num_queries(queries):
        ask(f"verb={verb}")


def test_namespaces_of_the_tests_are_those_of_the_formats():
    from harvest.formats import BY_PREFIX

    assert BY_PREFIX["oai_dc"].namespace == NAMESPACES["oai_dc"]
