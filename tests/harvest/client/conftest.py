"""A repository to harvest, and settings with which this machine may be asked."""

from __future__ import annotations

import pytest

from tests.harvest.client.repository import Repository, serving


@pytest.fixture
def open_to(settings):
    """Let the site ask a port of this machine."""

    def open_to(port: int, **others: object) -> None:
        settings.FONDS = {**settings.FONDS, "HARVEST_LOOPBACK": True, "HARVEST_PORTS": (port,), **others}

    return open_to


@pytest.fixture
def repository(open_to):
    """A repository that behaves, until it is told otherwise."""
    with serving(Repository()) as found:
        open_to(found.port)
        yield found
