"""Provenance: where a record came from that was harvested, told in ``about`` (OAI-PMH guidelines for provenance).

The nearest repository first; what it told of where it had the record from stands within, as far as it told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from archive.vocab.characters import legal
from harvest.provider.rows import Found

NAMESPACE = "http://www.openarchives.org/OAI/2.0/provenance"
SCHEMA = f"{NAMESPACE}.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def provenance(found: Found) -> Sequence[bytes] | bytes:
    """``<provenance>`` for each record that was harvested, empty for the others.

    Two queries for a page of an archive that has harvested anything.
    """
    if not found.harvested:
        return b""
    from harvest.client.provenance import provenance_by_identifier  # with accession, which few archives need here

    identifiers = [row[3] for row in found.rows]
    told = provenance_by_identifier(identifiers)
    return [written(told[each].origins) if each in told else b"" for each in identifiers]


def written(origins: Sequence[Any]) -> bytes:
    """``<provenance>`` with each origin in the one before; empty without any. An origin is a client's ``Origin``."""
    if not origins:
        return b""
    nsmap: dict[Any, str] = {None: NAMESPACE, "xsi": XSI}
    root = etree.Element(f"{{{NAMESPACE}}}provenance", nsmap=nsmap)
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    above = root
    for origin in origins:
        said = {"harvestDate": origin.harvest_date, "altered": "true" if origin.altered else "false"}
        above = etree.SubElement(above, f"{{{NAMESPACE}}}originDescription", said)
        for name, text in (
            ("baseURL", origin.base_url),
            ("identifier", origin.identifier),
            ("datestamp", origin.datestamp),
            ("metadataNamespace", origin.metadata_namespace),
        ):
            etree.SubElement(above, f"{{{NAMESPACE}}}{name}").text = legal(text)
    return etree.tostring(root)
