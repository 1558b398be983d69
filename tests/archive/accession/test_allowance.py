"""Containers in containers: the limits are those of the file as it was handed in."""

from __future__ import annotations

import io
import zipfile

import pytest

from archive import accession
from archive.accession import reading
from archive.accession.originals import Kept
from archive.models import Accession, AccessionSource
from archive.readers import Source
from tests.archive.accession.test_leases import expire
from tests.sources import FILIPPOV

pytestmark = pytest.mark.django_db


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


def brought_in(members: dict[str, bytes]) -> dict[str, str]:
    """Why each source did not come in; empty for those that did."""
    submitted = accession.submit([Source("all.zip", zipped(members)), Source("beside.txt", FILIPPOV.read_bytes())])
    accession.run(submitted.pk)
    return reasons(submitted)


def reasons(submitted: Accession) -> dict[str, str]:
    return {each.name: each.reason for each in submitted.sources.all()}


def letters(count: int) -> dict[str, bytes]:
    return {f"{n}.txt": b"x" for n in range(count)}


def test_members_of_all_containers_in_a_file_are_counted_together(settings):
    settings.FONDS = {**settings.FONDS, "CONTAINER_MEMBERS": 10}

    found = brought_in({"a.zip": zipped(letters(5)), "b.zip": zipped(letters(5)), "letter.txt": FILIPPOV.read_bytes()})

    assert not found["all.zip/a.zip"]
    assert found["all.zip/b.zip"] == (
        "all.zip/b.zip lists more than 2 members, which is what is left for all.zip: 10 members and 67,108,864 bytes, "
        "with all the containers in it. Hand them in as several smaller ZIP files."
    )
    assert not found["all.zip/letter.txt"]
    assert not found["beside.txt"]


def test_bytes_of_all_containers_in_a_file_are_counted_together(settings):
    settings.FONDS = {**settings.FONDS, "CONTAINER_SIZE": 4000}
    noise = bytes(range(256)) * 6

    found = brought_in({"a.zip": zipped({"1.bin": noise}), "b.zip": zipped({"1.bin": noise, "2.bin": noise})})

    assert "1.bin" in str(found)
    assert "all.zip/b.zip holds 3,072 bytes unpacked; this site takes at most" in found["all.zip/b.zip"]
    assert "what is left for all.zip" in found["all.zip/b.zip"]


def test_what_comes_out_of_a_small_file_is_held_to_the_ratio(settings, monkeypatch):
    monkeypatch.setattr("archive.accession.allowance.FLOOR", 100_000)
    zeroes = zipped({f"{n}.txt": bytes(60_000) for n in range(40)})

    found = brought_in({"bomb.zip": zeroes})

    assert "all.zip/bomb.zip holds 2,400,000 bytes unpacked; this site takes at most" in found["all.zip/bomb.zip"]
    assert not any(name.startswith("all.zip/bomb.zip/") for name in found)
    assert not found["beside.txt"]


def test_containers_five_deep_are_refused(settings):
    inner = FILIPPOV.read_bytes()
    for depth in range(5):
        inner = zipped({f"{depth}.zip" if depth else "letter.txt": inner})

    found = brought_in({"deep.zip": inner})

    assert any("unpack it and hand in what is in it" in reason for reason in found.values())
    assert not any(name.endswith("letter.txt") for name in found)


def test_container_taken_up_again_after_a_kill_is_not_counted_twice(settings, monkeypatch):
    settings.FONDS = {**settings.FONDS, "CONTAINER_MEMBERS": 9}
    monkeypatch.setattr(reading, "DRAFTS", 2)
    members = {"a.zip": zipped(letters(4)), "b.zip": zipped(letters(3))}
    monkeypatch.setattr("archive.accession.submission._hint", lambda *_: None)
    submitted = accession.submit([Source("all.zip", zipped(members))])
    reading.read(reading.take(submitted.pk), Kept())  # the outer one
    a = next(each for each in reading.take(submitted.pk) if each.name.endswith("a.zip"))
    monkeypatch.setattr("archive.accession.unpacking._row", dying_after(2))
    with pytest.raises(KeyboardInterrupt):
        reading.read([a], Kept())
    monkeypatch.undo()
    settings.FONDS = {**settings.FONDS, "CONTAINER_MEMBERS": 9}
    assert AccessionSource.objects.get(pk=a.pk).drafts == 2

    expire(*submitted.sources.filter(state="taken"))
    accession.run(submitted.pk)

    assert not any("what is left" in reason for reason in reasons(submitted).values())
    assert submitted.sources.count() == 1 + 2 + 7


def dying_after(count: int):
    from archive.accession.unpacking import _row

    left = iter(range(count))

    def row(*arguments):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return _row(*arguments)

    return row
