import time

import pytest

from archive.search.highlight import lit, snippets, telling
from archive.search.passages import Passage
from archive.search.syntax import parse
from archive.search.words import lexicon


def marked(parts):
    return "".join(f"[{part.text}]" if part.hit else part.text for part in parts)


def test_words_are_lit_where_they_stand_letter_for_letter():
    assert (
        marked(lit("ＴＲＯＯＰＳ and Troops,\n\ttroopship", parse("troops")))
        == "[ＴＲＯＯＰＳ] and [Troops],\n\ttroopship"
    )


def test_phrase_is_lit_as_a_whole_and_nowhere_else():
    assert marked(lit("air power, air cover; cover", parse('"air cover"'))) == "air power, [air cover]; cover"


def test_overlapping_hits_become_one():
    assert marked(lit("air cover now", parse('"air cover" "cover now"'))) == "[air cover now]"


def test_two_chinese_characters_are_lit_within_a_sentence():
    assert marked(lit("关于停战协定", parse("停战"))) == "关于[停战]协定"


def test_snippet_is_the_stretch_that_shows_most_of_the_query():
    passage = Passage("text", "Mao. " + "filler " * 200 + "Mao wants planes. " + "filler " * 200, "en")

    (snippet,) = snippets([passage], parse("mao planes"))

    assert "[Mao] wants [planes]" in marked(snippet.parts)
    assert snippet.opens
    assert snippet.closes
    assert len(marked(snippet.parts)) < 300


def test_second_snippet_shows_what_the_first_does_not():
    passages = [Passage("text", "Mao spoke"), Passage("names", "Mao Zedong"), Passage("references", "Fond 059a")]

    assert [snippet.field for snippet in telling(snippets(passages, parse("mao 059a")))] == ["text", "references"]


def test_forms_of_a_word_are_lit_and_those_of_a_phrase_are_not():
    assert marked(lit("a troop of troops", parse("troops"), language="en")) == "a [troop] of [troops]"
    assert marked(lit("airs cover, air covers, air cover", parse('"air cover"'), language="en")) == (
        "airs cover, air covers, [air cover]"
    )
    assert marked(lit("troop, troops", parse('"troops"'), language="en")) == "troop, [troops]"


def test_word_that_is_written_apart_is_lit_as_a_whole():
    assert marked(lit("to Chou En-lai, today", parse("enlai"))) == "to Chou [En-lai], today"


def test_beginning_of_a_word_lights_the_word():
    assert marked(lit("telegraph, telegram, tell", parse("telegr*"))) == "[telegraph], [telegram], tell"


def test_word_asked_for_in_the_title_is_not_lit_in_the_text():
    assert marked(lit("Mao", parse("title:mao"), field="text")) == "Mao"
    assert marked(lit("Mao", parse("title:mao"), field="title")) == "[Mao]"


def test_word_after_very_many_others_is_known_to_be_there():
    passage = Passage("text", "mao " * 1000 + "planes", "en")

    first, second = snippets([passage], parse("mao planes"))

    assert first.held == second.held == {0, 1}
    assert "[planes]" in marked(second.parts)


def test_what_the_title_does_not_show_is_shown_from_the_text():
    passages = [Passage("title", "To Korea"), Passage("text", "Korea. " + "filler " * 200 + "The troops left.", "en")]

    (snippet,) = telling(snippets(passages, parse("korea troops")))

    assert "The [troops] left" in marked(snippet.parts)


def test_where_the_title_shows_all_the_text_says_in_what_connection():
    passages = [Passage("title", "To Korea"), Passage("text", "Of Korea and China", "en")]

    assert [marked(each.parts) for each in telling(snippets(passages, parse("korea")))] == ["Of [Korea] and China"]


def test_hits_that_are_many_do_not_make_the_choice_slow():
    passage = Passage("text", "mao " * 5_000 + "filler " * 100 + "planes " * 5_000, "en")
    begun = time.process_time()

    assert len(snippets([passage], parse("mao planes"))) == 2
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("typed", "clauses", "enough"),
    [("mao planes", {0}, False), ("mao planes", {0, 1}, True), ("mao OR planes", {1}, True),
     ("mao OR planes", (), False), ("(mao OR zhou) planes", {1, 2}, True), ("mao NOT planes", {0}, True),
     ("date:1950", (), True)],
)  # fmt: skip
def test_words_that_answer_a_query_are_known(typed, clauses, enough):
    assert parse(typed).answered_by(clauses) is enough


def test_words_far_into_a_book_are_lit_and_phrases_wherever_it_is_cut():
    for length in range(780, 820):
        text = "x" * length + " air cover " + "filler " * 2_000 + "air\ncover En-lai"

        assert [part.text for part in lit(text, parse('"air cover"')) if part.hit] == ["air cover", "air\ncover"]
        assert [part.text for part in lit(text, parse("enlai OR nobody")) if part.hit] == ["En-lai"]


def test_word_that_was_never_seen_before_is_lit_beside_those_that_were(monkeypatch):
    monkeypatch.setattr(lexicon, "REMEMBERED", 2)
    for word in ("one", "two", "three", "four", "five"):
        assert marked(lit(f"troops, {word}", parse(f"troop {word}"), language="en")) == f"[troops], [{word}]"
