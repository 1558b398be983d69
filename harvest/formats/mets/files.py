"""The files (``fileSec``): an image and a thumbnail of each page, and the words as the record in TEI has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from archive import uris
from archive.conf import conf
from archive.description import Description
from harvest.formats.mets.elements import XLINK, named
from harvest.formats.oai_dc import THUMBNAIL
from harvest.formats.tei.text import readable
from harvest.formats.trees import Element, around
from harvest.formats.views import View


def section(description: Description, views: Sequence[View]) -> Element:
    """``<fileSec>``."""
    numbered = tuple(enumerate(views, start=1))
    images = [_file(named(description, "image", n), "image/jpeg", view.image) for n, view in numbered]
    thumbnails = [_file(named(description, "thumb", n), "image/jpeg", view.within(THUMBNAIL)) for n, view in numbered]
    groups = [around("fileGrp", images, USE="DEFAULT"), around("fileGrp", thumbnails, USE="THUMBS")]
    return around("fileSec", [*groups, *_words(description)])


def _words(description: Description) -> Iterator[Element]:
    """The record in TEI, where there are words."""
    if readable(description):
        text = _file(named(description, "text"), "application/tei+xml", record(description, "tei"))
        yield around("fileGrp", [text], USE="FULLTEXT")


def record(description: Description, prefix: str) -> str:
    """The address of a document's record in another format."""
    identifier = f"oai:{conf().OAI_NAMESPACE}:{description.identifier}"
    arguments = {"verb": "GetRecord", "metadataPrefix": prefix, "identifier": identifier}
    return f"{uris.to('harvest:oai')}?{urlencode(arguments, safe=':')}"


def _file(name: str, media_type: str, address: str) -> Element:
    location = Element("FLocat", "", "", {"LOCTYPE": "URL", f"{{{XLINK}}}href": address})
    return around("file", [location], ID=name, MIMETYPE=media_type)
