"""Entities put back: agents, places, concepts and their schemes, archival units and collections as a revision says.

Rows of a part that are the same stay; others are made anew under their keys. What a revision would break, such as
a name that another concept of the scheme has now, is refused before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction

from archive import units
from archive.history.aggregates import AGGREGATES, Aggregate
from archive.history.contents import Contents, Row, snapshots
from archive.history.recording import RESTORED, keep, record
from archive.history.targets import RestoreRefused, Targets, refuse_missing, targets_of, values_of
from archive.models import AgentName, ArchivalUnit, AuthorityLink, Concept, trees
from archive.models.unit import sort_key

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def restore_entity(key: int, number: int, *, of: type[models.Model], by: User | None) -> None:
    """Put a thing that documents refer to back as its revision says, and record that as a new revision.

    :raises RestoreRefused: naming what the revision needs and the archive no longer has, or the rule it would break.
    """
    aggregate = AGGREGATES[of]
    thing: Any = of._default_manager.select_for_update(of=("self",)).get(pk=key)
    revision = aggregate.revisions.filter(number=number, **{aggregate.key: key}).first()
    if revision is None:
        raise RestoreRefused(f"“{thing}” has no version {number}.")
    if getattr(thing, "merged_into_id", None):
        raise RestoreRefused(f"“{thing}” was merged into “{thing.merged_into}”. Undo that first.")
    targets = targets_of(revision.contents, of=of)
    refuse_missing(revision, targets)
    keep([key], of=of)
    try:
        with transaction.atomic():
            put_back(thing, aggregate, revision.contents, targets)
    except IntegrityError as error:
        because = "another has its name or code now"
        if trees.closes_loop(error):
            because = f"“{thing}” would stand above itself: what was above it then is below it now"
        raise RestoreRefused(f"{revision} cannot be restored, because {because}. Nothing was changed.") from error
    record([key], act=RESTORED, by=by, note=f"as of version {number}", of=of)


def put_back(thing: Any, aggregate: Aggregate, contents: Contents, targets: Targets) -> None:
    """Make a thing, new or not, say what contents say.

    :raises RestoreRefused: it would stand above itself, or where it cannot.
    :raises IntegrityError: it would break a rule of the database.
    """
    (values,) = values_of(aggregate.model, [contents["fields"]], targets)
    coded = getattr(thing, "code", "")
    for column, value in values.items():
        setattr(thing, column, value)
    if isinstance(thing, ArchivalUnit):
        _refuse_misplaced(thing)
        if thing.code or coded:  # without a code, its place among the others stays
            thing.sort_key = sort_key(thing.code)
    thing.save()
    now = snapshots([thing.pk], of=aggregate.model)[thing.pk]
    for relation, model in aggregate.parts.items():
        rows = contents["rows"].get(relation, [])
        if now["rows"][relation] == rows:
            continue
        values_of_rows = values_of(model, rows, targets)
        if model._meta.auto_created:
            getattr(thing, relation).set({each["to_concept_id"] for each in values_of_rows} - {thing.pk})
        else:
            keys, learned = contents["keys"].get(relation, []), contents.get("learned")
            _replace(thing, aggregate, model, values_of_rows, keys, learned=learned)
    if isinstance(thing, Concept):
        _refuse_related(thing, aggregate)


def _replace(
    thing: Any,
    aggregate: Aggregate,
    model: type[models.Model],
    rows: Sequence[Row],
    keys: Sequence[int | None],
    *,
    learned: Sequence[int] | None,
) -> None:
    """Make the rows of a part those of a revision, under the keys that they had where nothing else has these now.

    Names that documents had brought, those of the keys in ``learned``, come back as such; older revisions do not tell.
    """
    owner = aggregate.owner_of(model)
    held = {row.pk: row for row in model._default_manager.filter(**{owner: thing})}
    taken = set(model._default_manager.filter(pk__in=[key for key in keys if key]).values_list("pk", flat=True)) - set(
        held
    )
    wanted = []
    for key, values in zip(keys, rows, strict=True):
        row = (held.get(key) if key else None) or model(pk=None if key in taken else key, **{owner: thing})
        if any(getattr(row, column) != value for column, value in values.items()) or key not in held:
            for column, value in values.items():
                setattr(row, column, value)
            if isinstance(row, AgentName) and learned is not None:
                row.learned = key in learned
            wanted.append(row)
        else:
            del held[key]
    model._default_manager.filter(pk__in=held).delete()
    judged = {row.pk: row.reviewed_by_id for row in held.values() if isinstance(row, AuthorityLink)}
    model._default_manager.bulk_create(wanted)
    for row in wanted:
        if row.pk in judged:
            model._default_manager.filter(pk=row.pk).update(reviewed_by=judged[row.pk])


def _refuse_misplaced(unit: ArchivalUnit) -> None:
    if unit.parent_id is not None:
        try:
            units.refuse_misplaced(unit, under=ArchivalUnit.objects.get(pk=unit.parent_id))
        except units.UnitMisplaced as misplaced:
            raise RestoreRefused(f"{misplaced} Nothing was changed.") from misplaced


def _refuse_related(concept: Concept, aggregate: Aggregate) -> None:
    """Refuse a concept that would be merely related to what it stands below (SKOS, S27)."""
    if concept.related.filter(pk__in=_above(concept, aggregate)).exists():
        raise RestoreRefused(f"“{concept}” would be related to what is broader than it. Nothing was changed.")


def _above(thing: Any, aggregate: Aggregate) -> set[int]:
    """Primary keys of everything above, however far up."""
    things = aggregate.model._default_manager
    found: set[int] = set()
    level = {thing.pk}
    while level:
        rows = things.filter(pk__in=level).values_list(aggregate.above, flat=True)
        level = {pk for pk in rows if pk is not None} - found
        found |= level
    return found
