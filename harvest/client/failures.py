"""How a harvest fails: the class says the outcome, the message an archivist what is wrong and what to do."""

from __future__ import annotations


class HarvestFailed(Exception):  # noqa: N818 - the name says the outcome
    """It cannot go on as it is; asking again gives the same answer."""


class Forbidden(HarvestFailed):
    """The address is none that this site asks: not public, another scheme or port, another kind of address."""


class NotOai(HarvestFailed):
    """What was answered is not OAI-PMH, or larger than the site takes."""


class Refused(HarvestFailed):
    """The repository answered with an error of the protocol (section 3.6). ``code`` is its code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"The repository answers {code}: {message}" if message else f"The repository answers {code}.")
        self.code = code


class Unavailable(Exception):  # noqa: N818 - the name says the outcome
    """No answer now. ``after`` is the number of seconds that the repository asks to wait, if it does."""

    def __init__(self, message: str, *, after: int | None = None) -> None:
        super().__init__(message)
        self.after = after
