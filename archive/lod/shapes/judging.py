"""Judging: the data of one thing against the shapes that the archive publishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from archive.lod.shapes import SHAPES


@dataclass(frozen=True, slots=True)
class Failure:
    """Where data have not the shape that they should; ``node`` and ``path`` are URIs, ``path`` may be empty."""

    node: str
    path: str
    message: str


def failures(ntriples: bytes) -> list[Failure]:
    """What is wrong with the data of one thing, in the order of nodes and paths."""
    graph = rdflib.Graph().parse(data=ntriples.decode(), format="nt")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inference="none", meta_shacl=False)
    return [] if conforms else sorted(_told(report), key=lambda each: (each.node, each.path, each.message))


def _told(report: Any) -> Iterator[Failure]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        if (None, SH.detail, result) in report:
            continue  # told within another
        messages = sorted(str(each) for each in report.objects(result, SH.resultMessage))
        path = report.value(result, SH.resultPath)
        yield Failure(
            node=str(report.value(result, SH.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            message="; ".join(messages),
        )


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=SHAPES.read_text(encoding="utf-8"), format="turtle")
