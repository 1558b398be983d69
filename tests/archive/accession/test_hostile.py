"""Everything that is known to do harm, in one ZIP file between two letters: each refused with its reason, both come in.

What does harm to the ZIP file itself is in tests/archive/containers/test_hostile_zip.py, in the watched folder in
test_watched.py, and how much time and memory a PDF may take in tests/archive/imaging/test_pdf.py. What does harm from a
folder is in tests/archive/test_accession_command.py.
"""

from __future__ import annotations

import resource
import struct
from collections.abc import Iterator

import pytest

from archive import accession
from archive.models import Document
from archive.readers import Source
from tests.archive.containers.archives import Member, packed
from tests.archive.imaging.test_images import a_png_that_claims
from tests.archive.imaging.test_pdf import IMPATIENT, a_pdf_that_never_ends, change_the_program
from tests.archive.readers.tables.builders import a_row, a_workbook, zipped
from tests.archive.readers.test_xml_safety import BOMB, LAUGHS
from tests.sources import FILIPPOV, ROSHCHIN

pytestmark = pytest.mark.django_db

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text>{}</text></TEI>'
EAD = '<ead xmlns="http://ead3.archivists.org/schema/"><control/><archdesc>{}</archdesc></ead>'
ALTO = '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>{}</Layout></alto>'
PAGE = '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">{}</PcGts>'
OAI = '<record xmlns="http://www.openarchives.org/OAI/2.0/"><header/><metadata>{}</metadata></record>'
FORMATS = {"tei": TEI, "ead": EAD, "alto": ALTO, "page": PAGE, "oai": OAI}
ROWS = a_row(1, "id", "title") + a_row(2, "1", "Minutes")


def declared(xml: str, entities: str) -> bytes:
    root = xml[1:].partition(" ")[0]
    return f"<!DOCTYPE {root} [{entities}]>{xml}".encode()


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Name, content, and what its reason says."""
    for name, xml in FORMATS.items():
        yield f"bomb.{name}.xml", declared(xml.format("&l9;"), f'<!ENTITY l0 "ha">{LAUGHS}'), "document type"
        outside = '<!ENTITY x SYSTEM "file:///etc/passwd">'
        yield f"outside.{name}.xml", declared(xml.format("&x;"), outside), "document type"
        yield f"deep.{name}.xml", xml.format("<p>" * 10_000 + "</p>" * 10_000).encode(), "built to exhaust"
    for part in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                 "xl/sharedStrings.xml", "xl/worksheets/s1.xml", "docProps/core.xml", "xl/odd/part.bin"):  # fmt: skip
        name = part.rpartition("/")[2].strip("[]")
        yield f"bomb.{name}.xlsx", a_workbook(ROWS, extra={part: BOMB}), "declares a document type"
    yield "bomb.ods", ods_with(BOMB), "declares a document type"
    # Not of one name: of images that have the same, one is read, and the others are kept beside it.
    yield "wide-png.png", a_png_that_claims(50_000, 50_000), "50,000 × 50,000 pixels"
    yield "wide-tif.tif", a_tiff_that_claims(50_000, 50_000), "50,000 × 50,000 pixels"
    yield "wide-jpg.jpg", a_jpeg_that_claims(50_000, 50_000), "50,000 × 50,000 pixels"
    yield "wide-jp2.jp2", a_jp2_that_claims(50_000, 50_000), "more than 150,000,000 pixels"
    yield "endless.pdf", a_pdf_that_never_ends(), "takes more than"
    yield "controls.txt", b"\x00\x01\x02\x03" * 100, "controls.txt"
    yield "latin.txt", "Télégramme chiffré".encode("latin-1"), "is not UTF-8"
    yield "utf16.txt", "Ciphered telegram".encode("utf-16"), "utf16.txt"
    yield "empty.txt", b"", "is empty"


def ods_with(content: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def a_tiff_that_claims(width: int, height: int) -> bytes:
    entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 9)]
    fields = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + fields + b"\0\0\0\0"


def a_jpeg_that_claims(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + scan + b"\xff\xd9"


def a_jp2_that_claims(width: int, height: int) -> bytes:
    """The boxes of JPEG 2000 (ISO 15444-1, annex I) and the first segments of the code (annex A), which then ends."""

    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", 8 + len(content), kind) + content

    extent = box(b"ihdr", struct.pack(">IIHBBBB", height, width, 1, 7, 7, 0, 0))
    sizes = struct.pack(">HH8IH3B", 41, 0, width, height, 0, 0, width, height, 0, 0, 1, 7, 1, 1)
    colour = box(b"colr", b"\x01\x00\x00" + struct.pack(">I", 17))
    return (
        box(b"jP  ", b"\r\n\x87\n")
        + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
        + box(b"jp2h", extent + colour)
        + box(b"jp2c", b"\xff\x4f\xff\x51" + sizes + b"\xff\xd9")
    )


def test_everything_hostile_is_refused_with_its_reason_and_its_neighbours_come_in(tmp_path, monkeypatch):
    change_the_program(monkeypatch, tmp_path, *IMPATIENT)
    cases = list(hostile())
    members = [Member(name.encode(), content=content) for name, content, _ in cases]
    made = packed(
        Member(b"before.txt", content=FILIPPOV.read_bytes()),
        *members,
        Member(b"after.txt", content=ROSHCHIN.read_bytes()),
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    submitted = accession.submit([Source("all.zip", made)])
    accession.run(submitted.pk)

    said = {each.name.partition("/")[2]: (each.state, each.reason) for each in submitted.sources.all()}
    items = {each.source.name.partition("/")[2]: each.reason for each in submitted.items.exclude(reason="")}
    wrong = {
        name: (*said[name], items.get(name))
        for name, _, reason in cases
        if reason not in (said[name][1] or items.get(name, ""))
    }
    assert wrong == {}
    assert all(reason.isprintable() and len(reason) < 600 for _, reason in said.values())
    assert Document.objects.count() == 2
    assert said["before.txt"] == said["after.txt"] == ("read", "")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000, "kilobytes"


def test_names_in_odd_encodings_come_in_as_they_can_be_read():
    names = [
        (b"\x8f\xa8\xe1\xec\xac\xae.txt", 0, "Письмо.txt"),  # DOS, Russian
        (b"\x8e\xe8\x8e\x86.txt", 0, "手紙.txt"),  # Shift-JIS
        (b"caf\x82.txt", 0, "café.txt"),  # DOS, Western
        ("Brief-März.txt".encode(), 0x800, "Brief-März.txt"),
        ("Brief-Ma\u0308rz2.txt".encode(), 0x800, "Brief-Ma\u0308rz2.txt"),
    ]
    text = FILIPPOV.read_bytes()
    members = [
        Member(raw, content=text.replace(b"110692", b"11069%d" % n), flags=flags)
        for n, (raw, flags, _) in enumerate(names)
    ]

    submitted = accession.submit([Source("odd.zip", packed(*members))])
    accession.run(submitted.pk)

    assert [each.name for each in submitted.sources.filter(container__isnull=False)] == [
        f"odd.zip/{name}" for _, _, name in names
    ]
    assert Document.objects.count() == len(names)
