import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Document
from archive.publication import withdraw
from archive.search import index
from archive.search.models import Change
from archive.search.query import search

from .builders import telegram

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indexing(django_capture_on_commit_callbacks):
    """Let the hints that wait for a commit run, as they do outside a test's transaction."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def identifiers(typed, **options):
    return [found.description.identifier for found in search(typed, **options).found]


def indexed(*args, **kwargs):
    document = telegram(*args, **kwargs)
    index.catch_up()
    return document


@pytest.mark.parametrize(
    "typed",
    [
        "Roshchin",
        "STALIN",
        "filippov",
        "armistice",
        "059a",
        "25629",
        "110692",
        "opis 5a",
        '"air cover"',
        "Mao's",
        "October 1950",
        "mao troops korea",
    ],
)
def test_words_numbers_names_and_phrases_are_found(typed):
    indexed()

    assert identifiers(typed) == ["110692"]


@pytest.mark.parametrize("typed", ['"cover air"', "troops nowhere", "59a", "08"])
def test_what_is_not_there_is_not_found(typed):
    indexed()

    assert identifiers(typed) == []


def test_cyrillic_and_two_character_chinese_words_are_found():
    indexed("ru", body="Рощину: войска Кореи. Товарищ Мао", language="ru")
    indexed("zh", body="朝鲜停战协定的签字", language="zh")
    indexed("other", body="停止战争", language="zh")

    assert identifiers("ВОЙСКА") == ["ru"]
    assert identifiers("停战") == ["zh"]


def test_two_character_word_is_found_at_the_end_of_a_long_chinese_text():
    indexed("long", body="的我" * 20_000 + "停战", language="zh")
    indexed("similar", body="停的战" + "的我" * 300 + "我的", language="zh")

    assert identifiers("停战") == ["long"]
    assert set(identifiers("我的")) == {"long", "similar"}


def test_phrase_does_not_run_from_one_text_into_the_next():
    document = telegram(body="ends with air")
    document.texts.create(kind="transcript", body="cover begins", order=1)
    index.reindex([document.pk])

    assert identifiers('"air cover"') == []


def test_hit_in_the_title_comes_before_one_in_the_text():
    indexed("text", title="A telegram", body="Nothing but an embargo.")
    indexed("title", title="The embargo", body="Nothing.")

    assert identifiers("embargo") == ["title", "text"]


def test_drafts_are_not_found_even_if_the_index_is_asked_to_take_them():
    draft = telegram(published=False)
    index.reindex([draft.pk])
    index.reindex()

    assert identifiers("Roshchin") == []


def test_withdrawn_document_is_gone_before_the_index_hears_of_it():
    document = indexed()
    withdraw([document.pk])

    result = search("Roshchin")

    assert (result.total, result.found) == (0, ())


def test_withdrawn_document_leaves_the_index():
    document = indexed()
    withdraw([document.pk])
    index.catch_up()

    Document.objects.filter(pk=document.pk).update(state="published")  # behind the verbs' back
    assert identifiers("Roshchin") == []


def test_publication_is_noted_with_it_and_worked_off():
    document = telegram()
    assert Change.objects.filter(document=document).exists()

    assert index.catch_up() == 1

    assert not Change.objects.exists()
    assert identifiers("Roshchin") == ["110692"]


def test_whole_archive_is_indexed_in_batches(monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    for number in range(5):
        telegram(f"t{number}")
    batches = []

    assert index.reindex(after_batch=batches.append) == 5

    assert batches == [2, 2, 1]
    assert search("Roshchin", limit=2).total == 5
    assert identifiers("Roshchin", limit=2, offset=4) == ["t4"]


def test_search_can_be_narrowed_but_never_widened():
    indexed("a")
    indexed("b")

    assert identifiers("Roshchin", within=Document.objects.filter(identifier="b")) == ["b"]
    assert identifiers("Roshchin", within=Document.objects.none()) == []
    assert identifiers("Roshchin", within=Document.objects.filter(state="draft")) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        '"',
        "'",
        "''; DROP TABLE archive_document; --",
        "*",
        "a*",
        "title:mao",
        "NEAR(a b, 3)",
        "AND OR NOT",
        "(",
        ")",
        "^mao",
        "{text}: mao",
        "mao\x00zedong",
        "\\",
        "%",
        "_",
        "a & | ! <-> b:*",
        "¶",
        "\ud800",
        "💥",
        "ﷺ",
        "x" * 100_000,
        "mao " * 100_000,
        '"' * 10_000,
        "的" * 10_000,
    ],
)
def test_hostile_queries_are_answered(typed):
    indexed()

    assert search(typed).total in {0, 1}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_can_be_asked_for(typed):
    assert search(typed).total == 0


def test_command_builds_the_index_and_names_documents_that_do_not_exist(capsys):
    telegram()

    call_command("reindex")

    assert "1 documents are in the index" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no document 404"):
        call_command("reindex", "404")
