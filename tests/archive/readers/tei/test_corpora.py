"""Real volumes and letters, where they are at hand."""

import re
from collections import Counter

import pytest
from django.conf import settings
from lxml import etree

from archive.drafts import DocumentDate, Title
from archive.readers import Source, drafts_of

CORPORA = settings.BASE_DIR.parent / "shared" / "corpora"
VOLUMES = {
    "frus1949v07p1": (423, 417),
    "frus1949v07p2": (386, 373),
    "frus1958-60v07p1": (323, 288),
    "frus1961-63v07-09mSupp": (483, 0),
}
LETTERS = ["L00017", "L00026", "L00203", "L00366"]
TEI = "{http://www.tei-c.org/ns/1.0}"
#: Elements before and after which a word ends.
APART = {
    f"{TEI}{name}"
    for name in [
        "note",
        "space",
        "pb",
        "lb",
        "p",
        "closer",
        "signed",
        "opener",
        "item",
        "label",
        "head",
        "row",
        "cell",
        "salute",
        "list",
        "table",
        "dateline",
        "del",
    ]
}
WORD = re.compile(r"\w+")

pytestmark = pytest.mark.skipif(not CORPORA.exists(), reason="the corpora (../shared/corpora) are not here")


def read(path):
    return list(drafts_of(Source.at(path))[1])


def words_of(draft):
    """The words of a draft, those of the header left out."""
    said = [getattr(field.value, "text", "") if field.value.name == "text" else field.verbatim
            for field in draft.fields if not field.locator.startswith("/teiHeader")]  # fmt: skip
    return Counter(WORD.findall(" ".join((*said, *(notice.message for notice in draft.notices)))))


def spoken(element):
    edge = " " if element.tag in APART else ""
    # A formatter's line ends at the edges of an element part no words.
    text = element.text or "" if not len(element) or (element.text or "").strip() else ""
    inside = "".join(spoken(child) + _tail(child) for child in element)
    return f"{edge}{text}{inside}{edge}"


def _tail(child):
    tail = child.tail or ""
    return tail if child.getnext() is not None or tail.strip() or "\n" not in tail else ""


def documents(path):
    tree = etree.parse(path, etree.XMLParser(remove_comments=True, remove_pis=True))
    return tree.findall(f".//{TEI}div[@type='document']") or [tree.find(f".//{TEI}body")]


@pytest.mark.parametrize("name", VOLUMES)
def test_every_document_of_a_volume_comes_in_with_its_title_and_date(name):
    drafts = read(CORPORA / "frus" / f"{name}.xml")

    count, dated = VOLUMES[name]
    assert len({draft.identity for draft in drafts}) == len(drafts) == count
    assert sum(draft.first(DocumentDate) is not None for draft in drafts) == dated
    assert sum(draft.first(Title) is None for draft in drafts) <= 1


@pytest.mark.parametrize("path", [*(f"frus/{name}" for name in VOLUMES), *(f"tei-letters/{name}" for name in LETTERS)])
def test_no_word_of_a_document_is_lost(path):
    path = CORPORA / f"{path}.xml"
    lost = {
        draft.identity.value: missing
        for draft, element in zip(read(path), documents(path), strict=True)
        if (missing := Counter(WORD.findall(spoken(element))) - words_of(draft))
    }

    assert lost == {}
