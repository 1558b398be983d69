"""Provenance: where a record came from that was harvested, told in ``about`` (OAI-PMH guidelines for provenance).

The nearest repository first; what it told of where it had the record from stands within, as far as it told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from archive.driver import fetched
from archive.vocab.characters import legal
from harvest.models import HarvestedRecord
from harvest.provider.rows import RowTuple

NAMESPACE = "http://www.openarchives.org/OAI/2.0/provenance"
SCHEMA = f"{NAMESPACE}.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

_ANY = f"SELECT 1 FROM {HarvestedRecord._meta.db_table} LIMIT 1"  # noqa: S608 - the name is the model's


def provenance(rows: Sequence[RowTuple]) -> Sequence[bytes] | bytes:
    """``<provenance>`` for each record that was harvested, empty for the others.

    One look more for a page of an archive that has harvested nothing, three queries for one that has.
    """
    if not fetched(_ANY):
        return b""
    from harvest.client.provenance import provenance_by_identifier  # with accession, which few archives need here

    found = provenance_by_identifier([identifier for _, _, _, identifier, *_ in rows])
    return [written(found[identifier].origins) if identifier in found else b"" for _, _, _, identifier, *_ in rows]


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
