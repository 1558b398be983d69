"""Arguments: what a request says, taken strictly (OAI-PMH 2.0, sections 3.1 and 4).

This stands in front of pyoai, which sees one value of each argument and so cannot know of repeated ones, and
stops at the first mistake. Here every mistake is found, and nothing goes further that XML could not carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from oaipmh.validation import ResumptionValidationSpec

from harvest.formats import BY_PREFIX
from harvest.provider import datestamps, tokens
from harvest.provider.errors import (
    BadArgumentError,
    BadResumptionTokenError,
    BadVerbError,
    CannotDisseminateFormatError,
    ProtocolError,
    RequestRefusedError,
    shown,
)
from harvest.provider.queries import Query
from harvest.provider.selection import Position, Selection

VERBS = ("Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords", "GetRecord")

#: Control characters, and what else XML cannot carry.
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: The forms of OAI-PMH.xsd: what has another form could not be repeated in a valid answer.
PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+", re.ASCII)
SPEC = re.compile(rf"{PREFIX.pattern}(:{PREFIX.pattern})*", re.ASCII)
#: RFC 3986, without the brackets that only addresses of the sixth version of IP have.
URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:([A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"
    r"(#([A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)

NOTHING = Selection(prefix="")


class Request(NamedTuple):
    """A request that is in order.

    ``arguments`` are as they came, for the answer to repeat. The requests for records have a ``selection``,
    and a ``position`` in it if they go on with a list.
    """

    verb: str
    arguments: Mapping[str, str]
    selection: Selection = NOTHING
    position: Position | None = None


def parse(query: Query) -> Request:
    """What a query asks.

    :raises RequestRefusedError: with everything that is wrong with it.
    """
    verb = _verb(query)
    given = {name: values for name, values in query.items() if name != "verb"}
    errors = [*_unfit(given), *_misplaced(verb, given)]
    arguments = {name: values[0] for name, values in given.items()}
    if "resumptionToken" in arguments and not errors:  # which stands alone
        return _resumed(verb, arguments)
    sound = {name: given[name][0] for name in given if _is_sound(verb, name, given[name])} if errors else arguments
    errors += _malformed(sound)
    if errors:
        raise RequestRefusedError([*errors, *_unknown(sound)])
    return Request(verb, arguments, _selection(arguments))


def _resumed(verb: str, arguments: Mapping[str, str]) -> Request:
    if verb == "ListSets":  # whose tokens are of their own kind
        return Request(verb, arguments)
    token = tokens.read(arguments["resumptionToken"], verb=verb)
    return Request(verb, arguments, token.selection, token.position)


def _verb(query: Query) -> str:
    values = query.get("verb", [])
    if not values:
        raise BadVerbError(f"A request needs the argument verb, one of {', '.join(VERBS)}.")
    if len(values) > 1:
        raise BadVerbError("The argument verb is repeated.")
    if values[0] not in VERBS:
        raise BadVerbError(f"{shown(values[0])} is no verb; these are: {', '.join(VERBS)}.")
    return values[0]


def _unfit(given: Mapping[str, list[str]]) -> Iterator[ProtocolError]:
    """Whether every argument can be repeated in an answer at all."""
    for name, values in given.items():
        if UNFIT.search(name) or any(UNFIT.search(value) for value in values):
            yield BadArgumentError(f"The argument {shown(name)} contains a control character.")
            if name == "resumptionToken":
                yield BadResumptionTokenError("The token contains a control character.")


def _is_sound(verb: str, name: str, values: list[str]) -> bool:
    """Whether an argument is one of the verb, there once, and fit to be looked at more closely."""
    return name in _takes(verb) and len(values) == 1 and not UNFIT.search(values[0])


@cache
def _takes(verb: str) -> dict[str, str | None]:
    return {name.rstrip("_"): use for name, use in getattr(ResumptionValidationSpec, verb).items()}


def _misplaced(verb: str, given: Mapping[str, list[str]]) -> Iterator[ProtocolError]:
    """Whether the verb takes these arguments, each once, and lacks none; by pyoai's table."""
    takes = _takes(verb)
    for name, values in given.items():
        if name not in takes:
            yield BadArgumentError(f"{verb} does not take the argument {shown(name)}.")
        elif len(values) > 1:
            yield BadArgumentError(f"The argument {name} is repeated.")
    if takes.get("resumptionToken") and "resumptionToken" in given:
        if len(given) > 1:
            yield BadArgumentError("The argument resumptionToken stands alone beside verb.")
        return
    for name, use in takes.items():
        if use == "required" and name not in given:
            yield BadArgumentError(f"{verb} needs the argument {name}.")


def _malformed(arguments: Mapping[str, str]) -> Iterator[ProtocolError]:
    """Whether each argument has its form."""
    for name, fits in FORMS.items():
        if name in arguments and not fits(arguments[name]):
            yield BadArgumentError(f"{name} is {shown(arguments[name])}, which has not the form of one.")
    window = {name: arguments[name] for name in ("from", "until") if name in arguments}
    wrong = [name for name, value in window.items() if not _is_datestamp(value)]
    for name in wrong:
        yield BadArgumentError(
            f"{name} is {shown(window[name])}; it must be a time that exists, as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ."
        )
    if len(window) == 2 and not wrong:
        yield from _disordered(window["from"], window["until"])


def _unknown(arguments: Mapping[str, str]) -> Iterator[ProtocolError]:
    """Whether the format is one of ours; told beside other mistakes, and by itself where records are asked for."""
    prefix = arguments.get("metadataPrefix", "")
    if PREFIX.fullmatch(prefix) and prefix not in BY_PREFIX:
        yield CannotDisseminateFormatError(f"There is no format {shown(prefix)} here.")


def _disordered(first: str, last: str) -> Iterator[ProtocolError]:
    if datestamps.to_the_day(first) != datestamps.to_the_day(last):
        yield BadArgumentError("from and until are not of the same granularity.")
    elif first > last:  # of one form, so that their order is that of their letters
        yield BadArgumentError("from is later than until.")


def _is_datestamp(text: str) -> bool:
    try:
        datestamps.read(text)
    except ValueError:
        return False
    return True


def _is_uri(text: str) -> bool:
    """Whether a text is a URI to a schema processor, which also looks at ports."""
    if not URI.fullmatch(text):
        return False
    try:
        address = urlsplit(text)
        port = address.port
    except ValueError:
        return False
    # A colon with no port behind it is a URI to RFC 3986, and none to a schema processor.
    return port is not None or not address.netloc.endswith(":")


def _selection(arguments: Mapping[str, str]) -> Selection:
    first, last = arguments.get("from"), arguments.get("until")
    return Selection(
        prefix=arguments.get("metadataPrefix", ""),
        spec=arguments.get("set", ""),
        first=datestamps.read(first) if first else None,
        last=datestamps.read(last, end_of_day=True) if last else None,
    )


#: The arguments whose form can be told from their letters alone.
FORMS: dict[str, Callable[[str], object]] = {
    "metadataPrefix": PREFIX.fullmatch,
    "set": SPEC.fullmatch,
    "identifier": _is_uri,
}
