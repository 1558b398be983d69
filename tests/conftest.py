"""The order of the suite."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first, and one after the other, the tests that start processes: they mostly wait.

    Of two worker processes one takes them, and the other meanwhile has the machine for the rest.
    """
    items.sort(key=lambda item: item.get_closest_marker("once") is None)
    for item in items:
        if item.get_closest_marker("once"):
            item.add_marker(pytest.mark.xdist_group("processes"))
