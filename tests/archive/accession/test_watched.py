"""The watched folder: taken once it rests, never twice, and what is refused lands beside."""

from __future__ import annotations

import os

import pytest
from django.core.management import CommandError, call_command

from archive import tasks
from archive.accession import watched
from archive.accession.watched import settling
from archive.accession.watched.folder import Watched
from archive.models import Accession, Collection, Document
from tests.archive.containers.test_bag import DECLARATION, in_folder, sums
from tests.sources import FILIPPOV, ROSHCHIN, altered

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The worker ends here."""


@pytest.fixture
def folder(tmp_path, settings):
    watching(settings, tmp_path)
    return tmp_path


def watching(settings, folder, **more):
    settings.FONDS = {**settings.FONDS, "WATCHED_FOLDER": str(folder), "WATCHED_SECONDS": 0, **more}


def put(source, at):
    at.parent.mkdir(parents=True, exist_ok=True)
    at.write_bytes(source.read_bytes())
    return at


def lying(folder) -> list[str]:
    """Files below a folder, but for the site's own notes."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in found if not name.startswith("_in_work/."))


def test_file_comes_in_and_is_put_away(folder):
    put(FILIPPOV, folder / "telegram.txt")

    watched.look()

    accession = Accession.objects.get()
    assert accession.state == "done"
    assert Document.objects.get().identifier == "110692"
    assert lying(folder) == [f"_taken_in/accession-{accession.pk}/telegram.txt"]


def test_settings_say_what_becomes_of_it(folder, settings):
    collection = Collection.objects.create(slug="korea", title="Korea")
    watching(settings, folder, WATCHED_PUBLISH=True, WATCHED_COLLECTION="korea")
    put(FILIPPOV, folder / "telegram.txt")

    watched.look()

    document = Document.objects.get()
    assert (document.state, document.collections.get()) == ("published", collection)


def test_growing_file_is_left_until_it_rests(folder, settings):
    watching(settings, folder, WATCHED_SECONDS=0.2)
    growing = folder / "telegram.txt"
    content = FILIPPOV.read_bytes()
    with growing.open("wb") as file:
        for start in range(0, len(content), 700):
            file.write(content[start : start + 700])
            file.flush()
            assert watched.look().moving == ["telegram.txt"]
    assert not Accession.objects.exists()

    Watched(folder, 0).claim(open_claim=None)  # as if time had passed
    watched.look()

    assert Document.objects.get().identifier == "110692"


def test_time_that_a_file_carries_does_not_make_it_rest(folder, settings):
    watching(settings, folder, WATCHED_SECONDS=60)
    os.utime(put(FILIPPOV, folder / "telegram.txt"), (0, 0))

    assert watched.look().moving == ["telegram.txt"]
    assert watched.look().moving == ["telegram.txt"]


@pytest.mark.parametrize(
    "name", [".telegram.txt", "~$telegram.xlsx", "telegram.txt~", "Thumbs.db", "telegram.txt.part"]
)
def test_hidden_and_unfinished_names_stay_until_they_are_renamed(folder, name):
    file = put(FILIPPOV, folder / name)
    watched.look()
    assert lying(folder) == [name]

    file.rename(folder / "telegram.txt")
    watched.look()

    assert Document.objects.count() == 1


def test_folder_is_taken_whole_or_not_yet(folder):
    put(FILIPPOV, folder / "box" / "1" / "telegram.txt")
    unfinished = put(ROSHCHIN, folder / "box" / "2" / "letter.txt.filepart")
    watched.look()
    assert not Accession.objects.exists()

    unfinished.rename(unfinished.with_suffix(""))
    watched.look()

    accession = Accession.objects.get()
    assert [each.name for each in accession.sources.all()] == ["box/1/telegram.txt", "box/2/letter.txt"]
    assert Document.objects.count() == 2


def test_loose_files_come_in_together(folder):
    put(FILIPPOV, folder / "a.txt")
    put(ROSHCHIN, folder / "b.txt")

    watched.look()

    assert Accession.objects.get().sources.count() == 2


def test_refused_file_lands_beside_with_its_reason(folder):
    put(FILIPPOV, folder / "box" / "telegram.txt")
    (folder / "box" / "sub").mkdir()
    (folder / "box" / "sub" / "note.bin").write_bytes(b"\x00\x01\x02nothing")

    watched.look()

    pk = Accession.objects.get().pk
    assert lying(folder) == [
        f"_refused/accession-{pk}/box/sub/note.bin",
        f"_refused/accession-{pk}/report.txt",
        f"_taken_in/accession-{pk}/box/telegram.txt",
    ]
    report = (folder / "_refused" / f"accession-{pk}" / "report.txt").read_text()
    assert "1 documents came in" in report
    assert "box/sub/note.bin\n    box/sub/note.bin " in report


def test_refused_rows_of_a_table_land_beside_to_be_mended(folder):
    (folder / "letters.csv").write_text("id,title,date\n1,One,1950-10-13\n2,Two,1950-02-31\n")

    watched.look()

    pk = Accession.objects.get().pk
    refused = folder / "_refused" / f"accession-{pk}"
    assert sorted(each.name for each in refused.iterdir()) == ["letters.refused.csv", "report.txt"]
    assert "letters.csv, document 2" in (refused / "report.txt").read_text()
    assert lying(folder / "_taken_in") == [f"accession-{pk}/letters.csv"]

    (refused / "letters.refused.csv").rename(folder / "letters.refused.csv")
    mended = (folder / "letters.refused.csv").read_text().replace("1950-02-31", "1950-02-28")
    (folder / "letters.refused.csv").write_text(mended)
    watched.look()
    assert Document.objects.count() == 2


def test_link_is_not_followed_and_its_neighbours_come_in(folder, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    put(ROSHCHIN, secret)
    put(FILIPPOV, folder / "box" / "telegram.txt")
    (folder / "box" / "link.txt").symlink_to(secret)
    (folder / "box" / "round").symlink_to(folder)
    (folder / "loose.txt").symlink_to(secret)
    os.mkfifo(folder / "pipe.txt")

    watched.look()

    assert Document.objects.get().identifier == "110692"
    reasons = {
        name: reason for a in Accession.objects.all() for name, reason in a.sources.values_list("name", "reason")
    }
    assert reasons["box/link.txt"] == "box/link.txt is a link, and links are not followed. Hand in the file itself."
    assert "is a link" in reasons["box/round"]
    assert "is a link" in reasons["loose.txt"]
    assert "is no file but a device, a pipe or a socket" in reasons["pipe.txt"]
    assert secret.exists()
    assert not any((folder / name).exists() for name in ("box", "loose.txt", "pipe.txt"))


def test_file_over_the_limit_is_refused_alone_and_not_read(folder, settings):
    watching(settings, folder, SOURCE_LIMIT=100_000)
    put(FILIPPOV, folder / "telegram.txt")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(2**31)  # sparse: it takes no room

    watched.look()

    assert Document.objects.count() == 1
    pk = Accession.objects.get().pk
    report = (folder / "_refused" / f"accession-{pk}" / "report.txt").read_text()
    assert "huge.txt has 2,147,483,648 bytes; this site takes at most 100,000" in report


def test_file_of_a_bag_that_is_over_the_limit_is_refused_alone(folder, settings):
    watching(settings, folder, SOURCE_LIMIT=100_000)
    payload = {"data/telegram.txt": FILIPPOV.read_bytes(), "data/huge.txt": b"x" * 100_001}
    in_folder(
        {"bagit.txt": DECLARATION.format("1.0").encode(), "manifest-sha256.txt": sums(payload, "sha256"), **payload},
        folder / "bag",
    )

    watched.look()

    assert Document.objects.count() == 1
    pk = Accession.objects.get().pk
    report = (folder / "_refused" / f"accession-{pk}" / "report.txt").read_text()
    assert "bag/data/huge.txt has 100,001 bytes; this site takes at most 100,000" in report


def test_broken_bag_does_not_hold_up_what_lies_beside_it(folder):
    put(FILIPPOV, folder / "box" / "telegram.txt")
    put(FILIPPOV, folder / "box" / "bag" / "data" / "telegram.txt")
    (folder / "box" / "bag" / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")

    watched.look()

    pk = Accession.objects.get().pk
    assert f"_refused/accession-{pk}/box/bag/bagit.txt" in lying(folder)
    assert Document.objects.count() == 1


def test_name_that_is_no_unicode_comes_in(folder):
    with open(os.path.join(os.fsencode(folder), b"t\xe9l\xe9gramme.txt"), "wb") as file:  # noqa: PTH118, PTH123
        file.write(FILIPPOV.read_bytes())

    watched.look()

    assert Accession.objects.get().sources.get().name == "t?l?gramme.txt"
    assert Document.objects.count() == 1


@pytest.mark.parametrize("step", ["claim", "submit", "settle"])
def test_worker_killed_between_steps_loses_nothing_and_doubles_nothing(folder, monkeypatch, step):
    put(FILIPPOV, folder / "a.txt")
    put(ROSHCHIN, folder / "b.txt")
    with monkeypatch.context() as patched:
        if step == "claim":
            patched.setattr(watched, "_submitted", dying)
        elif step == "submit":
            patched.setattr(watched, "settle", dying)
        else:
            patched.setattr(settling, "_report", dying)
            (folder / "c.bin").write_bytes(b"\x00\x01")
        with pytest.raises(Killed):
            watched.look()

    watched.look()

    accession = Accession.objects.get()
    assert Document.objects.count() == accession.items.count() == 2
    assert lying(folder / "_in_work") == [".lock", ".seen.json"]
    assert len(lying(folder / "_taken_in")) == 2


def dying(*arguments):
    raise Killed


def test_loose_files_that_a_kill_parted_are_handed_in_together(folder, monkeypatch):
    put(FILIPPOV, folder / "a.txt")
    put(ROSHCHIN, folder / "b.txt")
    moved = Watched._moved

    def once(self, lying, together):
        moved(self, lying, together)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Watched, "_moved", once)
        with pytest.raises(Killed):
            watched.look()
    watched.look()

    assert Accession.objects.get().sources.count() == 2


def test_claim_is_handed_in_once_even_by_two_at_once(folder, monkeypatch):
    put(FILIPPOV, folder / "a.txt")
    submit = watched.submit

    def twice(*arguments, **options):
        submit(*arguments, **options)
        return submit(*arguments, **options)

    monkeypatch.setattr(watched, "submit", twice)
    watched.look()
    watched.look()

    assert Accession.objects.count() == 1
    assert len(lying(folder / "_taken_in")) == 1


def test_only_one_looks_at_a_time(folder):
    put(FILIPPOV, folder / "a.txt")
    with Watched(folder, 0).locked() as mine:
        assert mine
        assert watched.look().busy
    assert not Accession.objects.exists()


def test_newer_file_of_the_same_name_waits_and_then_updates(folder, monkeypatch):
    put(FILIPPOV, folder / "a.txt")
    with monkeypatch.context() as patched:
        patched.setattr(watched, "_submitted", dying)
        with pytest.raises(Killed):
            watched.look()
    newer = altered(FILIPPOV, ("SOVIET AMBASSADOR", "SOVIET ENVOY"))
    (folder / "a.txt").write_bytes(newer.content)

    watched.look()
    watched.look()

    assert [each.items.get().state for each in Accession.objects.order_by("pk")] == ["created", "updated"]


def test_file_written_to_while_it_is_taken_goes_back(folder, monkeypatch):
    file = put(FILIPPOV, folder / "a.txt")
    marks = iter([("1", 1, False), ("2", 1, False)])
    monkeypatch.setattr("archive.accession.watched.folder._mark", lambda path: next(marks))

    watched.look()

    assert file.exists()
    assert not Accession.objects.exists()


def test_files_wait_in_work_for_a_decision(folder, settings):
    watching(settings, folder, WATCHED_LOOK_FIRST=True)
    put(FILIPPOV, folder / "a.txt")
    watched.look()
    accession = Accession.objects.get()
    assert accession.state == "looked_at"
    assert lying(folder / "_taken_in") == []

    from archive.accession import take_in

    take_in(accession)
    watched.look()
    assert lying(folder / "_taken_in") == [f"accession-{accession.pk}/a.txt"]


def test_command_looks_once_and_tells(folder, settings, capsys):
    watching(settings, folder, WATCHED_SECONDS=60)
    put(FILIPPOV, folder / "a.txt")

    call_command("watch")
    assert capsys.readouterr().out.startswith("a.txt waits")
    call_command("watch", "--at-once")
    assert "files are put away" in capsys.readouterr().out
    call_command("watch")
    assert capsys.readouterr().out == "There is nothing new.\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"WATCHED_FOLDER": ""}, "watches no folder"),
        ({"WATCHED_FOLDER": "/nowhere"}, "/nowhere is no folder"),
        ({"WATCHED_COLLECTION": "none"}, "There is no collection 'none'"),
    ],
)
def test_command_says_why_it_cannot_look_and_moves_nothing(folder, settings, more, said):
    put(FILIPPOV, folder / "a.txt")
    watching(settings, folder)
    settings.FONDS = {**settings.FONDS, **more}

    with pytest.raises(CommandError, match=said):
        call_command("watch")
    assert (folder / "a.txt").exists()


def test_site_without_a_watched_folder_is_left_alone():
    tasks.look_at_watched_folder.delay()

    assert not Accession.objects.exists()
