"""Nothing of a document that is not published leaves by any door.

Every address of the site is asked as nobody for documents whose every field holds an unmistakable word. A new
address fails the first test until it stands in ``DOORS``, and a new field of a model is filled by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from archive import publication
from archive.lod.dumps import writing as dumping
from archive.lod.reconciliation import names
from archive.lod.sparql import writing
from archive.models import (
    Accession,
    AccessionItem,
    AccessionSource,
    Agent,
    AgentName,
    ArchivalReference,
    ArchivalUnit,
    Collection,
    Concept,
    ConceptScheme,
    Contribution,
    Document,
    DocumentEvent,
    DocumentNumber,
    DocumentRelation,
    Original,
    Page,
    Place,
    Representation,
    Subject,
    Text,
)
from archive.search import upkeep
from archive.search.models import Change
from archive.typesetting import typeset
from tests.archive.search.builders import index_everything
from tests.builders import a_document

#: Stands in every word of a hidden document; its year is that of its dates. A year that is a part of a longer number is
#: none: the name of a dump tells the microsecond in which it was made, and a checksum has every four figures some day.
SECRET = re.compile(rb"xyzzy|1777-?07|(?<![0-9a-f])1777(?![0-9a-f])", re.IGNORECASE)
#: Stands in the title of a collection that had something public once: the harvesters of its set know it.
FORMER = b"plugh"
#: No document, page, agent or collection has this name.
NOBODY = "nobody0"

WITHOUT_PAGES = "tests.archive.lod.site_without_pages"
SITES = ("config.urls", WITHOUT_PAGES)

OAI = "/oai?verb="
ITEM = "identifier=oai:archive.example.org:{id}"

#: What is asked of each named address. In braces: the identifiers of what is hidden, a word of it.
DOORS: dict[str, tuple[str, ...]] = {
    "health": ("/healthz",),
    "archive_api:root": ("/api/",),
    "archive_api:documents": (
        "/api/documents/",
        "/api/documents/?page_size=100",
        "/api/documents/?collection={slug}",
        "/api/documents/?date_from=1777-01-01&date_to=1777-12-31",
        "/api/documents/?language=cu",
        "/api/documents/?original_language=cu",
        "/api/documents/?q={word}",
        '/api/documents/?q="{word}"&facets=person,place,subject,type,fond,collection,has,date',
        "/api/documents/?facets=person,place,subject,type,language,original_language,fond,collection,has,date",
        "/api/documents/?person={agent}",
        "/api/documents/?place={place}&order=newest",
        "/api/documents/?concept={concept}",
        "/api/documents/?subject={concept}&fields=title,excerpts",
        "/api/documents/?unit={unit}",
        "/api/documents/?fond={unit}",
    ),
    "archive_api:document": ("/api/documents/{id}/", "/api/documents/{id}/?fields=title"),
    "archive_api:document-text": ("/api/documents/{id}/texts/1/",),
    "archive_api:document-pages": ("/api/documents/{id}/pages/",),
    "archive_api:collections": ("/api/collections/",),
    "archive_api:collection": ("/api/collections/{slug}/", "/api/collections/open/"),
    **{
        f"archive_api:{kind}s": (f"/api/{kind}s/", f"/api/{kind}s/?name={{word}}")
        for kind in ("agent", "place", "concept")
    },
    **{
        f"archive_api:{kind}": (f"/api/{kind}s/{{{kind}}}/", f"/api/{kind}s/known/")
        for kind in ("agent", "place", "concept")
    },
    "archive_api:schemes": ("/api/schemes/",),
    "archive_api:scheme": ("/api/schemes/{scheme}/",),
    "archive_api:units": ("/api/units/", "/api/units/?parent={unit}", "/api/units/?level=repository"),
    "archive_api:unit": ("/api/units/{unit}/",),
    "archive_api:accessions": ("/api/accessions/", "/api/accessions/?state=done"),
    "archive_api:accession": ("/api/accessions/1/", "/api/accessions/999/"),
    **{
        f"archive_api:accession-{each}": (f"/api/accessions/1/{each}/", f"/api/accessions/999/{each}/")
        for each in ("files", "items", "report", "refused", "cancel", "retry", "take-in", "discard", "undo")
    },
    **{
        f"archive_api:curation-{kind}s": (f"/api/curation/{kind}s/",)
        for kind in ("document", "agent", "place", "concept", "scheme", "unit", "collection")
    },
    **{
        f"archive_api:curation-{kind}": (f"/api/curation/{kind}s/{{{kind}}}/",)
        for kind in ("agent", "place", "concept", "scheme", "unit")
    },
    "archive_api:curation-document": ("/api/curation/documents/{id}/",),
    "archive_api:curation-collection": ("/api/curation/collections/{slug}/",),
    "archive_api:curation-job": ("/api/curation/jobs/1/", "/api/curation/jobs/999/"),
    **{
        f"archive_api:curation-{each}": (f"/api/curation/{each}/",)
        for each in ("batches", "publications", "withdrawals")
    },
    "archive_api:docs": ("/api/docs/",),
    "archive_api:schema": ("/api/schema/",),
    r"archive_api:^[\s\S]*/\Z": ("/api/{id}/nowhere/",),
    "archive_lod:context": ("/context.jsonld",),
    "archive_lod:shapes": ("/shapes",),
    "archive_lod:sitemaps": ("/sitemap.xml",),
    "archive_lod:sitemap": ("/sitemap-0.xml",),
    "archive_lod:sparql": (
        "/sparql",
        "/sparql?query=SELECT * {{GRAPH ?g {{?s ?p ?o}}}}",  # everything that the store holds
    ),
    "archive_lod:dumps": ("/dumps/",),
    "archive_lod:dump-file": ("/dumps/{id}", "/dumps/fonds.sha256"),
    "archive_lod:void": ("/.well-known/void",),
    "archive_lod:catalog": ("/catalog",),
    "archive_lod:reconcile": (
        "/reconcile",
        '/reconcile?queries={{"q": {{"query": "{word}", "limit": 25}}}}',
        '/reconcile?extend={{"ids": ["agents/{agent}"], "properties": [{{"id": "names"}}, {{"id": "documents"}}]}}',
        '/reconcile?extend={{"ids": ["agents/known"], "properties": [{{"id": "names"}}, {{"id": "documents"}}]}}',
    ),
    "archive_lod:suggest-entity": ("/reconcile/suggest/entity?prefix={word}",),
    "archive_lod:suggest-type": ("/reconcile/suggest/type?prefix={word}",),
    "archive_lod:suggest-property": ("/reconcile/suggest/property?prefix={word}",),
    "archive_lod:propose-properties": ("/reconcile/properties?type=Agent",),
    "archive_lod:reconcile-preview": (
        "/reconcile/preview?id=agents/{agent}",
        "/reconcile/preview?id=concepts/{concept}",
        "/reconcile/preview?id=agents/known",
    ),
    "archive_lod:reconcile-view": ("/reconcile/view?id=agents/{agent}", "/reconcile/view?id=places/{place}"),
    "archive_lod_documents:document": ("/documents/{id}",),
    "archive_lod_documents:document_as": ("/documents/{id}.jsonld", "/documents/{id}.ttl", "/documents/{id}.html"),
    "harvest:oai": (
        f"{OAI}Identify",
        f"{OAI}ListSets",
        f"{OAI}ListMetadataFormats",
        f"{OAI}ListMetadataFormats&{ITEM}",
        f"{OAI}ListRecords&metadataPrefix=oai_dc",
        f"{OAI}ListIdentifiers&metadataPrefix=oai_dc",
        f"{OAI}ListRecords&metadataPrefix=oai_dc&set=collection:{{slug}}",
        f"{OAI}ListIdentifiers&metadataPrefix=oai_dc&set=collection:open:{{slug}}",
        f"{OAI}GetRecord&metadataPrefix=oai_dc&{ITEM}",
        f"{OAI}GetRecord&metadataPrefix=jsonld&{ITEM}",
        f"{OAI}Nonsense&{ITEM}",
    ),
    "iiif:collection-top": ("/iiif/collection/top", "/iiif/collection/top?after=0"),
    "iiif:collection": ("/iiif/collection/{slug}", "/iiif/collection/open"),
    "iiif:holdings": ("/iiif/holdings",),
    "iiif:unit": ("/iiif/unit/{unit}", "/iiif/unit/{unit}?after=0"),
    "iiif:manifest": ("/iiif/{id}/manifest",),
    "iiif:manifest-2": ("/iiif/2/{id}/manifest",),
    "iiif:pdf": ("/iiif/{id}/pages.pdf",),
    "iiif:text": ("/iiif/{id}/text.txt",),
    "iiif:alto-of": ("/iiif/{id}/alto.xml",),
    "iiif:lines": ("/iiif/page/{page}/lines",),
    "iiif:lines-2": ("/iiif/page/{page}/lines/2",),
    "iiif:alto": ("/iiif/page/{page}/alto.xml",),
    "iiif:search": ("/iiif/search/2/{id}?q=the", "/iiif/search/1/{id}?q=the", "/iiif/search/2/public?q={word}"),
    "iiif:autocomplete": ("/iiif/search/2/{id}/autocomplete?q=x", "/iiif/search/1/public/autocomplete?q={word}"),
    "iiif:search-collection": (
        "/iiif/search/2/collection/{slug}?q=the",
        "/iiif/search/2/collection/top?q={word}",
        "/iiif/search/1/collection/open?q={word}",
    ),
    "iiif:autocomplete-collection": (
        "/iiif/search/2/collection/{slug}/autocomplete?q=x",
        "/iiif/search/1/collection/top/autocomplete?q={word}",
        "/iiif/search/2/collection/open/autocomplete?q=xyzz",
    ),
    "iiif:activity": ("/iiif/activity/all-changes",),
    "iiif:activity-page": (
        "/iiif/activity/last",
        "/iiif/activity/first",
        "/iiif/activity/before-9999999999999999-1",
        "/iiif/activity/after-1-1",
        "/iiif/activity/{id}",
    ),
    "iiif:image": ("/iiif/image/{page}",),
    "iiif:info": ("/iiif/image/{page}/info.json",),
    "iiif:image-request": ("/iiif/image/{page}/full/max/0/default.jpg", "/iiif/image/{page}/0,0,9,9/9,/0/gray.png"),
    "iiif:image-2": ("/iiif/image/2/{page}",),
    "iiif:info-2": ("/iiif/image/2/{page}/info.json",),
    "iiif:image-request-2": ("/iiif/image/2/{page}/full/full/0/default.jpg", "/iiif/image/2/{page}/full/9,/0/gray.png"),
    "iiif:image/2/<iiif_name:page>/<path:rest>": ("/iiif/image/2/{page}/nonsense",),
    "iiif:image/<iiif_name:page>/<path:rest>": ("/iiif/image/{page}/nonsense", "/iiif/image/{page}/full/0/default.jpg"),
    "archive_web:home": ("/",),
    "archive_web:documents": (
        "/documents/",
        "/documents/?page=2",
        "/documents/?q={word}",
        '/documents/?q="{word}"',
        "/documents/?person={agent}",
        "/documents/?q={word}&person=known&order=added",
        "/documents/?sender={agent}",
    ),
    "archive_web:agents": (
        "/agents/",
        "/agents/?letter=X",
        "/agents/?letter=K",
        "/agents/?after={agent}",
        "/agents/?after=known",
    ),
    "archive_web:places": ("/places/", "/places/?box=-180,-90,180,90", "/places/?after={place}"),
    "archive_web:concepts": ("/concepts/", "/concepts/?after={concept}"),
    "archive_web:units": ("/units/", "/units/?after={unit}"),
    "archive_web:collections": ("/collections/",),
    "archive_web:about": ("/about/",),
    "archive_web:query": ("/queries/{slug}",),
    "archive_web:query-feed": ("/queries/{slug}.atom",),
    "archive_web:dates": ("/dates/",),
    "archive_web:date": ("/dates/1950", "/dates/1950-10", "/dates/1950-10-13"),
    "archive_web:feed": ("/documents.atom", "/documents.atom?q={word}"),
    "archive_web:document": ("/documents/{id}", "/documents/{id}?q={word}"),
    "archive_web:document_as": tuple(
        f"/documents/{{id}}.{each}" for each in ("html", "jsonld", "ttl", "nt", "rdf", "bib", "csl.json")
    ),
    "archive_web:unapi": ("/unapi", "/unapi?id={id}", "/unapi?id={id}&format=ris", "/unapi?id={id}&format={word}"),
    "archive_web:linkset": ("/documents/{id}/linkset",),
    **{
        f"archive_web:{kind}_as": (f"/{kind}s/{{{kind}}}.html", f"/{kind}s/{{{kind}}}.ttl")
        for kind in ("agent", "place", "concept", "unit", "scheme")
    },
    "archive_web:collection_as": ("/collections/{slug}.jsonld", "/collections/open.nt"),
    "archive_lod_documents:thing": ("/agents/{agent}", "/schemes/{scheme}", "/units/{unit}", "/collections/{slug}"),
    "archive_lod_documents:thing_as": ("/agents/{agent}.ttl", "/units/{unit}.rdf", "/agents/known.jsonld"),
    "archive_web:agent": ("/agents/{agent}", "/agents/known", "/agents/known?part=received"),
    "archive_web:place": ("/places/{place}",),
    "archive_web:concept": ("/concepts/{concept}",),
    "archive_web:scheme": ("/schemes/{scheme}", "/schemes/{scheme}?after={concept}"),
    # Addresses that no link was made for; those of links are in tests/archive/admin/test_previews.py.
    "archive_web:preview": ("/preview/{id}", "/preview/nonsense"),
    "archive_web:unit": ("/units/{unit}", "/units/{unit}?after={unit}"),
    "archive_web:collection": ("/collections/{slug}", "/collections/open"),
}
ACCEPTED = ("", "text/html", "application/ld+json", "text/turtle", "image/x-nothing")


# --- the addresses ---


def patterns(urlconf: str, inside: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of a site, by the namespaces around it and its name; one without a name by what it matches."""

    def walk(found: list[Any], namespace: str) -> Iterator[tuple[str, URLPattern]]:
        for each in found:
            if isinstance(each, URLPattern):
                yield ":".join(filter(None, [namespace, each.name or str(each.pattern)])), each
            else:
                yield from walk(each.url_patterns, each.namespace or namespace)

    yield from ((name, each) for name, each in walk(get_resolver(urlconf).url_patterns, "") if name.startswith(inside))


def test_every_address_of_the_site_is_tried_here():
    public = {name for site in SITES for name, _ in patterns(site) if not name.startswith("admin:")}

    assert public == set(DOORS)


# --- what is hidden ---


def filled(model: type[models.Model], **given: Any) -> models.Model:
    """A row with an unmistakable word in every field that takes words."""
    words = {
        each.name: f"https://xyzzy.example.org/{each.name}"
        if isinstance(each, models.URLField)
        else f"Xyzzy{each.name}"[: each.max_length]
        for each in model._meta.concrete_fields
        if isinstance(each, models.CharField | models.TextField)
        and not isinstance(each, models.FileField | models.SlugField)
        and not (each.choices or each.unique or "language" in each.name or each.name == "date")
    }
    return model._default_manager.create(**{**words, **given})


def hidden(identifier: str, known: Agent) -> Document:
    """A draft of which everything is secret: a known agent's unknown name, too."""
    document = filled(
        Document,
        identifier=identifier, identity=f"xyzzy:{identifier}", original_language="cu",
        date="1777-07-07", date_earliest=date(1777, 7, 7), date_latest=date(1777, 7, 7),
        statements=[{"term": "subject", "value": "Xyzzysubject", "uri": "https://xyzzy.example.org/subject"}],
    )  # fmt: skip
    filled(Text, document=document, language="cu", kind="transcript")
    filled(DocumentNumber, document=document, kind="telegram")
    filled(DocumentEvent, document=document, kind="sent", date="1777-07-08")
    # Of what was public once, the codes of its sets stay known: harvesters of a set are told that it is gone from there
    # (OAI-PMH 2.0, section 2.5.1).
    code = f"Archive {identifier}" if identifier == "gone000" else f"Xyzzycode {identifier}"
    repository = filled(ArchivalUnit, level="repository", identifier=f"unit-{identifier}", code=code)
    filled(ArchivalReference, document=document, unit=repository)
    scheme = filled(ConceptScheme, slug=f"scheme-{identifier}")
    concept = filled(Concept, scheme=scheme, identifier=f"concept-{identifier}")
    filled(Subject, document=document, concept=concept)
    place = filled(Place, identifier=f"place-{identifier}")
    filled(Subject, document=document, place=place, relation="written at")
    agent = filled(Agent, identifier=f"agent-{identifier}", name=f"Xyzzyagent {identifier}")
    filled(AgentName, agent=agent)
    AgentName.objects.get_or_create(agent=known, value="Xyzzypseudonym")
    filled(Contribution, document=document, agent=agent, role="sender")
    filled(Contribution, document=document, agent=known, role="addressee", as_written="Xyzzypseudonym")
    original = filled(Original, sha256=identifier, size=5, file=ContentFile(b"Xyzzy", name=f"{identifier}-xyzzy.txt"))
    accession = Accession.objects.create()
    handed_in = filled(AccessionSource, accession=accession, position=1, original=original)
    filled(AccessionItem, accession=accession, source=handed_in, document=document)
    typeset(document)
    return document


@pytest.fixture(autouse=True)
def index_of_its_own():
    """That of the world, and not one for each test."""


@pytest.fixture(scope="module")
def world(lasting, tmp_path_factory):
    """One public document, and beside it one in each state that is not."""
    kept = ("SPARQL_STORE", "DUMPS", "SEARCH_FOLDER")
    folders = {name: str(tmp_path_factory.mktemp(name.lower())) for name in kept}
    store = {**settings.FONDS, **folders, "SPARQL_SECONDS": 120}
    with override_settings(FONDS=store):
        yield built()


def built() -> SimpleNamespace:
    known = Agent.objects.create(identifier="known", name="Known", kind="person")
    public = a_document("public", title="Everybody may read this")
    Contribution.objects.create(document=public, agent=known, role="sender", as_written="Known")
    documents = {each: hidden(each, known) for each in ("draft0", "review0", "embargo0", "gone000")}
    collections = {
        "open": Collection.objects.create(slug="open", title="Open"),
        "former": Collection.objects.create(slug="former", title="Plugh"),
    }
    collections["below"] = filled(Collection, slug="xyzzy-below", parent=collections["open"])
    collections["alone"] = filled(Collection, slug="xyzzy-alone")
    collections["open"].documents.add(public, *documents.values())
    collections["former"].documents.add(documents["gone000"])
    for each in ("below", "alone"):
        collections[each].documents.add(documents["draft0"], documents["review0"], documents["embargo0"])
    Document.objects.filter(pk=documents["review0"].pk).update(state="in_review")
    tomorrow = timezone.localdate() + timedelta(days=1)
    Document.objects.filter(pk=documents["embargo0"].pk).update(state="embargoed", embargo_until=tomorrow)
    for each in documents.values():
        DocumentRelation.objects.create(document=public, target=each, kind="refers to")

    assert not publication.publish([documents["gone000"].pk]).failed
    assert not publication.publish([public.pk]).failed
    index_everything()
    writing.follow()
    names.keep()
    dumping.dump()
    etags = held_by_those_who_read(documents["gone000"])
    publication.withdraw([documents["gone000"].pk], reason="Xyzzyreason")
    publication.refresh(publication.stale())  # what names it is rendered by a worker
    writing.follow()
    dumping.dump_if_due()
    # The withdrawn document stays in the index, as if that had not caught up: what is public is asked anew with
    # each query. Others that could be found by a name of its are noted with it, and written anew.
    kept = Change.objects.filter(document=documents["gone000"])
    unheard = list(kept)
    kept.delete()
    upkeep.catch_up()
    Change.objects.bulk_create(unheard)
    return SimpleNamespace(
        documents=documents,
        etags=etags,
        names={
            "id": (*documents, NOBODY),
            "page": (*Page.objects.exclude(document=public).values_list("identifier", flat=True), f"{NOBODY}.1"),
            "agent": (*(f"agent-{each}" for each in documents), NOBODY),
            **{
                kind: (*(f"{kind}-{each}" for each in documents), NOBODY)
                for kind in ("place", "concept", "unit", "scheme")
            },
            "slug": ("xyzzy-below", "xyzzy-alone", "former", NOBODY),
            "word": ("Xyzzytitle", "Xyzzybody", "Xyzzypseudonym", "Xyzzyname", "Xyzzyverbatim", "draft0", NOBODY),
        },
    )


def held_by_those_who_read(document: Document) -> list[str]:
    """The ETags of everything that was public of a document."""
    image = f"/iiif/image/{document.identifier}.1/full/max/0/default.jpg"
    checksums = Representation.objects.filter(document=document).values_list("checksum", flat=True)
    return [Client().get(image)["ETag"], *(f'"{each}"' for each in checksums)]


# --- asking ---


def addresses(template: str, world: SimpleNamespace) -> Iterator[tuple[str, dict[str, str]]]:
    """An address with every hidden thing in its place, and what was put there."""
    places = [place for place in world.names if f"{{{place}}}" in template]
    for chosen in product(*(world.names[place] for place in places)):
        put = dict(zip(places, chosen, strict=True))
        yield template.format(**{place: quote(each) for place, each in put.items()}), put


def whole(response: Any) -> bytes:
    """Everything that a client is told: status, headers and body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join([str(response.status_code), *(f"{name}: {value}" for name, value in response.items())])
    return head.encode() + b"\n\n" + body


def without_echo(told: bytes, put: dict[str, str]) -> bytes:
    """The same without what was asked for, and without the time of day: to repeat a question tells nothing.

    Nor does a checksum of what is told, in which the question is repeated too.
    """
    for place, each in put.items():
        told = told.replace(each.encode(), f"<{place}>".encode())
    return re.sub(rb"<responseDate>[^<]+|Expires: [^\n]+ GMT|Content-Length: \d+|ETag: \"[0-9a-f]{64}\"", b"", told)


def asked(client: Client, address: str) -> Iterator[Any]:
    """The answers to every way of asking."""
    for accept in ACCEPTED:
        yield client.get(address, headers={"Accept": accept} if accept else {})
    yield client.head(address)
    yield client.options(address)
    path, _, query = address.partition("?")
    yield client.post(path, query, content_type="application/x-www-form-urlencoded")


class Asked(NamedTuple):
    """An address of a door, what was put in it, and what each way of asking for it was told."""

    template: str
    address: str
    put: dict[str, str]
    statuses: tuple[int, ...]
    told: tuple[bytes, ...]


@pytest.fixture(scope="module")
def door(urlconf, world, request):
    """All that a door answers: asked once, and looked through in more ways than one."""
    heard = []
    with transaction.atomic():
        for template in DOORS[request.param]:
            for address, put in addresses(template, world):
                answers = [(each.status_code, without_echo(whole(each), put)) for each in asked(Client(), address)]
                heard.append(Asked(template, address, put, *zip(*answers, strict=True)))
        transaction.set_rollback(True)
    return heard


DOORS_OF_SITES = [(site, name) for site in SITES for name, _ in patterns(site) if name in DOORS]


@pytest.mark.django_db
@pytest.mark.parametrize(("urlconf", "door"), DOORS_OF_SITES, indirect=True)
def test_nothing_leaves_by_this_door(door):
    for _, address, _, statuses, answers in door:
        assert max(statuses) < 500, address
        for told in answers:
            assert not SECRET.search(told), (address, SECRET.search(told), told)
            assert FORMER not in told.lower() or address == f"{OAI}ListSets", address
            assert not re.search(rb"draft0|review0|embargo0", told), address
            assert b"gone000" not in told or address.startswith(("/oai", "/iiif/activity/")), address


@pytest.mark.django_db
@pytest.mark.parametrize(("urlconf", "door"), DOORS_OF_SITES, indirect=True)
def test_what_is_hidden_cannot_be_told_from_what_never_was(door):
    for template in {each.template for each in door}:
        answers: dict[bool, set[tuple[bytes, ...]]] = {True: set(), False: set()}
        for each in door:
            if each.template == template and each.put and not re.search("gone000|former", each.address):
                answers[all(put.startswith(NOBODY) for put in each.put.values())].add(each.told)

        assert len(answers[True]) <= 1
        assert answers[True] | answers[False] == answers[True], template


@pytest.mark.django_db
@pytest.mark.any_engine  # what is told to everybody is looked through on both
def test_reader_who_has_signed_in_is_told_no_more_than_anybody(world, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    for name in sorted({name for name, _ in patterns(SITES[0])} & set(DOORS)):
        for template in DOORS[name]:
            for address, put in addresses(template, world):
                if any(each.endswith("review0") or each == NOBODY for each in put.values()):
                    continue  # one draft is enough for this
                response = client.get(address)
                told = without_echo(whole(response), put)

                assert response.status_code < 500, address
                assert not SECRET.search(told), (address, SECRET.search(told), told)
                assert not re.search(rb"draft0|review0|embargo0", told), address


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/iiif/gone000/manifest",
        "/iiif/image/gone000.1/full/max/0/default.jpg",
        *(f"/documents/gone000{each}" for each in ("", ".html", ".jsonld", ".ttl", ".nt", ".rdf")),
    ],
)
def test_copy_of_what_was_withdrawn_is_never_said_to_be_good(world, client, address):
    since = (datetime.now(UTC) + timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for accept in ACCEPTED[:-1]:
        for headers in (
            *({"If-None-Match": each} for each in (*world.etags, ", ".join(world.etags), "*")),
            {"If-Modified-Since": since},
        ):
            response = client.get(address, headers={**headers, "Accept": accept} if accept else headers)

            assert response.status_code in {404, 410}, (headers, response.status_code)


@pytest.mark.django_db
def test_tombstone_has_a_header_and_nothing_more(world, client):
    content = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    tombstone = re.search(r"<record><header[^>]*>(?:(?!</record>).)*gone000.*?</record>", content)[0]

    assert re.sub(r"(<setSpec></setSpec>)+", "<setSpec></setSpec>", re.sub(r">[^<]+<", "><", tombstone)) == (
        '<record><header status="deleted"><identifier></identifier><datestamp></datestamp>'
        "<setSpec></setSpec></header></record>"
    )


@pytest.mark.django_db
def test_deletion_in_the_stream_of_changes_names_its_manifest_and_nothing_more(world, client):
    [deletion] = [
        each for each in client.get("/iiif/activity/last").json()["orderedItems"] if "gone000" in each["object"]["id"]
    ]

    assert deletion["type"] == "Delete"
    assert set(deletion) == {"type", "object", "endTime"}
    assert set(deletion["object"]) == {"id", "type"}


@pytest.mark.django_db
def test_admin_tells_nobody_anything(world, client):
    for _, pattern in patterns("config.urls", "admin:"):
        for pk in (*(each.pk for each in world.documents.values()), 1, 0):
            address = "/admin/" + re.sub(r"<[^>]+>|\(\?P<[^)]+\)", str(pk), str(pattern.pattern)).strip("^$\\Z")

            response = client.get(address)

            assert response.status_code in {200, 301, 302, 404}, address
            assert not SECRET.search(without_echo(whole(response), {})), address
