"""System checks: settings with which no answer of the provider would be valid."""

from __future__ import annotations

import re
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from archive.conf import conf, unknown_keys
from archive.sets.units import LEVELS
from harvest.formats import markup

#: As oai-identifier.xsd and OAI-PMH.xsd have them.
NAMESPACE = re.compile(r"[A-Za-z][A-Za-z0-9\-]*(\.[A-Za-z][A-Za-z0-9\-]*)+", re.ASCII)
SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*", re.ASCII)
EMAIL = re.compile(r"\S+@(\S+\.)+\S+")


@register(Tags.compatibility)
def provider_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whether harvesters can be given an address to write to, and identifiers that are valid."""
    if unknown_keys():
        return []  # archive says so
    messages: list[CheckMessage] = []
    if not NAMESPACE.fullmatch(conf().OAI_NAMESPACE):
        messages.append(
            Error(
                f"FONDS['OAI_NAMESPACE'] is {conf().OAI_NAMESPACE!r}, which is no domain name.",
                hint="OAI identifiers are made from it: write archive.example.org or the like.",
                id="fonds.E011",
            )
        )
    if not EMAIL.fullmatch(conf().ADMIN_EMAIL):
        messages.append(
            Error(
                f"FONDS['ADMIN_EMAIL'] is {conf().ADMIN_EMAIL!r}, which is no e-mail address with a domain name.",
                hint="Aggregators write there when a harvest goes wrong.",
                id="fonds.E012",
            )
        )
    messages += [*_addresses(), *_sets()]
    if not (conf().INSTITUTION.strip() or conf().REPOSITORY_NAME.strip()):
        messages.append(
            Error(
                "FONDS['REPOSITORY_NAME'] is empty, and FONDS['INSTITUTION'] too.",
                hint="Every record names the institution that it comes from; aggregators refuse one that does not.",
                id="fonds.E014",
            )
        )
    messages += _times_in_utc()
    if conf().OAI_PAGE_SIZE < 1 or conf().OAI_TOKEN_DAYS < 1:
        messages.append(Error("FONDS['OAI_PAGE_SIZE'] and FONDS['OAI_TOKEN_DAYS'] must be 1 or more.", id="fonds.E013"))
    return messages


def _addresses() -> list[CheckMessage]:
    """Whether what Identify tells by its address has one."""
    told = (("OAI_BRANDING", "https://archive.example.org/icon.png", "E018"),
            ("METADATA_RIGHTS", "https://creativecommons.org/publicdomain/zero/1.0/", "E019"))  # fmt: skip
    return [
        Error(
            f"FONDS[{name!r}] is {getattr(conf(), name)!r}, which is no address of the web.",
            hint=f"Identify tells it to aggregators: write {example} or the like.",
            id=f"fonds.{number}",
        )
        for name, example, number in told
        if getattr(conf(), name) and not markup.address(getattr(conf(), name))
    ]


def _sets() -> list[CheckMessage]:
    """Whether the sets that the settings speak of can be."""
    wrong = [each for each in conf().OAI_SETS_WITHOUT_DELETED if not SPEC.fullmatch(each) or len(each) > 300]
    unknown = sorted(set(conf().OAI_UNIT_SETS) - LEVELS)
    messages: list[CheckMessage] = []
    if wrong:
        messages.append(
            Error(
                f"FONDS['OAI_SETS_WITHOUT_DELETED'] names {wrong[0]!r}, which cannot be a setSpec.",
                hint="Write live, collection:korea or the like.",
                id="fonds.E015",
            )
        )
    if unknown:
        messages.append(
            Error(
                f"FONDS['OAI_UNIT_SETS'] names {unknown[0]!r}, which is no level of the archival tree.",
                hint=f"The levels are {', '.join(sorted(LEVELS))}.",
                id="fonds.E016",
            )
        )
    return messages


def _times_in_utc() -> list[CheckMessage]:
    """SQLite stores times without a zone, and the provider's SQL reads them as they are."""
    if connection.vendor != "sqlite" or connection.timezone_name == "UTC":
        return []
    return [
        Error(
            f"DATABASES['default']['TIME_ZONE'] is {connection.timezone_name!r}; OAI datestamps would be wrong.",
            hint="Leave it out: on SQLite, times must be stored in UTC.",
            id="fonds.E017",
        )
    ]
