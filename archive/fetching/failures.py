"""How asking others fails: the class says the outcome, the message a person what is wrong and what to do."""

from __future__ import annotations


class FetchFailed(Exception):  # noqa: N818 - the name says the outcome
    """It cannot be had as it is; asking again gives the same answer."""


class Forbidden(FetchFailed):
    """The address is none that this site asks: not public, another scheme or port, another kind of address."""


class Unusable(FetchFailed):
    """The answer is larger than the site takes, or written in a way that it does not read."""


class Unavailable(Exception):  # noqa: N818 - the name says the outcome
    """No answer now. ``after`` is the number of seconds that the server asks to wait, if it does."""

    def __init__(self, message: str, *, after: int | None = None) -> None:
        super().__init__(message)
        self.after = after
