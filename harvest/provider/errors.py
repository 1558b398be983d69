"""The errors of the protocol, one class for each code (OAI-PMH 2.0, section 3.6).

Raised wherever they are found out, and turned into an answer in one place, harvest.provider.server. The code
is the name of the class, as pyoai's ``oainame`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable

from oaipmh.error import ErrorBase

from archive.vocab.characters import legal

#: Characters of an argument that a message repeats.
SHOWN = 80


class ProtocolError(ErrorBase):  # type: ignore[misc] # pyoai has no types
    """One error; the message is for whoever wrote the harvester."""

    #: Whether the answer repeats the arguments of the request (section 3.2).
    echoed = True


class BadVerbError(ProtocolError):
    """The verb is missing, repeated or none of the six."""

    echoed = False


class BadArgumentError(ProtocolError):
    """An argument is unknown, missing, repeated, out of place or not of its form."""

    echoed = False


class BadResumptionTokenError(ProtocolError):
    """The token was not made here, for this verb, within its days."""


class CannotDisseminateFormatError(ProtocolError):
    """The repository, or the item asked for, does not have the format."""


class IdDoesNotExistError(ProtocolError):
    """There is no item of this identifier, as far as the public can know."""


class NoRecordsMatchError(ProtocolError):
    """The list asked for is empty."""


class NoMetadataFormatsError(ProtocolError):
    """The item has no metadata format."""


class NoSetHierarchyError(ProtocolError):
    """The repository has no sets."""


class RequestRefusedError(Exception):
    """Everything that is wrong with one request."""

    def __init__(self, errors: Iterable[ProtocolError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(str(error) for error in self.errors))


def shown(value: str) -> str:
    """What a harvester sent, fit to stand in a message: short, and nothing in it that XML cannot carry."""
    text = legal(value)
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")
