"""Whole files: volumes, corpora, what is broken, what is hostile."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.drafts import Statement, TextBody, Title
from archive.readers import BrokenSource, HostileSource, SourceRefused, drafts_of
from archive.readers.tei import outermost
from archive.readers.tei.volume import survey
from tests.archive.readers.seeds import FIXTURES
from tests.archive.readers.tei.samples import NAMESPACE, document, draft, drafts, header, source, values, volume
from tests.archive.readers.test_mutations import CHANGES

VOLUME = (FIXTURES / "sources/tei/volume_of_three_telegrams.xml").read_text(encoding="utf-8")


def identities(content):
    return [each.identity.value for each in drafts(content)]


def until_refused(content):
    """The drafts that came before the refusal, and the refusal."""
    came = []
    try:
        came.extend(drafts_of(source(content))[1])  # takes in one after the other
    except SourceRefused as refusal:
        return came, refusal
    raise AssertionError(f"{len(came)} drafts came, and no refusal")


def test_document_within_a_document_is_a_document_of_its_own():
    outer, inner = drafts(volume(document(f"<head>Out</head><p>x</p>{document('<head>In</head><p>y</p>', key='d2')}")))

    assert [values(each, Title)[0].text for each in (outer, inner)] == ["Out", "In"]
    assert [values(each, TextBody)[0].text for each in (outer, inner)] == ["x", "y"]


def test_documents_without_an_id_are_counted():
    nameless = ('<div type="document" n="7"><p>x</p></div>', '<div type="document"/>')
    several = drafts(volume(*nameless, document(""), document("")))

    assert [each.identity.value for each in several] == [
        "a-press/v1/n7",
        "a-press/v1/document",
        "a-press/v1/d1",
        "a-press/v1/d1-2",
    ]


def test_corpus_holds_a_letter_in_each_of_its_texts():
    one = f'<TEI xml:id="l1">{header(title="One")}<text><body><p>x</p></body></text></TEI>'
    other = f"<TEI>{header(title='Two')}<text><body><p>y</p></body></text></TEI>"
    several = drafts(f'<teiCorpus {NAMESPACE} xml:id="c">{header(title="All")}{one}{other}</teiCorpus>')

    assert [values(each, Title)[0].text for each in several] == ["One", "Two"]
    assert [each.identity.value for each in several] == ["a-press/l1", "a-press/c-2"]


def test_volume_within_a_corpus_gives_its_documents():
    one = volume(document("<p>x</p>"), document("<p>y</p>", key="d2"))

    assert identities(f"<teiCorpus {NAMESPACE}>{header()}{one}</teiCorpus>") == ["a-press/v1/d1", "a-press/v1/d2"]


def test_document_without_text_says_so():
    one = draft(
        volume(
            document(
                "<head>Letter</head><frus:page-count-according-to-citation>2</frus:page-count-according-to-citation>"
            )
        )
    )

    assert not one.all(TextBody)
    assert Statement("extent", "2 pages", "en") in values(one, Statement)
    assert [notice.message for notice in one.notices] == ["d1 holds no text of the document, only its description."]


@pytest.mark.parametrize("root", ["TEI.2", "TEI", "teiCorpus.2"])
def test_old_tei_is_refused_with_what_to_do(root):
    _, refusal = until_refused(f"<{root}><teiHeader/><text/></{root}>")

    assert isinstance(refusal, BrokenSource)
    assert "file.xml is TEI without the namespace" in str(refusal)
    assert "Convert it to TEI P5" in str(refusal)


def test_what_came_before_a_break_is_in():
    content = volume(document("<p>x</p>"), document("<p>y</p>", key="d2"))
    came, refusal = until_refused(content.replace("<p>y</p>", "<p>y</q>"))

    assert [each.identity.value for each in came] == ["a-press/v1/d1"]
    assert isinstance(refusal, BrokenSource)
    assert "line 1, column" in str(refusal)


@pytest.mark.parametrize(
    "content",
    [
        f'<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><TEI {NAMESPACE}>&b;</TEI>',
        f'<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI {NAMESPACE}>&a;</TEI>',
        '<!DOCTYPE TEI.2 SYSTEM "http://127.0.0.1:9/tei.dtd"><TEI.2/>',
        volume(document("<hi>" * 10_000 + "</hi>" * 10_000)),
    ],
)
def test_hostile_file_is_refused_before_anything_comes_in(content):
    came, refusal = until_refused(content)

    assert not came
    assert isinstance(refusal, HostileSource)


def test_what_is_read_is_let_go():
    content = source(volume(*(document("<p><hi>x</hi></p>" * 20, key=f"d{n}") for n in range(1000))))
    nodes = [sum(1 for _ in element.getroottree().iter()) for element, _ in outermost(content, survey(content))]

    assert len(nodes) == 1000
    assert max(nodes) < 5000  # of 41,000: the parser is a chunk ahead


@st.composite
def mutations(draw):
    lines = VOLUME.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        places = st.integers(0, len(lines) - 1)
        lines = draw(st.sampled_from(CHANGES))(lines, draw(places), draw(places)) or [""]
    return "\n".join(lines)


@st.composite
def other_values(draw):
    """The volume, an attribute or a text of which is another: it stays well-formed."""
    pieces = VOLUME.split('"')
    place = draw(st.integers(2, len(pieces) // 2 - 1)) * 2 + 1
    pieces[place] = draw(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='<&"'), max_size=12)
    )
    return '"'.join(pieces)


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(mutations(), other_values()))
def test_mutated_volume_is_read_or_refused(content):
    with contextlib.suppress(SourceRefused):
        for each in drafts(content):
            assert all(field.locator for field in each.fields)
