"""ZIP files made to do harm: each is refused with its reason, and its neighbours come in.

Time and memory are not measured by a clock but bounded by what the machine grants a child process, and by counting.
"""

from __future__ import annotations

import resource
import stat
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from archive.containers import Limits
from archive.containers.unpacking import Unpacking
from archive.containers.zip_directory import Entry
from archive.readers import BrokenSource, HostileSource
from tests.archive.containers.archives import (
    AFTER,
    BEFORE,
    Member,
    among_neighbours,
    came_in,
    deflated,
    packed,
    refused,
)

NEIGHBOURS = ["before.txt", "after.txt"]
MIB = 1024 * 1024
ZEROES = b"\0" * (2 * MIB)

HOSTILE = {
    "bomb by its ratio": (Member(content=ZEROES), "more than 200 times as many"),
    "larger than the site takes": (Member(packed=b"", listed_size=2**31), "2,147,483,648 bytes unpacked"),
    "longer than the directory says": (Member(content=b"x" * 1000, listed_size=10), "more than the 10 bytes"),
    "shorter than the directory says": (Member(listed_size=17), "1 bytes fewer"),
    "wrong checksum": (Member(crc=1), "its checksum is not the one"),
    "packed bytes that make no sense": (Member(packed=b"\xff\xff\xff\xff"), "make no sense"),
    "packed bytes cut off": (Member(packed=deflated(b"Comrade Filippov")[:-4]), "bytes fewer"),
    "stored with two sizes": (Member(method=0, listed_size=5), "it is not packed, and yet 5 bytes long and 16"),
    "encrypted": (Member(flags=0x801), "it is encrypted. Pack it without a password"),
    "encrypted with a masked directory": (Member(flags=0x2801), "it is encrypted"),
    "packed by LZMA": (Member(method=14), "packed by LZMA, which we cannot read"),
    "packed by a method nobody knows": (Member(method=77), "packed by method 77"),
    "symbolic link": (Member(mode=stat.S_IFLNK | 0o777), "it is a symbolic link"),
    "device": (Member(mode=stat.S_IFBLK | 0o600), "it is a device"),
    "pipe": (Member(mode=stat.S_IFIFO | 0o600), "it is a pipe"),
    "path that climbs out": (Member(b"../../etc/passwd"), "leads out of its folder"),
    "path that climbs out on the way": (Member(b"a/../../b.txt"), "leads out of its folder"),
    "absolute path": (Member(b"/etc/passwd"), "absolute"),
    "drive letter": (Member(b"C:/letters/1.txt"), "absolute"),
    "backslashes": (Member(b"..\\..\\boot.ini"), "backslash"),
    "zero byte in its name": (Member(b"letter.txt\0.exe"), "U+0000"),
    "control character in its name": (Member(b"letter\x1b[31m.txt"), "U+001B"),
    "line break in its name": (Member(b"letter\n.txt"), "U+000A"),
    "name that turns the reading": (Member("lett\u202etxt.exe".encode()), "U+202E"),
    "name without end": (Member(b"x" * 60_000), "more than 500 characters"),
    "empty step": (Member(b"a//b.txt"), "an empty step"),
    "broken UTF-8": (Member(b"letter\xff.txt"), "says that it is UTF-8 and is not"),
    "overlong UTF-8": (Member(b"\xc0\xae\xc0\xae/passwd"), "says that it is UTF-8 and is not"),
    "surrogates in UTF-8": (Member(b"\xed\xa0\x80.txt"), "says that it is UTF-8 and is not"),
    "another name in its own header": (Member(own_name=b"virus.txt"), "is not where the directory"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_member_is_refused_with_its_reason_and_its_neighbours_come_in(case):
    member, reason = HOSTILE[case]
    made = among_neighbours(member)

    [(name, said)] = refused(made).items()
    assert reason in said
    assert said.isprintable()
    assert name.isprintable()
    assert list(came_in(made)) == NEIGHBOURS


def test_members_of_one_name_are_all_refused_because_nobody_can_tell_which_is_meant():
    made = among_neighbours(Member(), Member(content=b"another"))

    assert "2 members have this name" in refused(made)["letter.txt"]
    assert list(came_in(made)) == NEIGHBOURS


def test_names_that_differ_only_in_how_accents_are_composed_are_one():
    made = packed(Member("é.txt".encode()), Member("e\u0301.txt".encode()), AFTER)

    assert list(came_in(made)) == ["after.txt"]


def test_overlapping_members_are_refused_and_others_come_in():
    kernel = Member(b"kernel", content=b"x" * 5000, method=0)
    start = len(packed(BEFORE)) - len(packed()) - (46 + len(BEFORE.name))
    made = packed(
        BEFORE, kernel, *(Member(b"kernel", content=b"x" * 5000, method=0, at=start) for _ in range(50)), AFTER
    )

    assert list(came_in(made)) == NEIGHBOURS
    assert all("this name" in why or "overlap" in why for why in refused(made).values())


def test_member_within_another_is_refused():
    inner = packed(Member(b"inner.txt", method=0))
    outer = Member(b"outer.bin", content=inner, method=0)
    start = len(packed(BEFORE)) - len(packed()) - (46 + len(BEFORE.name))
    made = packed(BEFORE, outer, Member(b"inner.txt", method=0, at=start + 30 + len(b"outer.bin")), AFTER)

    assert list(came_in(made)) == NEIGHBOURS
    assert {name for name, why in refused(made).items() if "overlap" in why} == {"outer.bin", "inner.txt"}


def test_too_many_members_are_refused_before_any_is_read():
    with pytest.raises(HostileSource, match=r"box.zip lists more than 10 members"):
        came_in(packed(*(Member(f"{number}.txt".encode()) for number in range(11))), Limits(members=10))


def test_too_much_altogether_is_refused_before_any_is_read():
    members = [Member(f"{number}.txt".encode(), content=b"x" * 1000) for number in range(11)]

    with pytest.raises(HostileSource, match=r"box.zip holds 11,000 bytes unpacked"):
        came_in(packed(*members), Limits(size=10_000))


def test_archive_that_holds_an_archive_hands_it_on_and_opens_it_no_further():
    nest = packed(BEFORE)
    for _ in range(20):
        nest = packed(Member(b"nest.zip", content=nest), AFTER)

    assert list(came_in(nest)) == ["nest.zip", "after.txt"]


def test_directory_that_points_into_itself_is_no_way_round():
    made = packed(Member(), AFTER)
    looped = made.replace(b"PK\x01\x02", b"PK\x01\x03", 1)

    with pytest.raises(Exception, match=r"box.zip is damaged"):
        came_in(looped)


def test_no_more_is_unpacked_than_the_directory_says():
    bomb = deflated(b"\0" * (8 * MIB))
    entry = Entry(b"bomb", 0, 8, 0, len(bomb), 1000, 0, 0)
    stream = Unpacking(BytesIO(bomb), entry, 0, name="bomb")

    assert sum(len(stream.read(300)) for _ in range(3)) == 900
    with pytest.raises(BrokenSource, match="more than the 1,000 bytes"):
        stream.read(300)


CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from archive.containers import container_of
from archive.readers import Source, SourceRefused
from pathlib import Path
source = Source.at(Path(sys.argv[1]))
# What Python has loaded by now, and 96 MB to work in.
loaded = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (loaded + 96 * 2**20, loaded + 96 * 2**20))
try:
    for member in container_of(source).members(source):
        print("refused" if hasattr(member, "reason") else "came in", member.name)
except SourceRefused as refusal:
    print("refused", refusal)
"""


def in_a_small_process(path: Path) -> list[str]:
    """What becomes of a file where there are 20 seconds of CPU and 96 MB of memory; a failure if that is not enough."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, cwd=settings.BASE_DIR, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS") or sys.platform != "linux", reason="limits as Linux has them")
class TestWithinLittleMemory:
    def test_bombs_are_refused(self, tmp_path):
        high = Member(b"high.bin", content=b"\0" * (60 * MIB))
        bombs = [high, replace(high, name=b"lie.bin", listed_size=9)]
        path = tmp_path / "bombs.zip"
        path.write_bytes(among_neighbours(*bombs))

        assert in_a_small_process(path) == [
            "came in before.txt", "refused high.bin", "refused lie.bin", "came in after.txt",
        ]  # fmt: skip

    def test_directory_of_a_million_members_is_refused(self, tmp_path):
        one = packed(Member(b"x", content=b"", method=0))
        local, central, end = one[:31], one[31:78], one[78:]
        path = tmp_path / "many.zip"
        end = end[:12] + (47 * 1_000_000).to_bytes(4, "little") + end[16:]
        path.write_bytes(local + central * 1_000_000 + end)

        [said] = in_a_small_process(path)
        assert said.startswith("refused many.zip lists more than 100,000 members.")

    def test_file_of_two_gigabytes_is_refused_without_being_read(self, tmp_path):
        path = tmp_path / "sparse.zip"
        with path.open("wb") as file:
            file.truncate(2**31)
            file.seek(0)
            file.write(packed(Member(), cut=22))

        [said] = in_a_small_process(path)
        assert said.startswith("refused sparse.zip is cut off")
