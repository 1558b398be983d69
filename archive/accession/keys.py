"""Keys: addresses and keys by which sources know authorities, and by which these are found again.

The archive's own address of an authority means that one. Any other is kept as a link, for a curator to accept; until
one rejects it, it counts. A key without an address
(``#p_AS1``, as a volume has it in its list of persons) holds within sources of the same name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from archive.accession.mapping import Mention
from archive.accession.own import ADDRESSES, identifier_in
from archive.models import Agent, AuthorityKey, AuthorityLink, Concept, Place
from archive.models.link import LinkSource, LinkStatus
from archive.naming import successor

Authority = Agent | Place | Concept

MODELS: dict[str, type[Agent] | type[Place] | type[Concept]] = {"agent": Agent, "place": Place, "concept": Concept}
#: Characters of an address that a link can hold, and of any other key.
LINK_LIMIT, KEY_LIMIT = 500, 600
#: Whose addresses begin how.
HOSTS = (
    ("www.wikidata.org", "", LinkSource.WIKIDATA),
    ("viaf.org", "", LinkSource.VIAF),
    ("id.loc.gov", "/authorities/names", LinkSource.LCNAF),
    ("id.loc.gov", "/authorities/subjects", LinkSource.LCSH),
    ("sws.geonames.org", "", LinkSource.GEONAMES),
    ("www.geonames.org", "", LinkSource.GEONAMES),
    ("vocab.getty.edu", "/aat", LinkSource.AAT),
    ("vocab.getty.edu", "/tgn", LinkSource.TGN),
    ("vocab.getty.edu", "/ulan", LinkSource.ULAN),
    ("isni.org", "", LinkSource.ISNI),
)


def key_of(mention: Mention) -> str:
    """What an authority is known by in all sources, or nothing where the source gives only a name."""
    uri = mention.named.uri.strip()
    if not uri:
        return ""
    key = uri if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", uri) else f"{mention.source}#{uri.lstrip('#')}"
    return key if len(key) <= KEY_LIMIT else ""


def is_address(key: str) -> bool:
    """Whether a link can hold the key."""
    return key.startswith(("http://", "https://")) and len(key) <= LINK_LIMIT


def system_of(key: str) -> str:
    """The system in which a key holds: what stands before its last part."""
    return re.sub(r"[^/#:]*$", "", key.rstrip("/"))


def source_of_link(address: str) -> LinkSource:
    """Whose address it is."""
    parts = urlsplit(address)
    for host, path, source in HOSTS:
        if parts.hostname == host and parts.path.startswith(path):
            return source
    return LinkSource.OTHER


class Keys:
    """The keys of one kind of authority: those that ``mentions`` give, and those that ``candidates`` have."""

    def __init__(self, kind: str, mentions: Iterable[Mention], candidates: Mapping[int, Authority]) -> None:
        self.kind = kind
        self.keys = {each: key for each in mentions if (key := key_of(each))}
        self.authorities: dict[str, Authority] = {}
        self.systems: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.new: dict[str, Authority] = {}
        if self.keys:
            self._load(set(self.keys.values()), candidates)

    def known(self, mention: Mention) -> Authority | None:
        """The authority that a mention means by its key."""
        return self.authorities.get(self.keys.get(mention, ""))

    def another(self, mention: Mention, authority: Authority) -> bool:
        """Whether the system that a mention's key is from knows this authority by another key."""
        key = self.keys.get(mention)
        held = self.systems[_mark(authority)].get(system_of(key), set()) if key else set()
        return bool(held) and key not in held

    def remember(self, mention: Mention, authority: Authority) -> None:
        """Note what a mention turned out to mean."""
        key = self.keys.get(mention)
        if key and key not in self.authorities:
            self.authorities[key] = self.new[key] = authority
            self.systems[_mark(authority)][system_of(key)].add(key)

    def keep(self) -> None:
        """Write down the keys that were new, once their authorities are there."""
        new = sorted(self.new.items())
        AuthorityLink.objects.bulk_create(
            (
                AuthorityLink(**{self.kind: authority}, source=source_of_link(key), uri=key)
                for key, authority in new
                if is_address(key) and not identifier_in(key, self.kind)
            ),
            ignore_conflicts=True,
        )
        AuthorityKey.objects.bulk_create(
            (AuthorityKey(**{self.kind: authority}, key=key) for key, authority in new if not is_address(key)),
            ignore_conflicts=True,
        )

    def _load(self, keys: set[str], candidates: Mapping[int, Authority]) -> None:
        there = {f"{self.kind}__isnull": False}
        links = AuthorityLink.objects.filter(**there).exclude(status=LinkStatus.REJECTED)
        own = AuthorityKey.objects.filter(**there)
        merged = (self.kind, f"{self.kind}__merged_into")
        for link in links.filter(uri__in=keys).select_related(*merged).order_by("-pk"):
            self.authorities[link.uri] = successor(getattr(link, self.kind))
        for key in own.filter(key__in=keys).select_related(*merged):
            self.authorities[key.key] = successor(getattr(key, self.kind))
        mine = {name: key for key in keys if (name := identifier_in(key, self.kind))}
        model = MODELS[self.kind]
        for authority in model._default_manager.filter(identifier__in=mine).select_related("merged_into"):
            self.authorities[mine[authority.identifier]] = successor(authority)
        for pk, authority in candidates.items():
            address = ADDRESSES[self.kind](authority.identifier)
            self.systems[pk][system_of(address)].add(address)
        near = {f"{self.kind}__in": list(candidates)}
        held = [
            *links.filter(**near).values_list(f"{self.kind}_id", "uri"),
            *own.filter(**near).values_list(f"{self.kind}_id", "key"),
        ]
        for pk, key in held:
            self.systems[pk][system_of(key)].add(key)


def _mark(authority: Authority) -> int:
    """What tells authorities apart, those too that have no primary key yet."""
    return authority.pk if authority.pk is not None else -id(authority)
