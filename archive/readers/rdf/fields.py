"""From the graph of a document to the values of a draft: one small function for each thing that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal

from archive.drafts import (
    Citation,
    Contribution,
    Distribution,
    DocumentDate,
    Event,
    Field,
    Membership,
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
    Relation,
    Rights,
    SourceUrl,
    Statement,
    Subject,
    Summary,
    TextBody,
    Title,
    Value,
)
from archive.readers.rdf.graphs import LABEL, TYPE, Graph, Term
from archive.vocab.dcmi import TERMS
from archive.vocab.edtf import bounds

DCTERMS = "http://purl.org/dc/terms/"
DCMITYPE = "http://purl.org/dc/dcmitype/"
BIBO = "http://purl.org/ontology/bibo/"
FOAF = "http://xmlns.com/foaf/0.1/"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
RICO = "https://www.ica.org/standards/RiC/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"

_KINDS = {RICO + "Person": "person", RICO + "CorporateBody": "corporate_body", RICO + "Family": "family"}
_METHODS = {"by a person": "human", "by a machine": "machine", "by a machine, corrected by a person": "revised"}
_LEVELS = frozenset({"fond", "opis", "papka", "delo"})
#: Terms that are said of a document by its other fields, and not read as statements.
_ELSEWHERE = frozenset({"title", "created", "abstract", "bibliographicCitation", "rights", "rightsHolder"})
#: How subtags of two and of four characters are written: regions and scripts.
_SUBTAG: dict[int, Callable[[str], str]] = {2: str.upper, 4: str.title}
_TRUNCATED = "The distribution list is possibly truncated in the source."
#: How the end of a page is written within a text.
_PAGE_BREAK = "\u240c"
_COPIES = "Copies in all: "
_UNDERSTOOD = "The archive has understood these words."
#: More copies than a number of so many digits says were never made.
_DIGITS = 5


def fields_of(graph: Graph) -> Iterator[Field[Value]]:
    """All that the graph says of its document."""
    for read in _FIELDS:
        yield from read(graph)


def _field(value: Value, said: str, where: str) -> Field[Value]:
    return Field(value, said, None, where)


def language_of(term: Term) -> str:
    """The tag of its language as BCP 47 writes it (RFC 5646, section 2.1.1): in RDF they are all in small letters."""
    if not isinstance(term, Literal) or not term.language:
        return ""
    first, *rest = term.language.split("-")
    return "-".join([first, *(_SUBTAG.get(len(each), str)(each) for each in rest)])


def record_id(graph: Graph) -> Iterator[Field[Value]]:
    """The last part of the document's URI."""
    own = graph.uri.rstrip("/").rpartition("/")[2]
    yield _field(RecordId(own), own, graph.uri)


def title(graph: Graph) -> Iterator[Field[Value]]:
    """The title; further ones are statements."""
    for number, each in enumerate(graph.all(graph.uri, DCTERMS + "title")):
        language = language_of(each)
        value = Statement("title", each.value, language) if number else Title(each.value, language)
        yield _field(value, each.value, "dcterms:title")


def date(graph: Graph) -> Iterator[Field[Value]]:
    """The date, with the words of its first source; what is no EDTF date is words."""
    node = f"{graph.uri}#created"
    edtf = graph.words(node, RICO + "normalizedDateValue") or graph.words(graph.uri, DCTERMS + "created")
    written = graph.words(node, RICO + "expressedDate")
    try:
        valid = bool(edtf and bounds(edtf))
    except ValueError:
        valid = False
    if edtf or written:
        yield _field(DocumentDate(edtf if valid else ""), written if valid else written or edtf, "dcterms:created")


def summary(graph: Graph) -> Iterator[Field[Value]]:
    """The first abstract that is no text of its own; further ones are statements."""
    own = [body for _, node in graph.parts("text") for body in graph.all(node, RDF_VALUE) if _is_summary(graph, node)]
    abstracts = [each for each in graph.all(graph.uri, DCTERMS + "abstract") if each not in own]
    for number, each in enumerate(abstracts):
        language = language_of(each)
        value = Statement("abstract", each.value, language) if number else Summary(each.value, language)
        yield _field(value, each.value, "dcterms:abstract")


def _is_summary(graph: Graph, text: str) -> bool:
    return graph.words(text, RICO + "type") == "summary"


def original_language(graph: Graph) -> Iterator[Field[Value]]:
    """The language in which the document was written."""
    for each in graph.all(graph.uri, RICO + "hasOrHadLanguage")[:1]:
        tag = graph.words(each.value, RDF_VALUE) or each.value.removeprefix(LANGUAGES)
        yield _field(OriginalLanguage(tag), each.value, "rico:hasOrHadLanguage")


def numbers(graph: Graph) -> Iterator[Field[Value]]:
    """Its own numbers and those that it cites, in their order. An ARK is given anew by each archive."""
    own = [(number, node, graph.words(node, RICO + "type")) for number, node in graph.parts("number")]
    cited = [(number, node, "cited") for number, node in graph.parts("cited")]
    for _, node, kind in sorted(own + cited):
        value = graph.words(node, RICO + "textualValue") or graph.words(node, RICO + "identifier")
        if kind != "ark":
            yield _field(Number(value, kind), value, node)


def distribution(graph: Graph) -> Iterator[Field[Value]]:
    """The distribution list as it stands; what Fonds says of it is in English, and the list in no language."""
    notes = graph.all(graph.uri, RICO + "note")
    said = [each.value for each in notes if not language_of(each)]
    ours = [each.value for each in notes if language_of(each)]
    copies = next((_count(each, _COPIES) for each in ours if each.startswith(_COPIES)), None)
    if notes:
        yield _field(Distribution(copies, _TRUNCATED in ours), said[0] if said else "", "rico:note")


def contributions(graph: Graph) -> Iterator[Field[Value]]:
    """Who had which part in the document, under which name."""
    for _, node in graph.parts("contribution"):
        agent = graph.words(node, RICO + "relationHasTarget")
        written = graph.words(graph.words(node, RICO + "relationHasContext"), RICO + "textualValue")
        yield _field(
            Contribution(
                role=graph.words(node, RICO + "type"),
                as_written=written,
                agent=graph.words(agent, FOAF + "name"),
                copies=_count(graph.words(node, RICO + "note"), "Copies: "),
                kind=kind_of_agent(graph, agent),
                uri=agent,
                certain=_certain(graph, node),
            ),
            written,
            node,
        )


def _count(said: str, before: str) -> int | None:
    """A small number behind some words."""
    number = said.removeprefix(before)
    return int(number) if number.isascii() and number.isdigit() and len(number) <= _DIGITS else None


def _certain(graph: Graph, relation: str) -> bool:
    return graph.words(relation, RICO + "relationCertainty") != "uncertain"


def events(graph: Graph) -> Iterator[Field[Value]]:
    """The stamps."""
    for _, node in graph.parts("event"):
        event = Event(
            kind=graph.words(node, RICO + "type"),
            edtf=graph.words(node, RICO + "date"),
            place=graph.words(graph.words(node, RICO + "hasOrHadLocation"), RICO + "name"),
            agent=graph.words(graph.words(node, RICO + "hasOrHadParticipant"), RICO + "name"),
            note=graph.words(node, RICO + "note"),
            destination=graph.words(graph.words(node, RICO + "isAssociatedWithPlace"), RICO + "name"),
        )
        yield _field(event, graph.words(node, LABEL), node)


def texts(graph: Graph) -> Iterator[Field[Value]]:
    """The texts, each with who made it where that was said of the text itself."""
    nodes = [node for _, node in graph.parts("text") if graph.all(node, RDF_VALUE)]
    for node in nodes:
        body = next(iter(graph.all(node, RDF_VALUE)), None)
        if body is None:
            continue
        language = language_of(body) or graph.words(node, DCTERMS + "language").removeprefix(LANGUAGES)
        text = TextBody(
            text=body.value.replace(_PAGE_BREAK, "\f"),
            kind=graph.words(node, RICO + "type"),
            language=language,
            method=_METHODS.get(graph.words(node, RICO + "productionTechnique"), ""),
            made_by=graph.words(f"{node}-maker", FOAF + "name") or graph.words(f"{node}-attribution-1", LABEL),
            licence=graph.words(node, DCTERMS + "license"),
            derived_from=nodes.index(origin) if (origin := graph.words(node, DERIVED)) in nodes else None,
        )
        yield _field(text, body.value, node)


def references(graph: Graph) -> Iterator[Field[Value]]:
    """Where the document is kept: the words, and the codes of the levels above."""
    for _, node in graph.parts("reference"):
        codes = dict(_codes(graph, graph.words(node, DCTERMS + "isPartOf")))
        repository = graph.words(graph.words(node, RICO + "hasOrHadHolder"), FOAF + "name")
        listy, said = graph.words(node, BIBO + "locator"), graph.words(node, LABEL)
        note = graph.words(node, RICO + "note")
        understood = note == _UNDERSTOOD if note else bool(repository or codes or listy)
        units = (each.value for each in graph.all(node, DCTERMS + "isPartOf"))
        unit = next((each for each in reversed(list(units)) if not each.startswith(f"{graph.uri}#")), "")
        yield _field(Reference(repository, listy=listy, understood=understood, unit=unit, **codes), said, node)


def _codes(graph: Graph, unit: str) -> Iterator[tuple[str, str]]:
    """The codes from the nearest level up; each level once, so that no circle is followed."""
    seen: set[str] = set()
    while unit and unit not in seen:
        seen.add(unit)
        level = graph.words(unit, RICO + "type")
        if level in _LEVELS:
            yield level, graph.words(unit, RICO + "identifier")
        unit = graph.words(unit, RICO + "isOrWasIncludedIn")


def citation(graph: Graph) -> Iterator[Field[Value]]:
    """How it asks to be cited; further ones are statements."""
    for number, each in enumerate(graph.all(graph.uri, DCTERMS + "bibliographicCitation")):
        value = Statement("bibliographicCitation", each.value) if number else Citation(each.value)
        yield _field(value, each.value, "dcterms:bibliographicCitation")


def rights(graph: Graph) -> Iterator[Field[Value]]:
    """Statements of rights, and who holds them."""
    for term in ("rights", "rightsHolder"):
        for each in graph.all(graph.uri, DCTERMS + term):
            said = graph.words(each.value, LABEL)
            own = each.value.startswith(f"{graph.uri}#") or isinstance(each, Literal)
            if term == "rightsHolder":
                yield _field(Rights("", holder=said or each.value), said, f"dcterms:{term}")
            else:
                yield _field(Rights(said) if own else Rights("", uri=each.value), said, f"dcterms:{term}")


def subjects(graph: Graph) -> Iterator[Field[Value]]:
    """What it is about, of what kind it is, where it was written and received."""
    nodes = [node for _, node in graph.parts("association")]
    if not nodes:
        yield from _untold_subjects(graph)
    for node in nodes:
        uri, relation = graph.words(node, RICO + "relationHasTarget"), graph.words(node, RICO + "type")
        kind, name = _authority(graph, uri)
        if kind:
            agent_kind = kind_of_agent(graph, uri) if kind == "agent" else ""
            subject = Subject(kind, name, relation, uri, agent_kind=agent_kind, certain=_certain(graph, node))
            yield _field(subject, name, node)


def _untold_subjects(graph: Graph) -> Iterator[Field[Value]]:
    """The same where it is not told one by one (before Fonds 0.2); who is only mentioned is a contributor."""
    mentioned = {
        graph.words(node, RICO + "relationHasTarget")
        for _, node in graph.parts("contribution")
        if graph.words(node, RICO + "type") == "mentioned"
    }
    for property_, relation in (
        (DCTERMS + "subject", "about"),
        (DCTERMS + "spatial", "about"),
        (DCTERMS + "type", "type"),
        (RICO + "isAssociatedWithPlace", "written at"),
    ):
        for each in graph.all(graph.uri, property_):
            kind, name = _authority(graph, each.value)
            if kind and each.value not in mentioned:
                agent_kind = kind_of_agent(graph, each.value) if kind == "agent" else ""
                yield _field(Subject(kind, name, relation, each.value, agent_kind=agent_kind), name, property_)


def _authority(graph: Graph, uri: str) -> tuple[str, str]:
    """What kind of authority it is, and its name; nothing where it is none of the archive."""
    if graph.has(uri, TYPE, SKOS + "Concept") and not uri.startswith(f"{graph.uri}#"):
        return "concept", graph.words(uri, SKOS + "prefLabel")
    if graph.has(uri, TYPE, RICO + "Place"):
        return "place", graph.words(uri, RICO + "name")
    if graph.words(uri, FOAF + "name"):
        return "agent", graph.words(uri, FOAF + "name")
    return "", ""


def kind_of_agent(graph: Graph, agent: str) -> str:
    """``person``, ``corporate_body`` or ``family``; empty where it is none of these."""
    return next((kind for class_, kind in _KINDS.items() if graph.has(agent, TYPE, class_)), "")


def memberships(graph: Graph) -> Iterator[Field[Value]]:
    """The collections that it is in."""
    for each in graph.all(graph.uri, DCTERMS + "isPartOf"):
        if graph.has(each.value, TYPE, DCMITYPE + "Collection"):
            title = graph.words(each.value, LABEL)
            yield _field(Membership(each.value, title), title, "dcterms:isPartOf")


def relations(graph: Graph) -> Iterator[Field[Value]]:
    """How it stands to other documents."""
    for _, node in graph.parts("document"):
        other = graph.words(node, RICO + "relationHasTarget")
        yield _field(Relation(graph.words(node, RICO + "type"), other), graph.words(other, LABEL), node)


def statements(graph: Graph) -> Iterator[Field[Value]]:
    """What is left of Dublin Core."""
    sources = 0
    for property_, objects in graph.said.get(graph.uri, {}).items():
        term = property_.removeprefix(DCTERMS)
        if term == property_ or term not in TERMS or term in _ELSEWHERE:
            continue
        for each in objects:
            if _told_elsewhere(graph, term, each):
                continue
            if term == "source" and not sources and not graph.words(each.value, LABEL):
                sources += 1
                yield _field(SourceUrl(each.value), each.value, "dcterms:source")
            else:
                yield _field(statement_of(graph, term, each), each.value, f"dcterms:{term}")


def _told_elsewhere(graph: Graph, term: str, value: Term) -> bool:
    """Whether another field says it already."""
    uri = value.value
    if term == "identifier":
        own = graph.uri.rstrip("/").rpartition("/")[2]
        return uri == own or any(graph.words(node, RICO + "textualValue") == uri for _, node in graph.parts("number"))
    if term == "language":
        return any(graph.has(node, DCTERMS + "language", uri) for _, node in graph.parts("text"))
    return (
        bool(_authority(graph, uri)[0])
        or uri == DCMITYPE + "Text"
        or uri.startswith((f"{graph.uri}#reference-", f"{graph.uri}#cited-"))
        or graph.has(uri, TYPE, DCMITYPE + "Collection")
        or uri in {graph.words(node, RICO + "relationHasTarget") for _, node in graph.parts("document")}
    )


def statement_of(graph: Graph, term: str, value: Term) -> Statement:
    """A statement of Dublin Core: words, or a thing and its label."""
    if isinstance(value, Literal):
        return Statement(term, value.value, language_of(value))
    own = value.value.startswith(f"{graph.uri}#")
    if own:
        label: Term = next(iter(graph.all(value.value, LABEL)), Literal(graph.words(value.value, RDF_VALUE)))
        return Statement(term, label.value, language_of(label))
    # An address that is its own words needs no label, and one without words is its own label.
    label = next(iter(graph.all(value.value, LABEL)), value)
    words = "" if isinstance(label, Literal) and label.value == value.value else label.value
    return Statement(term, words, language_of(label), value.value)


_FIELDS: tuple[Callable[[Graph], Iterator[Field[Value]]], ...] = (
    record_id, title, date, summary, original_language, numbers, distribution, contributions, events, texts, references,
    citation, rights, subjects, memberships, relations, statements,
)  # fmt: skip
