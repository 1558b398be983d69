"""The metadata formats, one module each, named after its metadataPrefix.

To add one, write its module after the nearest of those here and name it in ``FORMATS``.
"""

from django.apps import apps

from harvest.formats.base import MetadataFormat, Offer
from harvest.formats.ead3 import Ead3
from harvest.formats.edm import Edm
from harvest.formats.marcxml import MarcXml
from harvest.formats.mets import Mets
from harvest.formats.mods import Mods
from harvest.formats.oai_dc import OaiDc
from harvest.formats.oai_qdc import OaiQdc
from harvest.formats.rdfxml import RdfXml
from harvest.formats.tei import Tei

#: Of documents, in the order in which ListMetadataFormats lists them.
FORMATS: tuple[MetadataFormat, ...] = (OaiDc(), OaiQdc(), Edm(), Mods(), MarcXml(), Mets(), Tei())

#: Of archival units.
OF_UNITS: tuple[Ead3, ...] = (Ead3(),)

#: All that harvesters can ask for. Which apps there are does not change while a process runs.
OFFERED: tuple[Offer, ...] = (*FORMATS, *OF_UNITS, *((RdfXml(),) if apps.is_installed("archive.lod") else ()))

BY_PREFIX = {each.format: each for each in OFFERED}
