"""Searching on the pages: what was asked for, one page of what was found, and by what it can be narrowed.

``archive.search`` can be left out, so it is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.web import finding
from archive.web.finding import Card, Excerpt, Listing, Stretch, cards, searchable
from archive.web.templatetags.archive_web import language_name

if TYPE_CHECKING:
    from archive.search.highlight import Snippet
    from archive.search.query import Found, Histogram, QueryError, Results
    from archive.search.syntax import Field

#: Parameters by which results are narrowed: the facet of each, and its heading.
NARROWING = {
    "person": ("person", _("People")),
    "place": ("place", _("Places")),
    "subject": ("topic", _("Subjects")),
    "type": ("type", _("Types")),
    "language": ("spoken", _("Languages of texts")),
    "original": ("original", _("Written in")),
    "fond": ("in_fond", _("Fonds")),
    "collection": ("collection", _("Collections")),
    "has": ("has", _("With")),
    # Where pages of people lead; counted only for who comes from there.
    "sender": ("sent_by", _("Sent by")),
    "addressee": ("sent_to", _("Sent to")),
    "mentioned": ("mentioned", _("Mentioned")),
}
_SELDOM = frozenset({"sender", "addressee", "mentioned"})
#: What documents have, in words.
_THINGS = {"scan": _("Scans"), "text": _("A transcript"), "translation": _("A translation")}
#: The fields of excerpts, in words.
_FIELDS = {
    "title": _("title"), "summary": _("summary"), "text": _("text"), "people": _("people"), "places": _("places"),
    "topics": _("subjects"), "references": _("reference"), "stamps": _("stamps"), "sender": _("sender"),
    "addressee": _("addressee"),
}  # fmt: skip
#: Orders that are offered, and what they are called.
ORDERS = {
    "relevance": _("Best first"), "oldest": _("Oldest first"), "newest": _("Newest first"),
    "added": _("Last added first"),
}  # fmt: skip
#: Values of one parameter that are heeded, and letters of one.
_VALUES, _LETTERS = 10, 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for; it stands whole in the address."""

    typed: str = ""
    #: Values that results must have, by parameter.
    narrowed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = "relevance"
    page: int = 1

    @classmethod
    def of(cls, parameters: QueryDict, page: int) -> Asked:
        """What the parameters of an address ask for. One that means nothing asks for nothing."""
        if not searchable():
            return cls(page=page)
        narrowed = {
            name: [value[:_LETTERS] for value in parameters.getlist(name) if value][:_VALUES] for name in NARROWING
        }
        order = parameters.get("order", "")
        return cls(
            typed=parameters.get("q", "").strip(),
            narrowed={name: values for name, values in narrowed.items() if values},
            order=order if order in ORDERS else "relevance",
            page=page,
        )

    def __bool__(self) -> bool:
        return bool(self.typed or self.narrowed)

    def by_facet(self) -> dict[str, Sequence[str]]:
        """The values that results must have, as the search takes them."""
        return {NARROWING[name][0]: values for name, values in self.narrowed.items()}

    def without_page(self, **changes: Sequence[str] | str) -> str:
        """The address of the first page of the same, but for the changes, as a query string."""
        query = QueryDict(mutable=True)
        order = changes.pop("order", self.order)
        typed = changes.pop("q", self.typed)
        if typed:
            query["q"] = str(typed)
        for name, values in {**self.narrowed, **changes}.items():
            query.setlist(name, list(values))
        if order != "relevance":
            query["order"] = str(order)
        return "?" + query.urlencode()

    def feed(self) -> str:
        """The same for the feed, which has an order of its own."""
        return self.without_page(order="relevance") if self else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; its address leads to the results with it, or without it where it is chosen already."""

    label: str
    count: int
    address: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """By what results can be narrowed."""

    heading: str | Promise
    choices: Sequence[Choice]
    #: The greatest count, where the choices are bars of a histogram; else 0.
    most: int = 0


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A value that all results have, because it was chosen; its address leads to the results without it."""

    heading: str | Promise
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query, and the query with the place marked."""

    message: str
    typed: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Findings(Listing):
    """One page of what was found."""

    #: Nothing in what was typed can be searched for.
    unsearchable: bool = False
    #: Only the beginning of what was typed was searched for.
    cut: bool = False
    #: What may have been meant, where nothing was found, and its address.
    suggestion: str = ""
    suggested: str = ""
    #: There is no index that could be asked.
    unavailable: bool = False
    trouble: Fault | None = None
    facets: Sequence[Facet] = ()
    narrowed: Sequence[Narrowed] = ()
    orders: Sequence[Choice] = ()


def fields() -> Iterable[Field]:
    """What can stand before a colon in a query."""
    if not searchable():
        return ()
    from archive.search.syntax import FIELDS

    return FIELDS.values()


def searched(asked: Asked) -> Findings:
    """One page of the documents that answer; a page beyond the last is the last."""
    from archive.search.query import DEPTH_LIMIT, QueryError

    page = max(1, min(asked.page, DEPTH_LIMIT // finding.PAGE_SIZE))
    try:
        results = _results(asked, page)
        if not results.found and results.total:
            page = max(1, min(-(-results.total // finding.PAGE_SIZE), DEPTH_LIMIT // finding.PAGE_SIZE))
            results = _results(asked, page)
    except QueryError as trouble:
        return Findings((), 0, page, trouble=_fault(trouble, asked.typed))
    return Findings(
        found_cards(results.found),
        results.total,
        page,
        unsearchable=not results.query and bool(asked.typed),
        cut=results.query.cut,
        suggestion=results.suggestion,
        suggested=asked.without_page(q=results.suggestion) if results.suggestion else "",
        unavailable=results.unavailable,
        facets=tuple(_facets(asked, results)),
        narrowed=tuple(_narrowed(asked, results)),
        orders=tuple(
            Choice(str(name), 0, asked.without_page(order=key), key == asked.order) for key, name in ORDERS.items()
        ),
    )


def _results(asked: Asked, page: int) -> Results:
    from archive.search.query import Sort, search

    return search(
        asked.typed,
        narrowed=asked.by_facet(),
        sort=Sort.of(asked.order),
        limit=finding.PAGE_SIZE,
        offset=(page - 1) * finding.PAGE_SIZE,
        facets=[NARROWING[name][0] for name in NARROWING if name not in _SELDOM or name in asked.narrowed],
    )


def _facets(asked: Asked, results: Results) -> Iterator[Facet]:
    if results.histogram and len(results.histogram.bars) > 1:
        yield _bars(asked, results.histogram)
    counted = {facet.name: facet.values for facet in results.facets}
    for name, (facet, heading) in NARROWING.items():
        chosen = list(asked.narrowed.get(name, ()))
        choices = [
            Choice(
                label=_in_words(name, each.value, each.label),
                count=each.count,
                address=asked.without_page(**{name: _toggled(chosen, each.value)}),
                chosen=each.value in chosen,
            )
            for each in counted.get(facet, ())
        ]
        # A single value that all results have narrows nothing.
        if chosen or any(choice.count < results.total for choice in choices):
            yield Facet(heading, choices)


def _narrowed(asked: Asked, results: Results) -> Iterator[Narrowed]:
    """What was chosen. Only names of what was found are told; of any other, the address alone says it."""
    labels = {(facet.name, each.value): each.label for facet in results.facets for each in facet.values}
    for name, values in asked.narrowed.items():
        facet, heading = NARROWING[name]
        for value in values:
            label = _in_words(name, value, labels.get((facet, value), value))
            yield Narrowed(heading, label, asked.without_page(**{name: _toggled(list(values), value)}))


def _in_words(name: str, value: str, label: str) -> str:
    """What a value is called by readers: a language by its name."""
    if name in ("language", "original"):
        return language_name(value)
    return str(_THINGS.get(value, label)) if name == "has" else label


def _bars(asked: Asked, histogram: Histogram) -> Facet:
    bars = [
        Choice(day, count, asked.without_page(q=f"{asked.typed} date:{day}".strip())) for day, count in histogram.bars
    ]
    return Facet(_("Dates"), bars, most=max(count for _, count in histogram.bars))


def _toggled(chosen: Sequence[str], value: str) -> list[str]:
    return [each for each in chosen if each != value] if value in chosen else [*chosen, value]


def _fault(trouble: QueryError, typed: str) -> Fault:
    start, end = trouble.start, trouble.end
    return Fault(trouble.message, [Stretch(typed[:start]), Stretch(typed[start:end], True), Stretch(typed[end:])])


def _excerpt(found: Snippet) -> Excerpt:
    parts = [Stretch(part.text, part.hit) for part in found.parts]
    return Excerpt(str(_FIELDS.get(found.field, found.field)), found.language, parts, found.opens, found.closes)


def found_cards(found: Sequence[Found]) -> list[Card]:
    """The cards of what was found, with what answers the query lit in them."""
    return [
        replace(
            card,
            title=[Stretch(part.text, part.hit) for part in each.title],
            excerpts=[_excerpt(snippet) for snippet in each.snippets],
        )
        for each, card in zip(found, cards(each.document for each in found), strict=True)
    ]
