"""How the index is built, kept true, and mended."""

import pytest
from django.core.management import CommandError, call_command

from archive.models import Document
from archive.search import agreement, building, upkeep
from archive.search.index import folder
from archive.search.index.writing import Writer
from archive.search.models import Build, Change
from archive.search.query import search

from .builders import index_everything, telegram

pytestmark = pytest.mark.django_db


def identifiers(typed="Roshchin"):
    return sorted(found.identifier for found in search(typed).found)


def test_old_index_answers_until_the_new_one_is_whole(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 1)
    monkeypatch.setattr(building, "BATCHES_AT_ONCE", 1)
    telegram("a")
    telegram("b")
    index_everything()

    build = building.begin(anew=True)
    assert not building.go_on(build, most=1)

    assert identifiers() == ["a", "b"]
    assert (build.written, build.total) == (1, 2)
    assert building.go_on(build)
    assert identifiers() == ["a", "b"]
    assert folder.current() == build.name


def test_question_is_answered_while_another_index_takes_the_place_of_the_one_it_looks_at(monkeypatch):
    telegram()
    index_everything()
    opened = folder.opened

    def overtaken(name):
        monkeypatch.setattr(folder, "opened", opened)
        index_everything()
        return opened(name)

    monkeypatch.setattr(folder, "opened", overtaken)

    assert search("Roshchin").total == 1
    assert folder.opened is opened


def test_build_that_was_cut_short_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 1)
    for name in "abc":
        telegram(name)
    with monkeypatch.context() as dying:
        dying.setattr(building, "_moved", cut_short_after(building._moved, 2))
        with pytest.raises(KeyboardInterrupt):
            index_everything()
    assert building.begin().written == 1

    assert building.go_on(building.begin())

    assert identifiers() == ["a", "b", "c"]
    assert search("Roshchin").total == 3


def cut_short_after(moved, calls):
    """Die after a batch was written and before that is noted."""
    left = [calls]

    def dying(*args):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        moved(*args)

    return dying


def test_change_during_a_build_is_in_the_old_index_and_in_the_new(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 1)
    monkeypatch.setattr(building, "BATCHES_AT_ONCE", 1)
    first = telegram("a")
    telegram("b")
    index_everything()
    build = building.begin(anew=True)
    building.go_on(build, most=1)

    Document.objects.filter(pk=first.pk).update(title="Quite another title")
    upkeep.note([first.pk])
    upkeep.catch_up()

    assert identifiers("another") == ["a"]
    building.go_on(build)
    assert identifiers("another") == ["a"]


def test_second_process_leaves_the_work_to_the_first():
    index_everything()
    telegram()

    with folder.writing():
        assert upkeep.catch_up() == 0
        assert Change.objects.exists()

    assert upkeep.catch_up() == 1


def test_only_one_build_runs_at_a_time():
    first = building.begin()

    assert building.begin() == first
    assert building.begin(anew=True) != first
    assert Build.objects.filter(state="running").count() == 1


def test_what_is_missing_and_what_is_too_much_is_found_and_mended():
    missing, surplus = telegram("missing"), telegram("surplus")
    telegram("right")
    index_everything()
    Change.objects.all().delete()
    with folder.writing():
        writer = Writer(folder.current())
        writer.write([], gone=[missing.pk])
        writer.close()
    Document.objects.filter(pk=surplus.pk).update(state="draft")

    differences = agreement.compared()
    assert (differences.missing, differences.surplus) == ((missing.pk,), (surplus.pk,))
    agreement.repair(differences)
    upkeep.catch_up()

    assert identifiers() == ["missing", "right"]
    assert not agreement.compared()


def test_what_waits_to_be_indexed_is_no_difference():
    index_everything()
    telegram()

    assert not agreement.compared()


def test_index_of_another_version_is_not_read(monkeypatch):
    telegram()
    index_everything()
    monkeypatch.setattr(folder, "VERSION", folder.VERSION + 1)

    assert search("Roshchin").unavailable
    assert building.needed()


def test_command_mends_and_tells(capsys):
    telegram()
    call_command("reindex")
    Change.objects.all().delete()
    call_command("reindex", "--check")

    assert "every public document, and no other" in capsys.readouterr().out


def test_command_without_an_index_says_what_to_do():
    telegram()

    with pytest.raises(CommandError, match="without arguments"):
        call_command("reindex", "110692")
