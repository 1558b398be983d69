"""The tree of collections, as the public may see it."""

from __future__ import annotations

from dataclasses import dataclass

from archive.models import Collection


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
    """The public collections."""
    rows = list(Collection.objects.public().order_by().values_list("pk", "parent_id", "slug"))
    return Tree({pk: parent for pk, parent, _ in rows}, {pk: slug for pk, _, slug in rows})
