"""Identify: what the repository is (OAI-PMH 2.0, section 4.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf
from lxml import etree
from oaipmh import common

from archive import datestamps, uris
from archive.conf import conf
from archive.vocab.characters import legal
from harvest.provider import encodings, store
from harvest.provider.identifiers import identifier_of
from harvest.provider.rights import manifest
from harvest.provider.rows import Row

OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
BRANDING = "http://www.openarchives.org/OAI/2.0/branding/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def identify() -> Identity:
    """The repository, as pyoai writes it down."""
    return Identity()


class Identity(common.Identify):  # type: ignore[misc] # pyoai has no types
    """The repository's particulars, without pyoai's word about itself.

    pyoai asks for them with every answer, to write the address; so the database is asked only for those that
    stand in it, and only when they are wanted.
    """

    def __init__(self) -> None:
        super().__init__(
            repositoryName=legal(conf().REPOSITORY_NAME),
            baseURL=address(),
            protocolVersion="2.0",
            adminEmails=[conf().ADMIN_EMAIL],
            earliestDatestamp=None,
            deletedRecord="persistent",
            granularity="YYYY-MM-DDThh:mm:ssZ",
            compression=list(encodings.offered()),
            toolkit_description=False,
        )

    @cached_property
    def earliest(self) -> Row | None:
        """The record with the earliest datestamp, if there is any record."""
        return store.earliest()

    def earliestDatestamp(self) -> datetime:  # noqa: N802 - pyoai's name
        """No datestamp is before this one, in UTC and without saying so, as pyoai wants it."""
        moment = self.earliest.changed_at if self.earliest else datestamps.settled()
        return moment.astimezone(UTC).replace(tzinfo=None)

    def descriptions(self) -> list[bytes]:
        """What else there is to know: how identifiers are made, the rights in the metadata, and how it is shown."""
        sample = self.earliest.identifier if self.earliest else "example"
        found = [_oai_identifier(sample), manifest(conf().METADATA_RIGHTS), _branding(conf().OAI_BRANDING)]
        return [each for each in found if each]


def address() -> str:
    """The provider's address, which every answer repeats."""
    return _address(conf().PUBLIC_BASE_URL, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@cache
def _address(base: str, prefix: str, urlconf: str | None) -> str:
    """What the address depends on are the arguments."""
    return uris.to("harvest:oai")


def _oai_identifier(sample: str) -> bytes:
    """By the guidelines for the scheme oai; the sample is an identifier in use, if there is one."""
    nsmap: dict[Any, str] = {None: OAI_IDENTIFIER, "xsi": XSI}  # the stubs know of no default namespace
    root = etree.Element(f"{{{OAI_IDENTIFIER}}}oai-identifier", nsmap=nsmap)
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_IDENTIFIER} {OAI_IDENTIFIER}.xsd")
    for name, text in (
        ("scheme", "oai"),
        ("repositoryIdentifier", conf().OAI_NAMESPACE),
        ("delimiter", ":"),
        ("sampleIdentifier", identifier_of(sample)),
    ):
        etree.SubElement(root, f"{{{OAI_IDENTIFIER}}}{name}").text = text
    return etree.tostring(root)


def _branding(icon: str) -> bytes:
    """The image by which the repository is to be shown, by the guidelines for branding; empty without one."""
    if not icon:
        return b""
    nsmap: dict[Any, str] = {None: BRANDING, "xsi": XSI}
    root = etree.Element(f"{{{BRANDING}}}branding", nsmap=nsmap)
    root.set(f"{{{XSI}}}schemaLocation", f"{BRANDING} http://www.openarchives.org/OAI/2.0/branding.xsd")
    collection = etree.SubElement(root, f"{{{BRANDING}}}collectionIcon")
    for name, text in (("url", icon), ("link", uris.absolute("/")), ("title", legal(conf().REPOSITORY_NAME))):
        etree.SubElement(collection, f"{{{BRANDING}}}{name}").text = text
    return etree.tostring(root)
