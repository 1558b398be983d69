import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from archive.search.words import analyse, terms, wanted
from archive.search.words.stemming import ALGORITHMS


def answers(typed, text, language="", languages=()):
    """Whether a word of a text answers what was typed."""
    (asked,) = (wanted(token.term, languages) for token in analyse(typed))
    return any(asked.all & {token.term, *token.forms, token.joined} for token in analyse(text, language))


@pytest.mark.parametrize(
    ("typed", "text", "language"),
    [
        ("troop", "many troops", "en"),
        ("troops", "a troop", "en"),
        ("войска", "много войск", "ru"),
        ("телеграмма", "Телеграммы", ""),
        ("Verträge", "ein Vertrag", "de"),
        ("dokumentami", "treść dokumentów", "pl"),
        ("کتاب", "کتاب‌های", "fa"),
        ("Enlai", "Chou En-lai", "en"),
        ("Chang", "Ch'ang", "en"),
    ],
)
def test_other_forms_of_a_word_answer(typed, text, language):
    assert answers(typed, text, language, languages=["de", "en", "fa", "pl", "ru"])


def test_every_language_that_snowball_knows_is_stemmed():
    older_rules = {"dutch_porter", "porter"}

    assert set(Stemmer.algorithms()) - older_rules == set(ALGORITHMS.values())


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Roshchin", "Рощин"),
        ("Roschin", "Рощин"),
        ("Roščin", "Рощин"),
        ("Stalin", "Сталину"),
        ("Molotov", "Молотова"),
        ("Molotow", "Молотов"),
        ("Khrushchev", "Хрущев"),
        ("Vyshinsky", "Вышинский"),
        ("Vyshinskii", "Вышинский"),
        ("Beria", "Берия"),
        ("Yelezov", "Елезов"),
        ("Zhukov", "Жуков"),
        ("Shtykov", "Штыков"),
        ("Mikoyan", "Микоян"),
    ],
)
def test_names_answer_across_scripts(latin, cyrillic):
    assert answers(latin, cyrillic, "ru")
    assert answers(cyrillic, latin, "en")


@pytest.mark.parametrize(
    ("typed", "text"), [("Paris", "Parish"), ("мир", "Mira"), ("paris", "парус"), ("rose", "Рощин")]
)
def test_other_words_do_not_answer(typed, text):
    assert not answers(typed, text)


def test_words_of_a_chain_know_what_they_make_together():
    tokens = list(analyse("to Chou En-lai, today"))

    assert [(token.term, token.joined) for token in tokens if token.joined] == [("en", "enlai")]
    assert "to Chou En-lai, today"[tokens[2].start : tokens[2].joined_end] == "En-lai"


@given(st.text(alphabet=st.sampled_from("Chou En-lai's 停战 Рощин ﷺ ̆й 059a·-’\n")))
def test_what_is_indexed_is_what_is_lit(text):
    words, forms = terms(text, "en")
    tokens = list(analyse(text, "en"))

    assert words == [token.term for token in tokens]
    assert sorted(forms) == sorted([f for t in tokens for f in (*t.forms, t.joined) if f])
