"""Parts of a description that every layout has: date, title, summary, rights, citation, the text's language.

Three dates may compete for the date of a document: the one that the page gives, the one that closes the
telegram, and those of its stamps. **The page's date wins**, for the edition chose it knowing the others, which
stay in the draft as events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from archive.drafts import (
    Citation,
    DocumentDate,
    Field,
    Notice,
    OriginalLanguage,
    RecordId,
    Role,
    SourceUrl,
    Summary,
    TextBody,
    Title,
    Value,
)
from archive.readers.editorial import editorials
from archive.readers.names import contributions
from archive.readers.passages import Passage
from archive.readers.references import references
from archive.readers.segments import Claim
from archive.readers.text_language import language_of
from archive.vocab import dates
from archive.vocab.languages import name_of, tag_of

_URL = re.compile(r"https?://[^\s<>\"“”]{1,500}?(?=[.,;)\]]*(?:[\s<>\"“”]|$))")
#: The number that ends the address of a document's page.
_RECORD_ID = re.compile(r"https?://[^/]+/(?:.*/)?(?P<id>[0-9]{1,20})/?(?:[?#].*)?$")
_TEST_HOST = re.compile(r"(?:^|[.-])(?:test|dev|staging|stage)(?:[.-]|$)|test\.[a-z]+$", re.IGNORECASE)
_LANGUAGES = re.compile(r"(?:(?!\s+and\s)[^,;/])+")
_LANGUAGE_OF_PAGE = "language told by a detector from the words of the page"
_JOINED = re.compile(r"and\s+")


def date(line: Passage, words: Passage) -> Claim | None:
    """The claim on the line that gives the page's date; None if its words are no date."""
    reading = dates.read(words.text)
    if reading is None:
        return None
    if not reading.edtf:
        notice = Notice(f"Line {words.line_number}: {reading.doubt}; the document stays without date.", words.span)
        return Claim(Role.UNCLASSIFIED, line, (), (notice,))
    return Claim(Role.FIELD, line, (words.says(DocumentDate(reading.edtf), inferred=reading.inferred),))


def edtf_of(claim: Claim | None) -> str:
    """The date that a claim on the page's date holds, or empty."""
    fields = claim.fields if claim else ()
    return next((field.value.edtf for field in fields if isinstance(field.value, DocumentDate)), "")


def title(line: Passage, words: Passage, *, language: str = "") -> Claim:
    """The claim on the line that gives the title, with the people it names.

    ``language`` is the language of the page, told by a detector; a title is too short to tell its own.
    """
    named: tuple[Field[Value], ...] = (*contributions(words), *editorials(words))
    field = words.says(Title(words.text, language), inferred=_LANGUAGE_OF_PAGE if language else "")
    return Claim(Role.FIELD, line, (field, *named))


def summary(words: Passage, *, language: str = "", inferred: str = "") -> Claim:
    """The claim on a summary; ``language`` as for the title, ``inferred`` why the words are one."""
    why = "; ".join(each for each in (inferred, _LANGUAGE_OF_PAGE if language else "") if each)
    return Claim(Role.FIELD, words, (words.says(Summary(words.text, language), inferred=why),))


def citation(words: Passage) -> Claim:
    """The claim on a citation, with the archival references and the address it holds."""
    fields: tuple[Field[Value], ...] = (words.says(Citation(words.text)), *references(words), *addresses(words))
    return Claim(Role.FIELD, words, fields, tuple(_test_hosts(words)))


def addresses(words: Passage) -> Iterator[Field[SourceUrl] | Field[RecordId]]:
    """The first web address in the words, and the record id that it ends with."""
    match = _URL.search(words.text)
    if match is None:
        return
    url = words.group(match)
    yield url.says(SourceUrl(url.text))
    record = _RECORD_ID.match(url.text)
    if record:
        yield url.group(record, "id").says(RecordId(record["id"]))


def original_languages(words: Passage) -> Claim:
    """The claim on the words that name the original's language or languages."""
    fields: list[Field[OriginalLanguage]] = []
    notices: list[Notice] = []
    for found, _ in words.all(_LANGUAGES):
        name = found.trimmed()
        joined = _JOINED.match(name.text)
        name = name.part(joined.end(), len(name.text)) if joined else name
        tag = tag_of(name.text)
        if tag:
            fields.append(name.says(OriginalLanguage(tag)))
        elif not name.blank:
            fields.append(name.says(OriginalLanguage("und")))
            notices.append(Notice(f"Line {name.line_number}: “{name.text}” is no language we know.", name.span))
    return Claim(Role.FIELD, words, tuple(fields), tuple(notices))


def text(body: Passage, *, kind: str = "transcript", original: str = "") -> Field[TextBody]:
    """The text of a document whose source does not say what language it is in.

    A detector tells it, and a transcript in another language than the ``original``'s is a translation; both are
    marked as inferred.
    """
    told = language_of(body.text)
    if not told:
        return body.says(TextBody(body.text, kind))
    why = f"language told by a detector from the words of the text: {name_of(told) or told}"
    if kind == "transcript" and original not in ("", "und", told):
        kind, why = "translation", f"{why}; a translation, for the original is in {name_of(original) or original}"
    return body.says(TextBody(body.text, kind, told), inferred=why)


def _test_hosts(words: Passage) -> Iterator[Notice]:
    for found, match in words.all(_URL):
        host = _host(match[0])
        if _TEST_HOST.search(host):
            yield Notice(
                f"Line {found.line_number}: the address is on {host}, which looks like a test server; "
                "readers may not reach it.",
                found.span,
            )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
