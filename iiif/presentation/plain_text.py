"""Plain text: what a document says, for people who want to read it elsewhere, or to count its words."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description, TextDescription
from iiif.presentation.metadata import language_name


def plain_text_of(description: Description) -> str:
    """Title, date, references and every text as it is kept, told apart where there are several."""
    return "\n".join([*_heading(description), *_texts(description)]).rstrip("\n") + "\n"


def _heading(description: Description) -> Iterator[str]:
    yield description.title.value
    date = description.date.verbatim or description.date.edtf
    if date:
        yield date
    yield from (reference.verbatim for reference in description.references if reference.verbatim)
    yield description.uri


def _texts(description: Description) -> Iterator[str]:
    texts = [text for text in description.texts if text.body.strip()]
    for text in texts:
        if len(texts) > 1:
            yield f"\n== {name_of(text)} =="
        yield "\n" + text.body.replace("\r\n", "\n").strip("\n")


def name_of(text: TextDescription) -> str:
    """What a text is: ``Transcript, Russian``."""
    said = ", ".join(filter(None, [text.label, language_name(text.language) if text.language else ""]))
    return said[:1].upper() + said[1:]
