import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_suite_runs_on_the_engine_that_was_asked_for():
    assert connection.vendor == os.environ.get("TEST_ENGINE", "sqlite")
