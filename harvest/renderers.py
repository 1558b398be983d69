"""The app's renderers, found by archive at start-up."""

from archive.models import Kind
from archive.representations import registries, registry
from harvest.formats import FORMATS, OF_UNITS

for each in FORMATS:
    registry.register(each)

for finding_aid in OF_UNITS:
    registries[Kind.UNIT].register(finding_aid)
