"""The one place where addresses are made: all from ``PUBLIC_BASE_URL``, none from a request.

A worker has no request, and a Host header can be forged; both must come to the same address.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

from archive.conf import conf


def absolute(path: str) -> str:
    """The public address of a path of this site; ``path`` begins with a slash and is already quoted."""
    return conf().PUBLIC_BASE_URL.rstrip("/") + path


def to(view: str, *args: str | int) -> str:
    """The public address of a named view.

    Django puts the script name of the current request in front of what it reverses. Here the prefix is part
    of ``PUBLIC_BASE_URL`` instead, because a worker does not know the web server's script name.
    """
    path = reverse(view, args=args)
    return absolute("/" + path.removeprefix(get_script_prefix()).lstrip("/"))


def named(view: str, name: str) -> str:
    """What ``to`` says of a view with one argument, a tenth as dear: a volume has hundreds of such addresses."""
    before, after = _around(view, str(get_urlconf() or settings.ROOT_URLCONF), get_script_prefix(), absolute(""))
    return before + quote(name, safe=_LEFT_AS_IT_IS) + after


#: By Django, in the path of an address (RFC 3986, section 3.3).
_LEFT_AS_IT_IS = "!$&'()*+,;=/~:@"


@lru_cache(maxsize=256)
def _around(view: str, _urls: str, _prefix: str, _base: str) -> tuple[str, str]:
    """What stands before and after the name in the addresses of a view, as long as none of the rest changes."""
    before, _, after = to(view, "NAME").rpartition("NAME")
    return before, after


def image_service(page: str, file: str = "") -> str:
    """The base address of a page in the image service, without a slash at its end: in that of IMAGE_SERVICE, if set.

    ``file`` is the name of its image in the storage. Ours belongs to the app iiif, which must be installed.
    """
    elsewhere = conf().IMAGE_SERVICE
    if not elsewhere:
        return named("iiif:image", page)
    # As one part of the path: what stands between slashes is a parameter of the Image API.
    return elsewhere.format(page=quote(page, safe=""), file=quote(file, safe=""))


class PageImage(NamedTuple):
    """The address of an image of a page as JPEG, and its extent in pixels."""

    address: str
    width: int
    height: int


def page_image(service: str, width: int, height: int) -> PageImage:
    """A page as large as its image service gives it out; version 2 of the Image API calls that full."""
    version = conf().IMAGE_SERVICE_VERSION if conf().IMAGE_SERVICE else 3
    return PageImage(f"{service}/full/{'full' if version == 2 else 'max'}/0/default.jpg", width, height)


def page_image_within(side: int, service: str, width: int, height: int) -> PageImage:
    """A page within a square of ``side`` pixels, and no larger than it is, as near as its image service comes to that.

    One of level 0 has files of its own sizes and makes no others, so it is asked for the whole page; one of level 1
    need not take a width together with a height (Image API 2.1 and 3.0, Compliance, section 3.2).
    """
    level = conf().IMAGE_SERVICE_LEVEL if conf().IMAGE_SERVICE else 2
    if level == 0:
        return page_image(service, width, height)
    scale = min(1.0, side / max(width, height, 1))
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    return PageImage(f"{service}/full/{across},{down if level == 2 else ''}/0/default.jpg", across, down)


def document(identifier: str) -> str:
    """The URI of a document, which is also where its page is found."""
    return absolute(f"/documents/{identifier}")


def served(identifier: str) -> str:
    """The URI of what is stored under an identifier (``Kind.identifier``): ``110692``, ``units/abc``."""
    return absolute(f"/{identifier}") if "/" in identifier else document(identifier)


def agent(identifier: str) -> str:
    """The URI of a person, a corporate body or a family."""
    return absolute(f"/agents/{identifier}")


def place(identifier: str) -> str:
    """The URI of a place."""
    return absolute(f"/places/{identifier}")


def concept(identifier: str) -> str:
    """The URI of a concept."""
    return absolute(f"/concepts/{identifier}")


def scheme(slug: str) -> str:
    """The URI of a concept scheme."""
    return absolute(f"/schemes/{slug}")


def unit(identifier: str) -> str:
    """The URI of an archival unit."""
    return absolute(f"/units/{identifier}")


def collection(slug: str) -> str:
    """The URI of a collection."""
    return absolute(f"/collections/{slug}")
