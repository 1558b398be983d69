"""Signposting: what a page leads to, for programs that read headers (https://signposting.org/FAIR/).

Level 1 are ``Link`` headers on the page, of which there are few: long headers broke the proxies of other systems.
Level 2 is the whole list, as a link set of its own (RFC 9264).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from archive.citations import STYLES
from archive.description import Description
from archive.web.panels import Link

#: Links in a header; the link set has the others.
MOST = 10
LINKSET_JSON, LINKSET = "application/linkset+json", "application/linkset"
RDF = frozenset({"application/ld+json", "application/n-triples", "application/rdf+xml", "text/turtle"})
AUTHORS = frozenset({"author", "sender"})


@dataclass(frozen=True, slots=True)
class Signpost:
    """One link from the page: the relation, where it leads, and the media type of what is there."""

    rel: str
    href: str
    type: str = ""


def signposts(description: Description, links: Iterable[Link]) -> list[Signpost]:
    """Everything that a document's page leads to, what matters most first."""
    forms = [(form.url, form.media_type.partition(";")[0]) for form in links]
    data = [each for each in forms if each[1] in RDF]
    citations = [(f"{description.uri}.{style.extension}", style.media_type) for style in STYLES]
    authors = [each.agent_uri for each in description.contributions if each.role in AUTHORS]
    licence = [description.rights_uri] if description.rights_uri.startswith(("http://", "https://")) else []
    found = [
        Signpost("cite-as", description.uri),
        Signpost("type", "https://schema.org/AboutPage"),
        Signpost("type", "https://schema.org/ArchiveComponent"),
        Signpost("linkset", f"{description.uri}/linkset", LINKSET_JSON),
        *(Signpost("license", each) for each in licence),
        *(Signpost("describedby", *each) for each in data),
        *(Signpost("collection", each.uri) for each in description.collections),
        *(Signpost("author", each) for each in authors),
        *(Signpost("describedby", *each) for each in citations),
        *(Signpost("item", *each) for each in forms if each not in data),
    ]
    return list(dict.fromkeys(found))


def header(found: Iterable[Signpost]) -> str:
    """The value of the ``Link`` header (RFC 8288); addresses are ours, or were checked when they came in."""
    few = [each for each in found if not set(each.href) & set('<>"\r\n ') and each.href.isascii()][:MOST]
    return ", ".join(
        f'<{each.href}>; rel="{each.rel}"' + (f'; type="{each.type}"' if each.type else "") for each in few
    )


def linkset(uri: str, found: Iterable[Signpost]) -> bytes:
    """The link set in JSON (RFC 9264, section 4.2)."""
    context: dict[str, object] = {"anchor": f"{uri}.html"}
    for each in found:
        if each.rel == "linkset":
            continue
        target = {"href": each.href, **({"type": each.type} if each.type else {})}
        context.setdefault(each.rel, []).append(target)  # type: ignore[attr-defined]
    return json.dumps({"linkset": [context]}, ensure_ascii=False, indent=1).encode() + b"\n"


def linkset_text(uri: str, found: Iterable[Signpost]) -> bytes:
    """The link set as a list of links (RFC 9264, section 4.1)."""
    lines = [f'{_link(each)}; anchor="{uri}.html"' for each in found if each.rel != "linkset"]
    return (",\n".join(lines) + "\n").encode()


def _link(each: Signpost) -> str:
    return f'<{each.href}>; rel="{each.rel}"' + (f'; type="{each.type}"' if each.type else "")
