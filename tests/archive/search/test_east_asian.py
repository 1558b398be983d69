"""Chinese, Japanese and Korean from publication to the page: words of two characters, from within a sentence."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from archive.search.query import search
from tests.fonts import CJK

from .builders import index_everything, telegram

pytestmark = pytest.mark.django_db

#: Language, a title, a text, words from within its sentences, and what stands in it only turned round or torn apart.
SENTENCES = {
    "zh": ("关于谈判的电报", "据悉双方已就朝鲜停战协定的签字日期达成一致。", ("停战", "签字"), ("战停", "停字")),
    "ja": ("会談についての電報", "本日の会談において停戦協定の署名とソビエト側の提案が話し合われた。",
           ("停戦", "署名", "提案", "ビエ", "われ"), ("戦停", "停署", "側案")),
    "ko": ("회담에 관한 전보", "오늘 회의에서 조선정전협정의 서명과 쏘련측의 제안에 관하여 론의하였다.",
           ("정전", "협정", "서명", "련측"), ("전정", "정서", "협의")),
}  # fmt: skip
FOUND = [(language, word) for language, (_, _, words, _) in SENTENCES.items() for word in words]
NOT_FOUND = [(language, word) for language, (*_, words) in SENTENCES.items() for word in words]
MARKED = re.compile(r"<mark[^>]*>(.*?)</mark>", re.DOTALL)


@pytest.fixture(autouse=True)
def published_in_three_languages(settings, django_capture_on_commit_callbacks):
    """An index of nothing, and then one document in each language, published as by an archivist."""
    settings.FONDS = {**settings.FONDS, "FONTS": (CJK,)}
    index_everything()
    with django_capture_on_commit_callbacks(execute=True):
        for language, (title, body, *_) in SENTENCES.items():
            telegram(language, title=title, title_language=language, body=body, language=language, summary="")


@pytest.mark.parametrize(("language", "word"), FOUND)
def test_word_of_two_characters_is_found_within_a_sentence_and_lit(language, word):
    (found,) = search(word).found

    assert found.identifier == language
    hits = [part.text for snippet in found.snippets for part in snippet.parts if part.hit]
    assert hits == [word]
    page = unescape(Client().get("/documents/", {"q": word}).content.decode())
    assert MARKED.findall(page) == [word]
    assert f'href="/documents/{language}' in page
    assert word in MARKED.findall(unescape(Client().get(f"/documents/{language}", {"q": word}).content.decode()))


@pytest.mark.parametrize(("language", "word"), NOT_FOUND)
def test_characters_that_stand_apart_or_the_other_way_round_are_no_word(language, word):
    assert set(word) <= set(SENTENCES[language][1])

    assert search(word).total == 0
