"""From a draft to what the database holds: one small function for each thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.drafts import (
    ByKind,
    Citation,
    Contribution,
    Distribution,
    DocumentDate,
    Draft,
    Event,
    Membership,
    Number,
    OriginalLanguage,
    Reference,
    Rights,
    SourceUrl,
    Statement,
    Subject,
    Summary,
    TextBody,
    Title,
)
from archive.models.contribution import ContributionRole
from archive.vocab.dates import bounds

#: Title of a document whose source gives none. It must have one to be found in any list.
UNTITLED = "[Untitled]"

Row = dict[str, Any]

#: The parts that an agent can have in a document. Any other stands as a statement, with its name.
ROLES = frozenset(ContributionRole.values)


class Named(NamedTuple):
    """An authority as a source names it; archive.accession.authorities finds who or what is meant.

    ``kind`` is ``agent``, ``place`` or ``concept``. ``as_written`` is another name that the document has for an
    agent. ``agent_kind`` and ``scheme`` as in archive.drafts.
    """

    kind: str
    name: str
    uri: str = ""
    scheme: str = ""
    agent_kind: str = ""
    as_written: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class InUnit:
    """The archival unit that a reference leads to, by the address by which its source knows it."""

    uri: str


class Mention(NamedTuple):
    """That a document names an authority. ``document`` is the place of the document in its batch.

    ``source`` is the name of the document's source: a key that is no address holds only within it. A tuple, as
    ``Named`` is: mentions are looked up by the thousand.
    """

    document: int
    source: str
    named: Named


@dataclass(frozen=True, slots=True)
class Contents:
    """A draft in the shape of the database: ``fields`` of the document, and ``rows`` by name of their relation.

    In ``contributions`` the agent, and in ``subjects`` the authority, is only ``Named`` yet. In ``texts`` the text that
    one was made from is told by its place. ``collections`` has the address and the title of each.
    """

    fields: Row
    rows: dict[str, list[Row]]
    collections: tuple[Membership, ...] = ()


def contents_of(draft: Draft) -> Contents:
    """All that a draft says, as the database says it."""
    said = ByKind(draft)
    return Contents(
        fields={
            **_title(said),
            **_date(said),
            **_summary(said),
            **_distribution(said),
            "original_language": _original_language(said),
            "citation": _citation(said),
            **_rights(said),
            "source_url": _source_url(said),
            "statements": _statements(said),
        },
        rows={
            "numbers": _numbers(said),
            "events": _events(said),
            "texts": _texts(said),
            "references": _references(said),
            "contributions": _contributions(said),
            "subjects": _subjects(said),
        },
        collections=tuple(dict.fromkeys(field.value for field in said.all(Membership))),
    )


def _title(fields: ByKind) -> Row:
    title = fields.first(Title)
    if title is None:
        return {"title": UNTITLED, "title_language": "en"}
    return {"title": title.value.text, "title_language": title.value.language}


def _date(fields: ByKind) -> Row:
    date = fields.first(DocumentDate)
    if date is None:
        return {"date": "", "date_verbatim": "", "date_earliest": None, "date_latest": None}
    earliest, latest = bounds(date.value.edtf) if date.value.edtf else (None, None)
    return {
        "date": date.value.edtf,
        "date_verbatim": date.verbatim,
        "date_earliest": earliest,
        "date_latest": latest,
    }


def _summary(fields: ByKind) -> Row:
    summary = fields.first(Summary)
    if summary is None:
        return {"summary": "", "summary_language": ""}
    return {"summary": summary.value.text, "summary_language": summary.value.language}


def _distribution(fields: ByKind) -> Row:
    distribution = fields.first(Distribution)
    return {
        "distribution": distribution.verbatim if distribution else "",
        "distribution_copies": distribution.value.copies if distribution else None,
        "distribution_possibly_truncated": bool(distribution and distribution.value.possibly_truncated),
    }


def _original_language(fields: ByKind) -> str:
    language = fields.first(OriginalLanguage)
    return language.value.tag if language else ""


def _citation(fields: ByKind) -> str:
    citation = fields.first(Citation)
    return citation.value.text if citation else ""


def _rights(fields: ByKind) -> Row:
    said = [field.value for field in fields.all(Rights)]
    return {
        "rights": "\n\n".join(each.text for each in said if each.text),
        "rights_uri": next((each.uri for each in said if each.uri), ""),
        "rights_holder": "; ".join(dict.fromkeys(each.holder for each in said if each.holder)),
    }


def _source_url(fields: ByKind) -> str:
    url = fields.first(SourceUrl)
    return url.value.url if url else ""


def _statements(fields: ByKind) -> list[Row]:
    said = [
        {"term": each.value.term, "value": each.value.text, "language": each.value.language, "uri": each.value.uri}
        for each in fields.all(Statement)
    ]
    others = [each.value for each in fields.all(Contribution) if each.value.role not in ROLES]
    return said + [
        {"term": "contributor", "value": f"{each.as_written or each.agent} ({each.role})", "language": "", "uri": ""}
        for each in others
    ]


def _numbers(fields: ByKind) -> list[Row]:
    return [
        {"order": order, "kind": field.value.kind, "value": field.value.value, "verbatim": field.verbatim}
        for order, field in enumerate(fields.all(Number))
    ]


def _events(fields: ByKind) -> list[Row]:
    return [
        {
            "order": order,
            "kind": field.value.kind,
            "date": field.value.edtf,
            "place": field.value.place,
            "destination": field.value.destination,
            "agent": field.value.agent,
            "note": field.value.note,
            "verbatim": field.verbatim,
        }
        for order, field in enumerate(fields.all(Event))
    ]


def _texts(fields: ByKind) -> list[Row]:
    return [
        {
            "order": order,
            "kind": field.value.kind,
            "language": field.value.language,
            "body": field.value.text,
            "method": field.value.method,
            "made_by": field.value.made_by,
            **({"licence_uri": field.value.licence} if field.value.licence else {}),
            **({} if field.value.derived_from is None else {"derived_from": field.value.derived_from}),
        }
        for order, field in enumerate(fields.all(TextBody))
    ]


def _references(fields: ByKind) -> list[Row]:
    return [
        {
            "order": order,
            "repository": field.value.repository,
            "fond": field.value.fond,
            "opis": field.value.opis,
            "delo": field.value.delo,
            "papka": field.value.papka,
            "listy": field.value.listy,
            "verbatim": field.verbatim,
            "understood": field.value.understood,
            **({"unit": InUnit(field.value.unit)} if field.value.unit else {}),
        }
        for order, field in enumerate(fields.all(Reference))
    ]


def _contributions(fields: ByKind) -> list[Row]:
    """Contributions, one for each agent and role: a name that stands twice is one part in the document."""
    rows: dict[tuple[str, str, str], Row] = {}
    for field in fields.all(Contribution):
        value = field.value
        if value.role in ROLES:
            agent = Named("agent", value.agent, value.uri, agent_kind=value.kind, as_written=value.as_written)
            rows.setdefault(
                (value.agent, value.uri, value.role),
                {
                    "order": len(rows),
                    "agent": agent,
                    "role": value.role,
                    "as_written": value.as_written,
                    "copies": value.copies,
                    **_doubt(value.certain),
                },
            )
    return list(rows.values())


def _subjects(fields: ByKind) -> list[Row]:
    """Subjects, one for each thing and relation."""
    found: dict[tuple[Named, str], bool] = {}
    for field in fields.all(Subject):
        found.setdefault((named(field.value), field.value.relation), field.value.certain)
    return [
        {"order": order, "authority": authority, "relation": relation, **_doubt(certain)}
        for order, ((authority, relation), certain) in enumerate(found.items())
    ]


def _doubt(certain: bool) -> Row:
    """Nothing where the source is sure, which it is where it says nothing: rows are compared by what they say."""
    return {} if certain else {"certain": False}


def named(value: Subject) -> Named:
    """The authority that a subject names."""
    return Named(value.kind, value.label, value.uri, value.scheme, value.agent_kind)
