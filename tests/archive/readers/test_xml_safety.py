"""What makes XML dangerous is refused, and within bounds."""

import pytest
from lxml import etree

from archive.readers import BrokenSource, HostileSource, Source, SourceRefused, WrongEncoding, xml_safety
from archive.readers.xml_safety import iterparse, root_of

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r a="&l9;">&l9;</r>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
PARAMETER = '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><r/>'
FOREIGN = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><r/>'


def source(content):
    return Source("box.xml", content if isinstance(content, bytes) else content.encode())


def names(content, *tags):
    return [element.tag for _, element in iterparse(source(content), *tags)]


def refusal(content, kind):
    with pytest.raises(kind) as caught:
        names(content)
    return str(caught.value)


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, PARAMETER, FOREIGN, BOMB.encode("utf-16")])
def test_document_type_declaration_is_refused(content):
    assert "box.xml has a document type declaration (<!DOCTYPE r> in line 1)" in refusal(content, HostileSource)


def test_ten_thousand_levels_are_refused():
    message = refusal("<a>" * 10_000 + "</a>" * 10_000, HostileSource)

    assert message.startswith("box.xml is built to exhaust who reads it: Excessive depth in document: 256, line 1, ")


def test_endless_text_is_refused():
    assert "exhaust" in refusal("<a>" + "x" * 11_000_000 + "</a>", HostileSource)


def test_part_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr(xml_safety, "LARGEST_PART", 1024 * 1024)

    assert "a part of more than 1 MB" in refusal("<a>" + "<b/>" * 300_000 + "</a>", HostileSource)


def test_what_was_released_is_not_counted(monkeypatch):
    monkeypatch.setattr(xml_safety, "LARGEST_PART", 100_000)
    parts = iterparse(source("<a>" + "<b><c>text</c></b>\n" * 20_000 + "</a>"), "b")

    assert sum(parts.release(element) is None for _, element in parts) == 20_000


def test_what_was_released_is_not_kept():
    parts = iterparse(source("<a><d>before<b>one</b></d><d><b>two</b> after</d></a>"), "b")

    for _, element in parts:
        parts.release(element)

    assert etree.tostring(element.getroottree()) == b"<a><d><b/> after</d></a>"


def test_broken_xml_names_line_and_column_after_what_was_whole():
    parts = iterparse(source("<a>\n<b>one</b>\n<b>two</c>\n</a>"), "b")

    assert next(parts)[1].text == "one"
    with pytest.raises(BrokenSource, match=r"box.xml is not well-formed XML: .*b line 3 and c, line 3, column 11"):
        next(parts)


@pytest.mark.parametrize(
    "content", ["", "no XML", "<?xml version='1.0'?>", "<a>&eacute;</a>", "<a>\x08</a>", "<a/><b/>"]
)
def test_what_is_not_well_formed_is_broken(content):
    assert "box.xml is not well-formed XML" in refusal(content, BrokenSource)


def test_encoding_that_nobody_knows_is_named():
    assert "UTF-8" in refusal('<?xml version="1.0" encoding="klingon"?><a/>', WrongEncoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1251"])
def test_known_encodings_are_read(encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>'

    assert names(f"{head}<a><b/></a>".encode(encoding)) == ["b", "a"]


@pytest.mark.parametrize(
    ("content", "root"),
    [
        ("<a/>", "a"),
        ("<?xml version='1.0'?><!-- it --><?x y?>\n<t:a xmlns:t='urn:t'>", "{urn:t}a"),
        (FOREIGN, "r"),
        (BOMB, "r"),
        ("Dear <b>Sir</b>", ""),
        (b"\x89PNG\r\n", ""),
        ("", ""),
    ],
)
def test_root_is_told_without_reading_the_rest(content, root):
    assert root_of(source(content)) == root


def test_every_refusal_is_one_of_ours():
    assert all(issubclass(kind, SourceRefused) for kind in (BrokenSource, HostileSource, WrongEncoding))
