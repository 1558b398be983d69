import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Document
from archive.publication import withdraw
from archive.search import building, tasks, upkeep
from archive.search.models import Change
from archive.search.query import QueryError, search

from .builders import index_everything, telegram

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture(autouse=True)
def indexing(django_capture_on_commit_callbacks):
    """Let the hints that wait for a commit run, as they do outside a test's transaction."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture(autouse=True)
def an_index():
    """An empty index, as a site has it from its first worker on."""
    index_everything()


def identifiers(typed, **options):
    return [found.identifier for found in search(typed, **options).found]


def indexed(*args, **kwargs):
    document = telegram(*args, **kwargs)
    upkeep.catch_up()
    return document


def indexed_without_pages(identifier, **kwargs):
    """For scripts that no font on this machine may have: typesetting is not what is tested here."""
    document = telegram(identifier, published=False, **kwargs)
    Document.objects.filter(pk=document.pk).update(state="published", published_at=timezone.now())
    upkeep.note([document.pk])
    upkeep.catch_up()


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
    indexed_without_pages("zh", body="朝鲜停战协定的签字", language="zh")
    indexed_without_pages("other", body="停止战争", language="zh")

    assert identifiers("ВОЙСКА") == ["ru"]
    assert identifiers("停战") == ["zh"]


def test_two_character_word_is_found_at_the_end_of_a_long_chinese_text():
    indexed_without_pages("long", body="的我" * 20_000 + "停战", language="zh")
    indexed_without_pages("similar", body="停的战" + "的我" * 300 + "我的", language="zh")

    assert identifiers("停战") == ["long"]
    assert set(identifiers("我的")) == {"long", "similar"}


def test_phrase_does_not_run_from_one_text_into_the_next():
    document = telegram(body="ends with air")
    document.texts.create(kind="transcript", body="cover begins", order=1)
    upkeep.note([document.pk])
    upkeep.catch_up()

    assert identifiers('"air cover"') == []


def test_hit_in_the_title_comes_before_one_in_the_text():
    indexed("text", title="A telegram", body="Nothing but an embargo.")
    indexed("title", title="The embargo", body="Nothing.")

    assert identifiers("embargo") == ["title", "text"]


def test_drafts_are_not_found_even_if_the_index_is_asked_to_take_them():
    draft = telegram(published=False)
    upkeep.note([draft.pk])
    upkeep.catch_up()
    index_everything()

    assert identifiers("Roshchin") == []


def test_withdrawn_document_is_gone_before_the_index_hears_of_it():
    document = indexed()
    withdraw([document.pk])

    result = search("Roshchin")

    assert (result.total, result.found) == (0, ())


def test_withdrawn_document_leaves_the_index():
    document = indexed()
    withdraw([document.pk])
    upkeep.catch_up()

    Document.objects.filter(pk=document.pk).update(state="published")  # behind the verbs' back
    assert identifiers("Roshchin") == []


def test_publishing_is_enough_to_be_found(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        telegram()

    assert identifiers("Roshchin") == ["110692"]


def test_publication_succeeds_where_no_broker_can_be_reached(django_capture_on_commit_callbacks, monkeypatch):
    def unreachable(*args):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.catch_up, "delay", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        assert telegram().published

    assert Change.objects.exists()


def test_publication_is_noted_with_it_and_worked_off():
    document = telegram()
    assert Change.objects.filter(document=document).exists()

    assert upkeep.catch_up() == 1

    assert not Change.objects.exists()
    assert identifiers("Roshchin") == ["110692"]


def test_whole_archive_is_indexed_in_batches(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 2)
    for number in range(5):
        telegram(f"t{number}")
    told = []

    building.go_on(building.begin(anew=True), told=lambda build: told.append(build.written))

    assert told == [2, 4, 5]
    assert search("Roshchin", limit=2).total == 5
    assert identifiers("Roshchin", limit=2, offset=4) == ["t4"]


def test_search_is_narrowed_by_what_documents_have():
    indexed("a", original_language="ru")
    indexed("b", original_language="zh-Hans")

    assert identifiers("Roshchin", narrowed={"original": ["zh"]}) == ["b"]
    assert identifiers("", narrowed={"original": ["ru"]}) == ["a"]
    assert identifiers("Roshchin", narrowed={"original": ["ko"]}) == []


def test_search_is_not_narrowed_by_what_there_is_not():
    indexed("a")

    assert identifiers("Roshchin", narrowed={"state": ["draft"], "person": []}) == ["a"]


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

    trouble = None
    try:
        assert search(typed).total in {0, 1}
    except QueryError as error:
        trouble = error

    assert trouble is None or 0 <= trouble.start < trouble.end


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_answered_or_its_trouble_is_told(typed):
    trouble = None
    try:
        assert search(typed).total == 0
    except QueryError as error:
        trouble = error

    assert trouble is None or 0 <= trouble.start < trouble.end <= len(typed) + 1


def test_command_builds_the_index_and_names_documents_that_do_not_exist(capsys):
    telegram()

    call_command("reindex")

    assert "1 documents are in the index" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no document 404"):
        call_command("reindex", "404")
