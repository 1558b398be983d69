"""Entries: the values of a front matter, with their places in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from archive.readers.passages import Passage
from archive.readers.refused import BrokenSource
from archive.readers.tables.headings import Column, field_called
from archive.readers.tables.records import Cell
from archive.vocab.characters import legal

#: What means another thing here than in a table: ``language`` is that of the text.
_FIELDS = {"language": "ignore", "original_language": "language", "system": "ignore"}


@dataclass(frozen=True, slots=True)
class Entry(Cell):
    """One value of a property, and where the property and the value stand."""

    key: Passage
    value: Passage

    @property
    def called(self) -> str:
        """The value's name in messages."""
        return f"line {self.value.line_number}, “{self.column.heading}”"


class _Broken(Exception):  # noqa: N818 - the name says the outcome
    """What is wrong, and how far into the front matter."""

    def __init__(self, reason: str, index: int) -> None:
        super().__init__(reason)
        self.index = index


class _Plain(yaml.SafeLoader):
    """YAML without references from one place to another, which can make a page of text out of a line."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _Broken("a reference to another place has no business here", self.peek_event().start_mark.index)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def entries_of(name: str, matter: Passage) -> tuple[Entry, ...]:
    """The values in the order of the front matter, those of a list one by one; values without words are left out.

    :raises BrokenSource: where it is not YAML, or holds what no property can have; ``name`` is the file's.
    """
    try:
        found = tuple(_pairs(yaml.compose(matter.text, Loader=_Plain)))
    except _Broken as broken:
        raise _refusal(name, matter, broken.index, str(broken)) from broken
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "a character that YAML does not allow"
        raise _refusal(name, matter, mark.index if mark else 0, f"this is not YAML: {said}") from error
    except RecursionError as error:
        raise _refusal(name, matter, 0, "brackets within brackets without end") from error
    return tuple(_entry(order, matter, *each) for order, each in enumerate(found) if each[2].value.strip())


def _pairs(root: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.ScalarNode]]:
    """Heading, node of the property and node of the value, for each value."""
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise _Broken("a front matter says “property: value” in each line", root.start_mark.index)
    for key, value in root.value:
        property_ = _scalar(key).value
        if isinstance(value, yaml.MappingNode):
            for language, below in value.value:
                yield from ((f"{property_}@{_scalar(language).value}", key, each) for each in _scalars(below))
        else:
            yield from ((property_, key, each) for each in _scalars(value))


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.SequenceNode):
        yield from (_scalar(each) for each in node.value)
    else:
        yield _scalar(node)


def _scalar(node: yaml.Node) -> yaml.ScalarNode:
    if not isinstance(node, yaml.ScalarNode):
        raise _Broken("values stand beside a property, in a list or by language, and no deeper", node.start_mark.index)
    return node


def _entry(order: int, matter: Passage, heading: str, key: yaml.Node, value: yaml.ScalarNode) -> Entry:
    name, language, doubt = field_called(heading)
    column = Column(order, heading, _FIELDS.get(heading.casefold(), name), language, doubt)
    words = legal(value.value).strip()
    return Entry(words, column, f"value {order}", language, _passage(matter, key), _passage(matter, value))


def _passage(matter: Passage, node: yaml.Node) -> Passage:
    return matter.part(node.start_mark.index, node.end_mark.index).trimmed()


def _refusal(name: str, matter: Passage, index: int, reason: str) -> BrokenSource:
    line = matter.part(min(index, len(matter.text)), len(matter.text)).line_number
    return BrokenSource(f"{name}, line {line}: {reason}. Mend it and hand the file in again.")
