"""Assembly: from the database to descriptions, with a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

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
    LinkDescription,
    NumberDescription,
    PageDescription,
    ReferenceDescription,
    RelationDescription,
    StatementDescription,
    SubjectDescription,
    TextDescription,
    UnitDescription,
    WordDescription,
)
from archive.models import (
    Agent,
    ArchivalUnit,
    AuthorityLink,
    Concept,
    Contribution,
    Document,
    DocumentRelation,
    Page,
    Place,
    Subject,
)
from archive.models.statements import problem_of
from archive.models.text import TextKind
from archive.sets import specs_of
from archive.units import ancestors, path
from archive.vocab.ark import ark

_PUBLIC = Document.objects.public()


def describe(document_ids: Iterable[int], *, with_sets: bool = True) -> list[Description]:
    """The descriptions of documents, ordered by primary key; ids that do not exist are passed over.

    ``with_sets`` false leaves out in which sets they are, which only harvesters ask. Takes the same number of queries
    for one document as for a thousand.
    """
    documents = (
        Document.objects.filter(pk__in=list(document_ids))
        .order_by("pk")
        .prefetch_related(
            "numbers",
            "events",
            "texts",
            "references",
            "collections",
            "pages",
            Prefetch("contributions", Contribution.objects.select_related("agent")),
            Prefetch("subjects", Subject.objects.select_related("agent", "concept", "place")),
            Prefetch("relations", DocumentRelation.objects.select_related("target").filter(target__in=_PUBLIC)),
        )
    )
    around = _Surroundings.of(documents, with_sets=with_sets)
    return [_describe(document, around) for document in documents]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The trees that documents stand in, read once for all of them."""

    #: setSpecs by document.
    sets: Mapping[int, tuple[str, ...]]
    #: Accepted addresses at others, by authority.
    links: Mapping[Agent | Concept | Place, Sequence[LinkDescription]]
    #: Those that the documents' references lead to, and all above them.
    units: Mapping[int, ArchivalUnit]

    @classmethod
    def of(cls, documents: Iterable[Document], *, with_sets: bool) -> _Surroundings:
        units = {r.unit_id for document in documents for r in document.references.all() if r.unit_id is not None}
        above = ancestors(units)
        sets = specs_of(documents, units=above) if with_sets else {}
        return cls(sets=sets, links=_links(documents), units=above)


def _links(documents: Iterable[Document]) -> dict[Agent | Concept | Place, list[LinkDescription]]:
    """One query for the links of all kinds of authority, instead of one for each kind."""
    authorities: dict[tuple[str, int], Agent | Concept | Place] = {}
    for document in documents:
        authorities.update((("agent", each.agent_id), each.agent) for each in document.contributions.all())
        authorities.update((_key(each.authority), each.authority) for each in document.subjects.all())
    if not authorities:
        return {}
    wanted = Q()
    for kind in ("agent", "concept", "place"):
        wanted |= Q(**{f"{kind}__in": [pk for name, pk in authorities if name == kind]})
    links: dict[Agent | Concept | Place, list[LinkDescription]] = {}
    for link in AuthorityLink.objects.filter(wanted, status=AuthorityLink.Status.ACCEPTED):
        kind = next(name for name in ("agent", "concept", "place") if getattr(link, f"{name}_id"))
        authority = authorities[kind, getattr(link, f"{kind}_id")]
        links.setdefault(authority, []).append(LinkDescription(link.uri, link.relation))
    return links


def _key(authority: Agent | Concept | Place) -> tuple[str, int]:
    return type(authority).__name__.lower(), authority.pk


def _describe(document: Document, around: _Surroundings) -> Description:
    collections = list(document.collections.all())
    return Description(
        key=document.pk,
        identifier=document.identifier,
        uri=uris.document(document.identifier),
        title=LanguageString(document.title, document.title_language),
        date=DateDescription(document.date, document.date_verbatim, document.date_earliest, document.date_latest),
        numbers=_numbers(document),
        events=_events(document),
        contributions=_contributions(document, around),
        distribution=document.distribution,
        distribution_copies=document.distribution_copies,
        distribution_possibly_truncated=document.distribution_possibly_truncated,
        summary=LanguageString(document.summary, document.summary_language),
        original_language=document.original_language,
        texts=tuple(
            TextDescription(
                key=t.pk,
                kind=t.kind,
                label=t.get_kind_display(),
                language=t.language,
                body=t.body,
                method=t.method,
                made_by=t.made_by,
                licence_uri=t.licence_uri,
                derived_from=t.derived_from_id,
            )
            for t in document.texts.all()
        ),
        references=_references(document, around.units),
        citation=document.citation,
        rights=document.rights,
        rights_uri=document.rights_uri,
        rights_holder=document.rights_holder,
        subjects=_subjects(document, around),
        relations=_relations(document),
        source_url=document.source_url,
        collections=tuple(CollectionDescription(c.slug, uris.collection(c.slug), c.title) for c in collections),
        sets=around.sets.get(document.pk, ()),
        pages=_pages(document),
        statements=tuple(statements_of(document.statements)),
        published_at=document.published_at,
        withdrawn=document.state == Document.State.WITHDRAWN,
    )


def statements_of(stored: Any) -> Iterator[StatementDescription]:
    """The statements that say something. JSON from elsewhere may hold anything; one such must not hide the rest."""
    for each in stored if isinstance(stored, list) else ():
        if problem_of(each):
            continue
        yield StatementDescription(each["term"], each.get("value", ""), each.get("language", ""), each.get("uri", ""))


def _events(document: Document) -> tuple[EventDescription, ...]:
    return tuple(
        EventDescription(e.kind, e.get_kind_display(), e.date, e.place, e.destination, e.agent, e.note, e.verbatim)
        for e in document.events.all()
    )


def _contributions(document: Document, around: _Surroundings) -> tuple[ContributionDescription, ...]:
    return tuple(
        ContributionDescription(
            role=c.role,
            label=c.get_role_display(),
            name=c.agent.name,
            as_written=c.as_written,
            agent_identifier=c.agent.identifier,
            agent_uri=uris.agent(c.agent.identifier),
            agent_kind=c.agent.kind,
            copies=c.copies,
            certain=c.certain,
            agent_links=tuple(around.links.get(c.agent, ())),
        )
        for c in document.contributions.all()
    )


#: Where the address of each kind of authority is made.
_URIS = {"agent": uris.agent, "concept": uris.concept, "place": uris.place}


def _subjects(document: Document, around: _Surroundings) -> tuple[SubjectDescription, ...]:
    return tuple(_subject(each, around) for each in document.subjects.all())


def _subject(subject: Subject, around: _Surroundings) -> SubjectDescription:
    authority = subject.authority
    kind, _ = _key(authority)
    return SubjectDescription(
        relation=subject.relation,
        kind=kind,
        name=authority.name,
        identifier=authority.identifier,
        uri=_URIS[kind](authority.identifier),
        certain=subject.certain,
        links=tuple(around.links.get(authority, ())),
    )


def _relations(document: Document) -> tuple[RelationDescription, ...]:
    return tuple(
        RelationDescription(
            kind=each.kind,
            label=each.get_kind_display(),
            identifier=each.target.identifier,
            uri=uris.document(each.target.identifier),
            title=each.target.title,
        )
        for each in document.relations.all()
    )


def _numbers(document: Document) -> tuple[NumberDescription, ...]:
    """The numbers, and the ARK, where the archive has a name assigning authority number to make ARKs under."""
    numbers = [NumberDescription(each.kind, each.value) for each in document.numbers.all()]
    naan = conf().ARK_NAAN
    return (*numbers, NumberDescription("ark", ark(naan, document.identifier))) if naan else tuple(numbers)


def _references(document: Document, units: Mapping[int, ArchivalUnit]) -> tuple[ReferenceDescription, ...]:
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
            units=tuple(unit_of(unit) for unit in path(each.unit_id, units)) if each.unit_id else (),
        )
        for each in document.references.all()
    )


def unit_of(unit: ArchivalUnit) -> UnitDescription:
    """A unit as a part of something else's description."""
    return UnitDescription(unit.identifier, uris.unit(unit.identifier), unit.level, unit.name, unit.title)


def _pages(document: Document) -> tuple[PageDescription, ...]:
    languages: dict[int | None, str] = {text.pk: text.language for text in document.texts.all()}
    # A scan belongs to no text; its lines are the words of the document, not of their translation.
    languages[None] = next((text.language for text in document.texts.all() if text.kind != TextKind.TRANSLATION), "")
    return tuple(_page(page, languages.get(page.text_id, "")) for page in document.pages.all())


def describe_page(page: Page) -> PageDescription:
    """One page by itself, as it is within the description of its document."""
    texts = [page.text] if page.text else page.document.texts.exclude(kind=TextKind.TRANSLATION)[:1]
    return _page(page, next((text.language for text in texts), ""))


def _page(page: Page, language: str) -> PageDescription:
    return PageDescription(
        identifier=page.identifier,
        kind=page.kind,
        width=page.width,
        height=page.height,
        media_type=page.media_type,
        text_key=page.text_id,
        language=language,
        lines=tuple(_lines(page)),
    )


def _lines(page: Page) -> Iterator[LineDescription]:
    """The lines that have words and a place."""
    for each in page.lines if isinstance(page.lines, list) else ():
        match each:
            case {"text": str(text), "box": [int(x), int(y), int(width), int(height)]}:
                yield LineDescription(text, x, y, width, height, tuple(_words(each.get("words"))))


def _words(words: object) -> Iterator[WordDescription]:
    for each in words if isinstance(words, list) else ():
        match each:
            case {"text": str(text), "box": [int(x), int(y), int(width), int(height)]}:
                yield WordDescription(text, x, y, width, height)
