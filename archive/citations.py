"""Citations: a document as reference managers take it, in CSL-JSON, BibTeX and RIS.

An archival document is cited by what it is, where the paper is kept, and where it was read. Names are given as the
archive has them: which part is a surname nobody can say of Mao Zedong and Joseph Stalin alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archive.conf import conf
from archive.description import Description

#: Roles of those who are cited as authors, in this order; whoever sent a telegram is its author.
AUTHORS = ("author", "sender", "signatory")
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
#: What means something else to BibTeX.
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
BREAKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Style:
    """One notation for citations; ``extension`` as in ``/documents/110692.bib``."""

    extension: str
    label: str
    media_type: str
    write: Callable[[Description], str]


def csl(description: Description) -> str:
    """CSL-JSON 1.0.2: an array of one item."""
    holder, place = _kept(description)
    item: dict[str, Any] = {
        "id": description.uri,
        "type": "personal_communication" if _people(description, ("addressee",)) else "document",
        "title": _line(description.title.value),
        "author": [{"literal": name} for name in _authors(description)],
        "recipient": [{"literal": name} for name in _people(description, ("addressee",))],
        "translator": [{"literal": name} for name in _people(description, ("translator",))],
        "issued": _issued(description),
        "archive": holder,
        "archive_location": place,
        "number": next((each.value for each in description.numbers if each.kind not in {"cited", "ark"}), ""),
        "abstract": description.summary.value,
        "language": description.texts[0].language if description.texts else description.original_language,
        "publisher": conf().REPOSITORY_NAME,
        "URL": description.uri,
    }
    said = {name: value for name, value in item.items() if value}
    return json.dumps([said], ensure_ascii=False, indent=1) + "\n"


def bibtex(description: Description) -> str:
    """BibTeX, in UTF-8; an archival document has no type of its own there."""
    year, month, _ = _day(description)
    fields = {
        "title": f"{{{_tex(description.title.value)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in _authors(description)),
        "year": year,
        "month": str(int(month)) if month else "",
        "date": _iso(description),
        "howpublished": _tex(conf().REPOSITORY_NAME),
        "note": _tex(description.references[0].verbatim) if description.references else "",
        "abstract": _tex(description.summary.value),
        "url": description.uri,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and value != "{}"]
    return "\n".join([f"@misc{{{description.identifier},", *lines, "}", ""])


def ris(description: Description) -> str:
    """RIS, whose lines end with CR LF: a manuscript, or a letter where somebody is addressed."""
    year, month, day = _day(description)
    addressees = _people(description, ("addressee",))
    holder, place = _kept(description)
    lines = [
        ("TY", "PCOMM" if addressees else "MANSCPT"),
        ("ID", description.identifier),
        ("TI", description.title.value),
        *(("AU", name) for name in _authors(description)),
        *(("A2", name) for name in addressees),
        *(("A4", name) for name in _people(description, ("translator",))),
        ("PY", year),
        ("DA", "/".join((year, month, day, "")) if year else ""),
        ("AB", description.summary.value),
        *(("M3", each.name) for each in description.subjects if each.relation == "type"),
        ("AV", place),
        ("DB", holder),
        ("DP", conf().REPOSITORY_NAME),
        ("LA", description.texts[0].language if description.texts else ""),
        ("UR", description.uri),
    ]
    written = [f"{tag}  - {_line(value)}" for tag, value in lines if value]
    return "\r\n".join([*written, "ER  - ", ""])


STYLES = (
    Style("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
    Style("bib", "BibTeX", "application/x-bibtex", bibtex),
    Style("ris", "RIS", "application/x-research-info-systems", ris),
)


def meta_tags(description: Description) -> list[tuple[str, str]]:
    """Names and contents of the tags by which Zotero and Google Scholar know a page (Highwire Press).

    Those that begin with ``z:`` are fields of Zotero, which takes what has a ``citation_title`` for an article else.
    """
    holder, place = _kept(description)
    tags = [
        ("z:itemType", "letter" if _people(description, ("addressee",)) else "manuscript"),
        ("z:archive", holder),
        ("z:archiveLocation", place),
        ("citation_title", description.title.value),
        *(("citation_author", name) for name in _authors(description)),
        ("citation_publication_date", _iso(description).replace("-", "/")),
        ("citation_language", description.texts[0].language if description.texts else ""),
        ("citation_publisher", conf().REPOSITORY_NAME),
        ("citation_abstract_html_url", description.uri),
        ("DC.title", description.title.value),
        *(("DC.creator", name) for name in _authors(description)),
        ("DC.date", description.date.edtf),
        ("DC.identifier", description.uri),
        *(("DC.source", reference.verbatim) for reference in description.references),
        ("DC.type", "Text"),
    ]
    return [(name, _line(content)) for name, content in tags if content]


def _authors(description: Description) -> list[str]:
    return next((people for role in AUTHORS if (people := _people(description, (role,)))), [])


def _people(description: Description, roles: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(_line(each.name) for each in description.contributions if each.role in roles))


def _kept(description: Description) -> tuple[str, str]:
    """Who keeps the paper, and where: as it is written, without the name that it begins with."""
    if not description.references:
        return "", ""
    reference = description.references[0]
    holder, place = _line(reference.repository), _line(reference.verbatim)
    rest = place.removeprefix(holder)
    within = rest.lstrip(" ,.;:")
    return holder, within if within and rest != within else place  # AVPRF does not begin with AVP


def _day(description: Description) -> tuple[str, str, str]:
    """Year, month and day, as far as the date says them and is one date."""
    match = DAY.fullmatch(description.date.edtf.partition("T")[0].rstrip("?~%"))
    if match:
        return match[1], match[2] or "", match[3] or ""
    return (f"{description.date.earliest:%Y}", "", "") if description.date.earliest else ("", "", "")


def _iso(description: Description) -> str:
    return "-".join(filter(None, _day(description)))


def _issued(description: Description) -> dict[str, Any]:
    parts = [int(each) for each in _day(description) if each]
    return {"date-parts": [parts]} if parts else {}


def _line(value: str) -> str:
    """Words in one line: a break would begin another field."""
    return BREAKS.sub(" ", value).strip()


def _tex(value: str) -> str:
    return "".join(SPECIAL.get(each, each) for each in _line(value))
