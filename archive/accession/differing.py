"""Differing: what an accession changed, or would change, of documents that were there, and what it leaves to a person.

Asked of the history and of the rows as they are, after entry: in a rehearsal too, before it is rolled back. So the
way in does no more work for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from archive import history
from archive.accession.comparison import held_rows, says
from archive.accession.mapping import Contents, Row, contents_of
from archive.accession.provenance import clipped
from archive.accession.understanding import draft_of
from archive.models import AccessionItem, Document, Revision
from archive.models.accession import ItemState

#: What follows from other fields, and is told with them.
_FOLLOWING = frozenset({"date_earliest", "date_latest"})


def differences_of(items: Sequence[AccessionItem]) -> dict[int, dict[str, list[dict[str, str]]]]:
    """``changes`` and ``kept`` of items, by primary key; only of those that updated or knew a document.

    ``changes`` has ``what``, ``before`` and ``after`` of each field and part that is different. ``kept`` has ``what``,
    ``ours`` and ``source``: where the document says otherwise than the source, because a person changed it. The number
    of queries does not grow with the items, but for documents that somebody has edited.
    """
    came = [each for each in items if each.document and each.state in (ItemState.UPDATED, ItemState.KNOWN)]
    if not came:
        return {}
    ids = {each.document_id for each in came if each.document_id}
    acts = _acts(ids)
    changed = _changes(came)
    return {
        each.pk: {"changes": changed.get(each.pk, []), "kept": list(_kept(each, touched=bool(acts[each.document_id])))}
        for each in came
    }


def _acts(document_ids: set[int]) -> dict[int | None, set[str]]:
    """By whom else than by accessions each document was changed."""
    acts: dict[int | None, set[str]] = defaultdict(set)
    rows = Revision.objects.filter(document__in=document_ids).exclude(act=history.ACCESSION).order_by()
    for pk, act in rows.values_list("document_id", "act"):
        acts[pk].add(act)
    return acts


def _changes(items: Sequence[AccessionItem]) -> dict[int, list[dict[str, str]]]:
    """What is different between the revision before each item and the last one that it wrote."""
    pairs = _pairs(items)
    wanted = {number for numbers in pairs.values() for number in numbers}
    rows = Revision.objects.filter(document__in={each.document_id for each in items}, number__in=wanted)
    contents = {(pk, number): said for pk, number, said in rows.values_list("document_id", "number", "contents")}
    found = {}
    for each in items:
        before, after = pairs.get(each.pk, (0, 0))
        if before and (each.document_id, before) in contents:
            told = history.difference(contents[each.document_id, before], contents[each.document_id, after])  # type: ignore[index]  # only those with a document
            found[each.pk] = [{"what": one.what, "before": one.before, "after": one.after} for one in told]
    return found


def _pairs(items: Sequence[AccessionItem]) -> dict[int, tuple[int, int]]:
    """The numbers of the revisions before and after each item, which ended after it wrote them, before others."""
    ids = {each.document_id for each in items}
    ended: dict[int, list[Any]] = defaultdict(list)
    others = AccessionItem.objects.filter(document__in=ids, finished_at__isnull=False).order_by("finished_at", "pk")
    for pk, document_id, at in others.values_list("pk", "document_id", "finished_at"):
        ended[document_id or 0].append((at, pk))
    numbers: dict[int, list[int]] = defaultdict(list)
    written = Revision.objects.filter(document__in=ids, act=history.ACCESSION).order_by("document_id", "number")
    for document_id, number, at in written.values_list("document_id", "number", "at"):
        together = [
            pk for end, pk in ended[document_id] if end == next((e for e, _ in ended[document_id] if e >= at), 0)
        ]
        if together:
            earlier = sum(1 for one in together[:-1] if numbers[one])
            numbers[together[min(earlier, len(together) - 1)]].append(number)
    return {each.pk: (min(found) - 1, max(found)) for each in items if (found := numbers.get(each.pk))}


def _kept(item: AccessionItem, *, touched: bool) -> Iterator[dict[str, str]]:
    """Where the document says otherwise than the source; rows are compared only where somebody touched the document."""
    document = item.document
    assert document is not None, "only those with a document are asked for"  # noqa: S101
    contents = contents_of(draft_of(item))
    for name, said in contents.fields.items():
        now = getattr(document, name)
        if now != said and name not in _FOLLOWING:
            yield {"what": _label(name), "ours": _worded(now), "source": _worded(said)}
    if touched:
        yield from _kept_rows(document, contents)


def _kept_rows(document: Document, contents: Contents) -> Iterator[dict[str, str]]:
    for relation, rows in contents.rows.items():
        held = held_rows(document, relation)
        if len(held) == len(rows) and all(_same(now, said) for now, said in zip(held, rows, strict=True)):
            continue
        ours = [{name: now[name] for name in (rows[0] if rows else _columns(now))} for now in held]
        yield {
            "what": relation.capitalize(),
            "ours": "\n".join(map(_line, ours)),
            "source": "\n".join(map(_line, rows)),
        }


def _same(now: Row, said: Row) -> bool:
    return all(says(now[name], value) for name, value in said.items())


def _columns(row: Row) -> list[str]:
    return [name for name in row if name not in ("pk", "id", "document")]


def _line(row: Row) -> str:
    """A row in one line."""
    said = (_worded(value) for name, value in row.items() if name != "order" and value not in ("", None))
    return " · ".join(said)


def _label(name: str) -> str:
    words = str(Document._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def _worded(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, set):
        return " / ".join(sorted(value))
    if isinstance(value, list):
        return "; ".join(f"{each.get('term', '')}: {each.get('value', '')}" for each in value)
    return "" if value is None else clipped(str(value))
