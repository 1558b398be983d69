"""Things: enter agents, places, concepts, schemes and collections that a source describes by themselves.

They come in before the documents that name them, which then mean them by their addresses. What this accession makes
gets all that the source says of it; what the archive has already, seen by the public or not, stays as it is, because
its curators know better. How things stand
to one another is told by ``ties``, when all of them are here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from archive import history
from archive.accession.authorities import SUBJECTS, Authority, resolve, scheme_slug
from archive.accession.collecting import collections_at
from archive.accession.fitting import problem_with
from archive.accession.keys import is_address, source_of_link
from archive.accession.leftovers import made_among
from archive.accession.mapping import Mention, Named
from archive.accession.own import identifier_in
from archive.accession.permissions import may_accept_links
from archive.drafts import ThingDraft, ThingName
from archive.models import (
    AccessionSource,
    Agent,
    AgentName,
    AuthorityLink,
    Collection,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Place,
    PlaceName,
)
from archive.models.link import LinkRelation, LinkStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_MODELS: dict[str, type[Any]] = {
    "agent": Agent,
    "place": Place,
    "concept": Concept,
    "scheme": ConceptScheme,
    "collection": Collection,
}
_AUTHORITIES = ("agent", "place", "concept")
_MAY_NOT = "the archive lacks it, and who handed it in may not make collections."


def enter_things(drafts: Sequence[ThingDraft], *, source: AccessionSource) -> list[str]:
    """Enter things in the caller's transaction, and say for a report on the source what became of them."""
    fit, remarks = [], []
    for draft in drafts:
        problem = _problem(draft)
        if problem:
            remarks.append(f"The {draft.kind} {draft.uri[:200]} did not come in: {problem}")
        else:
            fit.append(draft)
    by_kind: dict[str, list[ThingDraft]] = defaultdict(list)
    for draft in fit:
        by_kind[draft.kind].append(draft)
    new: Counter[str] = Counter()
    for kind in _AUTHORITIES:  # in the order in which documents bring them, or two workers would wait for each other
        if kind == "concept":
            _enter_schemes(by_kind["scheme"], by_kind["concept"], source)
        new[kind] = _enter_authorities(kind, by_kind[kind], source) if by_kind[kind] else 0
    remarks += _enter_collections(by_kind["collection"], source)
    told = ", ".join(f"{new[kind]} {kind}{'' if new[kind] == 1 else 's'}" for kind in _AUTHORITIES if new[kind])
    return [*([f"Came in by themselves: {told}."] if told else []), *remarks]


def _enter_schemes(schemes: Iterable[ThingDraft], concepts: Iterable[ThingDraft], source: AccessionSource) -> None:
    """Make the schemes that lack, those of concepts too; describe those that this accession made."""
    titles: dict[str, str] = {}
    for each in concepts:
        slug = scheme_slug(_scheme(each))
        titles[slug] = titles.get(slug) or each.scheme_title
    described = {scheme_slug((identifier_in(each.uri, "scheme") and each.uri) or each.name): each for each in schemes}
    titles |= {slug: each.name for slug, each in described.items()}
    there = set(ConceptScheme.objects.filter(slug__in=titles).values_list("slug", flat=True))
    lacking = {slug: title or SUBJECTS for slug, title in sorted(titles.items()) if slug not in there}
    ConceptScheme.objects.bulk_create(
        (ConceptScheme(slug=slug, title=title[:300]) for slug, title in lacking.items()), ignore_conflicts=True
    )
    new = set(ConceptScheme.objects.filter(slug__in=lacking).values_list("pk", flat=True))
    held = list(ConceptScheme.objects.filter(slug__in=described, description="", uri=""))
    mine = new | made_among(source.accession, "conceptscheme", (each.pk for each in held))
    for scheme in (each for each in held if each.pk in mine):
        draft = described[scheme.slug]
        scheme.title, scheme.description, scheme.uri = draft.name, draft.description, draft.owner
        scheme.save(update_fields=["title", "description", "uri"])
    _record(mine, source, ConceptScheme)


def _scheme(concept: ThingDraft) -> str:
    """By what a concept's scheme is found: its address where it is one of this archive, else its title."""
    return concept.scheme if identifier_in(concept.scheme, "scheme") else concept.scheme_title


def _enter_collections(drafts: Sequence[ThingDraft], source: AccessionSource) -> list[str]:
    """Make the collections that lack, describe those that this accession made, and say which may not be made."""
    by = source.accession.created_by
    found = collections_at({each.uri: each.name for each in drafts}, by=by, note=source.name)
    mine = made_among(source.accession, "collection", (each.pk for each in found.values()))
    for draft in drafts:
        each = found.get(draft.uri)
        if each is not None and each.pk in mine and not each.description:
            each.title, each.description = draft.name, draft.description
            each.save(update_fields=["title", "description"])
    _record(mine, source, Collection)
    lacking = (each for each in drafts if each.uri not in found)
    return [f"The collection {each.uri[:200]} did not come in: {_MAY_NOT}" for each in lacking]


def _record(made: Iterable[int], source: AccessionSource, model: type[Any]) -> None:
    """Write the history of what was made, or described, on behalf of who handed the source in."""
    history.record(made, act=history.ACCESSION, by=source.accession.created_by, note=source.name, of=model)


def _enter_authorities(kind: str, drafts: Sequence[ThingDraft], source: AccessionSource) -> int:
    """Enter those of one kind; how many are new."""
    began = timezone.now()
    mentions = {_mention(-place, draft, source): draft for place, draft in enumerate(drafts, start=1)}
    found = resolve(mentions)
    new = {
        authority.pk: (authority, draft)
        for mention, draft in mentions.items()
        if (authority := found[mention]).created_at >= began
    }
    changed = [authority for authority, draft in new.values() if _describe(authority, draft)]
    if changed:
        columns = {"agent": ["dates"], "place": ["feature", "latitude", "longitude"], "concept": ["notation"]}
        _MODELS[kind]._default_manager.bulk_update(changed, columns[kind], batch_size=500)
    names = [name for authority, draft in new.values() for name in _names(kind, authority, draft)]
    for model in {type(name) for name in names}:
        model._default_manager.bulk_create(names, ignore_conflicts=True)
    by = source.accession.created_by
    links = (link for authority, draft in new.values() for link in _links(kind, authority, draft, by))
    AuthorityLink.objects.bulk_create(links, ignore_conflicts=True)
    _record(new, source, _MODELS[kind])
    return len(new)


def _mention(place: int, draft: ThingDraft, source: AccessionSource) -> Mention:
    """Each is a mention of its own, so that two of one name stay two."""
    scheme = _scheme(draft) if draft.kind == "concept" else ""
    agent_kind = draft.type if draft.kind == "agent" else ""
    return Mention(place, source.name, Named(draft.kind, draft.name, draft.uri, scheme, agent_kind))


def _describe(authority: Authority, draft: ThingDraft) -> bool:
    """Write what an authority's own columns hold; whether that is anything."""
    if isinstance(authority, Agent):
        authority.dates = draft.dates
        return bool(draft.dates)
    if isinstance(authority, Concept):
        authority.notation = draft.notation
        return bool(draft.notation)
    where = _coordinates(draft)
    authority.feature = draft.type
    authority.latitude, authority.longitude = where or (None, None)
    return bool(draft.type or where)


def _coordinates(draft: ThingDraft) -> tuple[Decimal, Decimal] | None:
    """Degrees, if both are there and on the earth."""
    try:
        latitude, longitude = Decimal(draft.latitude), Decimal(draft.longitude)
        on_earth = abs(latitude) <= 90 and abs(longitude) <= 180
    except InvalidOperation:  # no number, or one that cannot be compared: NaN
        return None
    return (latitude, longitude) if on_earth else None


def _names(kind: str, authority: Authority, draft: ThingDraft) -> Iterator[Any]:
    for name in draft.names:
        said: dict[str, Any] = {kind: authority, "value": name.value, "language": name.language}
        model: type[Any] = {"agent": AgentName, "place": PlaceName, "concept": ConceptLabel}[kind]
        if kind != "place" and name.kind in model.Kind.values:
            said["kind"] = name.kind
        yield model(**said)


def _links(kind: str, authority: Authority, draft: ThingDraft, by: User | None) -> Iterator[AuthorityLink]:
    """What this archive had accepted, on behalf of who may; of what comes from another, a curator decides again."""
    ours = identifier_in(draft.uri, kind) and may_accept_links(by)
    status = LinkStatus.ACCEPTED if ours else LinkStatus.CANDIDATE
    for uri, relation in draft.links:
        if is_address(uri) and relation in LinkRelation.values:
            source = source_of_link(uri)
            yield AuthorityLink(**{kind: authority}, source=source, uri=uri, relation=relation, status=status)


def _said(name: ThingName) -> dict[str, str]:
    return {"value": name.value, "language": name.language}


def _problem(draft: ThingDraft) -> str:
    """Why the database would not take a thing; empty if it would."""
    model = _MODELS[draft.kind]
    said: dict[str, str] = {"title" if draft.kind in ("scheme", "collection") else "name": draft.name}
    if draft.kind == "agent":
        said["dates"] = draft.dates
    elif draft.kind == "place":
        said["feature"] = draft.type
    elif draft.kind == "concept":
        said["notation"] = draft.notation
    elif draft.kind == "scheme":
        said["uri"] = draft.owner
    if not draft.name.strip():
        return "it has no name."
    return problem_with(model, said) or next(
        (problem for name in draft.names if (problem := problem_with(AgentName, _said(name)))), ""
    )
