from collections import Counter

import pytest

from archive.drafts import OriginalLanguage, TextBody, Title
from archive.readers.text_language import _detector, contradiction, language_of
from tests.archive.readers.seeds import PAGE_MARKDOWN, PAGE_TEXT, draft_of

RUSSIAN = "Наши войска должны быть на границе до конца месяца, а самолеты придут не раньше чем через два месяца."


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "The troops have to be at the border before the month is over, and the planes come after two months."),
        ("ru", RUSSIAN),
        ("zh", "我们的部队必须在月底之前到达边境，飞机不早于两个月后到达。"),
        ("ko", "우리 군대는 월말 전에 국경에 있어야 하고 비행기는 두 달 뒤에 도착한다."),
        ("hu", "A csapatoknak a hónap vége előtt a határon kell lenniük, a repülőgépek két hónap múlva érkeznek meg."),
    ],
)
def test_sentence_tells_its_language(tag, text):
    assert language_of(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        "FILIPPOV",
        "Stalin, Molotov, Malenkov, Beria, Mikoyan, Kaganovich, Bulganin, Voroshilov, Khrushchev, Vyshinsky, Zorin",
        "Nashi voiska dolzhny byt na granitse do kontsa mesiatsa, a samolety pridut cherez dva mesiatsa.",
        "13.10.50 20:05 No. 2408 13.10.50 20:05 No. 2408",
        "",
    ],
)
def test_names_numbers_and_transliteration_tell_nothing(text):
    assert language_of(text) == ""


def test_declared_language_wins_and_the_archivist_is_told():
    body = PAGE_MARKDOWN.partition("Translation - English")[2]
    draft = draft_of(PAGE_MARKDOWN.replace(body, f"\n\n{RUSSIAN}\n"))

    assert draft.first(TextBody).value.language == "en"
    assert any("declared to be in English and seems to be in Russian" in notice.message for notice in draft.notices)


def test_regional_tag_contradicts_nothing():
    assert contradiction("The troops have to be at the border before the month is over.", "en-GB") == ""


def test_text_in_the_language_of_the_original_is_a_transcript():
    body = draft_of(PAGE_TEXT).first(TextBody).value.text
    draft = draft_of(PAGE_TEXT.replace(body, RUSSIAN).replace("Record ID", "Language\nRussian"))

    assert draft.first(OriginalLanguage).value.tag == "ru"
    assert (draft.first(TextBody).value.kind, draft.first(TextBody).value.language) == ("transcript", "ru")


@pytest.mark.parametrize("text", [RUSSIAN, PAGE_TEXT, PAGE_MARKDOWN, "Stalin, Molotov, Malenkov, Beria, " * 40])
def test_detector_tells_what_the_library_tells_with_its_own_numbers(text):
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    tag, probability = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify(text[:3000])

    assert language_of(text) == (tag if probability >= 0.9 else "")


def test_formal_head_in_another_language_does_not_decide():
    head = (
        "Translated from the Russian for the files of the committee. Copies were sent to the members on the same day. "
        "This paper is to be returned to the secretary of the committee when it has been read by all of them.\n\n"
    )

    assert language_of(head) == "en"
    assert language_of(head + RUSSIAN * 4) == "ru"


def test_unsure_beginning_is_read_on():
    names = "Stalin, Molotov, Malenkov, Beria, Mikoyan, Kaganovich, Bulganin, Voroshilov, Khrushchev, Vyshinsky. "

    assert language_of(names * 8) == ""
    assert language_of(names * 8 + RUSSIAN * 20) == "ru"


def test_what_was_looked_at_before_changes_nothing():
    detector, looks = _detector(), [PAGE_TEXT[:length] for length in (200, 300, 800)]
    alone = [(detector.classify(""), detector.classify(look))[1] for look in looks]

    assert [detector.classify(look) for look in looks] == alone
    assert [(detector.classify(RUSSIAN), detector.classify(look))[1] for look in looks] == alone


def test_page_tells_its_language_by_its_summary_however_many_names_stand_before_it():
    names = "Zhou Enlai, Mao Zedong, Roshchin, Filippov, Shtykov, Razuvaev, Zakharov, Ledovsky. " * 30
    draft = draft_of(PAGE_MARKDOWN.replace("**Citation:**", f"**Citation:**\n\n{names}", 1))

    assert draft.first(Title).value.language == "en"


@pytest.mark.parametrize("text", [PAGE_TEXT, PAGE_MARKDOWN, RUSSIAN, "", "a", "我们的部队", "\x00\x7f ÿ"])
def test_all_letters_at_once_meet_what_the_library_meets_one_after_the_other(text):
    from py3langid.langid import visit_counts

    detector, letters = _detector(), text.encode()
    met = visit_counts(detector.tk_nextmove, detector._rowbase, detector.tk_output, letters)

    assert Counter(detector._met(letters).tolist()) == (met or Counter())
