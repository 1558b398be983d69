"""Fields: what stands before a colon, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
    #: For people, in the language of the page.
    meaning: Promise


FIELDS = {
    field.name: field
    for field in (
        Field("title", Kind.WORDS, ("title",), _("words in the title")),
        Field("summary", Kind.WORDS, ("summary",), _("words in the summary")),
        Field("text", Kind.WORDS, ("text",), _("words in the text")),
        Field("from", Kind.WORDS, ("sender",), _("who sent or wrote it")),
        Field("to", Kind.WORDS, ("addressee",), _("who it was sent to")),
        Field("person", Kind.WORDS, ("people",), _("anybody who has to do with it")),
        Field("place", Kind.WORDS, ("places",), _("a place that it names")),
        Field("subject", Kind.WORDS, ("topics",), _("what it is about")),
        Field("date", Kind.DATE, (), _("when it may be from: 1950, 1950-10, 1950-10-13, 1950-10..1951-02")),
        Field("fond", Kind.CODE, ("fond",), _("code of a fond: fond:45")),
        Field("opis", Kind.CODE, ("opis",), _("code of an opis")),
        Field("delo", Kind.CODE, ("delo",), _("code of a delo")),
        Field("papka", Kind.CODE, ("papka",), _("code of a papka")),
        Field("number", Kind.CODE, ("number",), _("number of the telegram, or another that it bears")),
        Field("id", Kind.CODE, ("identifier",), _("identifier of the document")),
        Field("language", Kind.CODE, ("language",), _("language of a text: en, ru, zh")),
        Field("original", Kind.CODE, ("original",), _("language in which it was written")),
        Field("type", Kind.CODE, ("type",), _("identifier of a type")),
        Field("collection", Kind.CODE, ("collection",), _("a collection, with those below it")),
        Field("unit", Kind.CODE, ("unit",), _("identifier of an archival unit, with those below it")),
        Field("has", Kind.THING, ("has",), _("what it has: scan, text, translation")),
    )
}

#: What can stand after ``has:``.
THINGS = ("scan", "text", "translation")
