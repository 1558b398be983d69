"""Garbage: when Python looks for what refers to itself in circles, which reference counting does not free."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search for cyclic garbage off to the end of a batch.

    A batch makes many thousand objects that all live until it is written, and looking through them again and again
    takes a third of the time of entering.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
