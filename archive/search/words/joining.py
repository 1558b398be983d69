"""Joining words: those that only hold others together, and say nothing of what a reader looks for.

They are in almost every document, so that asking for them finds nothing less and lights them everywhere. They are
indexed, because phrases need them. Words that are also names or abbreviations (us, may, will) are none of these.
"""

from __future__ import annotations

_BY_LANGUAGE = {
    "en": "a an the of to in on at by for from with into onto upon and as is are was were be been",
    "ru": "в во на с со к ко о об от до из за по при для у и а но или же бы",
    "de": "der das dem den ein eine und oder von vom zu zum zur im am auf für mit",
    "fr": "le la les une des du de et au aux dans par pour sur",
}
JOINING = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())
