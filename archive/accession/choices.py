"""Choices: what whoever hands files in names by word, a collection and a mapping of columns, found or refused."""

from __future__ import annotations

from archive.models import Collection, ColumnMapping
from archive.readers.tables import ColumnMapping as Mapping


class NoSuchChoice(Exception):  # noqa: N818 - the name says the outcome
    """There is nothing of that name; the message says what there is."""


def collection_of(slug: str | None) -> Collection | None:
    """The collection with this slug; None where none is named.

    :raises NoSuchChoice: naming those that there are.
    """
    if not slug:
        return None
    found = Collection.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Collection.objects.values_list("slug", flat=True)) or "none yet"
        raise NoSuchChoice(f"There is no collection {slug!r}. There are: {slugs}.")
    return found


def mapping_called(name: str | None) -> Mapping | None:
    """The column mapping of this name; None where none is named.

    :raises NoSuchChoice: naming those that there are.
    """
    if not name:
        return None
    found = ColumnMapping.objects.filter(name=name).first()
    if found is None:
        names = ", ".join(ColumnMapping.objects.values_list("name", flat=True)) or "none yet"
        raise NoSuchChoice(f"There is no mapping {name!r}. There are: {names}.")
    return found.as_mapping()
