"""Assembly: from the database to descriptions, with a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from archive import uris
from archive.conf import conf
from archive.description.parts import (
    CollectionDescription,
    ContributionDescription,
    DateDescription,
    Description,
    EventDescription,
    LanguageString,
    LineDescription,
    NumberDescription,
    PageDescription,
    ProvenanceDescription,
    ReferenceDescription,
    RelationDescription,
    StatementDescription,
    SubjectDescription,
    TextDescription,
    WordDescription,
)
from archive.description.rows import PARTS, Row, Rows, rows_of, rows_of_new
from archive.description.surroundings import SURROUNDINGS, Surroundings, authority_of
from archive.inserting import New
from archive.models import Document, Page
from archive.models.contribution import ContributionRole
from archive.models.event import EventKind
from archive.models.page import made_from
from archive.models.relation import DocumentRelationKind
from archive.models.statements import problem_of
from archive.models.text import TextKind
from archive.vocab.ark import ark

#: What kinds are called for people.
_EVENTS, _ROLES, _TEXTS, _RELATIONS = (
    dict(kinds.choices) for kinds in (EventKind, ContributionRole, TextKind, DocumentRelationKind)
)


#: All that a description has beside what stands in the document's own row.
EVERYTHING = PARTS | SURROUNDINGS


def describe(
    document_ids: Iterable[int], *, with_sets: bool = True, wanted: Collection[str] = EVERYTHING
) -> list[Description]:
    """The descriptions of documents, ordered by primary key; ids that do not exist are passed over.

    ``with_sets`` false leaves out in which sets they are, which only harvesters ask. Of what is not ``wanted``, of
    :data:`EVERYTHING`, nothing is read and nothing said. Takes the same number of queries for one document as for a
    thousand.
    """
    rows = rows_of(list(document_ids), wanted)
    around = Surroundings.of(rows, set(wanted) if with_sets else set(wanted) - {"sets"})
    return [_describe(each, around) for each in rows]


def describe_new(new: New) -> list[Description]:
    """What ``describe`` tells, without sets, of documents that have just been inserted."""
    rows = rows_of_new(new)
    around = Surroundings.of(rows, SURROUNDINGS - {"sets"})
    return [_describe(each, around) for each in rows]


def _describe(rows: Rows, around: Surroundings) -> Description:
    document = rows.document
    return Description(
        key=document.pk,
        identifier=document.identifier,
        uri=uris.document(document.identifier),
        title=LanguageString(document.title, document.title_language),
        date=DateDescription(document.date, document.date_verbatim, document.date_earliest, document.date_latest),
        numbers=_numbers(rows),
        events=_events(rows.events),
        contributions=_contributions(rows.contributions, around),
        distribution=document.distribution,
        distribution_copies=document.distribution_copies,
        distribution_possibly_truncated=document.distribution_possibly_truncated,
        summary=LanguageString(document.summary, document.summary_language),
        original_language=document.original_language,
        texts=_texts(each for each in rows.texts if each.kind != TextKind.SUMMARY),
        references=_references(rows.references, around),
        citation=document.citation,
        rights=document.rights,
        rights_uri=document.rights_uri,
        rights_holder=document.rights_holder,
        subjects=tuple(_subject(each, around) for each in rows.subjects),
        relations=_relations(rows.relations),
        source_url=document.source_url,
        collections=tuple(_collection(each) for each in rows.collections),
        sets=around.sets.get(document.pk, ()),
        pages=_pages(rows),
        statements=tuple(statements_of(document.statements)),
        published_at=document.published_at,
        withdrawn=document.state == Document.State.WITHDRAWN,
        provenance=_provenance(rows),
        summaries=_texts(each for each in rows.texts if each.kind == TextKind.SUMMARY),
    )


#: With what the identity of a harvested document begins, before the OAI identifier.
_HARVESTED = "oai:"


def _provenance(rows: Rows) -> ProvenanceDescription | None:
    """The source that was the last to say something new."""
    if not rows.accession_items:
        return None
    latest, identity = rows.accession_items[-1], rows.document.identity or ""
    return ProvenanceDescription(
        read_at=latest.finished_at,
        reader=latest.source__reader,
        version=latest.source__reader_version,
        sha256=latest.source__original__sha256 or "",
        record=identity.removeprefix(_HARVESTED) if identity.startswith(_HARVESTED) else "",
    )


def statements_of(stored: object) -> Iterator[StatementDescription]:
    """The statements that say something. JSON from elsewhere may hold anything; one such must not hide the rest."""
    for each in stored if isinstance(stored, list) else ():
        if problem_of(each):
            continue
        yield StatementDescription(each["term"], each.get("value", ""), each.get("language", ""), each.get("uri", ""))


def _events(events: Iterable[Row]) -> tuple[EventDescription, ...]:
    return tuple(
        EventDescription(
            e.kind, _EVENTS.get(e.kind, e.kind), e.date, e.place, e.destination, e.agent, e.note, e.verbatim
        )
        for e in events
    )


def _contributions(contributions: Iterable[Row], around: Surroundings) -> tuple[ContributionDescription, ...]:
    return tuple(
        ContributionDescription(
            role=c.role,
            label=_ROLES.get(c.role, c.role),
            name=c.agent__name,
            as_written=c.as_written,
            agent_identifier=c.agent__identifier,
            agent_uri=uris.agent(c.agent__identifier),
            agent_kind=c.agent__kind,
            copies=c.copies,
            certain=c.certain,
            agent_links=tuple(around.links.get(("agent", c.agent_id), ())),
        )
        for c in contributions
    )


def _texts(texts: Iterable[Row]) -> tuple[TextDescription, ...]:
    return tuple(
        TextDescription(
            key=t.pk,
            kind=t.kind,
            label=_TEXTS.get(t.kind, t.kind),
            language=t.language,
            body=t.body,
            method=t.method,
            made_by=t.made_by,
            licence_uri=t.licence_uri,
            derived_from=t.derived_from_id,
        )
        for t in texts
    )


#: Where the address of each kind of authority is made.
_URIS = {"agent": uris.agent, "concept": uris.concept, "place": uris.place}


def _subject(subject: Row, around: Surroundings) -> SubjectDescription:
    kind, pk = authority_of(subject)
    identifier = getattr(subject, f"{kind}__identifier")
    return SubjectDescription(
        relation=subject.relation,
        kind=kind,
        name=getattr(subject, f"{kind}__name"),
        identifier=identifier,
        uri=_URIS[kind](identifier),
        certain=subject.certain,
        links=tuple(around.links.get((kind, pk), ())),
    )


def _relations(relations: Iterable[Row]) -> tuple[RelationDescription, ...]:
    return tuple(
        RelationDescription(
            kind=each.kind,
            label=_RELATIONS.get(each.kind, each.kind),
            identifier=each.target__identifier,
            uri=uris.document(each.target__identifier),
            title=each.target__title,
        )
        for each in relations
    )


def _numbers(rows: Rows) -> tuple[NumberDescription, ...]:
    """The numbers, and the ARK, where the archive has a name assigning authority number to make ARKs under."""
    numbers = tuple(NumberDescription(each.kind, each.value) for each in rows.numbers)
    naan = conf().ARK_NAAN
    return (*numbers, NumberDescription("ark", ark(naan, rows.document.identifier))) if naan else numbers


def _references(references: Iterable[Row], around: Surroundings) -> tuple[ReferenceDescription, ...]:
    return tuple(
        ReferenceDescription(
            repository=each.repository,
            fond=each.fond,
            opis=each.opis,
            delo=each.delo,
            papka=each.papka,
            listy=each.listy,
            verbatim=each.verbatim,
            understood=each.understood,
            units=around.units.get(each.unit_id, ()),
        )
        for each in references
    )


def _collection(held: Row) -> CollectionDescription:
    return CollectionDescription(held.collection__slug, uris.collection(held.collection__slug), held.collection__title)


#: A scan belongs to no text; its lines are the words of the document, and not these.
_NOT_ITS_WORDS = (TextKind.TRANSLATION, TextKind.SUMMARY)


def _pages(rows: Rows) -> tuple[PageDescription, ...]:
    languages: dict[int | None, str] = {text.pk: text.language for text in rows.texts}
    languages[None] = next((text.language for text in rows.texts if text.kind not in _NOT_ITS_WORDS), "")
    return tuple(_page(page, languages.get(page.text_id, "")) for page in rows.pages)


def describe_page(page: Page) -> PageDescription:
    """One page by itself, as it is within the description of its document."""
    texts = [page.text] if page.text else page.document.texts.exclude(kind__in=_NOT_ITS_WORDS)[:1]
    return _page(page, next((text.language for text in texts), ""))


def _page(page: Page | Row, language: str) -> PageDescription:
    sha256, place = made_from(str(page.image))
    return PageDescription(
        identifier=page.identifier,
        kind=page.kind,
        width=page.width,
        height=page.height,
        media_type=page.media_type,
        text_key=page.text_id,
        language=language,
        lines=tuple(_lines(page.lines)),
        file=str(page.image),
        number=page.order,
        sha256=sha256,
        place=place,
    )


def _lines(lines: object) -> Iterator[LineDescription]:
    """The lines that have words and a place."""
    for each in lines if isinstance(lines, list) else ():
        match each:
            case {"text": str(text), "box": [int(x), int(y), int(width), int(height)]}:
                yield LineDescription(text, x, y, width, height, tuple(_words(each.get("words"))))


def _words(words: object) -> Iterator[WordDescription]:
    for each in words if isinstance(words, list) else ():
        match each:
            case {"text": str(text), "box": [int(x), int(y), int(width), int(height)]}:
                yield WordDescription(text, x, y, width, height)
