import pytest

from archive.compiled import KEYS, LONGEST, NAMES, Compiled
from archive.models import Agent, Contribution, Document

pytestmark = pytest.mark.django_db

named = Compiled(lambda names: Agent.objects.current().filter(name__in=names).values_list("name", "pk"), NAMES)


def test_statement_finds_what_other_values_ask_for_each_time():
    agents = {agent.name: agent.pk for agent in (Agent.objects.create(name=f"Agent {n}") for n in range(LONGEST + 5))}

    assert dict(named(["Agent 1", "Agent 2", "nobody"])) == {name: agents[name] for name in ("Agent 1", "Agent 2")}
    assert dict(named(["Agent 3"])) == {"Agent 3": agents["Agent 3"]}
    assert dict(named(list(agents))) == agents


def test_statement_asks_the_rule_of_its_queryset_each_time():
    one, other = (Agent.objects.create(name=name) for name in ("Roshchin", "Zakharov"))
    assert [name for name, _ in named(["Roshchin"])] == ["Roshchin"]

    one.merged_into = other
    one.save()

    assert [*named(["Roshchin"])] == []


def test_nothing_is_asked_for_no_values(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [*named([])] == []


def test_one_empty_list_of_two_finds_nothing_of_its_own():
    agent = Agent.objects.create(name="Roshchin")
    agents = Agent.objects.order_by().values_list("pk")
    either = Compiled(
        lambda keys, names: agents.filter(pk__in=keys).union(agents.filter(name__in=names), all=True).order_by(),
        KEYS,
        NAMES,
    )

    assert [*either([agent.pk], [])] == [*either([], ["Roshchin"])] == [(agent.pk,)]


def test_columns_are_told_as_querysets_tell_them():
    document = Document.objects.create(title="Telegram")
    Contribution.objects.create(document=document, agent=Agent.objects.create(name="A"), role="sender", certain=False)
    certain = Compiled(lambda keys: Contribution.objects.filter(document__in=keys).values_list("certain"), KEYS)

    ((told,),) = certain([document.pk])

    assert told is False


def test_statement_without_values_is_run_each_time():
    every = Compiled(lambda: Agent.objects.values_list("name"))
    assert [*every()] == []
    Agent.objects.create(name="Roshchin")

    assert [*every()] == [("Roshchin",)]
