"""What a metadata format is: a renderer whose bytes stand below ``<metadata>`` in an OAI-PMH record."""

from __future__ import annotations

from typing import Protocol

from archive.representations import Renderer


class MetadataFormat(Renderer, Protocol):
    """A renderer with what ListMetadataFormats tells of it; its ``format`` is the metadataPrefix.

    The bytes are one XML element in UTF-8, without a prolog, that declares every namespace it uses: they are
    put between the tags of the record as they are. An element without a namespace would fall into that of the
    protocol.
    """

    #: Address of the XML schema, and the namespace it defines.
    schema: str
    namespace: str
