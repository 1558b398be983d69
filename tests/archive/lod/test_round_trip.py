"""Round trip: a dump that is read back into an empty archive gives the same descriptions."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.management import call_command
from django.db import transaction

from archive import publication
from archive.accession import Arrival, enter_all
from archive.lod.dumps import writing
from archive.models import (
    AccessionSource,
    Agent,
    ArchivalUnit,
    Concept,
    Document,
    Place,
    Representation,
)
from archive.readers import PAGES, drafts_of
from archive.units import ancestors, path
from tests.sources import SOURCES, source

pytestmark = pytest.mark.django_db(transaction=True)

FIXTURES = sorted(path for reader in PAGES for path in SOURCES.glob(f"{reader.name}/*"))
#: What may differ: the description itself was read from another file.
OF_THE_READING = re.compile(r"#(?:description|reading|reader)>")
OWN = re.compile(r"https://archive\.example\.org/(agents|places|concepts|units)/([a-z0-9-]+)")


def records(format_: str) -> dict[str, set[str]]:
    """The lines of each public document's record, with things by what they are called instead of by their keys."""
    called = {
        **{f"agents/{each.identifier}": str(each) for each in Agent.objects.all()},
        **{f"places/{each.identifier}": str(each) for each in Place.objects.all()},
        **{f"concepts/{each.identifier}": str(each) for each in Concept.objects.all()},
    }
    everything = ancestors(ArchivalUnit.objects.values_list("pk", flat=True))
    for unit in everything.values():
        called[f"units/{unit.identifier}"] = " ".join(f"{each.level} {each.name}" for each in path(unit.pk, everything))
    rows = Representation.objects.filter(kind="document", format=format_, withdrawn=False)
    found = {}
    for row in rows:
        text = bytes(row.content).decode()
        text = OWN.sub(lambda match: f"{match[1]}: {called[f'{match[1]}/{match[2]}']}", text)
        lines = re.split(r"(?<=>)(?=<)|\n", text)
        found[row.identifier] = {line for line in lines if not OF_THE_READING.search(line)}
    return found


def test_dump_read_back_gives_the_same_descriptions(settings, tmp_path):
    settings.FONDS = {**settings.FONDS, "DUMPS": str(tmp_path / "dumps")}
    for each in FIXTURES:
        _, drafts = drafts_of(source(each))
        with transaction.atomic():
            enter_all([Arrival(draft, AccessionSource(name=each.name)) for draft in drafts])
    publication.publish(Document.objects.values_list("pk", flat=True))
    before = {name: records(name) for name in ("ntriples", "oai_dc")}
    dump = writing.dump()
    packed = next(tmp_path / "dumps" / file.name for file in dump.files if file.name.endswith(".nt.gz"))
    (tmp_path / "dump.nt").write_bytes(gzip.decompress(packed.read_bytes()))
    call_command("flush", interactive=False, verbosity=0)

    call_command("accession", str(tmp_path / "dump.nt"), "--publish", verbosity=0)

    after = {name: records(name) for name in before}
    assert set(after["ntriples"]) == set(before["ntriples"])
    for name, found in before.items():
        for identifier, lines in found.items():
            assert after[name][identifier] == lines, (name, identifier)
