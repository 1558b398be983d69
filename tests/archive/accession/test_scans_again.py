"""Scans that come, go and come back: a look keeps what it made, and undoing brings back what was replaced."""

from __future__ import annotations

import pytest

from archive import accession
from archive.accession import images
from archive.models import Accession, Document, Page, ReplacedScans
from archive.models.page import private_storage
from archive.readers import Source
from tests.archive.accession.test_undoing import bring_in, report_of, undone
from tests.scans import a_scan

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = b"id,title,file\n1,One,a.png\n"


@pytest.fixture
def scan(tmp_path):
    def made(*lines: str) -> Source:
        a_scan(tmp_path / "a.png", lines=lines)
        return Source("a.png", (tmp_path / "a.png").read_bytes())

    return made


def letter(image: Source, **options) -> Accession:
    return bring_in(Source("letters.csv", TABLE), image, **options)


def image() -> str:
    return str(Page.objects.get().image.name)


def test_undo_brings_the_replaced_scan_back(scan):
    letter(scan("first"))
    first, content = image(), Page.objects.get().image.open("rb").read()
    again = letter(scan("second"))
    assert again.items.get().state == "updated"
    assert image() != first
    assert not private_storage().exists(first)

    job = undone(again)

    assert report_of(job)[Document.objects.get().identifier] == "Put back. It shows the scans again that it had before."
    assert image() == first
    assert Page.objects.get().image.open("rb").read() == content
    assert not ReplacedScans.objects.exists()
    assert Document.objects.get().pages.get().identifier.endswith(".s1")


def test_undo_takes_scans_away_from_what_had_none(scan):
    bring_in(Source("letters.csv", b"id,title\n1,One\n"))
    again = letter(scan("first"))
    assert Page.objects.exists()

    undone(again)

    assert Document.objects.get().title == "One"
    assert not Page.objects.exists()


def test_scan_that_a_person_changed_since_stays(scan):
    letter(scan("first"))
    again = letter(scan("second"))
    Page.objects.update(fingerprint="by hand")

    undone(again)

    assert Page.objects.get().fingerprint == "by hand"


def test_images_of_a_look_are_kept_and_not_made_again(scan, monkeypatch):
    made = []
    pyramid = images.pyramid
    monkeypatch.setattr(images, "pyramid", lambda *arguments, **o: made.append(1) or pyramid(*arguments, **o))
    looked = letter(scan("of which no test before has left an image"), look_first=True)
    assert (looked.state, made) == ("looked_at", [1])

    accession.take_in(looked)
    accession.run(looked.pk)

    assert made == [1]
    assert private_storage().exists(image())


def test_images_of_a_look_go_when_nothing_comes_of_it(scan):
    first = scan("never seen before")
    looked = letter(first, look_first=True)
    kept = f"scans/{first.sha256[:2]}/{first.sha256}.0"
    assert any(name.startswith(kept) for name in stored(first))

    accession.discard(looked)

    assert stored(first) == []


def test_dry_run_leaves_no_image_and_a_look_no_image_that_others_show(scan):
    first = scan("shown by another")
    letter(first)

    dry = letter(first, dry_run=True)

    assert dry.state == "rehearsed"
    assert private_storage().exists(image())
    other = scan("of a dry run alone")
    letter(other, dry_run=True)
    assert stored(other) == []


def stored(source: Source) -> list[str]:
    folder = f"scans/{source.sha256[:2]}"
    names = private_storage().listdir(folder)[1] if private_storage().exists(folder) else []
    return [f"{folder}/{name}" for name in names if name.startswith(source.sha256)]
