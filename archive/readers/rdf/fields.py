"""From the graph of a document to the values of a draft: one small function for each thing that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal

from archive.drafts import (
    Citation,
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
    Summary,
    TextBody,
    Title,
    Value,
)
from archive.readers.rdf.graphs import LABEL, TYPE, Graph, Term
from archive.readers.rdf.named import authority, contributions, memberships, relations, subjects
from archive.readers.rdf.words import (
    BIBO,
    DCMITYPE,
    DCTERMS,
    DERIVED,
    FOAF,
    LANGUAGES,
    RDF_VALUE,
    RICO,
    count,
    field,
    language_of,
)
from archive.vocab.dcmi import TERMS
from archive.vocab.edtf import bounds

_METHODS = {"by a person": "human", "by a machine": "machine", "by a machine, corrected by a person": "revised"}
_LEVELS = frozenset({"fond", "opis", "papka", "delo"})
#: Terms that are said of a document by its other fields, and not read as statements.
_ELSEWHERE = frozenset({"title", "created", "abstract", "bibliographicCitation", "rights", "rightsHolder"})
_TRUNCATED = "The distribution list is possibly truncated in the source."
#: How the end of a page is written within a text.
_PAGE_BREAK = "\u240c"
_COPIES = "Copies in all: "
_UNDERSTOOD = "The archive has understood these words."


def fields_of(graph: Graph) -> Iterator[Field[Value]]:
    """All that the graph says of its document."""
    for read in _FIELDS:
        yield from read(graph)


def record_id(graph: Graph) -> Iterator[Field[Value]]:
    """The last part of the document's URI."""
    own = graph.uri.rstrip("/").rpartition("/")[2]
    yield field(RecordId(own), own, graph.uri)


def title(graph: Graph) -> Iterator[Field[Value]]:
    """The title; further ones are statements."""
    for number, each in enumerate(graph.all(graph.uri, DCTERMS + "title")):
        language = language_of(each)
        value = Statement("title", each.value, language) if number else Title(each.value, language)
        yield field(value, each.value, "dcterms:title")


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
        yield field(DocumentDate(edtf if valid else ""), written if valid else written or edtf, "dcterms:created")


def summary(graph: Graph) -> Iterator[Field[Value]]:
    """The first abstract that is no text of its own; further ones are statements."""
    own = [body for _, node in graph.parts("text") for body in graph.all(node, RDF_VALUE) if _is_summary(graph, node)]
    abstracts = [each for each in graph.all(graph.uri, DCTERMS + "abstract") if each not in own]
    for number, each in enumerate(abstracts):
        language = language_of(each)
        value = Statement("abstract", each.value, language) if number else Summary(each.value, language)
        yield field(value, each.value, "dcterms:abstract")


def _is_summary(graph: Graph, text: str) -> bool:
    return graph.words(text, RICO + "type") == "summary"


def original_language(graph: Graph) -> Iterator[Field[Value]]:
    """The language in which the document was written."""
    for each in graph.all(graph.uri, RICO + "hasOrHadLanguage")[:1]:
        tag = graph.words(each.value, RDF_VALUE) or each.value.removeprefix(LANGUAGES)
        yield field(OriginalLanguage(tag), each.value, "rico:hasOrHadLanguage")


def numbers(graph: Graph) -> Iterator[Field[Value]]:
    """Its own numbers and those that it cites, in their order. An ARK is given anew by each archive."""
    own = [(number, node, graph.words(node, RICO + "type")) for number, node in graph.parts("number")]
    cited = [(number, node, "cited") for number, node in graph.parts("cited")]
    for _, node, kind in sorted(own + cited):
        value = graph.words(node, RICO + "textualValue") or graph.words(node, RICO + "identifier")
        if kind != "ark":
            yield field(Number(value, kind), value, node)


def distribution(graph: Graph) -> Iterator[Field[Value]]:
    """The distribution list as it stands; what Fonds says of it is in English, and the list in no language."""
    notes = graph.all(graph.uri, RICO + "note")
    said = [each.value for each in notes if not language_of(each)]
    ours = [each.value for each in notes if language_of(each)]
    copies = next((count(each, _COPIES) for each in ours if each.startswith(_COPIES)), None)
    if notes:
        yield field(Distribution(copies, _TRUNCATED in ours), said[0] if said else "", "rico:note")


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
        yield field(event, graph.words(node, LABEL), node)


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
        yield field(text, body.value, node)


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
        yield field(Reference(repository, listy=listy, understood=understood, unit=unit, **codes), said, node)


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
        yield field(value, each.value, "dcterms:bibliographicCitation")


def rights(graph: Graph) -> Iterator[Field[Value]]:
    """Statements of rights, and who holds them."""
    for term in ("rights", "rightsHolder"):
        for each in graph.all(graph.uri, DCTERMS + term):
            said = graph.words(each.value, LABEL)
            own = each.value.startswith(f"{graph.uri}#") or isinstance(each, Literal)
            if term == "rightsHolder":
                yield field(Rights("", holder=said or each.value), said, f"dcterms:{term}")
            else:
                yield field(Rights(said) if own else Rights("", uri=each.value), said, f"dcterms:{term}")


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
                yield field(SourceUrl(each.value), each.value, "dcterms:source")
            else:
                yield field(statement_of(graph, term, each), each.value, f"dcterms:{term}")


def _told_elsewhere(graph: Graph, term: str, value: Term) -> bool:
    """Whether another field says it already."""
    uri = value.value
    if term == "identifier":
        own = graph.uri.rstrip("/").rpartition("/")[2]
        return uri == own or any(graph.words(node, RICO + "textualValue") == uri for _, node in graph.parts("number"))
    if term == "language":
        return any(graph.has(node, DCTERMS + "language", uri) for _, node in graph.parts("text"))
    return (
        bool(authority(graph, uri)[0])
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
