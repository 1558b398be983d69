"""The metadata formats, one module each, named after its metadataPrefix.

To add one, write its module after the nearest of those here and name it in ``FORMATS``.
"""

from harvest.formats.base import MetadataFormat
from harvest.formats.edm import Edm
from harvest.formats.marcxml import MarcXml
from harvest.formats.mods import Mods
from harvest.formats.oai_dc import OaiDc
from harvest.formats.oai_qdc import OaiQdc

#: In the order in which ListMetadataFormats lists them.
FORMATS: tuple[MetadataFormat, ...] = (OaiDc(), OaiQdc(), Edm(), Mods(), MarcXml())

BY_PREFIX = {each.format: each for each in FORMATS}
