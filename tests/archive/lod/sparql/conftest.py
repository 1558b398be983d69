"""A store for SPARQL, in a folder of its own."""

from __future__ import annotations

import pytest


@pytest.fixture
def fonds(settings):
    """Set keys of FONDS."""

    def fonds(**keys):
        settings.FONDS = {**settings.FONDS, **keys}

    return fonds


@pytest.fixture
def root(fonds, tmp_path):
    """The folder of the store."""
    fonds(SPARQL_STORE=str(tmp_path / "triples"), SPARQL_SECONDS=120)  # however busy the machine is
    return tmp_path / "triples"
