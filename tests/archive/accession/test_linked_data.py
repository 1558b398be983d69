"""Linked data at the door: what a dump says of things, of their places among others, and of page images."""

from __future__ import annotations

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from archive import accession, history
from archive.accession.authorities import reserve
from archive.accession.collecting import collections_at
from archive.accession.provenance import provenance
from archive.accession.things import enter_things
from archive.drafts import ThingDraft
from archive.models import (
    Accession,
    AccessionItem,
    Agent,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptScheme,
    Document,
    DocumentRelation,
    EntityRevision,
    Page,
    Place,
)
from archive.models.link import LinkStatus
from archive.readers import Source
from tests.archive.accession.test_undoing import bring_in, undone
from tests.builders import a_published_document
from tests.scans import a_scan
from tests.sources import FILIPPOV, SOURCES, an_accession_source, source

pytestmark = pytest.mark.django_db(transaction=True)

HERE, AWAY = "https://archive.example.org", "https://elsewhere.example.org"
PREFIXES = """@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dcmitype: <http://purl.org/dc/dcmitype/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def a_letter(number: str, *said: str, at: str = HERE) -> str:
    uri = f"{at}/documents/{number}"
    about = " ".join(f"{each} ." for each in said).replace("THIS", f"{uri}")
    return f'<{uri}> a rico:Record, bibo:Document ; dcterms:title "Letter {number}" .\n{about}\n'


def an_agent(name: str, key: str = "a1", *, at: str = HERE) -> str:
    return f"""<{at}/agents/{key}> a rico:Person, foaf:Person ; dcterms:identifier "{key}" ; foaf:name "{name}" ;
        rico:date "1878/1953" ; owl:sameAs <http://www.wikidata.org/entity/Q855> ;
        rico:hasOrHadAgentName <{at}/agents/{key}#name-1> .
        <{at}/agents/{key}#name-1> rico:textualValue "Коба"@ru ; rico:type "pseudonym" .
        """


def sent_by(agent: str) -> str:
    return f'<THIS#contribution-1> rico:type "sender" ; rico:relationHasTarget <{agent}> . <{agent}> foaf:name "Stalin"'


def handed_in(tmp_path, *said: str, **files: bytes) -> None:
    folder = tmp_path / f"folder{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    (folder / "said.ttl").write_text(PREFIXES + "".join(said), encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    call_command("accession", str(folder), verbosity=0)


def test_agent_keeps_its_address_its_names_and_its_links(tmp_path):
    handed_in(tmp_path, a_letter("1", sent_by(f"{HERE}/agents/a1")), an_agent("Stalin"))

    agent = Agent.objects.get()
    assert (agent.identifier, agent.dates, agent.kind) == ("a1", "1878/1953", "person")
    assert agent.contributions.get().document.title == "Letter 1"
    assert [(each.value, each.language, each.kind) for each in agent.names.all()] == [("Коба", "ru", "pseudonym")]
    assert [(each.uri, each.status) for each in agent.links.all()] == [
        ("http://www.wikidata.org/entity/Q855", LinkStatus.ACCEPTED)
    ]


def test_agent_of_another_archive_gets_an_address_of_ours_and_links_that_wait(tmp_path):
    handed_in(tmp_path, a_letter("1", sent_by(f"{AWAY}/agents/a1"), at=AWAY), an_agent("Stalin", at=AWAY))

    agent = Agent.objects.get()
    assert agent.identifier != "a1"
    assert dict(agent.links.values_list("uri", "status")) == {
        f"{AWAY}/agents/a1": LinkStatus.CANDIDATE,
        "http://www.wikidata.org/entity/Q855": LinkStatus.CANDIDATE,
    }


def test_agent_that_is_here_stays_as_its_curators_have_it(tmp_path):
    Agent.objects.create(identifier="a1", name="Stalin, Joseph")

    handed_in(tmp_path, a_letter("1", sent_by(f"{HERE}/agents/a1")), an_agent("Stalin"))

    agent = Agent.objects.get()
    assert (agent.name, agent.dates, agent.names.count(), AuthorityLink.objects.count()) == ("Stalin, Joseph", "", 0, 0)
    assert agent.contributions.count() == 1


def test_two_of_one_name_at_two_addresses_are_two(tmp_path):
    handed_in(tmp_path, an_agent("Ivanov", "a1"), an_agent("Ivanov", "a2"))

    assert set(Agent.objects.values_list("identifier", "name")) == {("a1", "Ivanov"), ("a2", "Ivanov")}


def test_thing_that_no_column_holds_is_left_out_and_its_neighbours_come_in(tmp_path):
    handed_in(tmp_path, an_agent("x" * 301, "a1"), an_agent("Zhou", "a2"), a_letter("1"))

    assert list(Agent.objects.values_list("name", flat=True)) == ["Zhou"]
    notices = AccessionItem.objects.get().source.notices
    assert any("agents/a1 did not come in: name:" in each for each in notices)


def answers(number: str) -> str:
    return (
        f"<THIS> rico:thingIsConnectedToRelation <THIS#document-1> ; dcterms:relation <{HERE}/documents/{number}> . "
        f'<THIS#document-1> a rico:Relation ; rico:type "reply to" ; rico:relationHasTarget <{HERE}/documents/{number}>'
    )


def test_letters_that_answer_one_another_are_undone_together(tmp_path):
    handed_in(tmp_path, a_letter("1", answers("2")), a_letter("2", answers("1")), an_agent("Stalin"))

    call_command("accession", "--undo", str(Accession.objects.get().pk), "--patience", "0", verbosity=0)

    assert not Document.objects.exists()
    assert not Agent.objects.exists()


def test_letter_answers_one_that_comes_after_it(tmp_path):
    handed_in(tmp_path, a_letter("1", answers("2")), a_letter("2"))

    relation = DocumentRelation.objects.get()
    assert (relation.document.identifier, relation.kind, relation.target.identifier) == ("1", "reply to", "2")
    assert relation.document.statements == []


def test_places_and_concepts_and_collections_stand_under_what_comes_after_them(tmp_path):
    handed_in(
        tmp_path,
        f"""<{HERE}/places/p1> a rico:Place ; dcterms:identifier "p1" ; rico:name "Mukden" ;
            rico:isOrWasContainedBy <{HERE}/places/p2> .
        <{HERE}/concepts/c1> a skos:Concept ; dcterms:identifier "c1" ; skos:prefLabel "Rivers" ;
            skos:inScheme <{HERE}/schemes/waters> ; skos:broader <{HERE}/concepts/c2> .
        <{HERE}/schemes/waters> a skos:ConceptScheme ; dcterms:title "All waters" .
        <{HERE}/collections/below> a rico:RecordSet, dcmitype:Collection ; dcterms:identifier "below" ;
            dcterms:title "Below" ; rico:isOrWasIncludedIn <{HERE}/collections/above> .
        <{HERE}/places/p2> a rico:Place ; dcterms:identifier "p2" ; rico:name "China" ;
            rico:isOrWasContainedBy <{HERE}/places/p1> .
        <{HERE}/concepts/c2> a skos:Concept ; dcterms:identifier "c2" ; skos:prefLabel "Waters" ;
            skos:inScheme <{HERE}/schemes/waters> .
        <{HERE}/collections/above> a rico:RecordSet, dcmitype:Collection ; dcterms:identifier "above" ;
            dcterms:title "Above" .
        """,
    )

    assert Place.objects.get(name="Mukden").broader.name == "China"
    assert Place.objects.get(name="China").broader is None, "a circle"
    rivers = Concept.objects.get(name="Rivers")
    assert (rivers.scheme.slug, rivers.scheme.title, rivers.broader.get().name) == ("waters", "All waters", "Waters")
    assert Collection.objects.get(slug="below").parent.slug == "above"


def within(title: str, *, at: str = HERE) -> str:
    return (
        f"<THIS> dcterms:isPartOf <{at}/collections/letters> . "
        f'<{at}/collections/letters> a dcmitype:Collection ; rdfs:label "{title}"'
    )


def described(at: str = HERE) -> str:
    """A scheme, a collection, a place and a concept, of each all that can be said."""
    return f"""<{at}/schemes/subjects> a skos:ConceptScheme ; dcterms:title "Subjects" ; dcterms:description "Theirs" .
        <{at}/concepts/c1> a skos:Concept ; dcterms:identifier "c1" ; skos:prefLabel "Rivers" ;
            skos:inScheme <{at}/schemes/subjects> ; skos:broader <{at}/concepts/c2> ; skos:related <{at}/concepts/c3> .
        <{at}/concepts/c2> a skos:Concept ; dcterms:identifier "c2" ; skos:prefLabel "Waters" ;
            skos:inScheme <{at}/schemes/subjects> .
        <{at}/concepts/c3> a skos:Concept ; dcterms:identifier "c3" ; skos:prefLabel "Lakes" ;
            skos:inScheme <{at}/schemes/subjects> .
        <{at}/schemes/subjects> dcterms:title "Subjects" .
        <{at}/places/p1> a rico:Place ; dcterms:identifier "p1" ; rico:name "Mukden" ;
            rico:isOrWasContainedBy <{at}/places/p2> .
        <{at}/places/p2> a rico:Place ; dcterms:identifier "p2" ; rico:name "China" .
        <{at}/collections/letters> a rico:RecordSet, dcmitype:Collection ; dcterms:identifier "letters" ;
            dcterms:title "Their letters" ; dcterms:description "Theirs" ;
            rico:isOrWasIncludedIn <{at}/collections/above> .
        <{at}/collections/above> a rico:RecordSet, dcmitype:Collection ; dcterms:identifier "above" ;
            dcterms:title "Above" .
        """


def test_what_is_here_and_nobody_sees_stays_as_its_curators_have_it(tmp_path):
    scheme = ConceptScheme.objects.create(slug="subjects", title="Our subjects")
    rivers = Concept.objects.create(identifier="c1", name="Rivers", scheme=scheme)
    mukden = Place.objects.create(identifier="p1", name="Mukden")
    letters = Collection.objects.create(slug="letters", title="Our letters")

    handed_in(tmp_path, described())

    for each in (scheme, rivers, mukden, letters):
        each.refresh_from_db()
    assert (scheme.title, scheme.description) == ("Our subjects", "")
    assert (letters.title, letters.description, letters.parent) == ("Our letters", "", None)
    assert (rivers.broader.count(), rivers.related.count(), mukden.broader) == (0, 0, None)


def handed_in_by(user: User, *said: str) -> Accession:
    return bring_in(Source("said.ttl", "".join((PREFIXES, *said)).encode()), created_by=user)


@pytest.mark.any_engine
def test_history_says_on_whose_behalf_things_were_made(admin_user):
    left_alone = ConceptScheme.objects.create(slug="subjects", title="Our subjects")

    handed_in_by(admin_user, described())

    made = EntityRevision.objects.filter(kind__in=("collection", "concept", "place"))
    assert {each.by for each in made} == {admin_user}
    assert {each.kind for each in made} == {"collection", "concept", "place"}
    assert not EntityRevision.objects.filter(kind="conceptscheme", key=left_alone.pk).exists()


@pytest.mark.any_engine
def test_collections_come_in_for_who_may_make_some(django_user_model, admin_user):
    nobody = django_user_model.objects.create_user("nobody")

    taken_in = handed_in_by(nobody, a_letter("1", within("Letters")), described())

    assert not Collection.objects.exists()
    (notice,) = taken_in.items.get().understood["notices"]
    assert "“Letters”" in notice["message"]
    assert any("collections/letters did not come in" in each for each in taken_in.sources.get().notices)

    handed_in_by(admin_user, a_letter("2", within("Letters")))

    assert Collection.objects.get().documents.get().identifier == "2"


@pytest.mark.any_engine
def test_links_wait_where_who_hands_them_in_may_not_accept_any(django_user_model):
    user = django_user_model.objects.create_user("nobody")

    handed_in_by(user, an_agent("Stalin"))

    assert AuthorityLink.objects.get().status == LinkStatus.CANDIDATE


@pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite has one writer at a time, so there is no race to lose"
)
def test_two_who_bring_the_same_collection_do_not_wait_for_each_other():
    address = f"{HERE}/collections/letters"
    dump = an_accession_source(Source("said.ttl", b""))
    things = [ThingDraft("collection", address, "Letters"), ThingDraft("agent", f"{HERE}/agents/a1", "Stalin")]

    def read() -> None:
        try:
            with transaction.atomic():
                enter_things(things, source=dump)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():  # documents bring agents first and collections last
            reserve({"archive agent Stalin"})
            other = pool.submit(read)
            time.sleep(0.3)
            collections_at({address: "Letters"}, by=None)
        other.result()

    assert (Collection.objects.count(), Agent.objects.count()) == (1, 1)


def everything() -> dict[str, int]:
    models = (Agent, Place, Concept, ConceptScheme, Collection, ArchivalUnit, Document)
    return {model.__name__: count for model in models if (count := model.objects.count())}


def a_dump() -> list[Source]:
    said = PREFIXES + a_letter("1", sent_by(f"{HERE}/agents/a1"), within("Letters")) + an_agent("Stalin") + described()
    finding_aid = SOURCES / "ead3" / "stalin-fond.xml"
    return [Source("said.ttl", said.encode()), Source("finding-aid.xml", finding_aid.read_bytes())]


@pytest.mark.parametrize("options", [{"look_first": True}, {"dry_run": True}])
def test_look_leaves_nothing_of_what_a_dump_describes(options):
    seen = bring_in(*a_dump(), **options)

    accession.discard(seen)

    assert everything() == {}


def test_what_a_dump_describes_comes_in_with_its_documents_after_a_look():
    bring_in(*a_dump())
    at_once, agent = everything(), Agent.objects.get(identifier="a1")
    said = (agent.name, agent.dates, agent.names.count(), agent.contributions.count())
    call_command("flush", interactive=False, verbosity=0)

    seen = bring_in(*a_dump(), look_first=True)
    accession.take_in(seen)

    seen.refresh_from_db()
    agent = Agent.objects.get(identifier="a1")
    assert (seen.state, everything()) == ("done", at_once)
    assert (agent.name, agent.dates, agent.names.count(), agent.contributions.count()) == said
    assert Collection.objects.get(slug="letters").parent.slug == "above"


@pytest.mark.any_engine
def test_finding_aid_that_was_looked_at_comes_in(admin_client):
    seen = bring_in(a_dump()[1], look_first=True)
    assert (seen.state, everything()) == ("looked_at", {})

    admin_client.post(reverse("admin:archive_accession_take_in", args=[seen.pk]))

    assert ArchivalUnit.objects.exists()
    seen.refresh_from_db()
    assert seen.state == "done"


def test_collection_of_another_archive_is_not_taken_for_one_of_ours(tmp_path):
    ours = Collection.objects.create(slug="letters", title="Letters")
    handed_in(tmp_path, a_letter("1", within("Letters", at=AWAY), at=AWAY))
    handed_in(tmp_path, a_letter("2", within("Letters, renamed", at=AWAY), at=AWAY))

    theirs = Collection.objects.exclude(pk=ours.pk).get()
    assert theirs.slug.startswith("letters-")
    assert (ours.documents.count(), theirs.documents.count()) == (0, 2)


def test_copy_of_what_is_here_changes_nothing(tmp_path):
    document = a_published_document(title="A telegram")
    unit = ArchivalUnit.objects.create(level="repository", code="APRF", sort_key="aprf", title="The archive")

    handed_in(
        tmp_path,
        a_letter(document.identifier),
        f'<{HERE}/units/{unit.identifier}> a rico:CorporateBody ; dcterms:identifier "{unit.identifier}" ; '
        'foaf:name "Another" ; rico:type "repository" ; rico:identifier "APRF" .',
    )

    assert Document.objects.get().title == "A telegram"
    assert ArchivalUnit.objects.get().title == "The archive"
    assert AccessionItem.objects.get().state == "known"


def test_copy_of_what_is_here_is_not_what_its_source_said_last(tmp_path):
    bring_in(source(FILIPPOV))
    edited(Document.objects.get(), title="Letter 110692")
    handed_in(tmp_path, a_letter("110692"))

    bring_in(source(FILIPPOV))

    document = Document.objects.get()
    assert document.title == "Letter 110692", "as a curator has it"
    origin = provenance(document)
    assert origin is not None
    assert origin.item.source.name.endswith(FILIPPOV.name)


def test_copy_of_what_is_here_hinders_nobody_from_undoing(tmp_path):
    first = bring_in(source(FILIPPOV))
    handed_in(tmp_path, a_letter("110692"))

    undone(first)

    assert not Document.objects.exists()


def test_copy_beside_the_source_itself_makes_no_second_document(tmp_path):
    bring_in(source(FILIPPOV))

    handed_in(tmp_path, a_letter("110692"), **{FILIPPOV.name: FILIPPOV.read_bytes()})

    assert Document.objects.count() == 1


def edited(document: Document, **columns: str) -> None:
    Document.objects.filter(pk=document.pk).update(**columns)
    history.record([document.pk], act=history.EDITED)


def test_what_a_person_changed_before_letters_were_tied_is_not_deleted():
    said = PREFIXES + a_letter("1", answers("2")) + a_letter("2")
    with transaction.atomic():  # workers hear of it when that is committed, and go on
        submitted = accession.submit([Source("said.ttl", said.encode())])
        accession.reading.read(accession.reading.take(submitted.pk), accession.originals.Kept())
        accession.entering.enter(accession.entering.take(submitted.pk))
        edited(Document.objects.get(identifier="1"), title="By a person")

    undone(Accession.objects.get())

    assert [each.title for each in Document.objects.all()] == ["By a person", "Letter 2"], "which it answers"


def test_relation_of_what_was_refused_does_not_keep_others_from_the_public():
    broken = '<THIS#document-1> rico:type "reply to" ; rico:relationHasTarget "\\u0000"'
    said = PREFIXES + a_letter("1", broken) + a_letter("2", answers("3")) + a_letter("3")

    bring_in(Source("said.ttl", said.encode()), publish=True)

    assert dict(Document.objects.values_list("identifier", "state")) == {"2": "published", "3": "published"}
    assert DocumentRelation.objects.get().document.identifier == "2"


def test_place_that_is_nowhere_on_the_earth_comes_in_without_coordinates(tmp_path):
    handed_in(
        tmp_path,
        f"""<{HERE}/places/p1> a rico:Place ; dcterms:identifier "p1" ; rico:name "Mukden" ;
            rico:hasOrHadCoordinates <{HERE}/places/p1#at> .
        <{HERE}/places/p1#at> rico:latitude "NaN" ; rico:longitude "1" .
        """,
    )

    assert Place.objects.get().latitude is None


def test_scan_is_known_by_its_bytes_and_is_no_document_of_its_own(tmp_path):
    a_scan(tmp_path / "drawn.png")
    image = (tmp_path / "drawn.png").read_bytes()
    lines = json.dumps([["Zhou Enlai", 60, 60, 200, 40, [["Zhou", 60, 60, 90, 40], ["Enlai", 160, 60, 100, 40]]]])
    handed_in(tmp_path, a_letter("1", *_pages(image, b"another", lines=lines)), **{"any name": image})

    page = Page.objects.get(kind="scan")
    assert Document.objects.get().identifier == "1"
    assert (page.identifier, page.order, page.lines[0]["words"][1]["text"]) == ("1.s1", 1, "Enlai")
    (notice,) = AccessionItem.objects.get().understood["notices"]
    assert sha256(b"another").hexdigest() in notice["message"]


def test_pages_keep_their_numbers_where_one_lacks(tmp_path):
    a_scan(tmp_path / "drawn.png")
    image = (tmp_path / "drawn.png").read_bytes()
    handed_in(tmp_path, a_letter("1", *_pages(b"another", image)), image=image)

    assert [(each.identifier, each.order) for each in Page.objects.filter(kind="scan")] == [("1.s2", 2)]


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "lines", ["[" * 50_000, '[["a", 1, 2]]', '[["a", -1, 2, 3, 4]]', '{"a": 1}', '[["a", true, 2, 3, "x"]]']
)
def test_lines_that_are_none_are_passed_over(tmp_path, lines):
    a_scan(tmp_path / "drawn.png")
    image = (tmp_path / "drawn.png").read_bytes()
    handed_in(tmp_path, a_letter("1", *_pages(image, lines=lines)), image=image)

    assert Page.objects.get(kind="scan").lines == []


def _pages(*files: bytes, lines: str = "[]") -> list[str]:
    said = []
    for number, file in enumerate(files, start=1):
        name = base64.urlsafe_b64encode(sha256(file).digest()).decode().rstrip("=")
        said.append(
            f"<THIS> foaf:depiction <THIS#page-{number}> . <THIS#page-{number}> a foaf:Image ; rico:width 900 ; "
            f"rico:height 600 ; prov:wasDerivedFrom <ni:///sha-256;{name}> ; rdf:value {json.dumps(lines)}^^rdf:JSON"
        )
    return said
