"""The browser, for the pages of readers."""

from tests.browser import browser, chromium, site, turn

__all__ = ["browser", "chromium", "site", "turn"]
