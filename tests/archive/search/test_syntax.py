import pytest

from archive.search.syntax import CLAUSE_LIMIT, parse


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("", ()),
        ("Mao troops", (("mao",), ("troops",))),
        ('"air cover" Mao', (("air", "cover"), ("mao",))),
        ("«воздушное прикрытие»", (("воздушное", "прикрытие"),)),
        ("停战", (("停", "战"),)),
        ("停战 U.S. don't", (("停", "战"), ("u", "s"), ("don", "t"))),
        ("Mao,Stalin", (("mao",), ("stalin",))),
        ('"never closed', (("never", "closed"),)),
        ("mao mao", (("mao",),)),
        ('"" * : NEAR(a b) \x00', (("near",), ("a",), ("b",))),
    ],
)
def test_query_is_taken_apart(typed, clauses):
    assert parse(typed).clauses == clauses


def test_very_long_query_is_cut_and_says_so():
    query = parse("troops " * 3 + " ".join(map(str, range(1000))))

    assert len(query.clauses) == CLAUSE_LIMIT
    assert query.cut
