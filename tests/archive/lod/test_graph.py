"""The graph of a document: the same in every notation, in words that exist."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from django.utils import timezone

from archive.description import Description, describe
from archive.lod import context, serialisations
from archive.lod.jsonld import jsonld
from archive.lod.namespaces import NAMESPACES
from archive.models import AccessionItem, Document, DocumentRelation, Page, Place, Subject
from archive.readers import Source
from archive.representations import registry
from tests.archive.builders import ORIGINAL, a_full_document
from tests.archive.lod import vocabularies
from tests.builders import a_document, a_published_document
from tests.sources import an_accession_source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

DOCUMENT = "https://archive.example.org/documents/110692"
#: The image of a scan, as the third of a file whose SHA-256 is all noughts.
SCAN = f"scans/00/{'0' * 64}.2.v1.tif"


@pytest.fixture
def full() -> Description:
    document = a_full_document()
    _, original, translation = document.texts.all()
    licence = "https://creativecommons.org/licenses/by/4.0/"
    document.texts.filter(pk=translation.pk).update(
        derived_from=original, method="revised", made_by="Engine 3", licence_uri=licence
    )
    source = an_accession_source(Source("110692.txt", b"words"), reader="page_text", reader_version="4")
    AccessionItem.objects.create(
        accession=source.accession, source=source, document=document, state="created", finished_at=timezone.now()
    )
    place = Place.objects.create(name="Beijing")
    Subject.objects.create(document=document, place=place, relation="received at", certain=False)
    DocumentRelation.objects.create(document=document, target=a_published_document("110693"), kind="reply to")
    document.events.filter(kind="sent").update(destination="Moscow")
    document.contributions.filter(role="sender").update(certain=False)
    Page.objects.create(
        document=document, identifier="110692.s1", order=1, kind="scan", width=900, height=600, image=SCAN,
        lines=[{"text": 'Zhou "Enlai"', "box": [1, 2, 3, 4], "words": [{"text": "Zhou", "box": [1, 2, 1, 4]}]}],
    )  # fmt: skip
    return describe([document.pk])[0]


def triples(content: bytes, format_: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(content, format=format_)}


def with_context_inside(content: bytes) -> bytes:
    """A processor offline has no way to fetch the context, and ours must not need one."""
    return json.dumps({**json.loads(content), "@context": json.loads(context.document())["@context"]}).encode()


def objects(description: Description, subject: str, predicate: str) -> set[str]:
    prefix, name = predicate.split(":")
    found = triples(serialisations.ntriples(description), ox.RdfFormat.N_TRIPLES)
    return {
        triple.object.value
        for triple in found
        if triple.subject.value == DOCUMENT + subject and triple.predicate.value == NAMESPACES[prefix] + name
    }


def test_json_ld_and_n_triples_are_the_same_graph(full):
    as_lines = triples(serialisations.ntriples(full), ox.RdfFormat.N_TRIPLES)

    assert triples(with_context_inside(jsonld(full)), ox.RdfFormat.JSON_LD) == as_lines
    assert len(as_lines) > 100


@pytest.mark.parametrize(
    ("write", "format_"),
    [(serialisations.turtle, ox.RdfFormat.TURTLE), (serialisations.rdfxml, ox.RdfFormat.RDF_XML)],
)
def test_turtle_and_rdf_xml_are_the_same_graph(full, write, format_):
    assert triples(write(full), format_) == triples(serialisations.ntriples(full), ox.RdfFormat.N_TRIPLES)


def test_a_document_with_a_title_alone_has_a_graph_too():
    bare = describe([Document.objects.create(identifier="110692", title="[Untitled]").pk])[0]

    as_lines = triples(serialisations.ntriples(bare), ox.RdfFormat.N_TRIPLES)

    assert triples(with_context_inside(jsonld(bare)), ox.RdfFormat.JSON_LD) == as_lines
    assert objects(bare, "", "dcterms:title") == {"[Untitled]"}


def test_there_are_no_blank_nodes(full):
    for triple in triples(serialisations.ntriples(full), ox.RdfFormat.N_TRIPLES):
        assert not isinstance(triple.subject, ox.BlankNode)
        assert not isinstance(triple.object, ox.BlankNode)


@pytest.mark.parametrize("format_", ["jsonld", "turtle", "ntriples", "rdfxml"])
def test_the_same_description_always_gives_the_same_bytes(full, format_):
    renderer = registry.get(format_)

    assert renderer.render(full) == renderer.render(full) == renderer.render(describe([full.key])[0])


@vocabularies.AT_HAND
def test_every_term_exists_in_its_vocabulary(full):
    graph = triples(serialisations.ntriples(full), ox.RdfFormat.N_TRIPLES)
    used = {*vocabularies.used(graph), *context.names(), *context.classes()}

    assert vocabularies.unknown(used) == set()
    assert {NAMESPACES["rico"] + "hasSender", NAMESPACES["dcterms"] + "creator"} <= used


def test_properties_that_take_things_get_no_strings(full):
    things = {iri for iri, name in context.names().items() if name.type == "@id"}

    strings = [
        triple
        for triple in triples(serialisations.ntriples(full), ox.RdfFormat.N_TRIPLES)
        if triple.predicate.value in things and isinstance(triple.object, ox.Literal)
    ]

    assert strings == []


def test_a_scan_is_told_by_the_file_that_it_was_made_from_and_with_its_lines(full):
    assert objects(full, "", "foaf:depiction") == {f"{DOCUMENT}#page-1"}
    assert objects(full, "#page-1", "prov:wasDerivedFrom") == {f"ni:///sha-256;{'A' * 43}"}
    assert objects(full, "#page-1", "bibo:locator") == {"3"}
    assert objects(full, "#page-1", "rdfs:seeAlso") == {"https://archive.example.org/iiif/image/110692.s1"}
    assert objects(full, "#page-1", "rdf:value") == {'[["Zhou \\"Enlai\\"",1,2,3,4,[["Zhou",1,2,1,4]]]]'}


def test_a_stamp_tells_where_it_was_sent_apart_from_where_it_was_done(full):
    sent = next(iter(objects(full, "#event-1", "rico:isAssociatedWithPlace"))).removeprefix(DOCUMENT)

    assert objects(full, sent, "rico:name") == {"Moscow"}


def test_doubt_is_told_and_certainty_is_not(full):
    assert objects(full, "#association-1", "rico:type") == {"received at"}
    assert objects(full, "#association-1", "rico:relationCertainty") == {"uncertain"}
    assert objects(full, "#contribution-2", "rico:relationCertainty") == set()


def test_the_date_is_edtf_beside_the_words_of_the_source(full):
    assert f'created> "1950-07-13"^^<{context.EDTF}>' in serialisations.ntriples(full).decode()
    assert objects(full, "#created", "rico:expressedDate") == {"July 13, 1950"}


def test_the_name_on_the_paper_hangs_on_the_relation_and_not_on_the_person(full):
    (stalin,) = objects(full, "", "rico:hasSender")

    assert objects(full, "#contribution-1-name", "rico:textualValue") == {"Filippov"}
    assert objects(full, "#contribution-1", "rico:relationHasTarget") == {stalin}


def test_the_language_of_the_record_is_told_from_those_of_its_texts(full):
    language = "http://id.loc.gov/vocabulary/iso639-1/"

    assert objects(full, "", "rico:hasOrHadLanguage") == {f"{language}ru"}
    assert objects(full, "#text-3", "dcterms:language") == {f"{language}en"}
    assert objects(full, "#text-3", "bibo:translationOf") == {DOCUMENT}


def test_levels_of_an_archive_are_record_sets_from_the_delo_up_to_the_fond(full):
    assert f"{DOCUMENT}#reference-2-delo" in objects(full, "", "rico:isOrWasIncludedIn")
    assert objects(full, "#reference-2-delo", "rico:isOrWasIncludedIn") == {f"{DOCUMENT}#reference-2-papka"}
    assert objects(full, "#reference-2-papka", "rico:isOrWasIncludedIn") == {f"{DOCUMENT}#reference-2-opis"}
    assert objects(full, "#reference-2-fond", "rico:identifier") == {"059a"}


def test_a_reference_not_understood_keeps_its_words(full):
    assert objects(full, "#reference-3", "rdfs:label") == {"somewhere, "}


def test_words_for_which_there_is_no_valid_address_become_a_labelled_thing(full):
    assert objects(full, "", "dcterms:spatial") == {f"{DOCUMENT}#spatial-1"}
    assert objects(full, "#spatial-1", "rdfs:label") == {"Beijing"}


def test_words_whose_language_is_no_tag_are_kept_without_it():
    document = describe([a_document(title_language="no such tag").pk])[0]

    assert b'title> "Telegram 110692" .' in serialisations.ntriples(document)


def test_line_breaks_survive_and_characters_that_xml_cannot_write_do_not(full):
    (body,) = objects(full, "#text-2", "rdf:value")

    assert body == ORIGINAL.replace("\x01", "")


def test_json_ld_reads_from_the_document_down(full):
    read = json.loads(jsonld(full))

    assert read["@context"] == "https://archive.example.org/context.jsonld"
    assert read["@id"] == DOCUMENT
    assert read["@type"] == ["Record", "bibo:Document"]
    assert read["title"] == {"@value": "Ciphered telegram, Filippov [Stalin] to Zhou Enlai", "@language": "en"}
    assert read["created"] == "1950-07-13"
    assert read["creator"][0]["name"] == "Stalin"
    assert read["text"][2]["value"] == {"@value": "The English have…", "@language": "en"}


def test_addresses_follow_the_public_base_url_and_its_path(settings):
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": "https://example.org/archive/"}

    read = json.loads(jsonld(describe([a_document().pk])[0]))

    assert read["@id"] == "https://example.org/archive/documents/110692"
    assert read["@context"] == "https://example.org/archive/context.jsonld"
