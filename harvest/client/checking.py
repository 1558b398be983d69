"""Checking: what a repository says of itself, asked by a worker whenever its source was saved.

Identify (section 4.2) says whether it is a repository at all, and how it writes dates; ListMetadataFormats and
ListSets what can be chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from lxml import etree

from archive.readers.oai.elements import DESCRIPTIONS
from archive.vocab.characters import legal
from harvest.client.answers import tree_of
from harvest.client.conversation import Conversation
from harvest.client.failures import HarvestFailed, Refused, Unavailable
from harvest.client.records import oai
from harvest.client.steering import send
from harvest.models import HarvestSource
from harvest.models.source import CheckState

#: Sets that are kept to choose from; some repositories have hundreds of thousands.
SETS_KEPT = 2000
_PAGES = 50
#: For a check: ListSets of a slow repository has many pages.
_LEASE = timedelta(minutes=15)
_SECONDS, _DAYS = "YYYY-MM-DDThh:mm:ssZ", "YYYY-MM-DD"
#: Characters that are kept of each thing told.
_LONGEST = 500
#: Namespaces of the formats that can be read.
READ = frozenset(etree.QName(each).namespace for each in DESCRIPTIONS)


@transaction.atomic
def ask_for_check(source: HarvestSource, *, anew: bool) -> None:
    """Have a worker check a source, once it is committed; ``anew`` where another repository, set or format is asked.

    Then the next run is of everything: the old date means nothing there.
    """
    from harvest import tasks  # tasks call the verbs of this package

    values: dict[str, object] = {"check_state": CheckState.WAITING, "check_message": "", "check_lease_expires_at": None}
    if anew:
        values |= {"next_from": "", "told": {}}
    HarvestSource.objects.filter(pk=source.pk).update(checks=F("checks") + 1, **values)
    transaction.on_commit(partial(send, tasks.check_source, source.pk))


def check(source_id: int) -> None:
    """Ask a source what it is, and write that down. May run twice: the answer to the newest question stays."""
    free = HarvestSource.objects.filter(_unasked(), pk=source_id)
    if not free.update(check_lease_expires_at=timezone.now() + _LEASE):
        return
    source = HarvestSource.objects.get(pk=source_id)
    values: dict[str, Any] = {"checked_at": timezone.now(), "check_lease_expires_at": None}
    try:
        told = _told(Conversation(source))
        problem = _problem(told, source)
        values |= {"told": told}
    except (HarvestFailed, Unavailable) as failure:
        problem = legal(str(failure))
    state = CheckState.FAILED if problem else CheckState.ANSWERS
    asked = HarvestSource.objects.filter(pk=source_id, checks=source.checks)
    asked.update(check_state=state, check_message=problem, **values)
    if source.interval and not source.next_run_at:
        asked.filter(check_state=CheckState.ANSWERS).update(next_run_at=timezone.now())


def unchecked() -> list[int]:
    """Sources that wait for their check: what the sweeper hints at again."""
    waiting = HarvestSource.objects.filter(_unasked(), check_state=CheckState.WAITING)
    return list(waiting.values_list("pk", flat=True))


def _unasked() -> Q:
    """Sources that no worker is asking now."""
    return Q(check_lease_expires_at__isnull=True) | Q(check_lease_expires_at__lt=timezone.now())


def _told(conversation: Conversation) -> dict[str, Any]:
    identity = tree_of(conversation.ask("Identify"), name="The answer to Identify")
    formats = tree_of(conversation.ask("ListMetadataFormats"), name="The answer to ListMetadataFormats")
    sets, more = _sets(conversation)
    return {"identity": _identity(identity), "formats": list(_formats(formats)), "sets": sets, "more_sets": more}


def _identity(answer: etree._Element) -> dict[str, str]:
    names = ("repositoryName", "baseURL", "earliestDatestamp", "deletedRecord", "granularity", "adminEmail")
    return {name: _words(answer, f"{oai('Identify')}/{oai(name)}") for name in names}


def _formats(answer: etree._Element) -> Iterable[dict[str, str]]:
    for each in answer.iterfind(f"{oai('ListMetadataFormats')}/{oai('metadataFormat')}"):
        prefix, namespace = _words(each, oai("metadataPrefix")), _words(each, oai("metadataNamespace"))
        if prefix:
            yield {"prefix": prefix, "namespace": namespace, "read": "yes" if namespace in READ else ""}


def _sets(conversation: Conversation) -> tuple[list[dict[str, str]], bool]:
    """The sets, and whether there are more than are kept."""
    found: list[dict[str, str]] = []
    token = ""
    for _ in range(_PAGES):
        try:
            asked = {"resumptionToken": token} if token else {}
            answer = tree_of(conversation.ask("ListSets", **asked), name="The answer to ListSets")
        except Refused as refusal:
            if refusal.code == "noSetHierarchy" or found:
                return found, bool(found)
            raise
        sets = answer.iterfind(f"{oai('ListSets')}/{oai('set')}")
        found += ({"spec": _words(each, oai("setSpec")), "name": _words(each, oai("setName"))} for each in sets)
        before, token = token, _words(answer, f"{oai('ListSets')}/{oai('resumptionToken')}")
        if len(found) > SETS_KEPT:
            break
        if not token or token == before:
            return found, bool(token)
    return found[:SETS_KEPT], True


def _problem(told: dict[str, Any], source: HarvestSource) -> str:
    """Why a source cannot be harvested as it is set; empty if it can."""
    identity = told["identity"]
    if identity["granularity"] not in (_SECONDS, _DAYS):
        named = identity["granularity"]
        return f"Identify names the granularity {named!r}; section 3.3 of OAI-PMH has {_SECONDS} and {_DAYS}."
    formats = {each["prefix"]: each for each in told["formats"]}
    offered = ", ".join(formats) or "none"
    if source.metadata_prefix not in formats:
        return f"The repository does not offer {source.metadata_prefix}. It offers {offered}."
    if not formats[source.metadata_prefix]["read"]:
        read = ", ".join(each["prefix"] for each in told["formats"] if each["read"]) or "none"
        return f"{source.metadata_prefix} is not read here. Of what the repository offers, these are: {read}."
    if source.set_spec and not told["more_sets"] and source.set_spec not in {each["spec"] for each in told["sets"]}:
        return f"The repository has no set {source.set_spec}."
    return ""


def _words(element: etree._Element, path: str) -> str:
    return re.sub(r"\s+", " ", element.findtext(path, "")).strip()[:_LONGEST]
