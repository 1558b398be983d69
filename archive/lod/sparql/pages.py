"""Pages: the form for people, and what was found as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive import uris
from archive.conf import conf
from archive.frame import page
from archive.lod.namespaces import NAMESPACES
from archive.lod.sparql import formats
from archive.lod.sparql.asking import Asked
from archive.lod.sparql.running import Answer

TEMPLATE = "archive_lod/sparql.html"
#: Rows that a page shows; the whole result can be downloaded.
SHOWN = 500

EXAMPLES = (
    (
        _("Who wrote how many telegrams"),
        "SELECT ?name (COUNT(DISTINCT ?record) AS ?records) WHERE {\n"
        "  ?record rico:hasSender ?agent .\n  ?agent foaf:name ?name .\n"
        "}\nGROUP BY ?name\nORDER BY DESC(?records)\nLIMIT 20\n",
    ),
    (
        _("Documents by date"),
        "SELECT ?record ?title ?date WHERE {\n"
        "  ?record a rico:Record ; dcterms:title ?title ; dcterms:created ?date .\n"
        "}\nORDER BY STR(?date)\nLIMIT 50\n",
    ),
    (
        _("Names under which people stand in documents"),
        "SELECT DISTINCT ?name ?written WHERE {\n"
        "  ?relation rico:relationHasTarget ?agent ; rico:relationHasContext/rico:textualValue ?written .\n"
        "  ?agent foaf:name ?name .\n  FILTER(LCASE(STR(?name)) != LCASE(STR(?written)))\n}\nLIMIT 50\n",
    ),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in a table: what it says, what it is beside that, and where it leads."""

    words: str
    note: str = ""
    address: str = ""


def rows_at_most() -> int:
    """Rows that an answer has."""
    return conf().SPARQL_ROWS


def form(request: HttpRequest, asked: Asked | None = None, failure: str = "", *, status: int = 200) -> HttpResponse:
    """The form, with what was asked and why it was not answered."""
    return page(request, TEMPLATE, {**_common(asked), "failure": failure}, status=status)


def result(request: HttpRequest, asked: Asked, answer: Answer, *, graph: bool) -> HttpResponse:
    """The form, and what was found: a table, a yes or no, or a graph in Turtle."""
    found: dict[str, Any] = {"answered": True, "cut": answer.cut, "most": rows_at_most()}
    if graph:
        found["turtle"] = answer.content.decode()
    else:
        found |= _read(json.loads(answer.content))
    offers = formats.GRAPHS if graph else formats.ROWS
    names = dict.fromkeys(each.name for each in offers if each.name != "html")
    found["downloads"] = [(name.upper(), _address(asked, name)) for name in names]
    return page(request, TEMPLATE, {**_common(asked), **found})


def _common(asked: Asked | None) -> dict[str, Any]:
    here = uris.to("archive_lod:sparql")
    return {
        "query": asked.query if asked else EXAMPLES[1][1],
        "endpoint": here,
        "examples": [(title, f"{here}?{urlencode({'query': query})}") for title, query in EXAMPLES],
        "prefixes": sorted(NAMESPACES.items()),
        "limits": conf(),
        "megabytes": conf().SPARQL_BYTES // 1024 // 1024,
    }


def _address(asked: Asked, name: str) -> str:
    parameters = {
        "query": asked.query,
        "format": name,
        "default-graph-uri": asked.default_graphs,
        "named-graph-uri": asked.named_graphs,
    }
    return f"{uris.to('archive_lod:sparql')}?{urlencode(parameters, doseq=True)}"


def _read(found: dict[str, Any]) -> dict[str, Any]:
    if "boolean" in found:
        return {"boolean": gettext("Yes") if found["boolean"] else gettext("No")}
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    cells = [[_cell(row[name]) if name in row else Cell("") for name in names] for row in rows[:SHOWN]]
    return {"names": names, "rows": cells, "total": len(rows), "more": len(rows) > SHOWN}


def _cell(term: dict[str, Any]) -> Cell:
    value = term["value"]
    match term["type"]:
        case "uri":
            # Only what a browser opens without harm is a link: javascript: is an address, too.
            return Cell(_short(value), address=value if value.startswith(("http://", "https://")) else "")
        case "literal":
            return Cell(value, note=term.get("xml:lang", "") or _short(term.get("datatype", "")))
        case "bnode":
            return Cell(f"_:{value}")
    return Cell(json.dumps(value, ensure_ascii=False))


def _short(address: str) -> str:
    """An address by its prefix, or as a path of this site."""
    for prefix, namespace in NAMESPACES.items():
        if address.startswith(namespace) and len(address) > len(namespace):
            return f"{prefix}:{address.removeprefix(namespace)}"
    return address.removeprefix(conf().PUBLIC_BASE_URL.rstrip("/")) or address
