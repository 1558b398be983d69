"""Who or what is meant by a name on a document: agents, places and concepts, for many documents at once.

The rules are the same for all three. What the source knows by an address or a key is found again by that. Else the
one current authority of this name is meant; else the one that bears the name beside another, or took the place of
one that did. A name that several bear is not guessed at: a new authority is made, for an archivist to merge. Two
that one system knows by two keys are two, whatever they are called.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.utils.text import slugify

from archive import history
from archive.accession.keys import MODELS, Keys
from archive.accession.mapping import Mention
from archive.accession.own import identifier_in
from archive.models import Agent, AgentName, Concept, ConceptLabel, ConceptScheme, Place, PlaceName
from archive.naming import successor

Authority = Agent | Place | Concept
#: The primary key of the scheme, for concepts, and the name.
Name = tuple[int | None, str]

#: The scheme of concepts whose source names none.
SUBJECTS = "Subjects"

#: Where further names of each kind stand, and the column that leads to the authority.
NAMES: dict[str, type[Any]] = {"agent": AgentName, "place": PlaceName, "concept": ConceptLabel}


def resolve(mentions: Iterable[Mention]) -> dict[Mention, Authority]:
    """The authority that each mention means, made where the archive has none.

    A constant number of queries for each kind, within the caller's transaction.
    """
    by_kind: dict[str, list[Mention]] = defaultdict(list)
    for mention in dict.fromkeys(mentions):
        by_kind[mention.named.kind].append(mention)
    found: dict[Mention, Authority] = {}
    for kind in ("agent", "place", "concept"):  # the same order for all workers, or two would wait for each other
        if kind in by_kind:
            found |= _Resolution(kind, by_kind[kind]).authorities()
    _add_names(found)
    return found


def reserve(names: Collection[str]) -> None:
    """Let no other worker make an authority of one of these names until this transaction ends.

    Two workers that meet a new name at once would each make an agent of it, and from then on it would be a name
    that several agents bear. SQLite has one writer at a time; PostgreSQL locks on request, here on the names, in
    an order that is the same for all.
    """
    if names and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(h) FROM (SELECT DISTINCT hashtextextended(n, 0) AS h"
                " FROM unnest(%s::text[]) AS n ORDER BY h) AS sorted",
                [list(names)],
            )


class _Resolution:
    """The mentions of one kind of authority on their way to be understood."""

    def __init__(self, kind: str, mentions: list[Mention]) -> None:
        self.kind = kind
        self.model = MODELS[kind]
        #: Those with a key come first: a name alone may mean what a key has made.
        self.mentions = sorted(mentions, key=lambda each: not each.named.uri)
        self.schemes = _schemes({each.named.scheme for each in mentions}) if kind == "concept" else {}
        self.doubtful: dict[tuple[int, Name], Authority] = {}

    def authorities(self) -> dict[Mention, Authority]:
        """The authority of each mention. Names that nobody has are locked, and looked for once more."""
        self._look()
        found = {each: authority for each in self.mentions if (authority := self._known(each))}
        lacking = [each for each in self.mentions if each not in found]
        if lacking:
            reserve({f"archive {self.kind} {each.named.name}" for each in lacking})
            self._look()
            made: list[Authority] = []
            for each in self.mentions:
                found[each] = self._known(each) or self._new(each, made)
            self.model._default_manager.bulk_create(made)  # type: ignore[arg-type]  # all of this model
        self.keys.keep()
        return found

    def _look(self) -> None:
        """See what the archive has."""
        self.bearers = self._bearers({each.named.name for each in self.mentions})
        candidates = {each.pk: each for held in self.bearers.values() for each in held.values()}
        self.keys = Keys(self.kind, self.mentions, candidates)

    def _known(self, mention: Mention) -> Authority | None:
        """The authority that is meant, as far as the archive has it."""
        known: Authority | None = self.keys.known(mention)
        if known is None:
            held = self.bearers.get(self._name(mention), {})
            known = next(iter(held.values())) if len(held) == 1 else self.doubtful.get(self._doubt(mention))
            if known is not None and self.kind != "concept" and self.keys.another(mention, known):
                return None
        if known is not None:
            self.keys.remember(mention, known)
        return known

    def _name(self, mention: Mention) -> Name:
        """Under what an authority is looked for: its name, of concepts within their scheme."""
        scheme = self.schemes.get(mention.named.scheme)
        return (scheme.pk if scheme else None, mention.named.name)

    def _doubt(self, mention: Mention) -> tuple[int, Name]:
        """A doubtful name means the same throughout one document."""
        return (mention.document, self._name(mention))

    def _bearers(self, names: set[str]) -> dict[Name, dict[int, Authority]]:
        """Who bears each name: those that are called so, else those that are known by it besides."""
        called: dict[Name, dict[int, Authority]] = defaultdict(dict)
        besides: dict[Name, dict[int, Authority]] = defaultdict(dict)
        for authority in self.model._default_manager.filter(name__in=names).select_related("merged_into"):
            last = successor(authority)
            (besides if authority.merged_into_id else called)[_scheme_of(authority), authority.name][last.pk] = last
        further = NAMES[self.kind]._default_manager.filter(value__in=names)
        for label in further.select_related(self.kind, f"{self.kind}__merged_into"):
            bearer = getattr(label, self.kind)
            last = successor(bearer)
            besides[_scheme_of(bearer), label.value][last.pk] = last
        return {**besides, **called}

    def _new(self, mention: Mention, made: list[Authority]) -> Authority:
        named = mention.named
        authority: Authority
        if self.kind == "agent":
            kind = Agent.Kind(named.agent_kind) if named.agent_kind in Agent.Kind else Agent.Kind.UNKNOWN
            authority = Agent(name=named.name, kind=kind)
        elif self.kind == "place":
            authority = Place(name=named.name)
        else:
            authority = Concept(name=named.name, scheme=self.schemes[named.scheme])
        authority.identifier = identifier_in(named.uri, self.kind) or authority.identifier
        made.append(authority)
        held = self.bearers.setdefault(self._name(mention), {})
        if self.kind == "concept":
            held.clear()  # from now on one concept of the scheme is called so
        elif held:
            self.doubtful[self._doubt(mention)] = authority
        held[-len(made)] = authority  # no primary key yet
        self.keys.remember(mention, authority)
        return authority


def scheme_slug(name: str) -> str:
    """The slug of a vocabulary by the name that a source gives it, or by the address that it has here."""
    own = identifier_in(name, "scheme")
    return own or slugify(name or SUBJECTS)[:100] or f"scheme-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _scheme_of(authority: Authority) -> int | None:
    return authority.scheme_id if isinstance(authority, Concept) else None


def _schemes(names: set[str]) -> dict[str, ConceptScheme]:
    """The vocabularies by the names that sources give them, made where they lack."""
    slugs = {name: scheme_slug(name) for name in names}
    known = ConceptScheme.objects.in_bulk(set(slugs.values()), field_name="slug")
    lacking = {slug: name for name, slug in slugs.items() if slug not in known}
    if lacking:
        ConceptScheme.objects.bulk_create(
            (ConceptScheme(slug=slug, title=(name or SUBJECTS)[:300]) for slug, name in sorted(lacking.items())),
            ignore_conflicts=True,
        )
        known = ConceptScheme.objects.in_bulk(set(slugs.values()), field_name="slug")
    return {name: known[slug] for name, slug in slugs.items()}


def _add_names(found: Mapping[Mention, Authority]) -> None:
    """Let agents be known by the names that documents write for them: "Filippov" for Stalin is a pseudonym."""
    wanted: dict[tuple[int, str], AgentName] = {}
    for mention, authority in found.items():
        written, name = mention.named.as_written, mention.named.name
        if isinstance(authority, Agent) and written and written != authority.name:
            kind = AgentName.Kind.PSEUDONYM if written != name else AgentName.Kind.VARIANT
            learned = AgentName(agent=authority, value=written, kind=kind, learned=True)
            wanted.setdefault((authority.pk, written), learned)
    held = AgentName.objects.filter(agent__in={pk for pk, _ in wanted}, value__in={value for _, value in wanted})
    known = set(held.values_list("agent_id", "value")) if wanted else set()
    new = [each for mark, each in sorted(wanted.items(), key=lambda pair: pair[0]) if mark not in known]
    if not new:
        return
    # The history of an agent that is new begins when its document is in.
    notes = {each.agent_id: f"written as “{each.value}”" for each in new}
    remembered = history.remembered(notes, of=Agent)
    history.keep(remembered, of=Agent)
    AgentName.objects.bulk_create(new, ignore_conflicts=True)
    history.record(remembered, act=history.ACCESSION, note=notes, of=Agent)
