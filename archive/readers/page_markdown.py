"""Reads a page saved as Markdown: date and title in bold, then parts under bold labels.

``**Citation:**``, ``**Summary:**``, ``**Original Language:**`` and ``**Contents:**`` stand on lines of their own; the
contents begin with what they are (``Translation - English``) and go on to the end of the file. Nothing here goes
through a Markdown parser: it would number a paragraph that begins with "2." and lose every position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.drafts import Draft, EmptyLabel, Field, Notice, OriginalLanguage, Role, TextBody
from archive.readers import descriptions
from archive.readers.drafting import draft
from archive.readers.passages import Passage, lines_with
from archive.readers.segments import Claim
from archive.readers.source import Source
from archive.readers.telegrams import telegram
from archive.readers.text_language import contradiction, language_of
from archive.vocab.languages import tag_of

#: Characters within which a page has its first line.
_HEAD = 2000
_BOLD = re.compile(r"\*\*(?P<words>[^*\n]{1,300}?)\*\*")
_LABEL = re.compile(r"^[ \t]*(?P<line>\*\*(?P<label>[^*\n]{1,40}?):\*\*)[ \t]*\r?$", re.MULTILINE)
_KNOWN = frozenset({"citation", "summary", "original language", "contents"})
#: What the contents are, and in which language.
_CONTENTS = re.compile(
    r"^[ \t]*(?P<line>(?P<kind>Translation|Original|Transcript|Transcription)[ ]*[-–—][ ]*(?P<language>[^\W\d_]+))"
    r"[ \t]*\r?$",
    re.MULTILINE,
)
_KINDS = {"translation": "translation", "original": "original"}


class MarkdownPage:
    """Layout with bold labels; see the module."""

    name = "page_markdown"
    version = "3"

    def recognises(self, source: Source) -> bool:
        """Whether the file begins with a line in bold and has a label that we know."""
        page = Passage.whole(source.text)
        first = next(iter(page.part(0, _HEAD).lines()), None)
        labels = (match["label"].casefold() for match in _labels(page))
        return bool(first and _BOLD.fullmatch(first.text) and any(label in _KNOWN for label in labels))

    def read(self, source: Source) -> Iterator[Draft]:
        """The one document of the page."""
        yield draft(source, _claims(Passage.whole(source.text)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A label and the passage under it, up to the next label."""

    label: str
    line: Passage
    content: Passage


def _claims(page: Passage) -> Iterator[Claim]:
    contents = _contents(page)
    described = page.part(0, contents.start if contents else len(page.text))
    parts = _parts(described)
    language = _language(described, parts)
    head = tuple(_head(described.part(0, parts[0].line.start if parts else len(described.text)), language))
    labelled = tuple(claim for part in parts for claim in _under_label(part, language))
    yield from head
    yield from labelled
    if contents is None:
        return
    near = next((edtf for claim in head if (edtf := descriptions.edtf_of(claim))), "")
    yield from _text(contents, near=near, original=_original(labelled))


def _language(described: Passage, parts: tuple[_Part, ...]) -> str:
    """The language of the description, told by its summary if that will do: names leave a detector unsure."""
    summaries = (part.content.text for part in parts if part.label.casefold() == "summary")
    return next(filter(None, map(language_of, (*summaries, described.text))), "")


def _contents(page: Passage) -> Passage | None:
    """What stands under "Contents", or, that label being lost, from the line that says what follows."""
    label = next((match for match in _labels(page) if match["label"].casefold() == "contents"), None)
    if label:
        return page.part(label.end(), len(page.text))
    kind = _CONTENTS.search(page.text)
    return page.part(kind.start("line"), len(page.text)) if kind else None


def _labels(page: Passage) -> Iterator[re.Match[str]]:
    for _, match in page.all_at(_LABEL, lines_with(page.text, ":**")):
        yield match


def _parts(described: Passage) -> tuple[_Part, ...]:
    labels = tuple(_labels(described))
    ends = (*(label.start() for label in labels[1:]), len(described.text))
    return tuple(
        _Part(
            label["label"],
            described.group(label, "line"),
            described.part(label.end(), max(label.end(), end)).trimmed(),
        )
        for label, end in zip(labels, ends, strict=False)
    )


def _head(head: Passage, language: str) -> Iterator[Claim]:
    """Date and title: the lines in bold before the first label."""
    lines = [(line, line.group(bold, "words")) for line in head.lines() if (bold := _BOLD.fullmatch(line.text))]
    date = descriptions.date(*lines[0]) if lines else None
    if date:
        yield date
        lines = lines[1:]
    if lines:
        yield descriptions.title(*lines[0], language=language)


def _under_label(part: _Part, language: str) -> Iterator[Claim]:
    label = part.label.casefold()
    lines = part.content.lines()
    if label == "contents":
        yield Claim(Role.LABEL, part.line)
    elif not lines:
        yield Claim(Role.LABEL, part.line, (part.line.says(EmptyLabel(part.label)),))
    elif label == "summary":
        yield Claim(Role.LABEL, part.line)
        yield descriptions.summary(part.content, language=language)
    elif label == "citation":
        yield Claim(Role.LABEL, part.line)
        yield descriptions.citation(part.content.first_paragraph())
    elif label == "original language":
        yield Claim(Role.LABEL, part.line)
        yield descriptions.original_languages(lines[0])


def _original(claims: tuple[Claim, ...]) -> str:
    fields = (field.value for claim in claims for field in claim.fields)
    return next((value.tag for value in fields if isinstance(value, OriginalLanguage)), "")


def _text(contents: Passage, *, near: str, original: str) -> Iterator[Claim]:
    body = contents.trimmed()
    kind = _CONTENTS.match(body.text)
    if kind:
        yield Claim(Role.LABEL, body.group(kind, "line"))
        body = body.part(kind.end(), len(body.text)).trimmed()
    if body.blank:
        return
    text = _declared(body, kind) if kind else descriptions.text(body, original=original)
    claim = telegram(body, text, near=near)
    doubt = contradiction(text.value.text, text.value.language) if kind else ""
    notices = (Notice(f"Line {body.line_number}: {doubt}.", body.span),) if doubt else ()
    yield replace(claim, notices=(*claim.notices, *notices))


def _declared(body: Passage, line: re.Match[str]) -> Field[TextBody]:
    """The text as the line above it declares it; its words tell the language only if that names none we know."""
    kind, tag = _KINDS.get(line["kind"].casefold(), "transcript"), tag_of(line["language"])
    if tag is None:
        return descriptions.text(body, kind=kind)
    inferred = f"kind and language from the line “{line['line']}” above the text"
    return body.says(TextBody(body.text, kind, tag), inferred=inferred)
