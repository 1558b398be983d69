"""Fixtures for many who work at the same time."""

from __future__ import annotations

import pytest

from archive import datestamps, representations
from harvest.formats import FORMATS
from tests.harvest.keeping.machine import CLOCKS


@pytest.fixture
def harvested_alone(monkeypatch, settings):
    """Only what is harvested is rendered, and lists have pages of two records."""
    registry = representations.Registry()
    for each in FORMATS:
        registry.register(each)
    monkeypatch.setattr(representations, "registry", registry)
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 2}


@pytest.fixture
def several_clocks(monkeypatch):
    monkeypatch.setattr(datestamps, "now", CLOCKS.now)
