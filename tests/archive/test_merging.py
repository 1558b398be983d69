"""Two authorities become one, and two again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core import serializers

from archive import merging, publication
from archive.accession.authorities import resolve
from archive.accession.mapping import Mention, Named
from archive.models import (
    Agent,
    AgentName,
    AuthorityLink,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Contribution,
    Merge,
    Place,
    Representation,
    Subject,
)
from archive.naming import successor
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db


def an_agent(name: str, **fields: object) -> Agent:
    return Agent.objects.create(name=name, **fields)


def a_concept(name: str, *broader: Concept, scheme: str = "subjects") -> Concept:
    found, _ = ConceptScheme.objects.get_or_create(slug=scheme, defaults={"title": scheme})
    concept = Concept.objects.create(scheme=found, name=name)
    concept.broader.set(broader)
    return concept


def everything() -> list[dict]:
    """Every row that a merge may touch, but for the moments of change."""
    models = (Agent, AgentName, Place, Concept, ConceptLabel, AuthorityLink, Contribution, Subject,
              Concept.broader.through, Concept.related.through)  # fmt: skip
    rows = [row for model in models for row in serializers.serialize("python", model.objects.order_by("pk"))]
    for row in rows:
        row["fields"].pop("modified_at", None)
    return rows


def two_of_everything() -> tuple[Agent, Agent]:
    """Two agents, with what only one has and what both have."""
    kept, merged = an_agent("Zhou Enlai"), an_agent("Chou En-lai")
    both, one = a_document("both"), a_document("one")
    for agent in (kept, merged):
        Contribution.objects.create(document=both, agent=agent, role="sender", as_written=str(agent))
        Subject.objects.create(document=both, agent=agent)
        AgentName.objects.create(agent=agent, value="周恩来", language="zh")
        AuthorityLink.objects.create(agent=agent, source="wikidata", uri="https://example.org/Q1", status="accepted")
    Contribution.objects.create(document=one, agent=merged, role="sender")
    Subject.objects.create(document=one, agent=merged)
    AgentName.objects.create(agent=merged, value="Ding Xiuming", kind="pseudonym")
    AuthorityLink.objects.create(agent=merged, source="viaf", uri="https://example.org/viaf")
    return kept, merged


def test_everything_that_leads_to_an_authority_has_its_share():
    for kind, model in merging.MODELS.items():
        leading = {
            (each.related_model._meta.label_lower, each.field.name)
            for each in model._meta.get_fields(include_hidden=True)
            if (each.one_to_many or each.one_to_one) and each.field.name != "merged_into"
            and "historical" not in each.related_model._meta.label_lower
        }  # fmt: skip
        assert leading == {(share.model._meta.label_lower, share.column) for share in merging.SHARES[kind]}


def test_names_links_contributions_and_subjects_move():
    kept, merged = two_of_everything()

    merging.merge(kept, merged, by=None)

    assert sorted(c.document.identifier for c in kept.contributions.all()) == ["both", "one"]
    assert sorted(s.document.identifier for s in kept.subject_of.all()) == ["both", "one"]
    assert sorted(kept.names.values_list("value", "kind")) == [
        ("Chou En-lai", "variant"), ("Ding Xiuming", "pseudonym"), ("周恩来", "variant"),
    ]  # fmt: skip
    assert kept.links.count() == 2
    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert not merged.contributions.exists()


def test_preview_tells_what_moves_and_what_both_have():
    kept, merged = two_of_everything()

    preview = merging.preview(kept, merged)

    assert {part.label: (len(part.moving), len(part.dropping)) for part in preview.parts} == {
        "contributions": (1, 1), "subjects": (1, 1), "names": (1, 1), "links": (1, 1),
        "keys of sources": (0, 0),
    }  # fmt: skip
    contributions = preview.parts[0]
    assert contributions.conflicts() == ["Telegram both: Chou En-lai (sender)"]
    assert preview.name == "Chou En-lai"
    assert Agent.objects.current().count() == 2


def test_undo_restores_exactly():
    kept, merged = two_of_everything()
    before = everything()
    someone = User.objects.create_user("someone")

    merge = merging.merge(kept, merged, by=someone)
    assert everything() != before
    merging.undo(Merge.objects.get(), by=someone)

    assert everything() == before
    merge.refresh_from_db()
    assert (merge.by, merge.undone_by) == (someone, someone)
    assert merge.undone_at is not None


def test_concepts_are_undone_exactly_too():
    war, korea, merged, armistice = a_concept("War"), a_concept("Korean War"), a_concept("War in Korea"), None
    armistice = a_concept("Armistice", merged, korea)
    korea.broader.add(war)
    merged.broader.add(war)
    merged.related.add(a_concept("Peace"), korea)
    ConceptLabel.objects.create(concept=merged, value="Корейская война", language="ru", kind="preferred")
    Subject.objects.create(document=a_document(), concept=merged)
    before = everything()

    merge = merging.merge(korea, merged, by=None)

    assert [each.name for each in korea.broader.all()] == ["War"]
    assert [each.name for each in korea.narrower.all()] == ["Armistice"]
    assert [each.name for each in korea.related.all()] == ["Peace"]
    assert [each.name for each in armistice.broader.all()] == ["Korean War"]
    assert sorted(korea.labels.values_list("value", "kind")) == [
        ("War in Korea", "alternative"), ("Корейская война", "alternative"),
    ]  # fmt: skip
    merging.undo(merge)
    assert everything() == before


def test_merging_makes_no_circle_of_broader_concepts():
    korea = a_concept("Korea")
    between = a_concept("Between", korea)
    merged = a_concept("Corea", between)

    merging.merge(korea, merged, by=None)

    assert not korea.broader.exists()


def test_places_within_a_merged_place_move():
    kept, merged = Place.objects.create(name="Beijing"), Place.objects.create(name="Peking")
    within = Place.objects.create(name="Zhongnanhai", broader=merged)

    merge = merging.merge(kept, merged, by=None)

    within.refresh_from_db()
    assert within.broader == kept
    merging.undo(merge)
    within.refresh_from_db()
    assert within.broader == merged


def wider_and_narrower() -> tuple[Place, Place]:
    wider = Place.objects.create(name="Korea")
    between = Place.objects.create(name="Kyonggi", broader=wider)
    return Place.objects.create(name="Seoul", broader=between), wider


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        (lambda: (an_agent("A"), Place.objects.create(name="B")), "different things"),
        (lambda: (an_agent("A"),) * 2, "into itself"),
        (lambda: (an_agent("A", kind="person"), an_agent("B", kind="corporate_body")), "is a person"),
        (lambda: (an_agent("A"), an_agent("B", merged_into=an_agent("C"))), "already"),
        (lambda: (an_agent("B", merged_into=an_agent("C")), an_agent("A")), "already"),
        (lambda: (a_concept("A"), a_concept("A", scheme="other")), "of the scheme"),
        (wider_and_narrower, "the wider one"),
    ],
)
def test_what_cannot_be_one_is_refused(pair, why):
    kept, merged = pair()

    with pytest.raises(merging.MergeRefused, match=why):
        merging.merge(kept, merged, by=None)
    assert not Merge.objects.exists()


def test_later_merge_is_undone_first():
    first, second, third = an_agent("A"), an_agent("B"), an_agent("C")
    Contribution.objects.create(document=a_document(), agent=first, role="sender")
    before = everything()
    earlier = merging.merge(second, first, by=None)
    later = merging.merge(third, Agent.objects.get(pk=second.pk), by=None)

    assert successor(Agent.objects.get(pk=first.pk)) == third
    with pytest.raises(merging.MergeRefused, match="Undo that first"):
        merging.undo(earlier)
    merging.undo(later)
    merging.undo(earlier)
    assert everything() == before
    with pytest.raises(merging.MergeRefused, match="already"):
        merging.undo(earlier)


def test_undo_that_would_break_a_rule_is_refused_whole():
    kept, merged = a_concept("War"), a_concept("Wars")
    merge = merging.merge(kept, merged, by=None)
    a_concept("Wars")

    with pytest.raises(merging.MergeRefused, match="another of its name"):
        merging.undo(merge)
    assert Concept.objects.get(pk=merged.pk).merged_into == kept


def test_row_of_a_document_deleted_since_stays_gone():
    kept, merged = two_of_everything()
    merge = merging.merge(kept, merged, by=None)
    kept.contributions.get(document__identifier="both").document.delete()

    merging.undo(merge)

    assert [c.document.identifier for c in merged.contributions.all()] == ["one"]


def test_public_documents_of_both_are_named_and_show_the_kept_one():
    kept, merged = an_agent("Zhou Enlai"), an_agent("Chou En-lai")
    of_kept, of_merged, _ = a_published_document("1"), a_published_document("2"), a_published_document("3")
    Contribution.objects.create(document=of_kept, agent=kept, role="sender")
    Contribution.objects.create(document=of_merged, agent=merged, role="sender")
    Contribution.objects.create(document=a_document("draft"), agent=merged, role="sender")

    affected = merging.affected(merging.merge(kept, merged, by=None))
    assert affected == [of_kept.pk, of_merged.pk]
    publication.refresh(affected)

    content = bytes(Representation.objects.get(identifier="2", format="jsonld").content).decode()
    assert kept.identifier in content
    assert merged.identifier not in content


def test_merged_name_is_not_a_new_agent_when_it_comes_again():
    kept, merged = an_agent("Zhou Enlai"), an_agent("Chou En-lai")
    merging.merge(kept, merged, by=None)

    mentions = [
        Mention(0, "one.txt", Named("agent", "Chou En-lai", as_written="Chou En-lai")),
        Mention(1, "two.txt", Named("agent", "Zhou Enlai")),
    ]
    assert list(resolve(mentions).values()) == [kept, kept]
    assert Agent.objects.count() == 2


def test_merge_takes_as_many_queries_for_much_as_for_little(django_assert_max_num_queries):
    kept, merged = an_agent("A"), an_agent("B")
    for number in range(30):
        Contribution.objects.create(document=a_document(f"d{number}"), agent=merged, role="sender")

    with django_assert_max_num_queries(40):
        merging.merge(kept, merged, by=None)
    assert kept.contributions.count() == 30


def test_kept_one_inherits_what_it_lacks_and_nothing_else():
    kept = an_agent("Zhou Enlai", note="Premier.")
    merged = an_agent("Chou En-lai", kind="person", dates="1898/1976", sort_name="Chou, En-lai", note="Minister.")

    seen = merging.preview(kept, merged)
    merging.merge(kept, merged, by=None)

    kept.refresh_from_db()
    assert (kept.kind, kept.dates, kept.sort_name, kept.note) == ("person", "1898/1976", "Chou, En-lai", "Premier.")
    assert [(each.label, each.words) for each in seen.inherited] == [
        ("kind", "person"), ("sort name", "Chou, En-lai"), ("dates", "1898/1976"),
    ]  # fmt: skip


def test_undo_takes_back_what_was_inherited_and_leaves_what_a_person_wrote_since():
    kept, merged = an_agent("Zhou Enlai"), an_agent("Chou En-lai", dates="1898/1976", note="Minister.")
    merge = merging.merge(kept, merged, by=None)
    Agent.objects.filter(pk=kept.pk).update(note="Premier.")

    merging.undo(merge)

    kept.refresh_from_db()
    assert (kept.dates, kept.note) == ("", "Premier.")


def test_place_inherits_both_coordinates_and_what_is_around_it_and_gives_them_back():
    china = Place.objects.create(name="China")
    kept = Place.objects.create(name="Beijing")
    merged = Place.objects.create(name="Peking", latitude="39.90750", longitude="116.39723", broader=china)
    before = everything()

    merge = merging.merge(kept, merged, by=None)

    kept.refresh_from_db()
    assert (str(kept.latitude), str(kept.longitude), kept.broader) == ("39.90750", "116.39723", china)
    merging.undo(merge)
    assert everything() == before


def test_place_does_not_come_to_stand_within_itself():
    kept = Place.objects.create(name="Beijing")
    within = Place.objects.create(name="Zhongnanhai", broader=kept)
    merged = Place.objects.create(name="Peking", broader=within)

    assert merging.preview(kept, merged).inherited == ()
