"""Fields: what stands before a colon, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What the value of a field is."""

    #: Words and phrases, looked for in columns of the index.
    WORDS = auto()
    #: A code or an identifier, which must be met whole.
    CODE = auto()
    #: A date, or a range of dates.
    DATE = auto()
    #: The name of something that a document has.
    THING = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the query language; ``columns`` are those of the index that it looks in."""

    name: str
    kind: Kind
    columns: tuple[str, ...]
    #: For people.
    meaning: str


FIELDS = {
    field.name: field
    for field in (
        Field("title", Kind.WORDS, ("title",), "words in the title"),
        Field("summary", Kind.WORDS, ("summary",), "words in the summary"),
        Field("text", Kind.WORDS, ("text",), "words in the text"),
        Field("from", Kind.WORDS, ("sender",), "who sent or wrote it"),
        Field("to", Kind.WORDS, ("addressee",), "who it was sent to"),
        Field("person", Kind.WORDS, ("people",), "anybody who has to do with it"),
        Field("place", Kind.WORDS, ("places",), "a place that it names"),
        Field("subject", Kind.WORDS, ("topics",), "what it is about"),
        Field("date", Kind.DATE, (), "when: 1950, 1950-10, 1950-10-13, 1950-10..1951-02"),
        Field("fond", Kind.CODE, ("fond",), "code of a fond"),
        Field("opis", Kind.CODE, ("opis",), "code of an opis"),
        Field("delo", Kind.CODE, ("delo",), "code of a delo"),
        Field("papka", Kind.CODE, ("papka",), "code of a papka"),
        Field("number", Kind.CODE, ("number",), "number of the telegram, or another that it bears"),
        Field("id", Kind.CODE, ("identifier",), "identifier of the document"),
        Field("language", Kind.CODE, ("language",), "language of a text: en, ru, zh"),
        Field("original", Kind.CODE, ("original",), "language in which it was written"),
        Field("type", Kind.CODE, ("type",), "identifier of a type"),
        Field("collection", Kind.CODE, ("collection",), "a collection, with those below it"),
        Field("unit", Kind.CODE, ("unit",), "identifier of an archival unit, with those below it"),
        Field("has", Kind.THING, ("has",), "has:scan, has:text, has:translation"),
    )
}

#: What can stand after ``has:``.
THINGS = ("scan", "text", "translation")
