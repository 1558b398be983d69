"""Merging: two authorities turn out to be one, and one of them takes the other's place.

``preview``  says what would move to the one that is kept, and what would be dropped because it has it already.
``merge``    moves it, and remembers everything that is needed to undo it.
``undo``     puts everything back.

What hangs on an authority is listed in ``SHARES``. The merged one's row stays, empty but for its own fields, so
that its address redirects for ever. Each verb is one transaction; who calls it lets the public documents that
name the kept one be rendered anew, when it is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from archive.models import (
    Agent,
    AgentName,
    AuthorityKey,
    AuthorityLink,
    Concept,
    ConceptLabel,
    Contribution,
    Document,
    Merge,
    Place,
    PlaceName,
    Subject,
)
from archive.naming import documents_naming, kind_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Authority = Agent | Place | Concept
MODELS: dict[str, type[Agent] | type[Place] | type[Concept]] = {"agent": Agent, "place": Place, "concept": Concept}

#: Rows named one by one in a preview.
EXAMPLES = 20
#: Rows in one UPDATE: far below the 65,535 parameters that PostgreSQL takes, and SQLite's 32,766.
BATCH = 10_000


class MergeRefused(Exception):  # noqa: N818 - the name says the outcome
    """Two authorities cannot be made one, or cannot be taken apart again. Says why, for an archivist."""


def _as_it_is(row: Any) -> str:
    return str(row)


@dataclass(frozen=True, slots=True)
class Share:
    """One kind of row that hangs on an authority."""

    label: str
    model: type[models.Model]
    #: The column that leads to the authority.
    column: str
    #: The columns that, with the authority, occur once: of two such rows one is dropped.
    once: tuple[str, ...] = ()
    #: The column at whose other end neither the kept one nor, if ``downward``, anything below it may stand.
    other: str = ""
    downward: bool = False
    #: What becomes of the columns of a row that moves.
    changes: Mapping[str, str] = field(default_factory=dict)
    said: Callable[[Any], str] = _as_it_is


def _links(kind: str) -> Share:
    return Share("links", AuthorityLink, kind, ("uri",))


def _keys(kind: str) -> Share:
    return Share("keys of sources", AuthorityKey, kind, ("key",))


def _subjects(kind: str) -> Share:
    return Share(
        "subjects", Subject, kind, ("document_id", "relation"),
        said=lambda row: f"{row.document} {row.get_relation_display()}",
    )  # fmt: skip


#: Everything that leads to an authority, save those merged into it earlier: their addresses redirect by way of it.
SHARES: dict[str, tuple[Share, ...]] = {
    "agent": (
        Share("contributions", Contribution, "agent", ("document_id", "role"),
              said=lambda row: f"{row.document}: {row}"),
        _subjects("agent"),
        Share("names", AgentName, "agent", ("value",)),
        _links("agent"),
        _keys("agent"),
    ),
    "place": (
        _subjects("place"),
        Share("names", PlaceName, "place", ("value", "language")),
        Share("places within it", Place, "broader"),
        _links("place"),
        _keys("place"),
    ),
    "concept": (
        _subjects("concept"),
        Share("labels", ConceptLabel, "concept", ("value", "language"), changes={"kind": "alternative"}),
        Share("broader concepts", Concept.broader.through, "from_concept", ("to_concept_id",), "to_concept_id",
              downward=True, said=lambda row: str(row.to_concept)),
        Share("narrower concepts", Concept.broader.through, "to_concept", ("from_concept_id",), "from_concept_id",
              said=lambda row: str(row.from_concept)),
        Share("related concepts", Concept.related.through, "from_concept", ("to_concept_id",), "to_concept_id",
              said=lambda row: str(row.to_concept)),
        Share("related concepts, seen from there", Concept.related.through, "to_concept", ("from_concept_id",),
              "from_concept_id", said=lambda row: str(row.from_concept)),
        _links("concept"),
        _keys("concept"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of one kind of row."""

    share: Share
    moving: tuple[int, ...]
    #: Those that the kept one has already.
    dropping: tuple[int, ...]

    @property
    def label(self) -> str:
        """What the rows are, for people."""
        return self.share.label

    def examples(self) -> list[str]:
        """Some of the rows that move, in words."""
        return self._said(self.moving)

    def conflicts(self) -> list[str]:
        """Some of the rows that are dropped, in words."""
        return self._said(self.dropping)

    def _said(self, keys: Iterable[int]) -> list[str]:
        return [self.share.said(row) for row in self.share.model._default_manager.filter(pk__in=list(keys)[:EXAMPLES])]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do."""

    kept: Authority
    merged: Authority
    parts: tuple[Part, ...]
    #: The name that the kept one gains; empty if it has it already.
    name: str

    @property
    def moving(self) -> int:
        """How many rows move."""
        return sum(len(part.moving) for part in self.parts)

    @property
    def dropping(self) -> int:
        """How many rows are dropped."""
        return sum(len(part.dropping) for part in self.parts)


def preview(kept: Authority, merged: Authority) -> Preview:
    """What would become of everything that hangs on ``merged``.

    :raises MergeRefused: if the two cannot be made one.
    """
    _refuse(kept, merged)
    kind = kind_of(type(kept))
    parts = tuple(_part(share, kept, merged) for share in SHARES[kind])
    return Preview(kept, merged, parts, "" if _known_as(kept, merged.name) else merged.name)


@transaction.atomic
def merge(kept: Authority, merged: Authority, *, by: User | None) -> Merge:
    """Let ``kept`` take the place of ``merged``, on behalf of ``by``.

    ``affected`` tells which documents to refresh when this is committed.

    :raises MergeRefused: if the two cannot be made one.
    """
    kept, merged = _locked(kept, merged)
    planned = preview(kept, merged)
    record: dict[str, list[Any]] = {"moved": [], "dropped": [], "added": []}
    for part in planned.parts:
        record["dropped"] += _drop(part)
        record["moved"].append(_move(part, kept))
    if planned.name:
        record["added"].append(_described(_add_name(kept, planned.name)))
    merged.merged_into = kept
    merged.save(update_fields=["merged_into", "modified_at"])
    _touch(kept)
    return Merge.objects.create(kind=kind_of(type(kept)), kept_key=kept.pk, merged_key=merged.pk, by=by, moved=record)


@transaction.atomic
def undo(merge: Merge, *, by: User | None = None) -> None:
    """Put everything back as it was before a merge. What was changed elsewhere since stays changed.

    :raises MergeRefused: if it is undone already, or if what came of it has to be undone first.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise MergeRefused("This was undone already.")
    kept, merged = _locked(*authorities_of(merge))
    if kept.merged_into is not None:
        raise MergeRefused(f"“{kept}” was itself merged into “{kept.merged_into}” since. Undo that first.")
    try:
        with transaction.atomic():
            _put_back(merge, kept, merged)
    except IntegrityError as error:
        raise MergeRefused(
            f"“{merged}” cannot be put back: somebody has made another of its name, or given it what it had before."
        ) from error
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    for each in (kept, merged):
        _touch(each)


def authorities_of(merge: Merge) -> tuple[Authority, Authority]:
    """The one that was kept and the one that was merged."""
    both = MODELS[merge.kind].objects.in_bulk([merge.kept_key, merge.merged_key])
    return both[merge.kept_key], both[merge.merged_key]


def standing(merged: Authority) -> Merge | None:
    """The merge by which an authority was merged, if it still is."""
    kind = kind_of(type(merged))
    return Merge.objects.filter(kind=kind, merged_key=merged.pk, undone_at__isnull=True).first()


def affected(merge: Merge) -> list[int]:
    """Primary keys of the public documents that name one of the two, and have to be rendered anew."""
    found: set[int] = set()
    for authority in authorities_of(merge):
        found.update(documents_naming(authority).public().values_list("pk", flat=True))
    return sorted(found)


# --- what is refused ---


def _refuse(kept: Authority, merged: Authority) -> None:
    """:raises MergeRefused: if the two cannot be made one."""
    if type(kept) is not type(merged):
        raise MergeRefused(f"“{kept}” and “{merged}” are different things and cannot become one.")
    if kept.pk == merged.pk:
        raise MergeRefused(f"“{kept}” cannot be merged into itself.")
    for each in (kept, merged):
        if each.merged_into is not None:
            raise MergeRefused(f"“{each}” was merged into “{each.merged_into}” already.")
    if isinstance(kept, Agent) and isinstance(merged, Agent):
        _refuse_kinds(kept, merged)
    if isinstance(kept, Concept) and isinstance(merged, Concept) and kept.scheme_id != merged.scheme_id:
        raise MergeRefused(f"“{kept}” is of the scheme “{kept.scheme}”, “{merged}” of “{merged.scheme}”.")
    if not isinstance(merged, Agent) and kept.pk in _below(merged):
        raise MergeRefused(f"“{kept}” is within “{merged}”. Keep “{merged}”, which is the wider one.")


def _refuse_kinds(kept: Agent, merged: Agent) -> None:
    """A person is no office; where one of the two is not known to be either, it becomes what the other is."""
    kinds = {kept.kind, merged.kind} - {Agent.Kind.UNKNOWN.value}
    if len(kinds) > 1:
        raise MergeRefused(
            f"“{kept}” is a {kept.get_kind_display()} and “{merged}” a {merged.get_kind_display()}. "
            "Correct the kind of one of them first, if they are the same."
        )


def _below(authority: Place | Concept) -> set[int]:
    """Primary keys of everything narrower, however far down."""
    model = type(authority)
    found: set[int] = set()
    level = {authority.pk}
    while level:
        level = set(model.objects.filter(broader__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


# --- there ---


def _locked(kept: Authority, merged: Authority) -> tuple[Authority, Authority]:
    """Both as they stand now, in the order of their keys, so that two merges cannot wait for each other."""
    if type(kept) is not type(merged):
        return kept, merged
    rows = type(kept).objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    both = {row.pk: row for row in rows}
    return both[kept.pk], both[merged.pk]


def _part(share: Share, kept: Authority, merged: Authority) -> Part:
    rows = share.model._default_manager
    columns = [*share.once, *([share.other] if share.other else [])]
    held = set(rows.filter(**{share.column: kept}).values_list(*share.once)) if share.once else set()
    barred = _barred(share, kept)
    moving: list[int] = []
    dropping: list[int] = []
    for pk, *values in rows.filter(**{share.column: merged}).order_by("pk").values_list("pk", *columns):
        twice = tuple(values[: len(share.once)]) in held or (share.other and values[-1] in barred)
        (dropping if twice else moving).append(pk)
    return Part(share, tuple(moving), tuple(dropping))


def _barred(share: Share, kept: Authority) -> Collection[int]:
    if share.downward and isinstance(kept, Concept):
        return {kept.pk} | _below(kept)
    return {kept.pk}


def _drop(part: Part) -> list[dict[str, Any]]:
    """Delete what the kept one has already, and return the rows as they were."""
    gone: list[dict[str, Any]] = []
    for keys in _batches(part.dropping):
        rows = part.share.model._default_manager.filter(pk__in=keys)
        gone += [{**row, "fields": _exactly(row["fields"])} for row in serializers.serialize("python", rows)]
        rows.delete()
    return gone


def _exactly(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as JSON keeps them to the letter; Django's encoder would cut moments to milliseconds."""
    return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in columns.items()}


def _move(part: Part, kept: Authority) -> dict[str, Any]:
    """Lead rows to the kept one, and return which they are and what else was in the columns that changed."""
    rows = part.share.model._default_manager
    before: dict[str, dict[str, Any]] = {}
    for keys in _batches(part.moving):
        if part.share.changes:
            before.update(
                {str(row.pop("pk")): row for row in rows.filter(pk__in=keys).values("pk", *part.share.changes)}
            )
        rows.filter(pk__in=keys).update(**{part.share.column: kept, **part.share.changes})
    return {
        "model": part.share.model._meta.label_lower,
        "column": part.share.column,
        "keys": list(part.moving),
        "before": before,
    }


def _known_as(kept: Authority, name: str) -> bool:
    return kept.name == name or bool(_names(kept).filter(value=name).exists())


def _names(authority: Authority) -> Any:
    """The related manager of the further names."""
    return authority.labels if isinstance(authority, Concept) else authority.names


def _add_name(kept: Authority, name: str) -> models.Model:
    """The merged one's name as one more name of the kept one; AgentName and ConceptLabel default to such a kind."""
    return _names(kept).create(value=name)  # type: ignore[no-any-return]


# --- and back ---


def _put_back(merge: Merge, kept: Authority, merged: Authority) -> None:
    merged.merged_into = None
    merged.save(update_fields=["merged_into", "modified_at"])
    for each in merge.moved["added"]:
        apps.get_model(each["model"])._default_manager.filter(pk=each["key"]).delete()
    for each in merge.moved["moved"]:
        rows = apps.get_model(each["model"])._default_manager
        for keys in _batches(each["keys"]):
            # Only what is still where it was put: somebody may have led a row elsewhere since, and knew why.
            rows.filter(pk__in=keys, **{each["column"]: kept}).update(**{each["column"]: merged})
        for pk, columns in each["before"].items():
            rows.filter(pk=pk, **{each["column"]: merged}).update(**columns)
    for row in serializers.deserialize("python", merge.moved["dropped"]):
        if _whole(row.object):
            row.save()


def _whole(row: Any) -> bool:
    """Whether the document of a dropped row is still there; a draft may have been deleted since."""
    document = getattr(row, "document_id", None)
    return document is None or Document.objects.filter(pk=document).exists()


def _described(row: models.Model) -> dict[str, Any]:
    return {"model": row._meta.label_lower, "key": row.pk}


def _touch(authority: Authority) -> None:
    """Mark the documents that name an authority as changed, so that a lost hint to refresh them is found again."""
    documents_naming(authority).public().update(modified_at=timezone.now())


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = list(keys)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
