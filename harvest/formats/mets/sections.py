"""What METS wraps: the description in MODS (``dmdSec``), and the rights in Dublin Core (``amdSec``)."""

from __future__ import annotations

from lxml import etree

from archive.description import Description
from harvest.formats import markup
from harvest.formats.mets.elements import METS, named
from harvest.formats.mods import mods
from harvest.formats.oai_dc import DC


def write(root: etree._Element, description: Description) -> None:
    """Both sections; the second only where something is known of the rights."""
    section = etree.SubElement(root, f"{{{METS}}}dmdSec", {"ID": named(description, "dmd")})
    _wrapped(section, "MODS").append(mods(description))
    if stated := _rights(description):
        administration = etree.SubElement(root, f"{{{METS}}}amdSec", {"ID": named(description, "amd")})
        said = etree.SubElement(administration, f"{{{METS}}}rightsMD", {"ID": named(description, "rights")})
        data = _wrapped(said, "DC")
        for each in stated:
            etree.SubElement(data, f"{{{DC}}}rights", nsmap={"dc": DC}).text = each


def has_rights(description: Description) -> bool:
    """Whether anything is known of the rights, so that other parts can point there."""
    return bool(_rights(description))


def _rights(description: Description) -> list[str]:
    """The address alone, then the words; aggregators read an address only where it stands alone."""
    said = (markup.address(description.rights_uri), markup.words(description.rights))
    return [each for each in said if each]


def _wrapped(section: etree._Element, kind: str) -> etree._Element:
    wrap = etree.SubElement(section, f"{{{METS}}}mdWrap", {"MDTYPE": kind, "MIMETYPE": "text/xml"})
    return etree.SubElement(wrap, f"{{{METS}}}xmlData")
