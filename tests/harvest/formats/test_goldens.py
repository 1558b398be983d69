"""Every source in fixtures/sources is rendered as its twin in fixtures/expected/<metadataPrefix> says.

The twins are indented for people, and held against the schema too, so that a wrong one cannot hide.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from archive.accession import enter
from archive.description import describe
from archive.drafts import RecordId
from archive.models import Agent, Document
from archive.readers import Source, drafts_of
from harvest.formats import BY_PREFIX, FORMATS

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SOURCES = sorted(FIXTURES.glob("sources/*/*"))
TWINS = [(each.format, path) for each in FORMATS for path in SOURCES]


def twin_of(prefix: str, path: Path) -> Path:
    return FIXTURES / "expected" / prefix / f"{path.stem}.xml"


def rendered(prefix: str, path: Path) -> bytes:
    """What a format says of a source's one document. Minted identifiers differ each time: here they are set."""
    _, [draft] = drafts_of(Source(path.name, path.read_bytes()))
    made = enter(draft, previous=None).document
    if draft.first(RecordId) is None:
        Document.objects.filter(pk=made.pk).update(identifier=path.stem)
    for number, agent in enumerate(Agent.objects.order_by("pk"), start=1):
        Agent.objects.filter(pk=agent.pk).update(identifier=f"agent-{number}")
    content = BY_PREFIX[prefix].render(describe([made.pk])[0])
    assert content is not None
    return content


def indented(xml: bytes) -> str:
    root = etree.fromstring(xml)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "path"), TWINS, ids=lambda value: getattr(value, "stem", value))
def test_source_is_rendered_as_expected(prefix, path):
    actual, twin = indented(rendered(prefix, path)), twin_of(prefix, path)

    if not twin.exists():
        pytest.fail(f"{twin} is missing. The format says:\n{actual}")
    assert actual == twin.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("expected/oai_dc/*")), ids=lambda path: path.stem)
def test_twin_keeps_the_schema(schema, path):
    schema.assertValid(etree.parse(path))


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.format)
def test_every_twin_has_a_source(each):
    twins = {path.stem for path in (FIXTURES / "expected" / each.format).glob("*")}

    assert twins == {path.stem for path in SOURCES}
