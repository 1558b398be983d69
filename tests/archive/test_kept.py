"""What a process keeps in memory."""

from __future__ import annotations

from archive.kept import Held, Kept


def held(size: int) -> Held:
    return Held(f"of {size}", b"x" * size)


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept()
    for key in "abcdefgh":
        kept.keep(key, held(100), limit=800)

    kept.last("a")
    kept.keep("i", held(100), limit=800)

    assert kept.last("a") == held(100)
    assert kept.last("b") is None
    assert kept.size == 800


def test_what_is_kept_anew_takes_the_place_of_the_old():
    kept = Kept()
    kept.keep("a", held(100), limit=800)
    kept.keep("a", held(50), limit=800)

    assert kept.last("a") == held(50)
    assert kept.size == 50


def test_what_is_too_large_is_not_kept_and_drives_out_nothing_else():
    kept = Kept()
    kept.keep("a", held(100), limit=800)
    kept.keep("b", held(101), limit=800)

    assert kept.last("a") == held(100)
    assert kept.last("b") is None


def test_nothing_is_kept_without_room():
    kept = Kept()
    kept.keep("a", held(1), limit=0)

    assert (kept.last("a"), kept.size) == (None, 0)


def test_what_is_dropped_leaves_its_room():
    kept = Kept()
    kept.keep("a", held(100), limit=800)
    kept.drop("a")
    kept.drop("never there")

    assert (kept.last("a"), kept.size) == (None, 0)
