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
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
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

DCTERMS = "http://purl.org/dc/terms/"
DCMITYPE = "http://purl.org/dc/dcmitype/"
BIBO = "http://purl.org/ontology/bibo/"
FOAF = "http://xmlns.com/foaf/0.1/"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
RICO = "https://www.ica.org/standards/RiC/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"

_KINDS = {RICO + "Person": "person", RICO + "CorporateBody": "corporate_body", RICO + "Family": "family"}
_METHODS = {"by a person": "human", "by a machine": "machine", "by a machine, corrected by a person": "revised"}
_LEVELS = frozenset({"fond", "opis", "papka", "delo"})
#: Terms that are said of a document by its other fields, and not read as statements.
_ELSEWHERE = frozenset(
    {"title", "created", "abstract", "identifier", "bibliographicCitation", "rights", "rightsHolder"}
)
_TRUNCATED = "The distribution list is possibly truncated in the source."


def fields_of(graph: Graph) -> Iterator[Field[Value]]:
    """All that the graph says of its document."""
    for read in _FIELDS:
        yield from read(graph)


def _field(value: Value, said: str, where: str) -> Field[Value]:
    return Field(value, said, None, where)


def _language(term: Term) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""


def record_id(graph: Graph) -> Iterator[Field[Value]]:
    """The last part of the document's URI."""
    own = graph.uri.rstrip("/").rpartition("/")[2]
    yield _field(RecordId(own), own, graph.uri)


def title(graph: Graph) -> Iterator[Field[Value]]:
    """The title; further ones are statements."""
    for number, each in enumerate(graph.all(graph.uri, DCTERMS + "title")):
        language = _language(each)
        value = Statement("title", each.value, language) if number else Title(each.value, language)
        yield _field(value, each.value, "dcterms:title")


def date(graph: Graph) -> Iterator[Field[Value]]:
    """The date, with the words of its first source."""
    node = f"{graph.uri}#created"
    edtf = graph.words(node, RICO + "normalizedDateValue") or graph.words(graph.uri, DCTERMS + "created")
    if edtf:
        yield _field(DocumentDate(edtf), graph.words(node, RICO + "expressedDate"), "dcterms:created")


def summary(graph: Graph) -> Iterator[Field[Value]]:
    """The first abstract; further ones are statements."""
    for number, each in enumerate(graph.all(graph.uri, DCTERMS + "abstract")):
        language = _language(each)
        value = Statement("abstract", each.value, language) if number else Summary(each.value, language)
        yield _field(value, each.value, "dcterms:abstract")


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
    """The distribution list as it stands."""
    notes = graph.all(graph.uri, RICO + "note")
    truncated = any(each.value == _TRUNCATED for each in notes)
    said = [each.value for each in notes if each.value != _TRUNCATED]
    if notes:
        yield _field(Distribution(None, truncated), said[0] if said else "", "rico:note")


def contributions(graph: Graph) -> Iterator[Field[Value]]:
    """Who had which part in the document, under which name."""
    for _, node in graph.parts("contribution"):
        agent = graph.words(node, RICO + "relationHasTarget")
        written = graph.words(graph.words(node, RICO + "relationHasContext"), RICO + "textualValue")
        copies = graph.words(node, RICO + "note").removeprefix("Copies: ")
        yield _field(
            Contribution(
                role=graph.words(node, RICO + "type"),
                as_written=written,
                agent=graph.words(agent, FOAF + "name"),
                copies=int(copies) if copies.isascii() and copies.isdigit() and len(copies) < 6 else None,
                kind=_kind(graph, agent),
                uri=agent,
            ),
            written,
            node,
        )


def events(graph: Graph) -> Iterator[Field[Value]]:
    """The stamps."""
    for _, node in graph.parts("event"):
        event = Event(
            kind=graph.words(node, RICO + "type"),
            edtf=graph.words(node, RICO + "date"),
            place=graph.words(graph.words(node, RICO + "hasOrHadLocation"), RICO + "name"),
            agent=graph.words(graph.words(node, RICO + "hasOrHadParticipant"), RICO + "name"),
            note=graph.words(node, RICO + "note"),
        )
        yield _field(event, graph.words(node, LABEL), node)


def texts(graph: Graph) -> Iterator[Field[Value]]:
    """The texts, each with who made it where that was said of the text itself."""
    for _, node in graph.parts("text"):
        body = next(iter(graph.all(node, RDF_VALUE)), None)
        if body is None:
            continue
        language = _language(body) or graph.words(node, DCTERMS + "language").removeprefix(LANGUAGES)
        text = TextBody(
            text=body.value,
            kind=graph.words(node, RICO + "type"),
            language=language,
            method=_METHODS.get(graph.words(node, RICO + "productionTechnique"), ""),
            made_by=graph.words(f"{node}-maker", FOAF + "name"),
        )
        yield _field(text, body.value, node)


def references(graph: Graph) -> Iterator[Field[Value]]:
    """Where the document is kept: the words, and the codes of the levels above."""
    for _, node in graph.parts("reference"):
        codes = dict(_codes(graph, graph.words(node, DCTERMS + "isPartOf")))
        repository = graph.words(graph.words(node, RICO + "hasOrHadHolder"), FOAF + "name")
        listy, said = graph.words(node, BIBO + "locator"), graph.words(node, LABEL)
        understood = bool(repository or codes or listy)
        yield _field(Reference(repository, listy=listy, understood=understood, **codes), said, node)


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
    """What it is about, of what kind it is and where it was written; who is only mentioned is a contributor."""
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
                agent_kind = _kind(graph, each.value) if kind == "agent" else ""
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


def _kind(graph: Graph, agent: str) -> str:
    return next((kind for class_, kind in _KINDS.items() if graph.has(agent, TYPE, class_)), "")


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
                yield _field(_statement(graph, term, each), each.value, f"dcterms:{term}")


def _told_elsewhere(graph: Graph, term: str, value: Term) -> bool:
    """Whether another field says it already."""
    uri = value.value
    if term == "language":
        return any(graph.has(node, DCTERMS + "language", uri) for _, node in graph.parts("text"))
    return (
        bool(_authority(graph, uri)[0])
        or uri == DCMITYPE + "Text"
        or uri.startswith((f"{graph.uri}#reference-", f"{graph.uri}#cited-"))
        or graph.has(uri, TYPE, DCMITYPE + "Collection")
    )


def _statement(graph: Graph, term: str, value: Term) -> Statement:
    if isinstance(value, Literal):
        return Statement(term, value.value, _language(value))
    own = value.value.startswith(f"{graph.uri}#")
    label: Term = next(iter(graph.all(value.value, LABEL)), Literal(graph.words(value.value, RDF_VALUE)))
    return Statement(term, label.value, _language(label), "" if own else value.value)


_FIELDS: tuple[Callable[[Graph], Iterator[Field[Value]]], ...] = (
    record_id, title, date, summary, original_language, numbers, distribution, contributions, events, texts, references,
    citation, rights, subjects, statements,
)  # fmt: skip
