"""The envelope of every answer: pyoai's, with what it gets wrong put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from lxml import etree
from oaipmh.server import NS_XSI, XMLTreeServer, nsoai

from archive import datestamps
from harvest.provider.datestamps import written
from harvest.provider.errors import ProtocolError
from harvest.provider.identify import address

#: Envelopes in parts, by their verbs and the addresses of the provider: a process has one of these, tests several.
FRAMES: dict[tuple[str, str], tuple[str, str, str]] = {}


class Envelope(XMLTreeServer):  # type: ignore[misc] # pyoai has no types
    """Answers as XML trees.

    ``<request>`` repeats the arguments as they came, where pyoai rewrites dates and leaves everything out
    beside an error. Records and sets never become trees: see ``around``.
    """

    def __init__(self, repository: Any) -> None:
        super().__init__(repository, None, {"xsi": NS_XSI})
        self._response_date = ""

    def date(self, told: datetime | None = None) -> None:
        """Date the answer: by what was read with its records, or else before anything is read.

        Not by the clock: until this time everything is told, and so a harvester that asks next for what changed since
        then misses nothing (archive.datestamps). That holds for an answer without records too.
        """
        self._response_date = written(told or datestamps.settled())

    def around(self, verb: str, arguments: Mapping[str, str]) -> tuple[bytes, bytes]:
        """What stands before and after the pieces of an answer that is put together as bytes."""
        if not self._response_date:
            self.date()
        until_date, until_arguments, rest = self._frame(verb, address())
        said = "".join(f' {name}="{escape(value)}"' for name, value in arguments.items())
        before = f"{until_date}{self._response_date}{until_arguments}{said}{rest}<{verb}>"
        return before.encode(), f"</{verb}></OAI-PMH>".encode()

    def _frame(self, verb: str, base: str) -> tuple[str, str, str]:
        """The envelope of a verb, by pyoai, in the parts between which the date and the arguments stand.

        Kept, because building it as a tree takes a tenth of the time of a whole page of records.
        """
        if (verb, base) not in FRAMES:
            tree, _ = self._outputEnvelope(verb=verb)
            until_date, _, behind = serialised(tree).decode().partition(self._response_date)
            until_arguments, asked, rest = behind.partition(f' verb="{verb}"')
            FRAMES[verb, base] = until_date, until_arguments + asked, rest.partition(f"<{verb}/>")[0]
        return FRAMES[verb, base]

    def errors(self, errors: Iterable[ProtocolError], request: dict[str, str]) -> bytes:
        """An answer with errors; ``request`` is what may be repeated."""
        return serialised(self._outputErrors([(each.oainame(), str(each)) for each in errors], **request))

    def _outputBasicEnvelope(self, **kw: str) -> tuple[Any, Any]:  # noqa: N802 - pyoai's name
        tree, root = super()._outputBasicEnvelope()
        if not self._response_date:
            self.date()
        root.find(nsoai("responseDate")).text = self._response_date
        request = root.find(nsoai("request"))
        for name, value in kw.items():
            request.set(name, value)
        return tree, root


def serialised(tree: Any) -> bytes:
    """An answer's bytes: with an XML declaration, and without white space that nobody asked for."""
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
