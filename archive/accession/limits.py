"""The site's limits for containers, in the form in which containers take them."""

from __future__ import annotations

from archive.conf import conf
from archive.containers import Limits


def container_limits() -> Limits:
    """How much a container may hold on this site."""
    site = conf()
    return Limits(
        members=site.CONTAINER_MEMBERS,
        member_size=site.SOURCE_LIMIT,
        size=site.CONTAINER_SIZE,
        ratio=site.CONTAINER_RATIO,
    )
