"""Rights: under which licence the metadata are, by themselves and not the documents that they describe.

By the guidelines for rights expressions: in ``about`` of a record for its own metadata, and for all of them as a
manifest in a ``description`` of Identify. Rights in the documents are metadata.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

from archive.conf import conf
from harvest.formats import markup
from harvest.provider.rows import Found

NAMESPACE = "http://www.openarchives.org/OAI/2.0/rights/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/rights.xsd"
SCHEMA_OF_MANIFEST = "http://www.openarchives.org/OAI/2.0/rightsManifest.xsd"
#: What a manifest applies to: the metadata of records, and nothing else of the repository.
METADATA = "http://www.openarchives.org/OAI/2.0/entity#metadata"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def rights(found: Found) -> bytes:
    """``<rights>``, the same for every record; empty where no licence is set."""
    return expressed(conf().METADATA_RIGHTS)


@lru_cache(maxsize=8)
def expressed(licence: str) -> bytes:
    """``<rights>`` with the address of a licence; empty for what is no address."""
    if not markup.address(licence):
        return b""
    root = _root("rights", SCHEMA)
    _refer(root, licence)
    return etree.tostring(root)


@lru_cache(maxsize=8)
def manifest(licence: str) -> bytes:
    """``<rightsManifest>`` of a repository whose metadata are all under one licence; empty for what is no address."""
    if not markup.address(licence):
        return b""
    root = _root("rightsManifest", SCHEMA_OF_MANIFEST)
    root.set("appliesTo", METADATA)
    _refer(etree.SubElement(root, f"{{{NAMESPACE}}}rights"), licence)
    return etree.tostring(root)


def _root(name: str, schema: str) -> Any:
    nsmap: dict[Any, str] = {None: NAMESPACE, "xsi": XSI}  # the stubs know of no default namespace
    root = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=nsmap)
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} {schema}")
    return root


def _refer(rights: Any, licence: str) -> None:
    etree.SubElement(rights, f"{{{NAMESPACE}}}rightsReference").set("ref", licence)
