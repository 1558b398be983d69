from archive.vocab.languages import name_of, tag_of


def test_name_has_a_tag_in_any_case():
    assert tag_of("russian") == tag_of(" Russian ") == "ru"


def test_tag_has_a_name():
    assert name_of("ru") == "Russian"


def test_region_does_not_hide_the_language():
    assert name_of("en-GB") == "English"


def test_unknown_language_has_neither():
    assert tag_of("Klingon") is None
    assert name_of("tlh") is None
