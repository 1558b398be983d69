"""Linked data read back: what is ours comes in, what is not is refused with its reason."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.drafts import Contribution, DocumentDate, Draft, Number, RefusedPart, Title
from archive.readers import BrokenSource, HostileSource, Source, SourceRefused, drafts_of
from archive.readers.rdf import graphs
from tests.sources import SOURCES

ONE, TWO = "https://archive.example.org/documents/one", "https://archive.example.org/documents/two"
DCTERMS = "http://purl.org/dc/terms/"
FIXTURES = SOURCES / "rdf"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def a_record(uri: str, title: str = "A letter", *more: str) -> str:
    return (
        f"<{uri}> {TYPE} <https://www.ica.org/standards/RiC/ontology#Record> .\n"
        f"<{uri}> {TYPE} <http://purl.org/ontology/bibo/Document> .\n"
        f'<{uri}> <{DCTERMS}title> "{title}"@en .\n' + "".join(f"{each}\n" for each in more)
    )


def read(text: str | bytes, name: str = "dump.nt") -> list[Draft | RefusedPart]:
    content = text.encode() if isinstance(text, str) else text
    reader, drafts = drafts_of(Source(name, content))
    assert reader.name == "rdf"
    return list(drafts)


def titles(drafts) -> list[str]:
    return [each.first(Title).value.text for each in drafts]


def test_each_document_of_a_dump_is_a_draft():
    between = '<https://archive.example.org/agents/x> <http://xmlns.com/foaf/0.1/name> "Nobody" .\n'

    drafts = read(a_record(ONE, "First") + between + a_record(TWO, "Second"))

    assert titles(drafts) == ["First", "Second"]
    assert [str(each.identity) for each in drafts] == [f"url:{ONE}", f"url:{TWO}"]


def test_quads_are_read_like_triples():
    quads = a_record(ONE).replace(" .\n", f" <{ONE}> .\n")

    assert titles(read(quads, "dump.nq")) == ["A letter"]


def test_turtle_of_a_document_is_read():
    turtle = f"""@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .
        @prefix bibo: <http://purl.org/ontology/bibo/> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        <{ONE}> a rico:Record , bibo:Document ; <{DCTERMS}title> "A letter" .
        <{ONE}#contribution-1> a rico:Relation ; rico:type "sender" ;
            rico:relationHasTarget <https://a.example/agents/1> .
        <https://a.example/agents/1> a rico:Person ; foaf:name "Stalin" .
        <{ONE}#number-1> rico:type "telegram" ; rico:textualValue "3305" ."""

    (draft,) = read(turtle, "one.ttl")

    (sender,) = (each.value for each in draft.all(Contribution))
    assert (sender.agent, sender.role, sender.kind, sender.uri) == (
        "Stalin", "sender", "person", "https://a.example/agents/1",
    )  # fmt: skip
    assert draft.first(Number).value == Number("3305", "telegram")


def test_date_that_is_none_is_kept_in_its_words():
    (draft,) = read(a_record(ONE, "A letter", f'<{ONE}> <{DCTERMS}created> "some day" .'))

    assert (draft.first(DocumentDate).value.edtf, draft.first(DocumentDate).verbatim) == ("", "some day")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<http://a.example/1> <http://a.example/p> "nothing of ours" .\n', "no document in it is described"),
        (a_record(ONE) + "<http://not an address> <http://a.example/p> <http://a.example/o> .\n", "no well-formed RDF"),
        (a_record(ONE) + "<http://a.example/cut> <http://a.ex", "no well-formed RDF"),
        (a_record(ONE) + a_record(TWO) + f'<{ONE}> <{DCTERMS}title> "Late" .\n', "stand together"),
    ],
    ids=["foreign", "bad address", "cut off", "scattered"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text, why):
    with pytest.raises(BrokenSource, match=why):
        read(text)


def test_literal_of_many_megabytes_is_refused():
    with pytest.raises(HostileSource, match="16 MB"):
        read(a_record(ONE) + f'<{ONE}> <{DCTERMS}abstract> "' + "a" * 17_000_000 + '" .\n')


def test_nested_blank_nodes_are_passed_over_and_cost_nothing():
    deep = "@prefix : <http://a.example/> .\n" + a_record(ONE) + f"<{ONE}> :p " + "[ :p " * 20_000 + "1" + " ]" * 20_000

    assert titles(read(f"{deep} .", "one.ttl")) == ["A letter"]


def test_document_of_endless_statements_is_refused_and_its_neighbour_comes_in(monkeypatch):
    monkeypatch.setattr(graphs, "MOST", 50)
    many = [f"<{ONE}> <{DCTERMS}subject> <{ONE}#subject-{number}> ." for number in range(100)]

    refused, draft = read(a_record(ONE, "First", *many) + a_record(TWO, "Second"))

    assert isinstance(refused, RefusedPart)
    assert refused.name == ONE
    assert titles([draft]) == ["Second"]


def test_circle_of_archival_units_ends():
    unit = "https://archive.example.org/units/1"
    rico = "https://www.ica.org/standards/RiC/ontology#"
    circle = (
        f"<{ONE}#reference-1> <{DCTERMS}isPartOf> <{unit}> .",
        f'<{unit}> <{rico}type> "fond" .',
        f"<{unit}> <{rico}isOrWasIncludedIn> <{unit}> .",
    )

    assert titles(read(a_record(ONE, "First", *circle))) == ["First"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_whatever_happens_to_a_file_it_is_read_or_refused_with_a_reason(data):
    lines = (FIXTURES / "lighthouse_report.ttl").read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(("lost", "doubled", "cut", "scrap")))
        if change == "lost":
            del lines[at]
        elif change == "doubled":
            lines.insert(at, lines[at])
        else:
            place = data.draw(st.integers(0, len(lines[at])))
            scrap = (
                data.draw(st.sampled_from(('"', "<", "\\u0000", " .", "[", "^^", "\ud7ff")))
                if change == "scrap"
                else ""
            )
            lines[at] = lines[at][:place] + scrap + (lines[at][place:] if scrap else "")
        lines = lines or [""]
    with contextlib.suppress(SourceRefused):
        for draft in drafts_of(Source("report.ttl", "\n".join(lines).encode()))[1]:
            assert draft.identity


def test_endless_way_up_from_a_unit_is_refused():
    unit, rico = "https://archive.example.org/units/", "https://www.ica.org/standards/RiC/ontology#"
    way = "".join(
        f'<{unit}{number}> <{rico}type> "fond" .\n<{unit}{number}> <{rico}isOrWasIncludedIn> <{unit}{number + 1}> .\n'
        for number in range(1, 200)
    )
    top = f'<{unit}200> <{rico}type> "repository" .\n'
    begun = f'<{unit}1> {TYPE} <{rico}RecordSet> .\n<{unit}1> <{DCTERMS}identifier> "1" .\n'

    refused, draft = read(begun + way + top + a_record(ONE))

    assert isinstance(refused, RefusedPart)
    assert "more than 100 levels" in refused.reason
    assert titles([draft]) == ["A letter"]
