"""What documents refer to has a history too, and can be put back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import history, merging, units
from archive.history.aggregates import AGGREGATES, LEFT_OUT
from archive.models import (
    Agent,
    AgentName,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Document,
    EntityRevision,
    Place,
)

pytestmark = pytest.mark.django_db

WIKIDATA = "https://www.wikidata.org/entity/Q855"


def an_agent(name: str = "Stalin", **fields: str) -> Agent:
    """An agent with a name and a link beside its own."""
    agent = Agent.objects.create(name=name, **fields)
    AgentName.objects.create(agent=agent, value="Filippov", kind="pseudonym")
    AuthorityLink.objects.create(agent=agent, source="wikidata", uri=WIKIDATA, status="accepted")
    return agent


def a_concept(name: str, *broader: Concept) -> Concept:
    scheme, _ = ConceptScheme.objects.get_or_create(slug="subjects", defaults={"title": "Subjects"})
    concept = Concept.objects.create(scheme=scheme, name=name)
    concept.broader.set(broader)
    return concept


def a_unit() -> ArchivalUnit:
    unit = units.unit_at({"repository": "APRF", "fond": "45", "opis": "1"})
    assert unit is not None
    return unit


def whole_concept() -> Concept:
    concept = a_concept("Korean War", a_concept("War"))
    concept.related.add(a_concept("Armistice"))
    ConceptLabel.objects.create(concept=concept, value="Корейская война", language="ru", kind="preferred")
    AuthorityLink.objects.create(concept=concept, source="lcsh", uri="https://example.org/lcsh")
    return concept


def whole_place() -> Place:
    china = Place.objects.create(name="China")
    return Place.objects.create(name="Beijing", broader=china, latitude="39.90750", longitude="116.39723")


def whole_collection() -> Collection:
    above = Collection.objects.create(slug="cold-war", title="Cold War")
    return Collection.objects.create(slug="korea", title="Korea", description="Telegrams.", parent=above)


def whole_scheme() -> ConceptScheme:
    return ConceptScheme.objects.create(slug="types", title="Types", uri="https://vocab.example.org/types")


WHOLE = {
    Agent: an_agent,
    Place: whole_place,
    Concept: whole_concept,
    ArchivalUnit: a_unit,
    Collection: whole_collection,
    ConceptScheme: whole_scheme,
}


def said(thing: object) -> dict:
    contents = history.snapshots([thing.pk], of=type(thing))[thing.pk]
    return {"fields": contents["fields"], "rows": contents["rows"]}


def change_everything(thing: object) -> None:
    """Another name, nothing above it, and no parts."""
    aggregate = AGGREGATES[type(thing)]
    name = {ArchivalUnit: "code", Collection: "title", ConceptScheme: "title"}.get(type(thing), "name")
    setattr(thing, name, "Another")
    if aggregate.above == "broader" and type(thing) is Place:
        thing.broader = None
    thing.save()
    for relation, model in aggregate.parts.items():
        if model._meta.auto_created:
            getattr(thing, relation).clear()
        else:
            getattr(thing, relation).all().delete()


@pytest.mark.parametrize("of", WHOLE, ids=lambda model: model.__name__)
def test_thing_comes_back_as_it_was_and_that_is_a_version_too(of):
    thing, ada = WHOLE[of](), User.objects.create_user("ada")
    before = said(thing)
    history.keep([thing.pk], of=of)
    change_everything(thing)
    history.record([thing.pk], act="edited", by=ada, of=of)
    assert said(thing) != before

    history.restore(thing.pk, 1, by=ada, of=of)

    assert said(of.objects.get(pk=thing.pk)) == before
    versions = EntityRevision.objects.filter(kind=of._meta.model_name, key=thing.pk).order_by("number")
    assert [(each.act, each.by) for each in versions] == [("found", None), ("edited", ada), ("restored", ada)]


def test_difference_says_what_changed_in_words():
    agent = an_agent()
    history.keep([agent.pk], of=Agent)
    Agent.objects.filter(pk=agent.pk).update(dates="1878/1953")
    agent.names.update(value="Fillipov")
    history.record([agent.pk], act="edited", of=Agent)
    before, after = EntityRevision.objects.order_by("number").values_list("contents", flat=True)

    changes = history.difference(before, after, of=Agent)

    assert [(each.what, each.before, each.after) for each in changes] == [
        ("Dates", "", "1878/1953"),
        ("Names", "Filippov · pseudonym", "Fillipov · pseudonym"),
    ]


def test_thing_that_did_not_change_has_no_further_version():
    agent = an_agent()
    history.keep([agent.pk], of=Agent)
    agent.save()

    assert history.record([agent.pk], act="edited", of=Agent) == {}


def test_every_column_and_part_is_in_a_snapshot_or_left_out_on_purpose():
    for of, aggregate in AGGREGATES.items():
        assert aggregate.left_out <= {field.name for field in of._meta.concrete_fields} | {"sort_key"}
        for part in aggregate.parts.values():
            left_out = LEFT_OUT.get(part, {"id", "document"})
            assert aggregate.owner_of(part) in left_out, part
            assert left_out <= {field.name for field in part._meta.concrete_fields}


def test_link_keeps_who_judged_it_when_something_else_is_put_back():
    agent, ada = an_agent(), User.objects.create_user("ada")
    agent.links.update(reviewed_by=ada)
    history.keep([agent.pk], of=Agent)
    agent.links.update(status="rejected")
    history.record([agent.pk], act="edited", of=Agent)

    history.restore(agent.pk, 1, by=None, of=Agent)

    link = agent.links.get()
    assert (link.status, link.reviewed_by) == ("accepted", ada)


def test_two_names_that_changed_places_change_back():
    agent = an_agent()
    other = AgentName.objects.create(agent=agent, value="Koba", kind="variant")
    history.keep([agent.pk], of=Agent)
    agent.names.update(kind="former")
    first = agent.names.get(value="Filippov")
    AgentName.objects.filter(pk=first.pk).update(value="x")
    AgentName.objects.filter(pk=other.pk).update(value="Filippov")
    AgentName.objects.filter(pk=first.pk).update(value="Koba")
    history.record([agent.pk], act="edited", of=Agent)

    history.restore(agent.pk, 1, by=None, of=Agent)

    assert set(agent.names.values_list("pk", "value", "kind")) == {
        (first.pk, "Filippov", "pseudonym"),
        (other.pk, "Koba", "variant"),
    }


@pytest.mark.parametrize("of", [Place, Concept, Collection], ids=lambda model: model.__name__)
def test_nothing_is_put_above_itself(of):
    above, below = small(of, "a"), small(of, "b")
    set_above(below, above)
    history.keep([below.pk], of=of)
    set_above(below, None)
    history.record([below.pk], act="edited", of=of)
    set_above(above, below)

    with pytest.raises(history.RestoreRefused, match="above itself"):
        history.restore(below.pk, 1, by=None, of=of)
    assert history.last_number(below.pk, of=of) == 2


def small(of: type, name: str) -> object:
    if of is Concept:
        return a_concept(name)
    return of.objects.create(**({"slug": name, "title": name} if of is Collection else {"name": name}))


def set_above(thing: object, above: object | None) -> None:
    if isinstance(thing, Concept):
        thing.broader.set([above] if above else [])
        return
    setattr(thing, AGGREGATES[type(thing)].above, above)
    thing.save()


def test_unit_is_not_put_below_what_is_below_it_now():
    fond = a_unit().parent
    history.keep([fond.pk], of=ArchivalUnit)
    elsewhere = units.unit_at({"repository": "AVP RF"})
    units.move(fond, under=elsewhere)
    history.record([fond.pk], act="edited", of=ArchivalUnit)
    EntityRevision.objects.filter(number=1).update(
        contents={**EntityRevision.objects.get(number=1).contents, "fields": {
            "parent": a_unit_below(fond).identifier, "level": "fond", "code": "45"}}
    )  # fmt: skip

    with pytest.raises(history.RestoreRefused, match="cannot be put under it"):
        history.restore(fond.pk, 1, by=None, of=ArchivalUnit)


def a_unit_below(fond: ArchivalUnit) -> ArchivalUnit:
    return fond.children.get()


def test_name_that_another_has_now_is_refused_whole():
    concept = a_concept("War")
    history.keep([concept.pk], of=Concept)
    Concept.objects.filter(pk=concept.pk).update(name="Wars")
    history.record([concept.pk], act="edited", of=Concept)
    a_concept("War")

    with pytest.raises(history.RestoreRefused, match="another has its name"):
        history.restore(concept.pk, 1, by=None, of=Concept)
    assert Concept.objects.get(pk=concept.pk).name == "Wars"


def test_what_was_deleted_since_is_named():
    place = whole_place()
    history.keep([place.pk], of=Place)
    china, place.broader = place.broader, None
    place.save()
    history.record([place.pk], act="edited", of=Place)
    china.delete()

    with pytest.raises(history.RestoreRefused, match="place “China”"):
        history.restore(place.pk, 1, by=None, of=Place)


def test_merging_and_undoing_are_versions_of_all_that_they_change():
    ada = User.objects.create_user("ada")
    kept, merged = Place.objects.create(name="Beijing"), Place.objects.create(name="Peking", note="As written.")
    within = Place.objects.create(name="Zhongnanhai", broader=merged)

    merge = merging.merge(kept, merged, by=ada)
    merging.undo(merge, by=ada)

    for place in (kept, merged, within):
        acts = EntityRevision.objects.filter(kind="place", key=place.pk).order_by("number").values_list("act", "by")
        wanted = [("found", None), ("merged", ada.pk), ("taken apart", ada.pk)]
        assert list(acts) == (wanted if place != merged else wanted[:1]), place


def test_merged_thing_is_not_put_back_before_the_merge_is_undone():
    kept, merged = an_agent("Stalin"), Agent.objects.create(name="Dzhugashvili")
    history.keep([merged.pk], of=Agent)
    merging.merge(kept, merged, by=None)

    with pytest.raises(history.RestoreRefused, match="Undo that first"):
        history.restore(merged.pk, 1, by=None, of=Agent)


def test_recording_asks_as_much_for_many_as_for_few():
    counts = []
    for count in (2, 20):
        keys = [an_agent(f"{count}-{number}").pk for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            history.record(keys, act="created", of=Agent)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_revisions_of_documents_stay_apart():
    agent = an_agent()
    document = Document.objects.create(title="A telegram", identifier="a")
    history.record([document.pk], act="created")
    history.record([agent.pk], act="created", of=Agent)

    assert (history.last_number(document.pk), history.last_number(agent.pk, of=Agent)) == (1, 1)
    assert EntityRevision.objects.count() == 1
