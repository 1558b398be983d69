"""The analyser: one way of cutting text into terms, for what is indexed, what is asked and what is lit.

A token remembers where it stands in the text as stored, so that hits are lit from our own offsets and never
from an engine's. Chinese, Japanese and Korean are cut into single characters, because no rule finds the words
in them for sure; what was written together is asked for as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from archive.search.words.forms import indexed

#: Longer terms are cut. PostgreSQL takes 2,046 bytes, and nobody types more than this.
TERM_LIMIT = 80

#: Scripts that are written without blanks between words, with the half-width kana and Hangul.
CHARACTER_SCRIPTS = (
    "\u1100-\u115f\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3100-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9d\uffa0-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
#: What belongs to the character before it: the vowels and finals of decomposed Hangul, half-width voicing
#: marks, and selectors of a variant form.
FOLLOWERS = "\u1160-\u11ff\uff9e\uff9f\U000e0100-\U000e01ef"

#: Signs within a word: En-lai is also asked for as Enlai, and Ch'ang as Chang.
JOINERS = frozenset("-‐‑'’ʼ·")
#: Parts of a word that are also written together.
LONGEST_JOINED = 4


class Token(NamedTuple):
    """A word of a text. It stands there from ``start`` up to ``end``, and is indexed under ``term`` and ``forms``."""

    term: str
    start: int
    end: int
    forms: tuple[str, ...] = ()
    #: What it is together with the words that follow it and are joined to it, and where these end.
    joined: str = ""
    joined_end: int = 0


def analyse(text: str, language: str = "") -> Iterator[Token]:
    """The tokens of a text, in order; ``language`` is its BCP 47 tag.

    Lazy, so that looking for a hit need not cut a whole book.
    """
    chain: list[Token] = []
    for token in _tokens(text, language):
        if chain and not (token.start - chain[-1].end == 1 and text[chain[-1].end] in JOINERS):
            yield from _joined(chain)
            chain = []
        chain.append(token)
    yield from _joined(chain)


def _tokens(text: str, language: str) -> Iterator[Token]:
    for match in words_in(text):
        term, forms = term_and_forms(match.group(), language)
        if term:
            yield Token(term, match.start(), match.end(), forms)


def _joined(chain: list[Token]) -> Iterator[Token]:
    """The words of a chain, each knowing what it makes with those after it."""
    if len(chain) == 1:
        yield chain[0]
        return
    for place, token in enumerate(chain):
        rest = chain[place : place + LONGEST_JOINED]
        if len(rest) == 1:
            yield token
        else:
            yield token._replace(joined="".join(each.term for each in rest)[:TERM_LIMIT], joined_end=rest[-1].end)


def terms(text: str, language: str = "") -> tuple[list[str], list[str]]:
    """What a text is indexed under: its words in order, and the further forms of them.

    The same as :func:`analyse` says, without places, and in a tenth of the time.
    """
    found = [term_and_forms(word, language) for word in _word_of(text).findall(text)]
    forms = [form for _, further in found for form in further]
    return [term for term, _ in found if term], [*forms, *joined_in(text)]


def joined_in(text: str) -> Iterator[str]:
    """What the words of a text that are joined make together."""
    # What is joined has no blank in it. Looking for chains everywhere would try each letter as the first of one.
    for run in filter(_JOINER.search, text.split()):
        yield from _joined_of(run)


@lru_cache(maxsize=20_000)
def _joined_of(run: str) -> tuple[str, ...]:
    return tuple(token.joined for token in analyse(run) if token.joined)


def words_in(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Each word of a text, or of a part of it that begins and ends beside a blank, as it stands there."""
    return _word_of(text).finditer(text, start, len(text) if end is None else end)


def different_words(text: str) -> set[str]:
    """The words of a text, each once, as they stand there."""
    return set(text.translate(_BETWEEN_ASCII).split() if text.isascii() else _word().findall(text))


def joined_anywhere(text: str) -> bool:
    """Whether a text has a sign that could join two words."""
    return _JOINER.search(text) is not None


def joined_at(text: str, start: int) -> tuple[str, int]:
    """What the word at ``start`` makes with those that are joined to it, and where these end; ``""`` if none are."""
    chain = _chain().match(text, start)
    first = next(analyse(chain.group()), None) if chain else None
    return (first.joined, start + first.joined_end) if first else ("", start)


@lru_cache(maxsize=200_000)
def term_and_forms(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """A word of a text in a language: the term that it is, and the further forms under which it is found."""
    term = _term(word)
    return term, indexed(term, language, word[0].isupper()) if term and not _CHARACTER.match(word) else ()


def _term(word: str) -> str:
    """A word as it is indexed: compatibility forms made one (NFKC), case folded, nothing but letters and digits."""
    if word.isascii():
        return word.lower()[:TERM_LIMIT]
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    if not folded.isalnum():  # a ligature can hold blanks once it is taken apart
        folded = "".join(match.group() for match in _word().finditer(folded))
    return folded[:TERM_LIMIT]


_CHARACTER = re.compile(f"[{CHARACTER_SCRIPTS}]")
_JOINER = re.compile("[" + re.escape("".join(sorted(JOINERS))) + "]")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
#: Blanks for all signs of ASCII that are in no word.
_BETWEEN_ASCII = "".join(sign if sign.isalnum() else " " for sign in map(chr, range(128)))


def _word_of(text: str) -> re.Pattern[str]:
    """What finds the words of this text: where all is ASCII, a pattern that finds the same five times as fast."""
    return _ASCII_WORD if text.isascii() else _word()


@cache
def _chain() -> re.Pattern[str]:
    """Words with nothing but a joiner between them."""
    return re.compile(f"(?:{_word().pattern})(?:{_JOINER.pattern}(?:{_word().pattern}))+")


@cache
def _word() -> re.Pattern[str]:
    r"""One character of a script without blanks, or a run of letters and digits; each with its marks.

    Python's ``\w`` has no combining marks, so a decomposed й would end a word. Most words of most texts are ASCII, with
    nothing else right after them, and are found as such in a fraction of the time; nothing is given back of such a run,
    so that no word is cut where its first other letter stands.
    """
    marks = "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.category(chr(c))[0] == "M")
    letter = rf"[^\W_{CHARACTER_SCRIPTS}]"
    plain = r"[A-Za-z0-9]++(?![^\x00-\x7f])"
    return re.compile(rf"{plain}|[{CHARACTER_SCRIPTS}][{marks}{FOLLOWERS}]*|{letter}+(?:[{marks}]+{letter}*)*")
