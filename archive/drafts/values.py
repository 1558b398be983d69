"""Values: what a field of a draft can hold, one class for each kind of thing that a source can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class Value:
    """Base of what a field can hold; ``name`` is the field's name in reports and in the database."""

    __slots__ = ()
    name: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Title(Value):
    """The document's title, as the source gives it."""

    name: ClassVar[str] = "title"
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class DocumentDate(Value):
    """The date of the document, in EDTF (ISO 8601-2:2019, level 1); empty where only its words are known."""

    name: ClassVar[str] = "date"
    edtf: str


@dataclass(frozen=True, slots=True)
class Number(Value):
    """A number that the document carries or cites.

    ``kind`` is ``telegram`` (its own number), ``incoming`` (given by the receiving registry), ``closing``
    (repeated by the sender at the end), ``cited`` (the number of another document), or, for identifiers that it
    was given since, ``ark``, ``doi``, ``handle`` or ``legacy`` (of an earlier system).
    """

    name: ClassVar[str] = "number"
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Event(Value):
    """A stamp: something that was done with the document, when, where and by whom.

    ``kind`` is ``sent``, ``received``, ``deciphered``, ``typed``, ``cabled`` or ``closed``. ``edtf`` is a
    date or a date and time without zone, or empty where the stamp tells none. ``place`` is where it was
    done, ``destination`` the place that the document was sent or cabled to.
    """

    name: ClassVar[str] = "event"
    kind: str
    edtf: str = ""
    place: str = ""
    agent: str = ""
    note: str = ""
    destination: str = ""


@dataclass(frozen=True, slots=True)
class Contribution(Value):
    """A person or office that had a part in the document.

    ``role`` is ``sender``, ``addressee``, ``intermediary``, ``copy recipient`` or ``translator``.
    ``as_written`` is the name on the document ("Filippov"); ``agent`` the name of the person meant
    ("Stalin") where the source itself says so, else the same. ``role`` may also be any other relator of MARC, by
    its label (``author``, ``editor``). ``kind`` is ``person``, ``corporate_body`` or ``family``, empty where the
    source does not say; ``uri`` is the address or the key by which the source itself knows the agent. ``certain`` is
    false where the source doubts that this agent is meant.
    """

    name: ClassVar[str] = "contribution"
    role: str
    as_written: str
    agent: str
    copies: int | None = None
    kind: str = ""
    uri: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Subject(Value):
    """An agent, a place or a concept that the document has to do with.

    ``kind`` is ``agent``, ``place`` or ``concept``. ``relation`` is ``about``, ``type`` (the kind of document, a
    concept), ``written at`` or ``received at`` (places). ``uri`` is the address or the key by which the source
    itself knows it, ``scheme`` the name of the vocabulary that a concept is from, ``agent_kind`` as in
    ``Contribution.kind``, ``certain`` as in ``Contribution``.
    """

    name: ClassVar[str] = "subject"
    kind: str
    label: str
    relation: str = "about"
    uri: str = ""
    scheme: str = ""
    agent_kind: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Distribution(Value):
    """A distribution list as a whole; its recipients are contributions with role ``copy recipient``.

    ``possibly_truncated`` says that the source ends within or right after the list, so that names may lack.
    """

    name: ClassVar[str] = "distribution"
    copies: int | None
    possibly_truncated: bool = False


@dataclass(frozen=True, slots=True)
class Summary(Value):
    """A summary written by the archive or the edition, not part of the document."""

    name: ClassVar[str] = "summary"
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class OriginalLanguage(Value):
    """The language in which the document was written, as a BCP 47 tag."""

    name: ClassVar[str] = "original_language"
    tag: str


@dataclass(frozen=True, slots=True)
class TextBody(Value):
    """The text of the document in one language; ``text`` is never reflowed.

    ``kind`` is ``original``, ``transcript`` or ``translation``; ``language`` a BCP 47 tag, or empty where
    the source does not say and nothing else tells. ``method`` is ``human``, ``machine``, ``revised`` (by a machine,
    corrected by a person) or empty, ``made_by`` who or which program transcribed or translated it. ``licence`` is the
    address of a licence of its own, ``derived_from`` the place of the text that it was made from among those of the
    document, from 0.
    """

    name: ClassVar[str] = "text"
    text: str
    kind: str
    language: str = ""
    method: str = ""
    made_by: str = ""
    licence: str = ""
    derived_from: int | None = None


@dataclass(frozen=True, slots=True)
class Reference(Value):
    """A place in an archive where the document, or a copy of it, is kept.

    Codes are strings: ``059a`` and ``0085`` are codes, not numbers. ``understood`` is false where only the
    verbatim form is known. ``unit`` is the address by which the source itself knows the deepest archival unit.
    """

    name: ClassVar[str] = "reference"
    repository: str = ""
    fond: str = ""
    opis: str = ""
    delo: str = ""
    papka: str = ""
    listy: str = ""
    understood: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Citation(Value):
    """How the source asks to be cited."""

    name: ClassVar[str] = "citation"
    text: str


@dataclass(frozen=True, slots=True)
class Rights(Value):
    """A statement about rights and reuse.

    ``uri`` is the address of a statement of rightsstatements.org or of a licence, ``holder`` who has the rights.
    """

    name: ClassVar[str] = "rights"
    text: str
    uri: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class SourceUrl(Value):
    """The address of the page that the source was saved from."""

    name: ClassVar[str] = "source_url"
    url: str


@dataclass(frozen=True, slots=True)
class RecordId(Value):
    """The id of the document in the system that the source comes from."""

    name: ClassVar[str] = "record_id"
    value: str


@dataclass(frozen=True, slots=True)
class Editorial(Value):
    """Words in square brackets, put there by an editor.

    ``kind`` is ``alias`` (Filippov [Stalin]), ``gloss`` (us [the Chinese]), ``omission`` ([...]) or
    ``remark`` (everything else).
    """

    name: ClassVar[str] = "editorial"
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class EmptyLabel(Value):
    """A label with no value after it: present but empty, which is not the same as absent."""

    name: ClassVar[str] = "empty_label"
    label: str


@dataclass(frozen=True, slots=True)
class Statement(Value):
    """A Dublin Core statement that no other field carries.

    ``term`` is the local name of a dcterms property; ``uri`` is given where the value is a thing with an address.
    """

    name: ClassVar[str] = "statement"
    term: str
    text: str
    language: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Membership(Value):
    """A collection that the document is in, by its address and its title."""

    name: ClassVar[str] = "membership"
    uri: str
    title: str


@dataclass(frozen=True, slots=True)
class Relation(Value):
    """How the document stands to another, by the address of that one.

    ``kind`` is ``reply to``, ``refers to``, ``version of`` or ``enclosed in``.
    """

    name: ClassVar[str] = "relation"
    kind: str
    uri: str
