"""Work: ask for one page after another under a lease, take each in, and close the run.

A worker has a run for a number of pages and then lets others come to their turn. What it knows is in the row: the
token, and where to begin again if the repository does not know that token any more.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archive.away import DATABASE_AWAY
from archive.conf import conf
from archive.vocab.characters import legal
from harvest.client.answers import Page, Problem, page_of
from harvest.client.closing import close
from harvest.client.conversation import Conversation
from harvest.client.deletions import settle
from harvest.client.failures import HarvestFailed, Refused, Unavailable
from harvest.client.intake import IN_WORK
from harvest.client.leases import LeaseLost, hold, take
from harvest.client.taking import take_in, tell
from harvest.models import HarvestRun
from harvest.models.run import RunState

logger = logging.getLogger(__name__)

#: Pages after which a worker hands a run back to the queue.
PAGES_AT_ONCE = 20
#: Accessions of a run that may be in work at once: a fast repository fills no disk with what waits.
ACCESSIONS_AT_ONCE = 50
#: Pages in a row that bring nothing new, after which the repository is taken to go round in circles.
FRUITLESS = 10
RESTARTS = 3
#: Requests in a row without an answer after which a run fails, and the seconds between the first two.
FAILURES, BACKOFF = 8, 30
#: Longest time in seconds that a repository can make a run wait.
LONGEST_WAIT = 24 * 3600
#: Errors of the protocol that say: there is nothing (section 3.6).
_NOTHING = "noRecordsMatch"
_BAD_TOKEN = "badResumptionToken"  # noqa: S105 - an error code of the protocol


def run(run_id: int) -> bool:
    """Work on a run until it is closed, has to wait, or others shall have their turn; whether it is to be hinted at.

    Safe to call at any time, twice too.
    """
    row = take(run_id)
    if row is None:
        return False
    try:
        return _work_or_close(row)
    except LeaseLost:
        logger.warning("harvest %s was taken over by another worker, or cancelled", row.pk)
        return False


def _work_or_close(row: HarvestRun) -> bool:
    """Work; what goes wrong is written in the row, and ends the run or puts it off."""
    try:
        return _work(row)
    except Unavailable as failure:
        _put_off(row, failure)
    except HarvestFailed as failure:
        close(row, RunState.FAILED, message=str(failure))
    except (LeaseLost, *DATABASE_AWAY):
        raise  # with the database away nothing can be written down: the lease runs out, and the sweeper comes by
    except Exception as error:
        logger.exception("harvest %s failed", row.pk)
        close(row, RunState.FAILED, message=f"{type(error).__name__}: {error}")
    return False


def _work(row: HarvestRun) -> bool:
    if row.attempts > conf().ATTEMPTS:
        tried = f"A worker ended {row.attempts - 1} times within one page. It may need more memory than a worker has."
        raise HarvestFailed(tried)
    conversation = Conversation(row.source, before_each=lambda: hold(row))
    for _ in range(PAGES_AT_ONCE):
        if HarvestRun.objects.filter(pk=row.pk, cancel_requested=True).exists():
            close(row, RunState.CANCELLED)
            return False
        if row.accessions.filter(state__in=IN_WORK).count() >= ACCESSIONS_AT_ONCE:
            _wait(row, seconds=15, message="Waiting until more of what came is in the archive.")
            return False
        if _step(row, conversation):
            return False
    return _hand_back(row)


def _step(row: HarvestRun, conversation: Conversation) -> bool:
    """One page; whether it was the last."""
    page = _page(row, conversation)
    if page is None:
        return False
    used, row.token = row.token, page.token
    with transaction.atomic():
        hold(row)
        take_in(page, row)
        row.failures = row.attempts = 0
        row.message = ""
        row.response_date = row.response_date or page.response_date
        _save(row)
    settle(row.source_id)
    _check_bounds(row, used)
    if not page.token:
        close(row, RunState.DONE)
    return not page.token


def _page(row: HarvestRun, conversation: Conversation) -> Page | None:
    """The next page; None where the token has expired, and the row says where to begin again."""
    name = f"The answer to ListRecords, page {row.pages + 1},"
    try:
        if row.token:
            return page_of(conversation.ask("ListRecords", resumptionToken=row.token), name=name)
        source = row.source
        asked = {"metadataPrefix": source.metadata_prefix, "set": source.set_spec, "from_": row.from_date}
        return page_of(conversation.ask("ListRecords", **asked), name=name)
    except Refused as refusal:
        if refusal.code == _NOTHING:
            return Page()
        if refusal.code == _BAD_TOKEN and row.token:
            _begin_again(row, refusal)
            return None
        raise


def _begin_again(row: HarvestRun, refusal: Refused) -> None:
    """Ask for the list anew, from the last datestamp if all came in their order so far.

    The protocol promises no order (section 4.5), and what comes out of order might be passed over.
    """
    if row.restarts >= RESTARTS:
        raise HarvestFailed(f"{refusal} That was so {RESTARTS} times before, each time after some pages.")
    row.restarts += 1
    row.token, row.fruitless = "", 0
    if row.in_order and row.last_datestamp:
        row.from_date = row.last_datestamp
    began = f"from {row.from_date}" if row.from_date else "from the beginning"
    with transaction.atomic():
        hold(row)
        tell([Problem(f"{refusal} The list was asked for again, {began}.")], row)
        _save(row)


def _check_bounds(row: HarvestRun, used: str) -> None:
    """Whether the repository leads anywhere.

    :raises HarvestFailed: it does not.
    """
    if row.token and row.token == used:
        raise HarvestFailed("The repository gives the token again that it was just asked with: its list has no end.")
    fruitless = FRUITLESS + (row.pages if row.restarts else 0)
    if row.fruitless >= fruitless:
        raise HarvestFailed(
            f"{row.fruitless} pages in a row brought nothing that had not come: the list goes in circles."
        )
    if row.pages >= conf().HARVEST_PAGE_LIMIT:
        limit = f"{conf().HARVEST_PAGE_LIMIT:,}"
        raise HarvestFailed(f"After {limit} pages the list has not ended (FONDS['HARVEST_PAGE_LIMIT']).")


def _save(row: HarvestRun) -> None:
    row.save(
        update_fields=[
            "token", "from_date", "response_date", "last_datestamp", "in_order", "list_size", "pages", "records",
            "handed_in", "known", "deleted", "left_out", "problem_count", "fruitless", "restarts", "failures",
            "attempts", "message",
        ]
    )  # fmt: skip


def _put_off(row: HarvestRun, failure: Unavailable) -> None:
    """Let the run wait as long as it is asked to, else longer each time; in the end it fails."""
    row.failures += 1
    wait = failure.after if failure.after is not None else BACKOFF * 2 ** (row.failures - 1)
    if row.failures > FAILURES or wait > LONGEST_WAIT:
        asked = f" It asks to wait {wait:,} seconds, which is too long." if wait > LONGEST_WAIT else ""
        close(row, RunState.FAILED, message=f"{failure}{asked} Tried {row.failures} times in a row.")
        return
    _wait(row, seconds=max(1, wait), message=f"{failure} To be tried again.")


def _wait(row: HarvestRun, *, seconds: int, message: str) -> None:
    _release(row, message=legal(message), retry_at=timezone.now() + timedelta(seconds=seconds))


def _hand_back(row: HarvestRun) -> bool:
    return _release(row, message="", retry_at=None)


def _release(row: HarvestRun, **values: object) -> bool:
    """Give the lease back; a run that somebody cancelled meanwhile is closed by who takes it next."""
    mine = HarvestRun.objects.filter(pk=row.pk, taken=row.taken, state=RunState.RUNNING)
    return bool(mine.update(lease_expires_at=None, attempts=0, failures=row.failures, **values))
