"""Clients that others wrote: each harvests a repository, whole or from a time, and says what it got.

A client that is not installed says why it cannot, as a ``Missing``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec

from tests.harvesters.repository import Records

HTTP_OAI = r"""
use HTTP::OAI;
my ($url, $from) = @ARGV;
my $harvester = HTTP::OAI::Harvester->new(baseURL => $url);
my %window = $from ? (from => $from) : ();
my $answer = $harvester->ListRecords(metadataPrefix => 'oai_dc', %window, onRecord => sub {
    my $record = shift;
    print join("\t", $record->identifier, $record->is_deleted ? 1 : 0), "\n";
});
die $answer->message if $answer->is_error;
"""


class Missing(Exception):  # noqa: N818 - the name says the outcome
    """The client is not on this machine."""


def sickle(url: str, since: str) -> Records:
    _installed("sickle")
    from sickle import Sickle

    window = {"from": since} if since else {}
    return _told(
        (each.header.identifier, each.deleted) for each in Sickle(url).ListRecords(metadataPrefix="oai_dc", **window)
    )


def scythe(url: str, since: str) -> Records:
    _installed("oaipmh_scythe")
    from oaipmh_scythe import Scythe

    with Scythe(url) as client:
        found = client.list_records(metadata_prefix="oai_dc", from_=since or None)
        return _told((each.header.identifier, each.deleted) for each in found)


def oaipmh(url: str, since: str) -> Records:
    from datetime import datetime

    from oaipmh.client import Client
    from oaipmh.metadata import MetadataRegistry, oai_dc_reader

    registry = MetadataRegistry()
    registry.registerReader("oai_dc", oai_dc_reader)
    client = Client(url, registry)
    client.updateGranularity()
    window = {"from_": datetime.fromisoformat(since.removesuffix("Z"))} if since else {}
    found = client.listRecords(metadataPrefix="oai_dc", **window)
    return _told((header.identifier(), header.isDeleted()) for header, _, _ in found)


def http_oai(url: str, since: str) -> Records:
    if subprocess.run(["perl", "-MHTTP::OAI", "-e", "1"], capture_output=True, check=False).returncode:
        raise Missing("HTTP::OAI is not there (Debian: libhttp-oai-perl)")
    lines = _output(["perl", "-e", HTTP_OAI, url, since]).splitlines()
    return _told((name, gone == "1") for name, gone in (line.split("\t") for line in lines))


def catmandu(url: str, since: str) -> Records:
    if not shutil.which("catmandu"):
        raise Missing("catmandu is not there (Debian: libcatmandu-oai-perl)")
    window = ["--from", since] if since else []
    options = ["--url", url, "--metadataPrefix", "oai_dc", *window, "to", "JSON", "--line_delimited", "1"]
    rows = map(json.loads, _output(["catmandu", "convert", "OAI", *options]).splitlines())
    return _told((row["_identifier"], row.get("_status") == "deleted") for row in rows)


#: Those from PyPI come first; the suite runs them in small.
OF_PYTHON: dict[str, Callable[[str, str], Records]] = {"Sickle": sickle, "oaipmh-scythe": scythe, "oaipmh": oaipmh}
OF_PERL: dict[str, Callable[[str, str], Records]] = {"HTTP::OAI": http_oai, "Catmandu": catmandu}


def _told(pairs: object) -> Records:
    """What came, refused if anything came twice."""
    listed = list(pairs)  # type: ignore[call-overload]
    found = dict(listed)
    assert len(found) == len(listed), "something came twice"
    return found


def _installed(module: str) -> None:
    if find_spec(module) is None:
        raise Missing(f"{module} is not there (pip)")


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
