"""Who is meant by a name on a document."""

from __future__ import annotations

from archive.models import Agent, AgentName


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
