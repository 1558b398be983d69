"""Who is meant by a name on a document."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from archive import history
from archive.models import Agent, AgentName
from archive.naming import successor


def reserve(names: Iterable[str]) -> None:
    """Let no other worker make an agent of one of these names until this transaction ends.

    Two workers that meet a new name at once would each make an agent of it, and from then on it would be a name
    that several agents bear. SQLite has one writer at a time; PostgreSQL locks on request, here on the names, in
    an order that is the same for all.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in sorted(set(names)):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"archive agent {name}"])


def agent_of(name: str, *, as_written: str) -> Agent:
    """The agent known by ``name``, else a new one.

    Where the document writes another name for the same agent ("Filippov" for Stalin), and says so itself,
    that name is added to the agent's as a pseudonym. A name that several agents bear is not guessed at: a
    new agent is made, for an archivist to merge. What was merged once is not asked again: its name leads to
    the one that took its place.
    """
    found = set(Agent.objects.current().filter(name=name)[:2]) or _also_known_as(name)
    agent = found.pop() if len(found) == 1 else Agent.objects.create(name=name)
    if as_written and as_written != agent.name and not _bears(agent, as_written):
        kind = AgentName.Kind.PSEUDONYM if as_written != name else AgentName.Kind.VARIANT
        _add_name(agent, as_written, kind=kind)
    return agent


def _bears(agent: Agent, name: str) -> bool:
    return AgentName.objects.filter(agent=agent, value=name).exists()


def _add_name(agent: Agent, value: str, *, kind: str) -> None:
    """Add a name, and remember it; the history of an agent that is new begins when its document is in."""
    known = history.last_number(agent.pk, of=Agent)
    if known:
        history.keep([agent.pk], of=Agent)
    AgentName.objects.create(agent=agent, value=value, kind=kind)
    if known:
        history.record([agent.pk], act=history.ACCESSION, note=f"written as “{value}”", of=Agent)


def _also_known_as(name: str) -> set[Agent]:
    """The agents that bear a further name, or took the place of one that was called so."""
    bearers = [each.agent for each in AgentName.objects.filter(value=name).select_related("agent")]
    return {successor(agent) for agent in (*bearers, *Agent.objects.filter(name=name))}
