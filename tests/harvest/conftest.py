"""Asking the provider, and the schemas that its answers must keep."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from tests.harvest.answers import Answer

SCHEMAS = Path(settings.BASE_DIR).parent / "shared" / "schemas" / "oai"

#: OAI-PMH.xsd with strict wildcards: metadata in any namespace that is not imported here is invalid.
WRAPPER = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="OAI-PMH.xsd"/>
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="oai_dc.xsd"/>
  <xs:import namespace="http://www.openarchives.org/OAI/2.0/oai-identifier" schemaLocation="oai-identifier.xsd"/>
</xs:schema>"""


class ByName(etree.Resolver):
    """The schemas name one another by web address; they are found here by file name."""

    def resolve(self, url, public_id, context):
        local = SCHEMAS / url.rsplit("/", 1)[-1]
        return self.resolve_filename(str(local), context) if local.exists() else None


@pytest.fixture(scope="session")
def schema():
    """The strict schema of answers."""
    if not SCHEMAS.is_dir():
        pytest.skip(f"the schemas of OAI-PMH are not at {SCHEMAS}")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(ByName())
    return etree.XMLSchema(etree.fromstring(WRAPPER, parser))


@pytest.fixture
def ask(client, request):
    """``ask("verb=Identify")`` gives the answer, after a look at its validity where there is a schema."""
    strict = request.getfixturevalue("schema") if SCHEMAS.is_dir() else None

    def ask(query: str, **headers: str) -> Answer:
        response = client.get(f"/oai?{query}", headers=headers)
        assert response.status_code == 200, response.content
        return Answer.of(response.content, strict)

    return ask
