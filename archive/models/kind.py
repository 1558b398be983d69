"""Kinds: what representations can be of."""

from __future__ import annotations

from django.db import models

#: Bits that a primary key has to itself in a number; above them stands the kind.
BITS = 48


class Kind(models.TextChoices):
    """What a representation is of.

    The order is part of the stored numbers: a new kind is added at the end.
    """

    DOCUMENT = "document", "document"
    UNIT = "unit", "archival unit"
    AGENT = "agent", "agent"
    PLACE = "place", "place"
    CONCEPT = "concept", "concept"
    COLLECTION = "collection", "collection"
    SCHEME = "scheme", "concept scheme"

    def number(self, pk: int) -> int:
        """One number for a thing of this kind, unique among all kinds; that of a document is its primary key.

        >>> Kind.DOCUMENT.number(5), Kind.UNIT.number(5)
        (5, 281474976710661)
        """
        return (list(Kind).index(self) << BITS) + pk

    def pk_of(self, number: int) -> int:
        """The primary key of a thing of this kind.

        >>> Kind.UNIT.pk_of(Kind.UNIT.number(5))
        5
        """
        return number - self.number(0)

    def identifier(self, own: str) -> str:
        """The identifier under which a thing of this kind is served, by its own: ``units/abc``.

        A document's is its own; it has no slash, so that no two kinds share one.
        """
        return own if self is Kind.DOCUMENT else f"{self.value}s/{own}"
