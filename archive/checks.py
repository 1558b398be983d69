"""System checks: a site that is set up wrong hears of it before its readers do."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from archive.conf import conf, unknown_keys


@register(Tags.compatibility)
def fonds_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whether ``FONDS`` makes sense by itself and beside ``STORAGES``."""
    if unknown := unknown_keys():
        return [
            Error(f"FONDS has keys that mean nothing: {', '.join(unknown)}.", hint="See archive.conf.", id="fonds.E001")
        ]
    messages: list[CheckMessage] = []
    base = urlsplit(conf().PUBLIC_BASE_URL)
    if base.scheme not in {"http", "https"} or not base.netloc or base.query or base.fragment:
        messages.append(
            Error(
                f"FONDS['PUBLIC_BASE_URL'] is {conf().PUBLIC_BASE_URL!r}, which is no address.",
                hint="Identifiers are made from it: write https://archive.example.org or the like.",
                id="fonds.E002",
            )
        )
    if conf().STORAGE not in settings.STORAGES:
        messages.append(
            Error(
                f"FONDS['STORAGE'] is {conf().STORAGE!r}, and STORAGES has no such key.",
                hint="Originals and page images need a storage that the web server does not serve.",
                id="fonds.E003",
            )
        )
    if conf().WATCHED_FOLDER and not Path(conf().WATCHED_FOLDER).is_dir():
        messages.append(
            checks.Warning(
                f"FONDS['WATCHED_FOLDER'] is {conf().WATCHED_FOLDER!r}, and there is no such folder here.",
                hint="The workers need it; nothing is taken in from it until it is there.",
                id="fonds.W004",
            )
        )
    return [*messages, *_transactions(), *_image_service()]


def _transactions() -> list[CheckMessage]:
    """Whether the verbs of publication have the transactions that they begin, one for each batch."""
    if not any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values()):
        return []
    return [
        checks.Warning(
            "DATABASES has ATOMIC_REQUESTS, which makes one transaction of all batches of a withdrawal.",
            hint="Datestamps are locked until its end, and two requests can wait for each other: one is given up then.",
            id="fonds.W006",
        )
    ]


def _image_service() -> list[CheckMessage]:
    """Whether an image service elsewhere could be told which image is meant, and in what words."""
    address, version = conf().IMAGE_SERVICE, conf().IMAGE_SERVICE_VERSION
    try:
        told = address.format(page="page", file="file")
    except (KeyError, IndexError, ValueError):
        told = address
    if address and (told == address or urlsplit(told).scheme not in {"http", "https"}):
        return [
            Error(
                f"FONDS['IMAGE_SERVICE'] is {address!r}, which is no address of an image.",
                hint="Write https://images.example.org/iiif/3/{file} or the like; {page} would do too.",
                id="fonds.E004",
            )
        ]
    if version not in {2, 3} or conf().IMAGE_SERVICE_LEVEL not in {0, 1, 2}:
        return [Error("FONDS['IMAGE_SERVICE_VERSION'] is 2 or 3, and IMAGE_SERVICE_LEVEL 0, 1 or 2.", id="fonds.E005")]
    return []
