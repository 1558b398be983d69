"""What a metadata format is: what is offered to harvesters, and what renders it."""

from __future__ import annotations

from typing import Protocol

from archive.representations import Renderer


class Offer(Protocol):
    """What ListMetadataFormats tells of a format; its ``format`` is the metadataPrefix.

    The stored bytes are one XML element in UTF-8, without a prolog, that declares every namespace it uses: they are
    put between the tags of the record as they are. An element without a namespace would fall into that of the
    protocol.
    """

    format: str
    #: Address of the XML schema, and the namespace it defines.
    schema: str
    namespace: str


class MetadataFormat(Renderer, Offer, Protocol):
    """A format of documents that is rendered here."""
