"""From a draft to what the database holds: one small function for each thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.drafts import (
    Citation,
    Contribution,
    Distribution,
    DocumentDate,
    Draft,
    Event,
    Number,
    OriginalLanguage,
    Reference,
    Rights,
    SourceUrl,
    Statement,
    Summary,
    TextBody,
    Title,
)
from archive.vocab.dates import bounds

#: Title of a document whose source gives none. It must have one to be found in any list.
UNTITLED = "[Untitled]"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """A draft in the shape of the database: ``fields`` of the document, and ``rows`` by name of their relation.

    The names of persons in ``contributions`` are not resolved yet; see archive.accession.agents.
    """

    fields: Row
    rows: dict[str, list[Row]]


def contents_of(draft: Draft) -> Contents:
    """All that a draft says, as the database says it."""
    return Contents(
        fields={
            **_title(draft),
            **_date(draft),
            **_summary(draft),
            **_distribution(draft),
            "original_language": _original_language(draft),
            "citation": _citation(draft),
            "rights": _rights(draft),
            "source_url": _source_url(draft),
            "statements": _statements(draft),
        },
        rows={
            "numbers": _numbers(draft),
            "events": _events(draft),
            "texts": _texts(draft),
            "references": _references(draft),
            "contributions": _contributions(draft),
        },
    )


def _title(draft: Draft) -> Row:
    title = draft.first(Title)
    if title is None:
        return {"title": UNTITLED, "title_language": "en"}
    return {"title": title.value.text, "title_language": title.value.language}


def _date(draft: Draft) -> Row:
    date = draft.first(DocumentDate)
    if date is None:
        return {"date": "", "date_verbatim": "", "date_earliest": None, "date_latest": None}
    earliest, latest = bounds(date.value.edtf)
    return {
        "date": date.value.edtf,
        "date_verbatim": date.verbatim,
        "date_earliest": earliest,
        "date_latest": latest,
    }


def _summary(draft: Draft) -> Row:
    summary = draft.first(Summary)
    if summary is None:
        return {"summary": "", "summary_language": ""}
    return {"summary": summary.value.text, "summary_language": summary.value.language}


def _distribution(draft: Draft) -> Row:
    distribution = draft.first(Distribution)
    return {
        "distribution": distribution.verbatim if distribution else "",
        "distribution_copies": distribution.value.copies if distribution else None,
        "distribution_possibly_truncated": bool(distribution and distribution.value.possibly_truncated),
    }


def _original_language(draft: Draft) -> str:
    language = draft.first(OriginalLanguage)
    return language.value.tag if language else ""


def _citation(draft: Draft) -> str:
    citation = draft.first(Citation)
    return citation.value.text if citation else ""


def _rights(draft: Draft) -> str:
    return "\n\n".join(field.value.text for field in draft.all(Rights))


def _source_url(draft: Draft) -> str:
    url = draft.first(SourceUrl)
    return url.value.url if url else ""


def _statements(draft: Draft) -> list[Row]:
    return [
        {"term": field.value.term, "value": field.value.text, "language": field.value.language, "uri": ""}
        for field in draft.all(Statement)
    ]


def _numbers(draft: Draft) -> list[Row]:
    return [
        {"order": order, "kind": field.value.kind, "value": field.value.value, "verbatim": field.verbatim}
        for order, field in enumerate(draft.all(Number))
    ]


def _events(draft: Draft) -> list[Row]:
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
        for order, field in enumerate(draft.all(Event))
    ]


def _texts(draft: Draft) -> list[Row]:
    return [
        {"order": order, "kind": field.value.kind, "language": field.value.language, "body": field.value.text}
        for order, field in enumerate(draft.all(TextBody))
    ]


def _references(draft: Draft) -> list[Row]:
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
        }
        for order, field in enumerate(draft.all(Reference))
    ]


def _contributions(draft: Draft) -> list[Row]:
    """Contributions, one for each agent and role: a name that stands twice is one part in the document."""
    rows: dict[tuple[str, str], Row] = {}
    for field in draft.all(Contribution):
        value = field.value
        rows.setdefault(
            (value.agent, value.role),
            {
                "order": len(rows),
                "agent": value.agent,
                "role": value.role,
                "as_written": value.as_written,
                "copies": value.copies,
            },
        )
    return list(rows.values())
