"""The browser, for what viewers show on a document's page."""

from tests.browser import browser, chromium, site, turn

__all__ = ["browser", "chromium", "site", "turn"]
