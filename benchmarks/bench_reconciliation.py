"""A batch of ten names against a hundred thousand agents: CPU milliseconds of this process and of the database.

``BENCH_AGENTS`` sets another number of agents. Their names are made of few given names and many surnames.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import backend_cpu, django_up, measured, on_each_engine, tell

AGENTS = int(os.environ.get("BENCH_AGENTS", 100_000))
ROUNDS = 30
GIVEN = [
    "Ivan", "Nikolai", "Pyotr", "Sergei", "Anna", "Maria", "Joseph", "Andrei", "Viktor", "Mikhail", "Olga", "Fyodor",
    "Pavel", "Grigori",
]  # fmt: skip
STARTS = ["Ro", "Ka", "Vy", "Shchu", "Gro", "Tsy", "Zhu", "Be", "Mo", "Lu", "Pa", "Dzer", "Khru", "Fe", "Ya"]
MIDDLES = [
    "lo",
    "shi",
    "man",
    "ro",
    "my",
    "ga",
    "ne",
    "vi",
    "cher",
    "du",
    "ka",
    "bo",
    "li",
    "ti",
    "sa",
    "re",
    "zhi",
    "na",
]
ENDS = ["nov", "shchin", "vich", "ko", "nsky", "nin", "tov", "ov", "in", "ev", "kin", "yev"]


def main() -> None:
    engine = django_up()
    from django.test import Client
    from django.utils import timezone

    from archive.lod.reconciliation import names
    from archive.models import Agent, Contribution, Document

    chance = random.Random(7)
    parts = (STARTS, MIDDLES, MIDDLES, ENDS, [", "], GIVEN)
    called = ["".join(chance.choice(part) for part in parts) for _ in range(AGENTS)]
    Agent.objects.bulk_create([Agent(name=name, kind="person") for name in called], batch_size=5000)
    document = Document.objects.create(identifier="one", title="One", state="published", published_at=timezone.now())
    Contribution.objects.bulk_create(
        [Contribution(document=document, agent_id=pk, role="sender", order=n % 30_000)  # a small number in the database
         for n, pk in enumerate(Agent.objects.values_list("pk", flat=True).iterator())], batch_size=5000,
    )  # fmt: skip
    cpu, _ = measured(names.keep)
    tell(figure="names kept per CPU second", engine=engine, agents=AGENTS, value=round(AGENTS / cpu))
    client, taken, found = Client(), [], 0
    for _ in range(ROUNDS):
        batch = {str(n): {"query": _asked(chance.choice(called), n)} for n in range(10)}
        before = backend_cpu()
        answers: list[bytes] = []
        cpu, _ = measured(
            lambda batch=batch, answers=answers: answers.append(
                client.post("/reconcile", {"queries": json.dumps(batch)}).content
            )
        )
        taken.append((cpu + backend_cpu() - before) * 1000)
        found += sum(bool(each["result"]) for each in json.loads(answers[0]).values())
    tell(
        figure="ms CPU, batch of 10 names", engine=engine, agents=AGENTS, value=round(statistics.median(taken), 1),
        highest=round(max(taken), 1), goal=30, found=round(found / ROUNDS / 10, 2),
    )  # fmt: skip
    cpu, _ = measured(names.keep)
    tell(figure="ms CPU, keeping names when nothing has changed", engine=engine, value=round(cpu * 1000))


def _asked(name: str, number: int) -> str:
    """A name as people ask for it: whole, turned round, the surname alone, with a slip."""
    surname, _, given = name.partition(", ")
    return (name, f"{given} {surname}", surname, f"{surname[:-2]}{surname[-1]}, {given}")[number % 4]


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
