"""PDFs are read by a process of their own, which may end without harm."""

from pathlib import Path

import pytest
from PIL import Image

from archive.imaging import ImageHostile, pdf_process
from archive.imaging.pdf import drawn, pages_of
from archive.readers import BrokenSource, HostileSource, Source, drafts_of
from archive.readers.scans.images import is_pdf
from tests.scans import a_pdf, assert_boxes_hold_the_ink


def test_words_of_the_text_layer_stand_on_their_ink(tmp_path):
    a_pdf(tmp_path / "a.pdf", ("Zhou Enlai is being sent", "new instruc-", "tions"), ("Filippov",))

    first, second = pages_of(tmp_path / "a.pdf")
    images = [Image.frombytes("RGB", size, pixels) for _, *size, pixels in drawn(tmp_path / "a.pdf", [0, 1])]

    assert [[word.text for word in line] for line in first.lines][1:] == [["new", "instruc-"], ["tions"]]
    for page, image in zip((first, second), images, strict=True):
        assert image.size == (page.width, page.height)
        assert_boxes_hold_the_ink(image, (word.box for line in page.lines for word in line), tolerance=14)


def test_page_that_is_too_large_is_refused(tmp_path):
    a_pdf(tmp_path / "a.pdf", ("a",), size=(50_000, 50_000))

    with pytest.raises(HostileSource, match=r"a\.pdf has a page 1 of 50,000 × 50,000 points"):
        list(drafts_of(Source.at(tmp_path / "a.pdf"))[1])


def test_file_of_a_hundred_thousand_pages_is_refused(tmp_path):
    count = 100_000
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    kids = b"3 0 R " * count
    body = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (
        count,
        kids,
    )
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n" + body + page + b"trailer<</Root 1 0 R>>\n%%EOF")

    with pytest.raises(ImageHostile, match="has 100,000 pages"):
        list(pages_of(tmp_path / "a.pdf"))


def test_file_with_a_password_is_refused_and_says_so():
    # Encrypted with RC4 of 40 bits; the keys are made up, so that no password opens it.
    encrypted = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">/P -4>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF"
    )

    with pytest.raises(BrokenSource, match=r"a\.pdf asks for a password"):
        list(drafts_of(Source("a.pdf", encrypted))[1])


@pytest.mark.parametrize("content", [b"%PDF-1.7\nand nothing else", b"%PDF-1.4\n" + bytes(range(256)) * 100])
def test_file_that_is_broken_is_refused_by_name(content):
    with pytest.raises(BrokenSource, match=r"a\.pdf is no PDF that can be read"):
        list(drafts_of(Source("a.pdf", content))[1])


#: The same program with a loop in the place of the library, or with too little memory for it.
CHANGED = (
    (("SECONDS = 20", "SECONDS = 1"), ("    import pypdfium2 as pdfium\n", "    while True: pass\n")),
    (("MEMORY = 1536", "MEMORY = 16"),),
)


#: Less patience than the site's, for tests.
IMPATIENT = (("SECONDS = 20", "SECONDS = 2"), ("MEMORY = 1536", "MEMORY = 400"))


def a_pdf_that_never_ends() -> bytes:
    """Forms within forms, nine deep, each drawing the one below ten times (ISO 32000-2, 8.10): a thousand million."""

    def stream(entries: str, content: str) -> str:
        return f"<<{entries}/Length {len(content)}>>stream\n{content}\nendstream"

    inner = 13
    page = "/Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", f"<<{page}>>"]
    objects.append(stream("", "/F Do " * 10))
    for number in range(5, inner):
        below = f"/Resources<</XObject<</F {number + 1} 0 R>>>>"
        objects.append(stream(f"/Type/XObject/Subtype/Form/BBox[0 0 300 300]{below}", "/F Do " * 10))
    objects.append(stream("/Type/XObject/Subtype/Form/BBox[0 0 300 300]", "0 0 300 300 re f " * 10))
    made, places = "%PDF-1.4\n", ""
    for number, each in enumerate(objects, start=1):
        places += f"{len(made):010} 00000 n \n"
        made += f"{number} 0 obj{each}endobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{places}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return f"{made}{table}startxref\n{len(made)}\n%%EOF".encode()


def change_the_program(monkeypatch, folder: Path, *changes: tuple[str, str]) -> None:
    """Let PDFs be read by the program with some words of it replaced, which it must have."""
    program = Path(pdf_process.__file__).read_text()
    for old, new in changes:
        assert old in program
        program = program.replace(old, new, 1)
    (folder / "process.py").write_text(program)
    monkeypatch.setattr(pdf_process, "__file__", str(folder / "process.py"))


@pytest.mark.parametrize("changes", CHANGED, ids=["time", "memory"])
def test_file_that_does_not_end_or_fills_the_memory_is_given_up(tmp_path, monkeypatch, changes):
    a_pdf(tmp_path / "a.pdf")
    change_the_program(monkeypatch, tmp_path, *changes)

    with pytest.raises(ImageHostile, match="takes more than"):
        list(pages_of(tmp_path / "a.pdf"))


@pytest.mark.parametrize(
    "before", [b"", b"\xef\xbb\xbf", b"\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\0\x08scan.pdf" + bytes(118)]
)
def test_pdf_is_known_whatever_a_program_has_put_before_it(before):
    assert is_pdf(Source("a", before + b"%PDF-1.4\n"))
