"""What aggregators ask of a record, one module for each; found by archive at start-up.

To add one, write its module after the nearest of those here and name it below.
"""

from archive.readiness import registry
from harvest.profiles import dpla, europeana, marcxml, mets, oai_dc, tei

for each in (oai_dc.PROFILE, europeana.PROFILE, dpla.PROFILE, marcxml.PROFILE, mets.PROFILE, tei.PROFILE):
    registry.register(each)
