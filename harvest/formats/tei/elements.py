"""TEI elements that stand in several places: names, places and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.description import ContributionDescription, DateDescription
from harvest.formats import markup
from harvest.formats.trees import Element, element

TEI = "http://www.tei-c.org/ns/1.0"

#: By the kinds of agent; of an unknown one, and of a family, TEI says that it has a name.
NAMES = {"person": "persName", "corporate_body": "orgName"}

#: A day, a month or a year, with what EDTF says of its certainty.
_DAY = re.compile(r"(?P<day>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?P<doubt>[?~%]?)", re.ASCII)
_DOUBTS = {"?": {"cert": "low"}, "~": {"precision": "low"}, "%": {"cert": "low", "precision": "low"}}


def named(contribution: ContributionDescription) -> Element:
    """Who it is, with the address of what is known of that agent."""
    name = NAMES.get(contribution.agent_kind, "name")
    family = "family" if contribution.agent_kind == "family" else ""
    cert = "" if contribution.certain else "low"
    return element(name, contribution.name, ref=markup.address(contribution.agent_uri), type=family, cert=cert)


def date(said: DateDescription) -> Iterator[Element]:
    """``<date>``, as the source writes it and as a calendar has it (att.datable.w3c); nothing without a date."""
    attributes = _attributes(said)
    if attributes or markup.words(said.verbatim):
        yield element("date", markup.words(said.verbatim) or said.edtf, **attributes)


def _attributes(said: DateDescription) -> dict[str, str]:
    """A day as ``when``, a span as ``from`` and ``to``; whatever else EDTF says by the first and last day it means."""
    first, slash, last = said.edtf.partition("/")
    found = [_DAY.fullmatch(each) for each in (first, last)]
    if not slash and found[0]:
        return {"when": found[0]["day"], **_DOUBTS.get(found[0]["doubt"], {})}
    if slash and all(each or day in ("", "..") for each, day in zip(found, (first, last), strict=True)) and any(found):
        bounds = {name: each["day"] for name, each in zip(("from", "to"), found, strict=True) if each}
        doubts = (_DOUBTS.get(each["doubt"], {}) for each in found if each)
        return bounds | {name: value for doubt in doubts for name, value in doubt.items()}
    days = {"notBefore": said.earliest, "notAfter": said.latest}
    return {name: day.isoformat() for name, day in days.items() if day}
