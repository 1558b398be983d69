"""Sources of many documents, sources that others bring along, and sources that hold sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from archive import accession, containers, readers
from archive.accession import entering, reading, work
from archive.accession.originals import Kept
from archive.accession.understanding import fields_of
from archive.containers import RefusedMember
from archive.drafts import Draft, Field, Identity, Number, TextBody, Title, UnitDraft
from archive.models import Accession, AccessionSource, ArchivalUnit, Document, Original
from archive.readers import BrokenSource, Source
from tests.routes.volumes.reader import draft
from tests.sources import FILIPPOV, source

pytestmark = pytest.mark.django_db


class Volume:
    """Reads lines after ``VOLUME`` as documents; one that begins with ``!`` breaks off, with ``>`` names a file."""

    name, version = "volume", "1"

    def recognises(self, source: Source) -> bool:
        return source.head(7) == b"VOLUME\n"

    def read(self, source: Source) -> Iterator[Draft | UnitDraft]:
        for number, line in enumerate(source.text.splitlines()[1:]):
            if line.startswith("!"):
                raise BrokenSource(f"{source.name} breaks off in line {number + 2}.")
            if line.startswith("?"):
                raise RuntimeError("the reader has a fault")
            if line.startswith(">"):
                beside = source.neighbour(line[1:])
                line = beside.text.strip() if beside else "nothing"
            if line.startswith("repository "):
                yield UnitDraft(Identity("record", line), None, "repository", line[11:])
            else:
                yield draft(source.name, number, line)


class Box:
    """Holds files: after ``BOX`` come lines ``name=words``; one without words is refused."""

    name, version = "box", "1"

    def recognises(self, source: Source) -> bool:
        return source.head(4) == b"BOX\n"

    def remarks(self, source: Source) -> Iterator[str]:
        yield from ()

    def members(self, source: Source) -> Iterator[Source | RefusedMember]:
        for line in source.text.splitlines()[1:]:
            name, _, words = line.partition("=")
            if words:
                yield Source(name, words.replace("|", "\n").encode())
            else:
                yield RefusedMember(name, f"{name} leads out of the box.")


@pytest.fixture(autouse=True)
def formats(monkeypatch, settings):
    monkeypatch.setattr(readers, "MARKED", (Volume(),))
    monkeypatch.setattr(containers, "containers_within", lambda limits: (Box(),))
    monkeypatch.setattr(containers, "CONTAINERS", (Box(),))
    settings.FONDS = {**settings.FONDS, "RETRY_SECONDS": 0}


def volume(*lines: str, name: str = "volume.txt") -> Source:
    return Source(name, "".join(f"{line}\n" for line in ("VOLUME", *lines)).encode())


def bring_in(*sources: Source) -> Accession:
    submitted = accession.submit(sources)
    accession.run(submitted.pk)
    submitted.refresh_from_db()
    return submitted


def states(of: Accession) -> dict[str, str]:
    return dict(of.sources.values_list("name", "state"))


def titles() -> list[str]:
    return list(Document.objects.order_by("pk").values_list("title", flat=True))


def test_every_document_of_a_source_comes_in_once(monkeypatch):
    monkeypatch.setattr(reading, "DRAFTS", 3)
    monkeypatch.setattr(entering, "DOCUMENTS", 2)

    submitted = bring_in(volume(*(f"Document {number}" for number in range(10))))

    assert submitted.state == "done"
    assert titles() == [f"Document {number}" for number in range(10)]
    assert list(submitted.items.values_list("part", flat=True)) == list(range(10))
    assert submitted.sources.get().drafts == 10


def test_reading_goes_on_after_what_is_written_down(monkeypatch):
    monkeypatch.setattr(reading, "DRAFTS", 2)
    submitted = accession.submit([volume("a", "b", "c", "?", "d")])
    reading.read(reading.take(submitted.pk), Kept())
    assert submitted.items.count() == 3

    monkeypatch.setattr(readers, "MARKED", (Mended(),))
    accession.run(submitted.pk)

    assert [each.part for each in submitted.items.all()] == [0, 1, 2, 3, 4]
    assert titles() == ["a", "b", "c", "mended", "d"]


class Mended(Volume):
    """A reader that knows what another broke at."""

    def read(self, source: Source) -> Iterator[Draft | UnitDraft]:
        return super().read(Source(source.name, source.content.replace(b"?", b"mended")))


def test_source_that_breaks_off_is_refused_and_what_came_before_is_in():
    submitted = bring_in(volume("a", "b", "!", "c"))

    assert submitted.state == "done_with_errors"
    assert titles() == ["a", "b"]
    assert submitted.sources.get().reason == "volume.txt breaks off in line 4."
    assert [each.outcome for each in accession.reports_of(submitted)] == ["refused", "created", "created"]


def test_fault_of_a_reader_is_told_after_three_attempts_and_the_others_come_in():
    submitted = bring_in(volume("a", "?", "b"), volume("c", name="other.txt"))

    faulty, other = submitted.sources.order_by("position")
    assert (faulty.state, faulty.attempts, faulty.reason) == ("failed", 3, "RuntimeError: the reader has a fault")
    assert (other.state, other.attempts) == ("read", 1)
    assert sorted(titles()) == ["a", "c"]


@pytest.mark.parametrize("name", ["text.txt", "TEXT.TXT", "texts/text.txt", "elsewhere/text.txt"])
def test_file_that_another_names_is_kept_beside_it_and_is_no_document(name):
    handed_in = [volume(f">{name}", name="table.txt"), Source("texts/text.txt", b"The words.\n")]

    for order in (handed_in, handed_in[::-1]):
        submitted = bring_in(*order)

        assert states(submitted) == {"table.txt": "read", "texts/text.txt": "kept"}
        assert submitted.state == "done"
        assert titles() == ["The words."]


@pytest.mark.parametrize("at_once", ["SOURCES", "DRAFTS"])
def test_document_that_another_file_names_does_not_come_in_by_itself(monkeypatch, at_once):
    monkeypatch.setattr(reading, at_once, 1)

    submitted = bring_in(volume("by itself", name="a.txt"), volume(">a.txt", name="b.txt"))

    assert states(submitted) == {"a.txt": "kept", "b.txt": "read"}
    assert Document.objects.count() == 1


def test_name_that_several_files_bear_means_the_one_in_the_folder():
    submitted = bring_in(
        volume(">1.txt", name="a/table.txt"),
        Source("a/1.txt", b"in the folder"),
        Source("b/1.txt", b"in another"),
        volume(">1.txt", name="c/table.txt"),
    )

    assert states(submitted)["b/1.txt"] == "refused"
    assert sorted(titles()) == ["in the folder", "nothing"]


def test_container_becomes_sources_and_a_bad_member_is_refused_alone():
    submitted = bring_in(Source("box.txt", b"BOX\nin/one.txt=VOLUME|a|b\n../two.txt=\nthree.txt=VOLUME|c"))

    assert states(submitted) == {
        "box.txt": "read",
        "box.txt/in/one.txt": "read",
        "box.txt/../two.txt": "refused",
        "box.txt/three.txt": "read",
    }
    assert submitted.state == "done_with_errors"
    assert titles() == ["a", "b", "c"]
    assert Original.objects.count() == 3
    assert [each.outcome for each in accession.reports_of(submitted)] == ["created", "created", "refused", "created"]


def test_members_name_only_what_is_in_the_same_container():
    submitted = bring_in(
        Source("box.txt", b"BOX\none.txt=VOLUME|>here.txt|>there.txt\nhere.txt=words"), Source("there.txt", b"no")
    )

    assert states(submitted)["box.txt/here.txt"] == "kept"
    assert titles() == ["words", "nothing"]


def test_container_that_holds_itself_for_ever_ends(monkeypatch):
    class Endless(Box):
        def members(self, source: Source) -> Iterator[Source | RefusedMember]:
            yield Source("in.txt", source.content)

    monkeypatch.setattr(containers, "containers_within", lambda limits: (Endless(),))
    submitted = bring_in(Source("box.txt", b"BOX\n"))

    assert submitted.sources.count() == 5
    assert "one within the other" in submitted.sources.last().reason


def test_member_over_the_limit_is_refused_alone(settings):
    settings.FONDS = {**settings.FONDS, "SOURCE_LIMIT": 60}

    submitted = bring_in(Source("box.txt", b"BOX\na=VOLUME|a\nb=" + b"x" * 40))
    settings.FONDS = {**settings.FONDS, "SOURCE_LIMIT": 20}
    again = accession.submit([Source("box.txt", b"BOX\na=VOLUME|b\n")])
    settings.FONDS = {**settings.FONDS, "SOURCE_LIMIT": 5}
    accession.run(again.pk)

    assert states(submitted)["box.txt/a"] == "read"
    assert "at most 5" in again.sources.last().reason


def test_units_of_a_finding_aid_come_in_beside_its_documents():
    submitted = bring_in(volume("repository APRF", "repository RGASPI", "a"))

    assert submitted.sources.get().notices == ["2 archival units, from APRF on: 2 are new."]
    assert set(ArchivalUnit.objects.values_list("code", flat=True)) == {"APRF", "RGASPI"}
    assert titles() == ["a"]


def test_source_without_a_document_says_so():
    submitted = bring_in(volume())

    (report,) = accession.reports_of(submitted)
    assert report.notices == [{"message": "There is no document in it.", "span": None}]


def test_document_that_no_database_can_hold_is_refused_and_the_others_come_in():
    class Hostile(Volume):
        def read(self, source: Source) -> Iterator[Draft]:
            for words, identity in (("a", "a"), ("a\x00b", "b"), ("c", "c" * 700)):
                yield Draft(Identity("record", identity), (Field(Title(words), words, locator="cell B2"),))

    readers.MARKED = (Hostile(),)
    submitted = bring_in(volume())

    assert [each.state for each in submitted.items.all()] == ["created", "refused", "refused"]
    assert "The field title holds a character that means nothing in any text (NUL), at cell B2." in [
        each.reason for each in submitted.items.all()
    ]


@pytest.mark.parametrize("escape", [r"\0", r"\ud800"], ids=["NUL", "half of a pair"])
def test_words_that_no_database_can_hold_are_signed_where_they_are_only_told(escape):
    front = f'---\ntitle: One\n"pa{escape}per": yellow\n---\n\nA telegram.\n'
    submitted = bring_in(Source("one.md", front.encode()))

    assert titles() == ["One"]
    (report,) = accession.reports_of(submitted)
    json.dumps(asdict(report), ensure_ascii=False, default=str).encode()
    assert "pa�per" in str(report)


def test_verbatim_words_that_no_database_can_hold_are_signed():
    class Hostile(Volume):
        def read(self, source: Source) -> Iterator[Draft]:
            yield Draft(Identity("record", "a"), (Field(Title("a"), "a\ud800\x00b", locator="cell B2"),))

    readers.MARKED = (Hostile(),)
    (item,) = bring_in(volume()).items.all()

    assert item.state == "created"
    assert [field.verbatim for field in fields_of(item.understood)] == ["a��b"]


def test_rehearsal_of_volumes_and_boxes_tells_what_will_be_and_keeps_nothing():
    given = [
        Source("box.txt", b"BOX\none.txt=VOLUME|a|b|>three.txt\n../two.txt=\nthree.txt=words"),
        volume("a", "!", name="broken.txt"),
        source(FILIPPOV),
        Source("unknown.txt", b"Nothing that any reader knows.\n"),
    ]

    rehearsed = accession.rehearse(given)

    assert not Document.objects.exists()
    assert not AccessionSource.objects.exists()
    assert not Original.objects.exists()
    real = list(accession.reports_of(bring_in(*given)))
    # A record id is an identifier before and after; one that is minted is another each time.
    without = [(each.source, each.part, each.outcome, each.reason, each.fields, each.notices) for each in rehearsed]
    assert without == [(each.source, each.part, each.outcome, each.reason, each.fields, each.notices) for each in real]


def test_documents_wait_until_another_worker_has_read_its_sources():
    submitted = accession.submit([volume("a"), volume("b", name="b.txt")])
    reading.take(submitted.pk, limit=1)
    reading.read(reading.take(submitted.pk), Kept())

    assert work.step(submitted.pk, Kept()) is work.Step.LATER
    assert not Document.objects.exists()


def test_text_is_stored_once_and_reported_whole():
    def understood() -> dict:
        return bring_in(source(FILIPPOV)).items.get().understood

    (text,) = [each for each in understood()["fields"] if each["field"] == "text"]
    assert "verbatim" not in text
    (report,) = accession.reports_of(Accession.objects.latest("pk"))
    (whole,) = [each for each in report.fields if each["field"] == "text"]
    assert whole["verbatim"] == whole["value"]["text"] == text["value"]["text"]


def test_number_or_text_of_a_volume_stays_what_it_is():
    words = (Field(Number("5", "telegram"), "No. 5"), Field(TextBody("Words.", "transcript"), "Words."))
    fields = (Field(Title("T"), "T"), *words)

    class One(Volume):
        def read(self, source: Source) -> Iterator[Draft]:
            yield Draft(Identity("record", "one"), fields)

    readers.MARKED = (One(),)
    bring_in(volume())

    document = Document.objects.get()
    assert [(each.value, each.kind, each.verbatim) for each in document.numbers.all()] == [("5", "telegram", "No. 5")]
    assert document.texts.get().body == "Words."
