"""Commonness: which words are in so many texts of the archive that pairs of them are worth a column of their own."""

from __future__ import annotations

from collections import Counter

from django.db.models.functions import Substr

from archive.models import Document, Text
from archive.search.words import terms

#: Documents that are looked at, spread evenly over all, and characters of each of their texts.
LOOKED_AT, LENGTH = 1_000, 20_000
#: Texts that are fetched at once.
FETCHED = 50
#: A word is common that is in one of so many documents; and the most words that are.
ONE_IN, MOST = 5, 256


def common_words() -> list[str]:
    """The common words of the public documents, the most frequent first; of an empty archive there are none."""
    public = list(Document.objects.public().order_by("pk").values_list("pk", flat=True))
    looked_at = public[:: len(public) // LOOKED_AT + 1]
    held: dict[int, set[str]] = {key: set() for key in looked_at}
    texts = Text.objects.filter(document__in=looked_at).exclude(kind=Text.Kind.SUMMARY).order_by()
    rows = texts.values_list("document", "language", Substr("body", 1, LENGTH))
    for key, language, beginning in rows.iterator(FETCHED):
        held[key].update(terms(beginning, language)[0])
    counts = Counter(word for words in held.values() for word in words)
    return [word for word, count in counts.most_common(MOST) if count * ONE_IN >= len(looked_at)]
