"""The two seeds, and short ways to read a changed one."""

from pathlib import Path

from archive.drafts import Draft
from archive.readers import Source, drafts_of

FIXTURES = Path(__file__).parents[3] / "fixtures"
PAGE_TEXT = (FIXTURES / "sources/page_text/000_17641bb20539a64a.txt").read_bytes().decode()
PAGE_MARKDOWN = (FIXTURES / "sources/page_markdown/002_75e4e0694aac02d8.txt").read_bytes().decode()


def draft_of(text: str) -> Draft:
    (draft,) = drafts_of(Source("seed.txt", text.encode()))[1]
    return draft


def values(draft: Draft, kind: type) -> list:
    return [field.value for field in draft.all(kind)]
