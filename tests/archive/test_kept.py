"""What a process keeps in memory."""

from __future__ import annotations

from archive.kept import Held, Kept


def held(size: int) -> Held:
    """Something that takes so much, 400 bytes of which are for keeping it."""
    return Held(f"of {size}", b"x" * (size - 400))


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept()
    for key in "abcdefgh":
        kept.keep(key, held(1000), limit=8000)

    kept.last("a")
    kept.keep("i", held(1000), limit=8000)

    assert kept.last("a") == held(1000)
    assert kept.last("b") is None
    assert kept.size == 8000


def test_what_is_kept_anew_takes_the_place_of_the_old():
    kept = Kept()
    kept.keep("a", held(1000), limit=8000)
    kept.keep("a", held(500), limit=8000)

    assert kept.last("a") == held(500)
    assert kept.size == 500


def test_what_is_too_large_is_not_kept_and_drives_out_nothing_else():
    kept = Kept()
    kept.keep("a", held(1000), limit=8000)
    kept.keep("b", held(1001), limit=8000)

    assert kept.last("a") == held(1000)
    assert kept.last("b") is None


def test_nothing_is_kept_without_room():
    kept = Kept()
    kept.keep("a", held(400), limit=0)

    assert (kept.last("a"), kept.size) == (None, 0)


def test_what_is_dropped_leaves_its_room():
    kept = Kept()
    kept.keep("a", held(1000), limit=8000)
    kept.drop("a")
    kept.drop("never there")

    assert (kept.last("a"), kept.size) == (None, 0)
