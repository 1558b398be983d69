"""Who is meant by a name on a document."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from archive.models import Agent, AgentName


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
    new agent is made, for an archivist to merge.
    """
    found = list(Agent.objects.filter(name=name)[:2]) or [
        each.agent for each in AgentName.objects.filter(value=name).select_related("agent")[:2]
    ]
    agent = found[0] if len(found) == 1 else Agent.objects.create(name=name)
    if as_written and as_written != agent.name:
        AgentName.objects.get_or_create(
            agent=agent,
            value=as_written,
            defaults={"kind": AgentName.Kind.PSEUDONYM if as_written != name else AgentName.Kind.VARIANT},
        )
    return agent
