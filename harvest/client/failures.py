"""How a harvest fails: the class says the outcome, the message an archivist what is wrong and what to do."""

from __future__ import annotations

from archive.fetching.failures import FetchFailed, Forbidden, Unavailable, Unusable

__all__ = ["Forbidden", "HarvestFailed", "NotOai", "Refused", "Unavailable", "Unusable"]

#: It cannot go on as it is; asking again gives the same answer. What cannot be fetched cannot be harvested.
HarvestFailed = FetchFailed


class NotOai(HarvestFailed):
    """What was answered is not OAI-PMH."""


class Refused(HarvestFailed):
    """The repository answered with an error of the protocol (section 3.6). ``code`` is its code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"The repository answers {code}: {message}" if message else f"The repository answers {code}.")
        self.code = code
