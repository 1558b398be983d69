"""The metadata formats, one module each, named after its metadataPrefix.

To add one, write its module after the nearest of those here and name it in ``FORMATS``.
"""

from harvest.formats.base import MetadataFormat
from harvest.formats.oai_dc import OaiDc

#: In the order in which ListMetadataFormats lists them.
FORMATS: tuple[MetadataFormat, ...] = (OaiDc(),)

BY_PREFIX = {each.format: each for each in FORMATS}
