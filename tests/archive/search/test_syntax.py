from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.syntax import And, Clause, Dates, Has, Not, Or, QueryError, parse
from archive.search.syntax.reading import DEPTH_LIMIT, LEAF_LIMIT


def told(node):
    """A tree in few letters: words, "phrases", beg*, column:word, and (AND …), (OR …), (NOT …)."""
    match node:
        case None:
            return ""
        case Clause(runs, columns, prefix, exact):
            words = " ".join(word.term for word in runs[0])
            whole = f'"{words}"' if exact or len(runs[0]) > 1 else words
            return ":".join([*columns[:1], whole + "*" * prefix])
        case Has(column, value, prefix):
            return f"{column}={value}{'*' * prefix}"
        case Dates(first, last):
            return f"{first}..{last}"
        case And(nodes):
            return f"(AND {' '.join(map(told, nodes))})"
        case Or(nodes):
            return f"(OR {' '.join(map(told, nodes))})"
        case Not(inner):
            return f"(NOT {told(inner)})"


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", ""),
        ("Mao troops", "(AND mao troops)"),
        ("Mao AND troops", "(AND mao troops)"),
        ('"air cover" Mao', '(AND "air cover" mao)'),
        ("«воздушное прикрытие»", '"воздушное прикрытие"'),
        ('"never closed', '"never closed"'),
        ("停战", '"停 战"'),
        ("停战 U.S. don't", '(AND "停 战" "u s" "don t")'),
        ("Mao,Stalin", "(AND mao stalin)"),
        ("mao mao", "(AND mao mao)"),
        ("withdrawal of the forces from Korea", "(AND withdrawal forces korea)"),
        ("о перемирии в Корее", "(AND перемирии корее)"),
        ('"to the north" of', '"to the north"'),
        ("to be", "(AND to be)"),
        ("the NOT mao", "(AND the (NOT mao))"),
        ("title:the mao", "(AND title:the mao)"),
        ("US may will", "(AND us may will)"),
        ("mao OR stalin troops", "(OR mao (AND stalin troops))"),
        ("(mao OR stalin) troops", "(AND (OR mao stalin) troops)"),
        ("mao NOT stalin", "(AND mao (NOT stalin))"),
        ("mao -stalin -from:zhou", "(AND mao (NOT stalin) (NOT sender:zhou))"),
        ("Sino-Soviet", '"sino soviet"'),
        ("telegr*", "telegr*"),
        ("from:roshchin date:1950-10 fond:059A", "(AND sender:roshchin 1950-10-01..1950-10-31 fond=059a)"),
        ('to:"Kim Il Sung"', 'addressee:"kim il sung"'),
        ("fond:05*", "fond=05*"),
        ("has:scan", "has=scan"),
        ("date:1950", "1950-01-01..1950-12-31"),
        ("date:1950-10-13", "1950-10-13..1950-10-13"),
        ("date:1950-10..1951", "1950-10-01..1951-12-31"),
        ("date:1950/1951-02", "1950-01-01..1951-02-28"),
        ("date:..1951", "None..1951-12-31"),
        ("date:1950..", "1950-01-01..None"),
        ("http://example.org 03:15", '(AND (AND http "example org") (AND 03 15))'),
    ],
)
def test_query_is_taken_apart(typed, tree):
    assert told(parse(typed).node) == tree


@pytest.mark.parametrize(
    ("typed", "message", "marked"),
    [
        ("(mao", "never closed", "("),
        ("mao)", "closes none", ")"),
        ("mao OR", "on both sides", "OR"),
        ("AND mao", "on both sides", "AND"),
        ("mao AND OR", "on both sides", "AND"),
        ("mao NOT", "a word after it", "NOT"),
        ("form:roshchin", "no field “form”. There are: title", "form:"),
        ("mao date:1950-13", "no day 1950-13", "1950-13"),
        ("date:yesterday", "“yesterday” is no date", "yesterday"),
        ("date:1951..1950", "before it begins", "1951..1950"),
        ("date:..", "needs a beginning or an end", ".."),
        ("has:wings", "there can be: scan, text, translation", "wings"),
        ("a*", "at least 2 letters", "a*"),
        ("from:(a", "needs a word", "("),
        ("(" * 20 + "a" + ")" * 20, f"more than {DEPTH_LIMIT} parentheses", "("),
    ],
)
def test_trouble_says_what_is_wrong_and_where(typed, message, marked):
    with pytest.raises(QueryError) as caught:
        parse(typed)

    assert message in caught.value.message
    assert typed[caught.value.start : caught.value.end] == marked


def test_very_long_query_is_cut_and_says_so():
    query = parse("troops " * 3 + " ".join(map(str, range(1000))))

    assert len(query.clauses) <= LEAF_LIMIT
    assert query.cut


def test_what_is_taken_away_is_not_to_be_lit():
    assert [clause.runs[0][0].term for clause in parse("mao NOT (stalin OR zhou)").clauses] == ["mao"]


def test_dates_of_a_leap_year_end_on_its_last_day():
    assert parse("date:1952-02").node == Dates(date(1952, 2, 1), date(1952, 2, 29))


@given(st.text())
def test_anything_is_understood_or_its_trouble_is_told(typed):
    trouble = None
    try:
        parse(typed)
    except QueryError as error:
        trouble = error

    assert trouble is None or 0 <= trouble.start < trouble.end <= len(typed) + 1
