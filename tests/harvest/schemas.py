"""The schemas that answers and records must keep: that of the protocol with strict wildcards, and one for each format.

A format is checked within the protocol's schema and alone with it: the schemas of Dublin Core that come with oai_dc
and with EDM define the same names differently, and cannot stand in one schema together.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from archive.vocab.dcmi import ELEMENTS, TERMS

ALL = Path(settings.BASE_DIR).parent / "shared" / "schemas"
OAI = ALL / "oai"
EDM = ALL / "edm"

WRAPPER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="OAI-PMH.xsd"/>
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/oai-identifier" schemaLocation="oai-identifier.xsd"/>
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/provenance" schemaLocation="made:provenance"/>
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/branding/" schemaLocation="made:branding"/>
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/rights/" schemaLocation="made:rights"/>
  <xs:import namespace="{namespace}" schemaLocation="{location}"/>
  {about}
</xs:schema>"""
#: What is said of sets is in Dublin Core.
ABOUT = '<xs:import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="oai_dc.xsd"/>'

#: Where the schema of each format is: the namespace that it defines, and the file.
FILES: dict[str, tuple[str, Path]] = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc/", OAI / "oai_dc.xsd"),
    "edm": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", EDM / "EDM.xsd"),
    "mods": ("http://www.loc.gov/mods/v3", OAI / "mods.xsd"),
    "marcxml": ("http://www.loc.gov/MARC21/slim", OAI / "MARC21slim.xsd"),
}

#: Schemas that are in no folder of ``ALL`` are looked for in the one that the environment names: the Library of
#: Congress and the TEI consortium give them away.
MORE = Path(os.environ.get("SCHEMAS", ALL / "more"))
FILES |= {
    "mets": ("http://www.loc.gov/METS/", MORE / "mets.xsd"),
    "ead3": ("http://ead3.archivists.org/schema/", MORE / "ead3.xsd"),
}
#: Formats whose own schema may be missing, or is none of XML Schema: of their answers the protocol's part is checked,
#: and of their records what tests/harvest/formats/*.rng says, which we wrote.
ENVELOPED = ("mets", "ead3", "tei", "rdfxml")

QDC = "http://worldcat.org/xmlschemas/qdc-1.0/"


class ByName(etree.Resolver):
    """The schemas name one another by web address; they are found here by file name."""

    def resolve(self, url, public_id, context):
        if url in OURS:
            return self.resolve_string(OURS[url], context)
        if url.startswith("made:"):
            return self.resolve_string(qualified(url.removeprefix("made:")), context)
        local = OAI / url.rsplit("/", 1)[-1]
        return self.resolve_filename(str(local), context) if local.exists() else None


@cache
def strict(prefix: str) -> etree.XMLSchema:
    """The protocol's schema with that of one format. Skips the test where the files are not there."""
    namespace, file = FILES.get(prefix, (QDC, None))
    if prefix in ENVELOPED and (file is None or not file.exists()):
        return envelope()
    for each in (OAI / "OAI-PMH.xsd", file or OAI):
        if not each.exists():
            pytest.skip(f"the schema of {prefix} is not at {each}")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(ByName())
    about = "" if prefix == "oai_dc" else ABOUT
    wrapper = WRAPPER.format(about=about, namespace=namespace, location=file or "made:qualifieddc.xsd")
    return etree.XMLSchema(etree.fromstring(wrapper.encode(), parser))


@cache
def envelope() -> etree.XMLSchema:
    """The protocol's schema without a look at what the records hold."""
    file = OAI / "OAI-PMH-skip.xsd"
    if not file.exists():
        pytest.skip(f"the schema of the protocol is not at {file}")
    return etree.XMLSchema(etree.parse(str(file)))


@cache
def of_record(prefix: str) -> etree.XMLSchema | etree.RelaxNG:
    """The schema of a record alone: the published one where it is at hand, else what we wrote of it."""
    ours = Path(__file__).parent / "formats" / f"{prefix}.rng"
    if ours.exists() and not (prefix in FILES and FILES[prefix][1].exists()):
        return etree.RelaxNG(etree.parse(str(ours)))
    if prefix in ENVELOPED and not (prefix in FILES and FILES[prefix][1].exists()):
        pytest.skip(f"the schema of {prefix} is not in {MORE}; the variable SCHEMAS can name another folder")
    return strict(prefix)


def qualified(name: str) -> str:
    """A schema for oai_qdc, whose own is not at hand: DCMI's terms, each with words and their language."""
    namespaces = {
        "dc.xsd": ("http://purl.org/dc/elements/1.1/", ELEMENTS),
        "terms.xsd": ("http://purl.org/dc/terms/", sorted(TERMS - set(ELEMENTS))),
    }
    if name in namespaces:
        target, terms = namespaces[name]
        return _words(target, terms)
    imports = "".join(
        f'<xs:import namespace="{target}" schemaLocation="made:{file}"/>' for file, (target, _) in namespaces.items()
    )
    anything = "".join(f'<xs:any namespace="{target}"/>' for target, _ in namespaces.values())
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{QDC}">{imports}'
        '<xs:element name="qualifieddc"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">'
        f"{anything}</xs:choice></xs:complexType></xs:element></xs:schema>"
    )


def _words(target: str, terms) -> str:
    xml = "http://www.w3.org/XML/1998/namespace"
    kind = (
        '<xs:complexType><xs:simpleContent><xs:extension base="xs:string"><xs:attribute ref="xml:lang"/>'
        "</xs:extension></xs:simpleContent></xs:complexType>"
    )
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{target}">'
        f'<xs:import namespace="{xml}" schemaLocation="http://www.w3.org/2001/03/xml.xsd"/>'
        + "".join(f'<xs:element name="{term}">{kind}</xs:element>' for term in terms)
        + "</xs:schema>"
    )


@cache
def _schematron():
    """Europeana's Schematron as a stylesheet of XSLT 2.0, which lxml cannot run."""
    saxon = pytest.importorskip("saxonche", reason="Europeana's Schematron needs saxonche")
    if not EDM.exists():
        pytest.skip(f"the schema of EDM is not at {EDM}")
    processor = saxon.PySaxonProcessor(license=False)
    stylesheet = processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(EDM / "schematron" / "schematron.xsl")
    )
    return processor, stylesheet


def schematron_complaints(record: bytes) -> list[str]:
    """What Europeana's Schematron says against a record in EDM."""
    processor, stylesheet = _schematron()
    report = stylesheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=record.decode()))
    failed = etree.fromstring(report.encode()).iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")
    return [" ".join("".join(each.itertext()).split()) for each in failed]


#: What the guidelines for provenance have in a container, in the order of their schema, which is not at hand.
PROVENANCE = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.openarchives.org/OAI/2.0/provenance"
    xmlns="http://www.openarchives.org/OAI/2.0/provenance">
  <xs:element name="provenance"><xs:complexType><xs:sequence>
    <xs:element name="originDescription" type="origin"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="origin">
    <xs:sequence>
      <xs:element name="baseURL" type="xs:anyURI"/>
      <xs:element name="identifier" type="xs:anyURI"/>
      <xs:element name="datestamp" type="datestamp"/>
      <xs:element name="metadataNamespace" type="xs:anyURI"/>
      <xs:element name="originDescription" type="origin" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="harvestDate" type="datestamp" use="required"/>
    <xs:attribute name="altered" type="xs:boolean" use="required"/>
  </xs:complexType>
  <xs:simpleType name="datestamp"><xs:union>
    <xs:simpleType><xs:restriction base="xs:date"><xs:pattern value="[^Z+]{10}"/></xs:restriction></xs:simpleType>
    <xs:simpleType><xs:restriction base="xs:dateTime"><xs:pattern value=".*Z"/></xs:restriction></xs:simpleType>
  </xs:union></xs:simpleType>
</xs:schema>"""

#: What the guidelines for branding have in a container, as far as we tell of it; their schema is not at hand.
BRANDING = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.openarchives.org/OAI/2.0/branding/"
    xmlns="http://www.openarchives.org/OAI/2.0/branding/">
  <xs:element name="branding"><xs:complexType><xs:sequence>
    <xs:element name="collectionIcon" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:element name="url" type="xs:anyURI"/>
      <xs:element name="link" type="xs:anyURI" minOccurs="0"/>
      <xs:element name="title" type="xs:string" minOccurs="0"/>
      <xs:element name="width" type="xs:positiveInteger" minOccurs="0"/>
      <xs:element name="height" type="xs:positiveInteger" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""

#: What the guidelines for rights have in a container, and in a repository's manifest; by reference alone, as we do.
RIGHTS = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.openarchives.org/OAI/2.0/rights/"
    xmlns="http://www.openarchives.org/OAI/2.0/rights/">
  <xs:element name="rights" type="rights"/>
  <xs:element name="rightsManifest"><xs:complexType>
    <xs:sequence><xs:element name="rights" type="rights" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="appliesTo" type="xs:anyURI" use="required"/>
  </xs:complexType></xs:element>
  <xs:complexType name="rights"><xs:sequence>
    <xs:element name="rightsReference"><xs:complexType>
      <xs:attribute name="ref" type="xs:anyURI" use="required"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
</xs:schema>"""

OURS = {"made:provenance": PROVENANCE, "made:branding": BRANDING, "made:rights": RIGHTS}


def provenance() -> etree.XMLSchema:
    """The schema of what tells where a record came from: the published one, else what we wrote of it."""
    file = MORE / "provenance.xsd"
    return etree.XMLSchema(etree.parse(str(file)) if file.exists() else etree.fromstring(PROVENANCE))
