"""Refusals that hold for every format: what cannot come in whatever reader there is.

Each message begins with the name of the file, says what was found and where, and what to do.
"""

from __future__ import annotations

import re

from archive.readers.passages import Passage
from archive.readers.refused import EmptySource, SearchResultPage, UnknownSource, WrongEncoding
from archive.readers.source import Source
from archive.vocab.dates import read

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
#: Lines that a list of search results has: "Results:", "51 - 60 of 96", "SEARCH RESULTS".
_RESULTS = re.compile(
    r"^(?=[^\n]{1,80}$)[ \t]*(?:Results:.*|.*\bSearch results\b.*|.*\b[0-9]+ *[-–] *[0-9]+ of [0-9]+\b.*)$",
    re.IGNORECASE | re.MULTILINE,
)
#: A page that gives this many dates, each on its own line, lists documents.
_DATES_OF_A_LIST = 3


def refuse_empty(source: Source) -> None:
    """Let a source pass that has something in it.

    :raises EmptySource: it has no bytes.
    """
    if not source.size:
        raise EmptySource(f"{source.name} is empty: the file has no bytes. Save or copy it again and hand it in anew.")


def refuse_unreadable(source: Source) -> None:
    """Let a source pass that has text in it.

    :raises EmptySource: nothing but white space.
    :raises WrongEncoding: not UTF-8, or not text at all.
    """
    if source.content.startswith(_UTF_16_MARKS):
        raise WrongEncoding(
            f"{source.name} is saved as UTF-16 (its first two bytes say so), not as UTF-8. "
            "Open it in an editor, save it as UTF-8 and hand it in again."
        )
    if b"\x00" in source.content:
        line = source.content.count(b"\n", 0, source.content.index(b"\x00")) + 1
        raise WrongEncoding(
            f"{source.name} is not text in UTF-8: there is a zero byte in line {line}, as in UTF-16 or in files that "
            "are no text, such as images. If it is a text, save it as UTF-8 and hand it in again."
        )
    if Passage.whole(source.text).blank:
        raise EmptySource(
            f"{source.name} is empty: there is nothing but blank lines in it. Save the page again and hand it in anew."
        )


def sign_of_a_list(page: Passage) -> str:
    """By what the page shows that it lists documents and is none, for an archivist to read; else empty."""
    found = _RESULTS.search(page.text)
    if found:
        line = page.group(found).trimmed()
        return f"line {line.line_number} says “{line.text}”"
    dated = [line for line in page.lines() if len(line.text) < 20 and read(line.text)]
    if len(dated) >= _DATES_OF_A_LIST:
        places = ", ".join(str(line.line_number) for line in dated[:_DATES_OF_A_LIST])
        return f"lines {places} each give the date of another document"
    return ""


#: What comes in, in an archivist's words.
_KNOWN = (
    "What comes in are pages saved from a digital archive, texts that begin with a head of Dublin Core terms, TEI, "
    "EAD3, ALTO, PAGE XML, records of OAI-PMH, tables (CSV, TSV, XLSX, ODS), images, PDFs, and ZIP files and bags of "
    "these. A plain text needs a head with its title;"
)


def unrecognised(source: Source) -> SearchResultPage | UnknownSource:
    """The refusal of a source that no reader recognises."""
    page = Passage.whole(source.text)
    sign = sign_of_a_list(page)
    if sign:
        return SearchResultPage(
            f"{source.name} is a page of search results, not a document: {sign}. "
            "Open the documents that it lists, save the page of each and hand those in."
        )
    return UnknownSource(
        f"{source.name} is of no kind that we can read: it begins with “{page.lines()[0].text[:80]}”. "
        f"{_KNOWN} a page may have been saved in part: save it anew."
    )
