"""Ties: how what a source brought stands to one another, told when all of it is here.

A letter may answer one that stands behind it in the file, and a place lie in one that comes later. So the sources that
tell such things are gone through once more, when their documents are in and before these are published. Running this
twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from archive import history
from archive.accession.collecting import slug_of
from archive.accession.keys import MODELS, Keys
from archive.accession.leftovers import made_among
from archive.accession.mapping import Mention, Named
from archive.accession.notebook import unkeepable
from archive.accession.originals import source_of
from archive.accession.own import identifier_in, identity_at
from archive.drafts import Draft, Relation, ThingDraft
from archive.models import Accession, AccessionSource, Collection, Document, DocumentRelation
from archive.models.accession import ItemState, SourceState
from archive.models.relation import DocumentRelationKind
from archive.readers import TYING, SourceRefused, drafts_of

#: Drafts whose ties are read together.
BATCH = 500


def tie(accession: Accession, *, on_progress: Callable[[], None]) -> None:
    """Tie what the sources of an accession brought. ``on_progress`` is called after each batch."""
    sources = accession.sources.filter(state=SourceState.READ, reader__in=TYING).select_related("original")
    for source in sources.order_by("pk"):
        drafts = _drafts(source)
        while batch := list(islice(drafts, BATCH)):
            with transaction.atomic():
                _tie_documents([each for each in batch if isinstance(each, Draft)], accession)
                _tie_things([each for each in batch if isinstance(each, ThingDraft)], source)
            on_progress()


def _drafts(source: AccessionSource) -> Iterator[Any]:
    """What the source holds once more; nothing where it is not to be had any more."""
    if source.original is None:
        return
    try:
        yield from drafts_of(source_of(source.original, source.name))[1]
    except (SourceRefused, OSError):  # it said so when it was read
        return


def _tie_documents(drafts: Iterable[Draft], accession: Accession) -> None:
    """Write the relations of documents that this accession has made; of others a person may have taken one away."""
    telling = [each for each in drafts if each.first(Relation) and not unkeepable(each)]
    told = {str(each.identity): [field.value for field in each.all(Relation)] for each in telling}
    items = accession.items.filter(identity__in=told, state=ItemState.CREATED, document__isnull=False)
    made = dict(items.values_list("identity", "document_id")) if told else {}
    told = {identity: relations for identity, relations in told.items() if identity in made}
    if not told:
        return
    targets = _documents_at({each.uri for relations in told.values() for each in relations})
    rows = [
        DocumentRelation(document_id=made[identity], target_id=targets[each.uri], kind=each.kind, order=order)
        for identity, relations in told.items()
        for order, each in enumerate(relations)
        if each.uri in targets and each.kind in DocumentRelationKind.values
    ]
    rows = [each for each in rows if each.document_id != each.target_id]
    changed = {each.document_id for each in rows}
    history.keep(changed)
    DocumentRelation.objects.bulk_create(rows, ignore_conflicts=True)
    history.record(changed, act=history.ACCESSION, by=accession.created_by)
    # A revision after the end of its document's item would be somebody else's; see archive.accession.judging.
    items.filter(document__in=changed).update(finished_at=timezone.now())


def _documents_at(addresses: Iterable[str]) -> dict[str, int]:
    """Documents of this archive by their addresses, and those that came in from such, by primary key."""
    own = {name: each for each in addresses if (name := identifier_in(each, "document"))}
    came = {identity_at(each): each for each in addresses}
    there = Document.objects.filter(identifier__in=own).values_list("identifier", "pk")
    found = {own[identifier]: pk for identifier, pk in there}
    held = Document.objects.filter(identity__in=came).values_list("identity", "pk")
    return found | {came[identity]: pk for identity, pk in held if identity}


def _tie_things(drafts: Iterable[ThingDraft], source: AccessionSource) -> None:
    """Put things that this accession made under those that stand above them; curators place all others."""
    by_kind: dict[str, list[ThingDraft]] = {}
    for each in drafts:
        if each.above or each.related:
            by_kind.setdefault(each.kind, []).append(each)
    _tie_collections(by_kind.pop("collection", []), source)
    for kind, tied in by_kind.items():
        if kind in MODELS:
            _tie_authorities(kind, tied, source)


def _tie_authorities(kind: str, drafts: Iterable[ThingDraft], source: AccessionSource) -> None:
    known = _known(kind, {uri for each in drafts for uri in (each.uri, *each.above, *each.related)}, source)
    mine = made_among(source.accession, kind, {each.pk for each in known.values()})
    for draft in drafts:
        thing = known.get(draft.uri)
        if thing is None or thing.pk not in mine:
            continue
        above = [known[uri] for uri in draft.above if uri in known and known[uri].pk != thing.pk]
        related = [known[uri] for uri in draft.related if uri in known and known[uri].pk in mine - {thing.pk}]
        if above or related:
            _written(thing, kind, above, related, source)


def _written(thing: Any, kind: str, above: list[Any], related: list[Any], source: AccessionSource) -> None:
    """Write where a thing stands. What would go round in a circle the database refuses, and it is left out."""
    history.keep([thing.pk], of=type(thing))
    try:
        with transaction.atomic():
            if kind == "place" and thing.broader_id is None:
                thing.broader = above[0]
                thing.save(update_fields=["broader"])
            elif kind == "concept":
                thing.broader.add(*above)
                thing.related.add(*related)
    except IntegrityError:
        return
    by = source.accession.created_by
    history.record([thing.pk], act=history.ACCESSION, by=by, note=source.name, of=type(thing))


def _known(kind: str, addresses: Iterable[str], source: AccessionSource) -> Mapping[str, Any]:
    """The authorities that are meant by addresses."""
    mentions = {each: Mention(0, source.name, Named(kind, "", each)) for each in addresses}
    keys = Keys(kind, mentions.values(), {})
    return {each: known for each, mention in mentions.items() if (known := keys.known(mention)) is not None}


def _tie_collections(drafts: list[ThingDraft], source: AccessionSource) -> None:
    """Put collections that this accession made into those above them; one that lacks there is not made up."""
    wanted = {slug_of(uri) for each in drafts for uri in (each.uri, *each.above[:1])}
    held = {each.slug: each for each in Collection.objects.filter(slug__in=wanted)}
    mine = made_among(source.accession, "collection", (each.pk for each in held.values()))
    for draft in drafts:
        here, parent = held.get(slug_of(draft.uri)), held.get(slug_of(draft.above[0])) if draft.above else None
        if here is None or here.pk not in mine or parent is None or parent.pk == here.pk or here.parent_id is not None:
            continue
        history.keep([here.pk], of=Collection)
        try:
            with transaction.atomic():
                Collection.objects.filter(pk=here.pk).update(parent=parent)
        except IntegrityError:
            continue
        by = source.accession.created_by
        history.record([here.pk], act=history.ACCESSION, by=by, note=source.name, of=Collection)
