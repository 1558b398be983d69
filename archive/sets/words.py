"""Sets that documents are in by what they say of themselves: ``language:zh:hant``, ``type:telegram``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.models import Concept
from archive.sets.specs import code_of, lineage, part
from archive.vocab.languages import name_of

LANGUAGE, TYPE = "language", "type"


def specs_of_languages(tags: Iterable[str]) -> Iterator[str]:
    """The languages of the texts held, and of a variety the language itself too."""
    for tag in tags:
        if tag:
            yield from lineage([LANGUAGE, *(part(each) for each in tag.lower().split("-") if each)])


def specs_of_types(statements: object, concepts: Iterable[str]) -> Iterator[str]:
    """The types that are stated, by their words or the end of their address, and concepts of what the document is.

    Those by the concept's own identifier, because its name may change.
    """
    for each in statements if isinstance(statements, list) else ():
        if isinstance(each, dict) and each.get("term") == TYPE and (word := _word(each)):
            yield from lineage([TYPE, part(word)])
    for identifier in concepts:
        yield from lineage([TYPE, part(identifier)])


def titles_of_languages(specs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Languages by their names, where those are known."""
    for spec in specs:
        tag = "-".join(code_of(each) or "" for each in spec.split(":")[1:])
        yield spec, f"In {name_of(tag)} ({tag})" if name_of(tag) else f"In {tag}", ""


def titles_of_types(specs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Types by the name of their concept, or by their words."""
    words = {spec: code_of(spec.removeprefix(f"{TYPE}:")) for spec in specs}
    found = Concept.objects.filter(identifier__in=[word for word in words.values() if word])
    concepts = dict(found.values_list("identifier", "name"))
    for spec, word in words.items():
        yield spec, f"Of type: {concepts.get(word or '', word or spec)}", ""


def _word(statement: dict[str, object]) -> str:
    """``Text`` for ``http://purl.org/dc/dcmitype/Text``; in lower case, with single blanks."""
    value, uri = (statement.get(name) for name in ("value", "uri"))
    word = value if isinstance(value, str) and value.strip() else uri if isinstance(uri, str) else ""
    word = " ".join(word.casefold().split())
    return word.rstrip("/").rsplit("/", 1)[-1] if "://" in word else word
