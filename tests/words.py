"""Every phrase that the pages can say, as the catalogues must have it. ``make words`` adds what is new."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted((ROOT / "archive" / "locale").glob("*/LC_MESSAGES/django.po"))
#: What is written for readers.
_APPS = ("archive/web", "archive/search", "archive/lod", "iiif", "harvest")
#: The functions that translate; after these words come a phrase, a phrase with its plural, a context with a phrase.
_ONE, _MANY, _MEANT = {"_", "gettext", "gettext_lazy"}, {"ngettext", "ngettext_lazy"}, {"pgettext", "pgettext_lazy"}


class Phrase(NamedTuple):
    """What is to be translated: what it means, where that is said, and its plural, where it has one."""

    text: str
    plural: str = ""
    meaning: str = ""


def phrases() -> set[Phrase]:
    """The phrases of all templates and modules, and the words with a fixed meaning."""
    from archive.web.words import MEANING, vocabulary

    found = {Phrase(word, meaning=MEANING) for word in vocabulary()}
    for app in _APPS:
        for path in (ROOT / app).rglob("*.html"):
            if "admin" not in path.parts:
                found.update(_of_template(path.read_text()))
        for path in (ROOT / app).rglob("*.py"):
            found.update(_of_module(path.read_text()))
    return found


def _of_template(source: str) -> Iterator[Phrase]:
    nodes = engines["django"].from_string(source).template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        yield Phrase(str(node.filter_expression.var.literal), meaning=_meaning(node))
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        text, plural = (node.render_token_list(each)[0] if each else "" for each in (node.singular, node.plural))
        yield Phrase(text, plural, _meaning(node))


def _meaning(node: TranslateNode | BlockTranslateNode) -> str:
    return str(node.message_context.var) if node.message_context else ""


def _of_module(source: str) -> Iterator[Phrase]:
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            said = [each.value for each in call.args if isinstance(each, ast.Constant)]
            match said:
                case [str(text)] if call.func.id in _ONE:
                    yield Phrase(text)
                case [str(text), str(plural)] if call.func.id in _MANY:
                    yield Phrase(text, plural)
                case [str(meaning), str(text)] if call.func.id in _MEANT:
                    yield Phrase(text, meaning=meaning)


def bring_up_to_date(path: Path) -> None:
    """Add to a catalogue what it lacks, without a translation, and take out what nothing says any more."""
    catalogue, wanted = polib.pofile(str(path), wrapwidth=120), phrases()
    for entry in [each for each in catalogue if phrase_of(each) not in wanted]:
        catalogue.remove(entry)
    forms = range(plural_forms(catalogue))
    for phrase in sorted(wanted - {phrase_of(entry) for entry in catalogue}):
        many = {"msgid_plural": phrase.plural, "msgstr_plural": dict.fromkeys(forms, "")} if phrase.plural else {}
        catalogue.append(polib.POEntry(msgid=phrase.text, msgctxt=phrase.meaning or None, **many))
    catalogue.sort(key=phrase_of)
    catalogue.save(str(path))


def phrase_of(entry: polib.POEntry) -> Phrase:
    """The phrase that an entry translates."""
    return Phrase(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def plural_forms(catalogue: polib.POFile) -> int:
    """How many forms a language has for a number of things, as its catalogue says."""
    return int(catalogue.metadata["Plural-Forms"].partition("nplurals=")[2].partition(";")[0])


if __name__ == "__main__":
    import django

    django.setup()
    for each in CATALOGUES:
        bring_up_to_date(each)
