"""Merging: what one person typed into an old version of a record, with what another has saved since.

Django's own formsets cannot do it: they raise IndexError where a row is gone, and save over what changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, QueryDict

from archive.history import AGGREGATES, Contents
from archive.history.aggregates import Aggregate
from archive.history.contents import Row, columns
from archive.history.targets import targets_of, values_of

Posted = dict[str, list[str]]


def merge(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    post: QueryDict,
    thing: models.Model,
    base: Contents,
    now: Contents,
) -> list[str]:
    """Change ``post``, typed into the version ``base``, so that it fits ``now``; return what both changed, in words."""
    form_class = model_admin.get_form(request, thing, change=True)
    aggregate = AGGREGATES[type(thing)]
    both = _merge_fields(post, form_class, thing, base, now)
    taken: dict[str, int] = {}
    for inline in model_admin.get_inline_instances(request, thing):
        formset = inline.get_formset(request, thing)
        relation = formset.get_default_prefix()
        taken[relation] = taken.get(relation, 0) + 1
        prefix = relation if taken[relation] == 1 else f"{relation}-{taken[relation]}"
        if relation in aggregate.parts and f"{prefix}-TOTAL_FORMS" in post:
            rows = inline.get_queryset(request).filter(**{aggregate.owner: thing}).in_bulk()
            both += Part(post, prefix, formset.form, relation, rows, aggregate).merge(base, now)
    return both


def _merge_fields(
    post: QueryDict, form_class: type[ModelForm], thing: models.Model, base: Contents, now: Contents
) -> list[str]:
    model = type(thing)
    targets = targets_of(base, of=model)
    shown = model(pk=thing.pk, **values_of(model, [base["fields"]], targets)[0])
    theirs = changed(model, base["fields"], now["fields"])
    initial = {}
    for relation, table in AGGREGATES[model].parts.items():
        if not table._meta.auto_created:
            continue
        rows = base["rows"].get(relation, [])
        (column,) = columns(table)
        chosen = [each[column.field.attname] for each in values_of(table, rows, targets)]
        initial[relation] = [key for key in chosen if key]
        if rows != now["rows"][relation]:
            theirs.add(relation)
    mine = form_class(post, instance=shown, initial=initial)
    return take_over(post, mine, form_class(instance=thing), theirs)


def changed(model: type[models.Model], before: Row, after: Row) -> set[str]:
    """Names of the columns in which two rows of a snapshot differ."""
    names = (column.name for column in columns(model))
    return {name for name in names if before.get(name) != after.get(name)}


def take_over(post: QueryDict, mine: ModelForm, fresh: ModelForm, theirs: set[str]) -> list[str]:
    """Let fields that only others changed have the values of ``fresh``; return the labels of what both changed."""
    typed = set(mine.changed_data)
    for name in theirs & set(mine.fields) - typed:
        post.setlist(mine.add_prefix(name), sent(fresh, name))
    return [str(mine[name].label) for name in mine.fields if name in theirs & typed]


def sent(form: ModelForm, name: str) -> list[str]:
    """What a browser would send for a field that nobody touched."""
    value = form[name].value()
    if value is None or value is False:
        return []
    if isinstance(value, list | tuple | models.QuerySet):
        return [str(getattr(each, "pk", each)) for each in value]
    return ["on"] if value is True else [str(value)]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one inline as they were posted. ``held`` are those that the ``of`` whose part it is has now."""

    post: QueryDict
    prefix: str
    form_class: type[ModelForm]
    relation: str
    held: Mapping[int, models.Model]
    of: Aggregate

    def merge(self, base: Contents, now: Contents) -> list[str]:
        """Rewrite the posted rows; return what both changed, in words."""
        shown, current = _by_key(self.relation, base), _by_key(self.relation, now)
        instances = self._instances(base)
        both: list[str] = []
        initial: list[Posted] = []
        added: list[Posted] = []
        known = _number(self.post.get(f"{self.prefix}-INITIAL_FORMS"))
        for index in range(self._total):
            key = _number(self._posted(index).get("id", [""])[-1])
            if index >= known:
                added.append(self._posted(index))
                continue
            form_prefix = f"{self.prefix}-{index}"
            mine = self.form_class(self.post, prefix=form_prefix, instance=instances.get(key))
            if key in self.held:
                theirs = changed(self.of.parts[self.relation], shown[key], current[key]) if key in shown else set()
                fresh = self.form_class(prefix=form_prefix, instance=self.held[key])
                both += [self._label(index, label) for label in take_over(self.post, mine, fresh, theirs)]
                initial.append(self._posted(index))
            elif mine.has_changed() and f"{form_prefix}-DELETE" not in self.post:
                # Somebody deleted the row that she was working on: what she typed becomes a new one.
                added.append({**self._posted(index), "id": [""]})
                both.append(self._label(index, "the whole row, which was deleted meanwhile"))
        posted = {_number(row["id"][-1]) for row in initial}
        initial += [self._fresh(key) for key in current if key in self.held and key not in {*posted, *shown}]
        self._write(initial, added)
        return both

    @property
    def _total(self) -> int:
        """How many rows were posted; no more than there are fields, whatever the browser says."""
        return min(_number(self.post.get(f"{self.prefix}-TOTAL_FORMS")), len(self.post))

    def _instances(self, base: Contents) -> dict[int, models.Model]:
        """The rows of the version that the form showed, not saved."""
        model, keys = self.of.parts[self.relation], base["keys"].get(self.relation, [])
        targets = targets_of(base, of=self.of.model)
        instances = {}
        for key, row in zip(keys, values_of(model, base["rows"].get(self.relation, []), targets), strict=True):
            for column in columns(model):
                if column.within:
                    place = row.pop(column.name)
                    row[column.field.attname] = None if place is None else keys[place]
            instances[key] = model(pk=key, **row)
        return instances

    def _label(self, index: int, label: str) -> str:
        return f"{self.relation}, row {index + 1}: {label}"

    def _posted(self, index: int) -> Posted:
        start = f"{self.prefix}-{index}-"
        return {name[len(start) :]: self.post.getlist(name) for name in self.post if name.startswith(start)}

    def _fresh(self, key: int) -> Posted:
        """A row that somebody added, as a browser would send it."""
        form = self.form_class(instance=self.held[key])
        return {"id": [str(key)], **{name: values for name in form.fields if (values := sent(form, name))}}

    def _write(self, initial: Sequence[Posted], added: Sequence[Posted]) -> None:
        for index in range(self._total):
            for name in self._posted(index):
                del self.post[f"{self.prefix}-{index}-{name}"]
        for index, row in enumerate([*initial, *added]):
            for name, values in row.items():
                self.post.setlist(f"{self.prefix}-{index}-{name}", values)
        self.post[f"{self.prefix}-INITIAL_FORMS"] = str(len(initial))
        self.post[f"{self.prefix}-TOTAL_FORMS"] = str(len(initial) + len(added))


def _by_key(relation: str, contents: Contents) -> dict[int, Row]:
    return dict(zip(contents["keys"].get(relation, []), contents["rows"].get(relation, []), strict=True))


def _number(value: str | None) -> int:
    """A number that a browser sent; 0 for anything else."""
    return int(value) if value and value.isdecimal() else 0
