"""A process of the archive at work: ``fill``, ``work`` until it is killed, or ``settle`` and say what there is.

    python -m tests.harvest.keeping.process work --seed 1 --wrong-by -30

A process that works changes one document or hundreds, over and over, and sometimes takes its time before it commits.
Its clock is wrong by so many seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import django
from django.core.management import call_command

DOCUMENTS = 200


def fill() -> None:
    """Make the archive, a third of it in the set, and publish most of it."""
    from tests.harvest.keeping import changes

    call_command("migrate", verbosity=0)
    pks = changes.fill(DOCUMENTS, agents=12)
    changes.move(pks[: DOCUMENTS // 3], changes.SLUG)
    changes.publish(pks[: DOCUMENTS * 3 // 4])
    changes.sweep()


def work(chance: random.Random, *, wrong_by: float) -> None:
    """Change something, again and again; one line of output for each time."""
    from django.db import OperationalError
    from django.utils import timezone

    from archive import datestamps

    datestamps.now = lambda: timezone.now() + timedelta(seconds=wrong_by)
    while True:
        try:
            name = _change(chance)
        except OperationalError as error:  # what a worker leaves to the sweeper
            name = f"error: {error}".splitlines()[0]
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
        time.sleep(chance.random() / 5)


def _change(chance: random.Random) -> str:
    from archive.models import Agent, Document
    from tests.harvest.keeping import changes

    pks = list(Document.objects.values_list("pk", flat=True))
    some = sorted(chance.sample(pks, chance.choice([1, 1, 2, 2, 10, 60])))
    word = str(chance.randrange(1000))
    actions: dict[str, Callable[[], None]] = {
        "publish": lambda: changes.publish(some),
        "publish slowly": lambda: _slowly(lambda: changes.publish(some[:50]), chance),
        "withdraw": lambda: changes.withdraw(some),
        "withdraw slowly": lambda: _slowly(lambda: changes.withdraw(some), chance),
        "retitle": lambda: changes.retitle(some, word),
        "move": lambda: changes.move(some[:20], chance.choice([changes.SLUG, changes.BELOW, ""])),
        "keep": lambda: changes.keep(some[:20], chance.choice(changes.OPISI)),
        "entitle": lambda: changes.entitle(chance.choice(changes.ENTITLED), word),
        "rename": lambda: changes.rename(chance.choice(list(Agent.objects.all())), word),
        "embargo": lambda: changes.embargo(some[:5]),
        "lapse": changes.lapse,
        "sweep": changes.sweep,
    }
    name = chance.choice(list(actions))
    actions[name]()
    return name


def _slowly(action: Callable[[], None], chance: random.Random) -> None:
    """Take some time between the last statement and the commit, and sometimes let it come to nothing.

    A transaction around a whole verb is nothing that the archive does, and PostgreSQL may have to end one of them: the
    verb goes on to what names the documents while it holds the lock on datestamps, which else each batch of it lets go
    by its own commit. Workers have no transaction around a verb; those who withdraw within one do so in a single batch,
    of documents that they have locked before; a site with ATOMIC_REQUESTS is warned. Whoever is ended all the same is
    taken up again by the sweeper, here as there.
    """
    from django.db import transaction

    with transaction.atomic():
        action()
        time.sleep(chance.choice([0.1, 1, 3]))
        transaction.set_rollback(chance.random() < 0.2)


def settle() -> None:
    """Render what is stale; then say what every harvester's copy ought to be, by set."""
    from tests.harvest.keeping import changes
    from tests.harvest.keeping.copies import COMPARED, expected

    changes.sweep()
    wanted = {name(prefix, spec): checksums(expected(spec, prefix)) for prefix, spec in COMPARED}
    sys.stdout.write(json.dumps(wanted))


def name(prefix: str, spec: str) -> str:
    """What is compared, as ``settle`` says it."""
    return f"{prefix} {spec}"


def checksums(records: dict[str, bytes]) -> dict[str, str]:
    """Records, short enough to be compared at sight."""
    return {identifier: hashlib.sha256(content).hexdigest() for identifier, content in records.items()}


def main(arguments: Sequence[str]) -> None:
    """Do as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=["fill", "work", "settle"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--wrong-by", type=float, default=0)
    told = parser.parse_args(arguments)
    django.setup()
    from tests.harvest.keeping import formats

    formats.alone()
    if told.task == "work":
        work(random.Random(told.seed), wrong_by=told.wrong_by)
    else:
        {"fill": fill, "settle": settle}[told.task]()


if __name__ == "__main__":
    main(sys.argv[1:])
