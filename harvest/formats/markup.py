"""What the XML of all formats has in common: words, languages and addresses that every schema takes, and bytes."""

from __future__ import annotations

import re

from lxml import etree

from archive.vocab.characters import legal

XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: xs:language. A tag that does not look like one is left out: it would make the whole answer invalid.
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)

#: What may stand where a schema wants xs:anyURI, and leads somewhere: RFC 3986, and letters of all scripts.
_PATH = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}|[\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef])*"
ADDRESS = re.compile(rf"https?://[A-Za-z0-9.-]+(?::[0-9]{{1,5}})?(?:/{_PATH})?(?:\?{_PATH})?(?:\#{_PATH})?")


def words(text: str) -> str:
    """The text without what XML cannot carry, and without white space around it."""
    return legal(text).strip()


def language(tag: str) -> str:
    """The tag of a language, or nothing where it is none."""
    return tag if LANGUAGE.fullmatch(tag) else ""


def address(uri: str) -> str:
    """The address, or nothing where it is none that a schema takes: curators and other archives write anything."""
    return uri if ADDRESS.fullmatch(uri) else ""


def located(root: etree._Element, *, namespace: str, schema: str) -> None:
    """Say on the record's element where the schema of its namespace is."""
    root.set(f"{{{XSI}}}schemaLocation", f"{namespace} {schema}")


def written(root: etree._Element) -> bytes:
    """The element in UTF-8, without a prolog."""
    return etree.tostring(root, encoding="unicode").encode()
