"""The provider: from the arguments of a request to the bytes of its answer.

``handleRequest``  takes the arguments strictly; whatever is wrong anywhere becomes an answer here.
``handleVerb``     answers: the rare verbs as XML trees by pyoai, records put together as bytes.

pyoai's own ``Server`` and ``BatchingServer`` are left alone: the one builds the whole list anew for every
page, the other counts it off by OFFSET, and both render every record for every harvester.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from oaipmh.common import ResumptionOAIPMH
from oaipmh.server import ServerBase

from harvest.provider import answers, arguments
from harvest.provider.answers import Answer, Contents, Dated
from harvest.provider.arguments import Request
from harvest.provider.envelope import Envelope
from harvest.provider.errors import ProtocolError, RequestRefusedError
from harvest.provider.get_record import get_record
from harvest.provider.identify import identify
from harvest.provider.list_identifiers import list_identifiers
from harvest.provider.list_metadata_formats import list_metadata_formats
from harvest.provider.list_records import list_records
from harvest.provider.list_sets import list_sets
from harvest.provider.queries import Query

#: Verbs that say something of the repository.
OF_REPOSITORY: dict[str, Callable[..., Any]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
}

#: Verbs that give records, or sets, as bytes.
OF_RECORDS: dict[str, Callable[[Request, Dated], Contents]] = {
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
    "GetRecord": get_record,
    "ListSets": list_sets,
}


class Repository(ResumptionOAIPMH):  # type: ignore[misc] # pyoai has no types
    """What pyoai asks about the repository: ``repository.identify()`` and the like."""

    def handleVerb(self, verb: str, kw: dict[str, str]) -> Any:  # noqa: N802 - pyoai's name
        """What the verb's module says."""
        return OF_REPOSITORY[verb](**kw)


class Provider(ServerBase):  # type: ignore[misc] # pyoai has no types
    """The provider, in pyoai's frame."""

    def __init__(self) -> None:
        self._tree_server = Envelope(Repository())

    def handleRequest(self, request_kw: Query) -> Answer:  # noqa: N802 - pyoai's name
        """The answer to a query, whatever it is."""
        try:
            request = arguments.parse(request_kw)
            return self.handleVerb(request.verb, request)
        except ProtocolError as error:
            return self.refuse([error], request_kw)
        except RequestRefusedError as refused:
            return self.refuse(refused.errors, request_kw)

    def handleVerb(self, verb: str, kw: Request) -> Answer:  # noqa: N802 - pyoai's name
        """The answer to a request that is in order."""
        envelope = self._tree_server
        if verb not in OF_RECORDS:
            envelope.date()
            return Answer(bytes(super().handleVerb(verb, dict(kw.arguments))))
        contents = OF_RECORDS[verb](kw, envelope.date)
        before, after = envelope.around(verb, kw.arguments)
        return answers.answer(before, contents, after)

    def refuse(self, errors: Iterable[ProtocolError], query: Query | None = None) -> Answer:
        """An answer with errors. The request is repeated only if every one of them lets it be."""
        errors = list(errors)
        echoed = query is not None and all(error.echoed for error in errors)
        echo = {name: values[-1] for name, values in query.items()} if query and echoed else {}
        return Answer(self._tree_server.errors(errors, echo))
