"""The tree of collections, as the public may see it.

A collection shows once a public document is in it or below it: before that, its title may tell of documents
that are not public yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.models import Collection, Document


@dataclass(frozen=True, slots=True)
class Tree:
    """The visible collections."""

    #: Primary key of the parent, by primary key.
    parents: dict[int, int | None]
    slugs: dict[int, str]

    def parent_slug(self, collection: int) -> str | None:
        """The slug of the collection above, if there is one."""
        parent = self.parents[collection]
        return None if parent is None else self.slugs[parent]

    def below(self, slug: str) -> set[int]:
        """A collection and all that are below it; nothing if no such collection is visible."""
        found = {pk for pk, each in self.slugs.items() if each == slug}
        while more := {pk for pk, parent in self.parents.items() if parent in found} - found:
            found |= more
        return found


def visible() -> Tree:
    """The collections that hold something public, and those above them. Two queries."""
    rows = {pk: (parent, slug) for pk, parent, slug in Collection.objects.values_list("pk", "parent_id", "slug")}
    shown: set[int] = set()
    for held in Document.objects.public().filter(collections__isnull=False).values_list("collections").distinct():
        current: int | None = held[0]
        while current is not None and current not in shown:
            shown.add(current)
            current = rows[current][0]
    return Tree({pk: rows[pk][0] for pk in shown}, {pk: rows[pk][1] for pk in shown})
