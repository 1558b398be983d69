"""``manage.py accession`` on the command line."""

from __future__ import annotations

import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.management.progress import Bar, Standing
from archive.models import Document
from tests.sources import FILIPPOV, ROSHCHIN

pytestmark = pytest.mark.django_db(transaction=True)


class Terminal(StringIO):
    """What a person looks at."""

    def isatty(self) -> bool:
        return True

    def write(self, words: str, ending: str = "\n") -> int:
        return super().write(words + ending)


def told(*arguments: str) -> list[dict]:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("accession", *arguments, "--json", stdout=out, stderr=StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def folder(tmp_path):
    for path in (FILIPPOV, ROSHCHIN):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "unknown.txt").write_text("Nothing that any reader knows.\n")
    return tmp_path


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_each_document_and_each_refused_file_is_an_object_on_a_line(folder, options):
    documents = told(str(folder), *options)

    assert [(each["source"], each["outcome"]) for each in documents] == [
        (ROSHCHIN.name, "created"),
        (FILIPPOV.name, "created"),
        ("unknown.txt", "refused"),
    ]
    assert all(field["verbatim"] is not None for each in documents for field in each["fields"])
    text = next(each for each in documents[1]["fields"] if each["field"] == "text")
    assert text["verbatim"] == text["value"]["text"]
    assert Document.objects.count() == (0 if options else 2)


def test_file_over_the_limit_is_refused_before_anything_is_read(folder, settings):
    settings.FONDS = {**settings.FONDS, "SOURCE_LIMIT": 100}

    with pytest.raises(CommandError, match="this site takes at most 100"):
        call_command("accession", str(folder / FILIPPOV.name), stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_hostile_file_of_a_folder_is_refused_alone(folder, options, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_bytes(FILIPPOV.read_bytes().replace(b"110692", b"110693"))
    (folder / "a link.txt").symlink_to(secret)
    (folder / "bell\x07.txt").write_bytes(ROSHCHIN.read_bytes())
    os.mkfifo(folder / "pipe.txt")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(2**31)  # sparse: it takes no room

    reports = told(str(folder), *options)

    reasons = {each["source"]: each["reason"] for each in reports if each["outcome"] == "refused"}
    assert reasons.keys() == {"a link.txt", "bell?.txt", "pipe.txt", "huge.txt", "unknown.txt"}
    assert reasons["a link.txt"] == "a link.txt is a link, and links are not followed. Hand in the file itself."
    assert "bell\\u0007.txt does not come in: its name holds a control character" in reasons["bell?.txt"]
    assert "huge.txt has 2,147,483,648 bytes; this site takes at most" in reasons["huge.txt"]
    assert sum(each["outcome"] == "created" for each in reports) == 2


def test_terminal_shows_a_bar_with_rate_and_remaining_time():
    stream, clock = Terminal(), iter([0.0, 2.0])
    bar = Bar(stream, clock=lambda: next(clock))

    bar.show(Standing("documents", 0, 300))
    bar.show(Standing("documents", 100, 300))

    assert stream.getvalue().endswith("] 100 of 300 documents, 50 a second, 4 s left")


def test_log_gets_plain_lines_and_not_one_for_each_document():
    stream = StringIO()
    times = iter(range(100))
    bar = Bar(stream, clock=lambda: next(times) / 100)

    for number in range(50):
        bar.show(Standing("documents", number, 50))
    bar.show(Standing("documents", 50, 50), ended=True)

    assert "\x1b" not in stream.getvalue()
    assert stream.getvalue().count("of 50 documents") == 2
