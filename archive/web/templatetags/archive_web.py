"""How dates, languages and words with a fixed meaning are written on the pages."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext_lazy as _

from archive.models.document import NumberKind
from archive.models.text import TextMethod
from archive.web import dates
from archive.web.words import MEANING

register = template.Library()

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?[?~%]?")

#: Languages that archives have and Django does not translate into.
_NAMES = {
    "zh": _("Chinese"), "la": _("Latin"), "grc": _("Ancient Greek"), "chu": _("Church Slavonic"),
    "cu": _("Church Slavonic"),
}  # fmt: skip


register.filter("edtf", dates.in_words)
register.filter("day", dates.day_in_words)


@register.filter
def life(value: str) -> str:
    """The years of an EDTF interval, as they stand behind a name: ``1878-12-18/1953-03-05`` is 1878–1953."""
    ends = [end[:4] if _DATE.fullmatch(end) else end.strip(".") for end in value.split("/")]
    return "–".join(ends) if len(ends) == 2 else value


@register.filter
def language_name(tag: str) -> str:
    """The name of a language by its BCP 47 tag; the tag itself where there is none."""
    primary = tag.partition("-")[0].lower()
    if primary in _NAMES:
        return str(_NAMES[primary])
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag


@register.filter
def number_kind(kind: str) -> str:
    """What a number is, in words: ``telegram`` is a telegram number, ``ark`` an ARK."""
    return worded(NumberKind(kind).label)


@register.filter
def text_method(method: str) -> str:
    """How a text came about, in words: ``human`` is by a person."""
    return worded(TextMethod(method).label)


@register.filter
def worded(label: str) -> str:
    """A word with a fixed meaning in the language of the page: what is stored and harvested has it in English."""
    return pgettext(MEANING, label) if label else ""


@register.filter
def web_address(value: str) -> bool:
    """Whether an address from a source may become a link: ``javascript:`` and the like may not."""
    return value.lower().startswith(("http://", "https://"))
