"""Whatever happens to a file, it is refused with a reason or it is read without loss."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.drafts import Role
from archive.readers import Source, SourceRefused, drafts_of
from tests.archive.readers.seeds import PAGE_MARKDOWN, PAGE_TEXT

SCRAPS = ["**", "[", "]", "(", "\n", "\r\n", "\x08", "\x0c", "\ufeff", "\u2028", "13.", "No. 1", "Copies:", " to "]


def line_removed(lines, at, _):
    return lines[:at] + lines[at + 1 :]


def line_doubled(lines, at, _):
    return lines[:at] + lines[at : at + 1] + lines[at:]


def lines_swapped(lines, at, other):
    lines = list(lines)
    lines[at], lines[other] = lines[other], lines[at]
    return lines


def cut_off(lines, at, other):
    return [*lines[:at], lines[at][: other % (len(lines[at]) + 1)]]


def beginning_lost(lines, at, _):
    return lines[at:]


def scrap_put_in(lines, at, other):
    place = other * 7 % (len(lines[at]) + 1)
    return [*lines[:at], lines[at][:place] + SCRAPS[other % len(SCRAPS)] + lines[at][place:], *lines[at + 1 :]]


CHANGES = [line_removed, line_doubled, lines_swapped, cut_off, beginning_lost, scrap_put_in]


@st.composite
def mutations(draw):
    lines = draw(st.sampled_from([PAGE_TEXT, PAGE_MARKDOWN])).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        places = st.integers(0, len(lines) - 1)
        lines = draw(st.sampled_from(CHANGES))(lines, draw(places), draw(places)) or [""]
    return "\n".join(lines)


def assert_lossless(text):
    with contextlib.suppress(SourceRefused):
        for draft in drafts_of(Source("mutation.txt", text.encode()))[1]:
            assert draft.rebuilt() == text
            assert all(field.span.of(text) == field.verbatim for field in draft.fields)
            assert all(0 <= field.span.start <= field.span.end for field in draft.fields)
            assert all(segment.verbatim for segment in draft.segments)
            assert not "".join(s.verbatim for s in draft.segments if s.role is Role.BLANK).replace("\ufeff", "").strip()


@settings(max_examples=1200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_mutated_seed_is_refused_or_read_without_loss(text):
    assert_lossless(text)


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_ten_thousand_mutations_are_refused_or_read_without_loss(text):
    assert_lossless(text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(), st.text(), st.text())
def test_any_text_in_the_layouts_places_is_read_without_loss(first, second, third):
    assert_lossless(f"Skip to content\n\nMay 1, 1950\n\n{first}\n\n{second}\n\nDocument Information\n\n{third}")
    assert_lossless(f"**{first}**\n\n**Citation:**\n\n{second}\n\n**Contents:**\n\n{third}")
