"""Tables that users of other systems hand in: what comes in, what is refused and why."""

from pathlib import Path

import pytest
from django.conf import settings

from archive.drafts import RefusedPart, Title
from archive.readers import Source, drafts_of

CORPUS = Path(settings.BASE_DIR).parent / "shared" / "corpora" / "csv"

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the tables (../shared/corpora/csv) are not here")

#: By file: how many rows come in, and the words of each refusal.
TABLES = {
    "create_images.csv": (5, []),
    "header_column_mismatch.csv": (4, ["row 3: there are 6 cells and only 5 headings; “foo” has none"]),
    "parents_precede_children_bad.csv": (21, []),
    "test_excel_file.xlsx": (5, []),
}


@pytest.mark.parametrize("name", TABLES)
def test_table_comes_in_as_expected(name):
    found = list(drafts_of(Source.at(CORPUS / name))[1])
    refused = [each.reason for each in found if isinstance(each, RefusedPart)]
    count, reasons = TABLES[name]

    assert len(found) - len(refused) == count
    assert all(words in reason for words, reason in zip(reasons, refused, strict=True))
    assert all(each.first(Title) for each in found if not isinstance(each, RefusedPart))
