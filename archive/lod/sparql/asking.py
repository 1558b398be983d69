"""Asking: from an HTTP request to a query (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict

from archive.clients import size_told
from archive.conf import conf
from archive.lod.sparql.judging import RefusedError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
#: A form writes one byte as three, and names graphs beside the query.
ROOM = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks, as it stands there."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    #: ``format=`` in the address, which is ours and goes before the header Accept.
    format: str


def read(request: HttpRequest) -> Asked | None:
    """What a request asks; None where it asks nothing.

    :raises RefusedError: it cannot be read, or would change something.
    """
    try:
        values = QueryDict(request.META.get("QUERY_STRING", ""), encoding="utf-8")
        body = _body(request) if request.method == "POST" else None
        if isinstance(body, QueryDict):
            values = QueryDict(f"{values.urlencode()}&{body.urlencode()}", encoding="utf-8")
    except TooManyFieldsSent:
        raise RefusedError("The request has too many parameters.") from None
    if "update" in values:
        raise RefusedError("This endpoint answers queries and changes nothing.")
    queries = values.getlist("query") + ([body] if isinstance(body, str) else [])
    if len(queries) > 1:
        raise RefusedError("There is more than one query; a request has one.")
    if not queries:
        if request.method == "POST":
            raise RefusedError("There is no query in the request.")
        return None
    default, named = values.getlist("default-graph-uri"), values.getlist("named-graph-uri")
    return Asked(queries[0], tuple(default), tuple(named), values.get("format", ""))


def _body(request: HttpRequest) -> QueryDict | str:
    """The body of a POST: a form, or the query itself."""
    size = size_told(request)
    if size == 0:
        return QueryDict("")
    if size > conf().SPARQL_QUERY_SIZE * ROOM:
        raise RefusedError(f"This site takes {conf().SPARQL_QUERY_SIZE} bytes of a query at most.", status=413)
    if request.content_type == FORM:
        return QueryDict(request.body, encoding="utf-8")
    if request.content_type == QUERY:
        try:
            return request.body.decode()
        except UnicodeDecodeError as error:
            raise RefusedError(f"The query is not in UTF-8: byte {error.start} cannot be read.") from None
    raise RefusedError(f"Send the query as {QUERY}, or in a form as {FORM}.", status=415)
