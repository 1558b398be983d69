"""Fixtures for many who work at the same time."""

from __future__ import annotations

import pytest

from archive import datestamps
from tests.harvest.keeping.formats import alone
from tests.harvest.keeping.machine import CLOCKS


@pytest.fixture
def harvested_alone(monkeypatch, settings):
    """Only what is compared is rendered, and lists have pages of two records."""
    alone(monkeypatch.setattr)
    # Else each commit would build an index for search, which goes by the clock.
    monkeypatch.setattr("archive.search.changes._hint", lambda: None)
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 2}


@pytest.fixture
def several_clocks(monkeypatch):
    monkeypatch.setattr(datestamps, "now", CLOCKS.now)
