"""Telling on the command line what became, or would become, of each document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.accession.report import VANISHED, Report

#: Characters of a value that stand on a line; the JSON has all.
SHOWN = 100


def tell(stdout: Any, report: Report, *, as_json: bool) -> None:
    """One JSON object on a line; or a line for people, with what is to be known of the document below it."""
    if as_json:
        stdout.write(json.dumps(report.as_data(), ensure_ascii=False))
        return
    name = f"{report.source}, document {report.part + 1}" if report.part else report.source
    said = [report.outcome, name, report.identifier, report.reason]
    if report.outcome == VANISHED:
        said = [report.outcome, name, report.identifier, report.identity, report.title]
    stdout.write("  ".join(part for part in said if part))
    for line in _below(report):
        stdout.write(f"    {line}")


def _below(report: Report) -> Iterator[str]:
    for change in report.changes:
        yield f"{change['what']}: {_shown(change['before'])} → {_shown(change['after'])}"
    for kept in report.kept:
        yield f"kept, {kept['what']}: {_shown(kept['ours'])} (the source says: {_shown(kept['source'])})"
    for one in report.alternatives:
        others = ", ".join(f"{each['name']} ({each['identifier']})" for each in one["others"])
        yield f"{one['kind']} {one['name']} ({one['identifier']}) may be: {others}"
    for notice in report.notices:
        yield f"notice: {notice['message']}"


def _shown(words: str) -> str:
    """A value on one line."""
    line = " ↵ ".join(words.split("\n"))
    return f"“{line if len(line) <= SHOWN else line[:SHOWN] + '…'}”"
