"""Rights statements and licences by their addresses: those of rightsstatements.org 1.0 and of Creative Commons.

An address has one right form: http, and a slash at its end. Europeana and DPLA refuse ``https``, ``/page/`` and a
missing slash (Europeana, edm:rights; rightsstatements.org, "Data Model").
"""

from __future__ import annotations

import re

#: The twelve statements, by what each says.
STATEMENTS = {
    "InC": "In Copyright",
    "InC-OW-EU": "In Copyright - EU Orphan Work",
    "InC-EDU": "In Copyright - Educational Use Permitted",
    "InC-NC": "In Copyright - Non-Commercial Use Permitted",
    "InC-RUU": "In Copyright - Rights-holder(s) Unlocatable or Unidentifiable",
    "NoC-CR": "No Copyright - Contractual Restrictions",
    "NoC-NC": "No Copyright - Non-Commercial Use Only",
    "NoC-OKLR": "No Copyright - Other Known Legal Restrictions",
    "NoC-US": "No Copyright - United States",
    "CNE": "Copyright Not Evaluated",
    "UND": "Copyright Undetermined",
    "NKC": "No Known Copyright",
}
#: The six licences, and the versions of which there are international ones.
_LICENCES = ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
_VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
#: The two instruments for what is free.
_FREE = {"zero": "CC0 1.0 (no rights reserved)", "mark": "Public Domain Mark 1.0"}

_STATEMENT = re.compile(r"http://rightsstatements\.org/vocab/([A-Za-z-]+)/1\.0/")
_LICENCE = re.compile(r"http://creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)/(?:([a-z]{2,3})/)?")
_INSTRUMENT = re.compile(r"http://creativecommons\.org/publicdomain/(zero|mark)/1\.0/")
#: Hosts of which the address says that a statement or licence is meant.
_KNOWN_HOST = re.compile(r"\s*(?:https?:)?/*(?:www\.)?(rightsstatements\.org|creativecommons\.org)\b", re.IGNORECASE)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What is offered: group, and within it address and name."""
    statements = [(f"http://rightsstatements.org/vocab/{code}/1.0/", name) for code, name in STATEMENTS.items()]
    licences = [(f"http://creativecommons.org/licenses/{code}/4.0/", f"CC {code.upper()} 4.0") for code in _LICENCES]
    free = [(f"http://creativecommons.org/publicdomain/{code}/1.0/", name) for code, name in _FREE.items()]
    return [("rightsstatements.org", statements), ("Creative Commons", [*free, *licences])]


def problem_of(address: str) -> str:
    """What is wrong with an address of a statement or licence, in a sentence; empty if nothing is.

    Any other address may be the archive's own statement, of which nothing can be said here.
    """
    host = _KNOWN_HOST.match(address)
    if host is None or _exists(address):
        return ""
    if right := righted(address):
        return f"It is written {right}: with http, and with a slash at its end."
    if host[1].lower() == "rightsstatements.org":
        return f"There is no such statement. rightsstatements.org has {', '.join(STATEMENTS)}."
    return f"There is no such licence. Creative Commons has {', '.join(_LICENCES)}, and CC0 and the Public Domain Mark."


def righted(address: str) -> str:
    """The right form of an address that is written in another one; empty if it has none."""
    path = re.sub(r"^\s*(?:https?:)?/*(?:www\.)?", "", address.strip(), flags=re.IGNORECASE)
    path = re.sub(r"(deed|legalcode)(\.[a-z-]+)?/?$", "", path.split("#")[0].split("?")[0]).rstrip("/")
    path = re.sub(r"^rightsstatements\.org/(page|data)/", "rightsstatements.org/vocab/", path, flags=re.IGNORECASE)
    right = f"http://{path}/"
    return right if _exists(right) else ""


def _exists(address: str) -> bool:
    if statement := _STATEMENT.fullmatch(address):
        return statement[1] in STATEMENTS
    if licence := _LICENCE.fullmatch(address):
        return licence[1] in _LICENCES and licence[2] in _VERSIONS and not (licence[3] and licence[2] == "4.0")
    return _INSTRUMENT.fullmatch(address) is not None
