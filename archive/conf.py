"""Settings of the plugin: the dict ``FONDS`` in the site's settings, with a default for everything that has one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Conf:
    """What a site can set in ``FONDS``; the field names are the keys."""

    #: Origin, and path prefix if there is one, of every identifier and link. Never taken from a request.
    PUBLIC_BASE_URL: str = "http://127.0.0.1:8000"
    #: The archive's name, as harvesters and viewers show it.
    REPOSITORY_NAME: str = "Fonds"
    #: Middle part of OAI identifiers, ``oai:{OAI_NAMESPACE}:{id}``; a domain name that the archive owns.
    OAI_NAMESPACE: str = "fonds.example.org"
    #: Name assigning authority number for ARKs; without one, documents have none.
    ARK_NAAN: str = ""
    #: Address that aggregators write to when something is wrong.
    ADMIN_EMAIL: str = "archive@example.org"
    #: Key in Django's ``STORAGES`` of the private storage for originals and page images.
    STORAGE: str = "default"
    #: Records on one page of an OAI-PMH list.
    OAI_PAGE_SIZE: int = 250
    #: Days for which a resumption token is good.
    OAI_TOKEN_DAYS: int = 7
    #: Pages of OAI-PMH lists that one process makes at once; further ones are sent away for a moment. 0: no limit.
    OAI_LISTS_AT_ONCE: int = 3
    #: OAI-PMH requests that one client may send in a minute. 0: no limit.
    OAI_REQUESTS_PER_MINUTE: int = 0
    #: Header in which a proxy tells the client's address; empty: the address of the connection.
    OAI_CLIENT_HEADER: str = ""
    #: Days for which a link to the preview of a document is good.
    PREVIEW_DAYS: int = 7
    #: Seconds after which an accession item whose worker fell silent is taken up again.
    LEASE_SECONDS: int = 60
    #: How often an accession item is tried before it counts as failed.
    ATTEMPTS: int = 3
    #: Largest source file that is taken in, in bytes.
    SOURCE_LIMIT: int = 64 * 1024 * 1024
    #: Font files searched for glyphs, in this order, before the font that comes with the plugin.
    FONTS: tuple[str, ...] = ()
    #: Largest image that the image service makes, in pixels.
    IMAGE_PIXEL_LIMIT: int = 40_000_000


_last: tuple[dict[str, Any], Conf] = {}, Conf()


def conf() -> Conf:
    """The site's settings, read anew at every call so that tests can override them.

    :raises TypeError: where ``FONDS`` holds a key that does not exist (a system check says so first).
    """
    global _last
    now = given()
    if now != _last[0]:  # asked a dozen times for one page of a list, and hardly ever set anew
        _last = now, Conf(**now)
    return _last[1]


def given() -> dict[str, Any]:
    """What the site has set, as it stands in its settings."""
    return dict(getattr(settings, "FONDS", {}))


def unknown_keys() -> list[str]:
    """Keys of ``FONDS`` that mean nothing."""
    known = {f.name for f in fields(Conf)}
    return sorted(set(given()) - known)
