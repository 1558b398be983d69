"""Tables as tests need them, read to their parts."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.sax.saxutils import escape

from archive.drafts import Draft, RefusedPart
from archive.readers import Source, drafts_of
from archive.readers.tables import ColumnMapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKSHEET = f"{RELATIONS}/worksheet"


class Beside(dict):
    """Files that came along with a table, by name."""

    def find(self, name, *, beside):
        return Source(name, self[name]) if name in self else None


def a_csv(*rows, delimiter=",", encoding="utf-8"):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def a_workbook(*sheets: str, extra: dict[str, str] | None = None) -> bytes:
    """A workbook of which each sheet has these rows, as the XML within its ``sheetData``."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    related = "".join(f'<Relationship Id="r{n}" Type="{WORKSHEET}" Target="worksheets/s{n}.xml"/>' for n in numbers)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{related}</Relationships>',
        **{
            f"xl/worksheets/s{n}.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{rows}</sheetData></worksheet>"
            for n, rows in zip(numbers, sheets, strict=True)
        },
        **(extra or {}),
    }
    return zipped(parts)


def a_row(number: int, *words: str) -> str:
    """A row of a sheet whose cells hold words."""
    cells = (
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(each)}</t></is></c>'
        for column, each in enumerate(words)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def an_ods(rows: str) -> bytes:
    """A spreadsheet in OpenDocument with one sheet of these rows."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
        f'xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def zipped(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words, zipfile.ZIP_STORED if name == "mimetype" else None)
    return packed.getvalue()


def parts(content: bytes, *, name: str = "box7.csv", files: Beside | None = None, mapping: ColumnMapping | None = None):
    """What a table gives."""
    return list(drafts_of(Source(name, content, neighbours=files, mapping=mapping))[1])


def the_draft(*rows, **options) -> Draft:
    """The one draft of a table with these rows."""
    [draft] = parts(a_csv(*rows), **options)
    assert isinstance(draft, Draft), draft
    return draft


def the_refusal(*rows, **options) -> str:
    """The reason for which the one row of a table is refused."""
    [part] = parts(a_csv(*rows), **options)
    assert isinstance(part, RefusedPart), part
    return part.reason


def values(draft: Draft, kind) -> list:
    return [field.value for field in draft.all(kind)]


def notices(draft: Draft) -> str:
    return "\n".join(notice.message for notice in draft.notices)
