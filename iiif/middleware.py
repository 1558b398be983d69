"""The way in for viewers: manifests, images, lines and findings, which do not depend on who asks."""

from __future__ import annotations

from django.urls import reverse

from archive.shortcut import shortcut
from iiif.urls import urlpatterns


def _root() -> str:
    return reverse("iiif:collection-top").removesuffix("collection/top")


#: A middleware, see ``archive.shortcut``: answers what is asked below the address at which the site has this app. A
#: site that has a view of its own there, in the place of one of these, leaves it out.
viewers_first = shortcut(urlpatterns, root=_root)
