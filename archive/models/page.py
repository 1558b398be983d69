"""Pages: what there is to look at."""

from __future__ import annotations

import re

from django.core.files.storage import Storage, storages
from django.db import models

from archive.conf import conf
from archive.models.document import Document
from archive.models.text import Text

#: What the image of a scan is called in the storage.
_SCAN = re.compile(r"scans/../(?P<checksum>[0-9a-f]{64})\.(?P<place>\d+)\.v\w+\.tif")


def made_from(image: str) -> tuple[str, int]:
    """SHA-256 of the file that the image of a scan was made from, and the place in it, by the image's name.

    Empty, and 0, for another image.
    """
    match = _SCAN.fullmatch(image)
    return (match["checksum"], int(match["place"])) if match else ("", 0)


def private_storage() -> Storage:
    """The storage for originals and page images, which no web server serves."""
    return storages[conf().STORAGE]


class PageKind(models.TextChoices):
    """Where the image of a page comes from."""

    SCAN = "scan", "scan"
    #: Made from the text by the archive, and marked as such wherever it is shown.
    TYPESET = "typeset", "typeset"


class Page(models.Model):
    """One page image of a document, with its lines where they are known."""

    Kind = PageKind

    #: The ``{page}`` of the image service: ``{document}.{n}`` for typeset pages.
    identifier = models.CharField(max_length=100, unique=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="pages")
    text = models.ForeignKey(Text, models.CASCADE, null=True, blank=True, related_name="pages")
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=PageKind)
    image = models.FileField(storage=private_storage, max_length=300)
    #: Pixels.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    #: What the page was made from; typesetting again with the same fingerprint changes nothing.
    fingerprint = models.CharField(max_length=64, blank=True)
    #: Lines from top to bottom: ``{"text", "box": [x, y, width, height]}``, in pixels from the upper left corner.
    #: Where they are known, with ``"words"`` in the order of the text, each in the same form: what stands between two
    #: spaces, or a character where the script has none.
    lines = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["document_id", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="archive_page_has_an_extent"),
            models.CheckConstraint(condition=models.Q(kind__in=PageKind.values), name="archive_page_kind_is_known"),
            models.UniqueConstraint(fields=["document", "order"], name="archive_page_order_once"),
        ]

    def __str__(self) -> str:
        return self.identifier
