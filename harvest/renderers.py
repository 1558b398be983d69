"""The app's renderers, found by archive at start-up."""

from archive.representations import registry
from harvest.formats import FORMATS

for each in FORMATS:
    registry.register(each)
