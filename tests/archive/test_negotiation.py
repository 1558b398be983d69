import pytest

from archive.negotiation import choose

OFFERS = ["text/html", "application/ld+json", "text/turtle; charset=utf-8"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/ld+json", "application/ld+json"),
        ("APPLICATION/LD+JSON", "application/ld+json"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/turtle;charset=utf-8", "text/turtle; charset=utf-8"),
        ("application/*", "application/ld+json"),
        ("text/html;q=0.5, application/ld+json", "application/ld+json"),
        ("application/ld+json;q=0.2, text/turtle;q=0.3", "text/turtle; charset=utf-8"),
        ("application/ld+json;q=0.9, text/*;q=0.5", "application/ld+json"),
        # The most specific range counts, wherever it stands.
        ("text/html;q=0, */*", "application/ld+json"),
        ("*/*, text/html;q=0.1", "application/ld+json"),
        ("application/ld+json;profile=x, text/html;q=0.1", "text/html"),
        ("text/html;q=rubbish", "text/html"),
        ("text/html;q=nan", "text/html"),
        ("text/html;q=0", None),
        ("image/png", None),
        ("rubbish", None),
        ("image/png," * 100 + "text/html", None),
    ],
)
def test_best_offer_is_chosen(accept, chosen):
    assert choose(accept, OFFERS) == chosen


def test_nothing_to_offer_is_no_choice():
    assert choose("", []) is None
