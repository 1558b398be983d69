"""Verbs: create, change and delete a record, whole or not at all, in the transaction of the caller.

A change is a JSON Merge Patch (RFC 7396) of the body. A list is replaced as a whole: what is not in it any more is
gone. ``null`` makes a member empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import NotFound

from archive import history, publication, staleness
from archive.api import problems
from archive.api.access import demand
from archive.api.curation import bodies
from archive.api.curation.nouns import Noun
from archive.api.curation.shapes import edited, linked, rows_of, shape_of
from archive.history.aggregates import AGGREGATES
from archive.history.targets import Targets
from archive.history.writing import WriteRefused, write
from archive.jobs.hints import hint_at_stale
from archive.models import AuthorityLink, Document, Text
from archive.readiness import assess

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def seen(noun: Noun, name: str, *, by: User, locked: bool = False) -> Any:
    """The record of this name, for who may see such records.

    :raises PermissionDenied: the user may not.
    :raises NotFound: there is none.
    """
    demand(by.has_perm(noun.permission("view")), f"see {noun.name}")
    found = noun.model._default_manager.filter(**{noun.key: name})
    thing = (found.select_for_update(of=("self",)) if locked else found).first()
    if thing is None:
        raise NotFound(f"There is no {noun.singular} {name}.")
    return thing


def create(noun: Noun, body: Any, *, by: User) -> Any:
    """A new record; a document is a draft.

    :raises PermissionDenied: the user may not.
    :raises Invalid: naming each member that is wrong.
    :raises Conflict: it would break a rule of the archive.
    """
    demand(by.has_perm(noun.permission("add")), f"add {noun.name}")
    given = _object(body)
    name = given.pop(noun.key, None)
    thing = noun.model() if name is None else noun.model(**{noun.key: _name(noun, name)})
    if not getattr(thing, noun.key):
        raise problems.Invalid([{"pointer": f"/{noun.key}", "detail": "This field is required."}])
    return _written(noun, thing, given, by=by)


def change(noun: Noun, thing: Any, patch: Any, *, by: User) -> Any:
    """A record that is there, changed; the caller has locked it and compared its ETag.

    :raises PermissionDenied: the user may not.
    :raises Invalid: naming each member that is wrong.
    :raises Conflict: it would break a rule of the archive.
    """
    demand(by.has_perm(noun.permission("change")), f"change {noun.name}")
    if getattr(thing, "merged_into_id", None):
        raise problems.Conflict(f"“{thing}” was merged into “{thing.merged_into}”. Change that one.")
    given = _object(patch)
    for name, stands in bodies.body_of(noun, thing).items():
        if name in (noun.key, "url", "state") and name in given and given.pop(name) != stands:
            raise problems.Invalid([{"pointer": f"/{name}", "detail": "This never changes here."}])
    return _written(noun, thing, given, by=by)


def delete(noun: Noun, thing: Any, *, by: User) -> None:
    """A draft is gone, with its history.

    :raises PermissionDenied: the user may not.
    :raises Conflict: it was public once, or is no document, or others refer to it.
    """
    demand(by.has_perm(noun.permission("delete")), f"delete {noun.name}")
    if not noun.may_be_deleted(thing):
        raise problems.Conflict("Only drafts are deleted. Withdraw what was published once; merge what is double.")
    staleness.mark_around(noun.model, [thing.pk])
    try:
        thing.delete()
    except models.ProtectedError as refusal:
        raise problems.Conflict(f"Others refer to “{thing}”. Change these first.") from refusal


def _written(noun: Noun, thing: Any, given: dict[str, Any], *, by: User) -> Any:
    new = thing._state.adding
    changed = _judged(noun, thing, given, new=new)
    touched = set(changed) & set(AGGREGATES[noun.model].parts)
    demand(by.has_perms(noun.permissions_for(touched)), f"change {', '.join(sorted(touched))} of {noun.name}")
    before = bodies.EMPTY if new else history.snapshots([thing.pk], of=noun.model)[thing.pk]
    body = {**bodies.members(noun, before), **changed}
    faults = [{"pointer": at, "detail": words} for at, words in noun.faults(thing, body, changed)]
    if faults:
        raise problems.Invalid(faults)
    contents = bodies.contents_of(noun, thing, changed, body)
    targets, lost = bodies.found_targets(noun, contents)
    faults = [{"pointer": at, "detail": words} for at, words in (*lost, *_doubles(noun, changed, targets))]
    if faults:
        raise problems.Invalid(faults)
    _follow_around(noun, thing)  # before nobody knows any more what was around it
    try:
        write(thing, contents, targets, by=by)
    except WriteRefused as refusal:
        raise problems.Conflict(str(refusal)) from refusal
    _follow(noun, thing, by=by)
    return noun.model._default_manager.get(pk=thing.pk)


def _follow(noun: Noun, thing: Any, *, by: User) -> None:
    """What comes of a change: who judged a link, what a document lacks now, and what the public is shown anew."""
    if "links" in AGGREGATES[noun.model].parts:
        unsigned = thing.links.filter(reviewed_by=None).exclude(status=AuthorityLink.Status.CANDIDATE)
        unsigned.update(reviewed_by=by)
    if noun.model is Document:
        assess([thing.pk])
    _follow_around(noun, thing)
    hint_at_stale(publication.mark_stale(noun.showing(thing)))


def _follow_around(noun: Noun, thing: Any) -> None:
    """Let what tells of a thing beside documents be told anew. What tells of a document follows when that does."""
    if noun.model is not Document and thing.pk:
        staleness.mark_around(noun.model, [thing.pk])


def _object(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise problems.Invalid([{"pointer": "", "detail": "The body is a JSON object."}])
    return dict(body)


def _name(noun: Noun, name: Any) -> str:
    """The identifier or slug that was chosen for a new record."""
    if not isinstance(name, str):
        raise problems.Invalid([{"pointer": f"/{noun.key}", "detail": "Not a valid string."}])
    field: Any = noun.model._meta.get_field(noun.key)
    try:
        field.clean(name, None)
    except ValidationError as error:
        raise problems.Invalid([{"pointer": f"/{noun.key}", "detail": " ".join(error.messages)}]) from error
    if noun.model._default_manager.filter(**{noun.key: name}).exists():
        raise problems.Conflict(f"There is a {noun.singular} {name} already.")
    return name


def _judged(noun: Noun, thing: Any, given: Mapping[str, Any], *, new: bool) -> dict[str, Any]:
    """The members that are changed, each as its shape has it.

    :raises Invalid: naming each that is wrong.
    """
    parts = AGGREGATES[noun.model].parts
    defaults = {column.name: column.default for column in edited(noun.model)} | {name: [] for name in parts}
    given = {name: defaults.get(name) if value is None else value for name, value in given.items()}
    fields = shape_of(noun.model)(data={n: v for n, v in given.items() if n not in parts}, partial=not new)
    faults: dict[str, Any] = {} if fields.is_valid() else dict(fields.errors)
    changed = dict(fields.validated_data) if fields.is_valid() else {}
    for relation, part in parts.items():
        if relation not in given:
            continue
        try:
            changed[relation] = [_plain(row) for row in rows_of(part).run_validation(given[relation])]
        except serializers.ValidationError as error:
            faults[relation] = error.detail
        else:
            if part is Text and (strange := _strange(thing, changed[relation])):
                faults[relation] = strange
    if faults:
        raise problems.invalid_body(faults)
    return changed


def _plain(row: Any) -> Any:
    return dict(row) if isinstance(row, Mapping) else row


def _strange(thing: Any, texts: list[dict[str, Any]]) -> dict[int, Any]:
    """Texts that claim to be a row which is none of this document's, or is claimed twice."""
    held = set(thing.texts.values_list("pk", flat=True)) if thing.pk else set()
    found: dict[int, Any] = {}
    for number, text in enumerate(texts):
        key = text.get("id")
        if key is not None and key not in held:
            found[number] = {"id": ["This document has no such text. Leave the id out for a new one."]}
        held.discard(key)
    return found


def _doubles(noun: Noun, changed: Mapping[str, Any], targets: Targets) -> list[tuple[str, str]]:
    """Rows that say what another row of their list says, where no two may."""
    found = []
    for relation, part in AGGREGATES[noun.model].parts.items():
        link = linked(part)
        names = [column.name for column in edited(part)]
        rules = [[n for n in names if n in rule.fields] for rule in part._meta.total_unique_constraints]
        for rule in [[link.name]] if link else rules:
            seen_before: set[Any] = set()
            for number, row in enumerate(changed.get(relation, ())):
                mark = (row,) if link else tuple(row.get(name) for name in rule)
                if None not in mark and mark in seen_before:
                    found.append((f"/{relation}/{number}", "This is there twice."))
                seen_before.add(mark)
    return found
