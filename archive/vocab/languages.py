"""Languages by name and by BCP 47 tag.

A small table of the languages that such archives hold, in English names. The first name of a tag is the one
shown; the others are only understood.
"""

from __future__ import annotations

_NAMES: dict[str, tuple[str, ...]] = {
    "ar": ("Arabic",),
    "bg": ("Bulgarian",),
    "cs": ("Czech",),
    "da": ("Danish",),
    "de": ("German",),
    "el": ("Greek", "Modern Greek"),
    "en": ("English",),
    "es": ("Spanish",),
    "et": ("Estonian",),
    "fa": ("Persian", "Farsi"),
    "fi": ("Finnish",),
    "fr": ("French",),
    "he": ("Hebrew",),
    "hi": ("Hindi",),
    "hu": ("Hungarian",),
    "hy": ("Armenian",),
    "it": ("Italian",),
    "ja": ("Japanese",),
    "ka": ("Georgian",),
    "km": ("Khmer",),
    "ko": ("Korean",),
    "la": ("Latin",),
    "lt": ("Lithuanian",),
    "lv": ("Latvian",),
    "mk": ("Macedonian",),
    "mn": ("Mongolian",),
    "nl": ("Dutch", "Flemish"),
    "no": ("Norwegian",),
    "pl": ("Polish",),
    "pt": ("Portuguese",),
    "ro": ("Romanian", "Moldovan"),
    "ru": ("Russian",),
    "sk": ("Slovak",),
    "sl": ("Slovenian", "Slovene"),
    "sh": ("Serbo-Croatian", "Serbo-Croat"),
    "sr": ("Serbian",),
    "hr": ("Croatian",),
    "sq": ("Albanian",),
    "sv": ("Swedish",),
    "tr": ("Turkish",),
    "uk": ("Ukrainian",),
    "vi": ("Vietnamese",),
    "zh": ("Chinese", "Mandarin", "Mandarin Chinese"),
    "zh-Hans": ("Simplified Chinese", "Chinese (Simplified)"),
    "zh-Hant": ("Traditional Chinese", "Chinese (Traditional)"),
}
_SHOWN = {tag.casefold(): names[0] for tag, names in _NAMES.items()}
_TAGS = {name.casefold(): tag for tag, names in _NAMES.items() for name in names}


def tag_of(name: str) -> str | None:
    """The BCP 47 tag of a language called by its English name, in any case; None for one not in the table."""
    return _TAGS.get(" ".join(name.split()).casefold())


def name_of(tag: str) -> str | None:
    """The English name of a language; None for a tag not in the table.

    A tag with a region or script that the table does not know is shown by its language: ``en-GB`` is English.
    """
    subtags = tag.casefold().split("-")
    candidates = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((_SHOWN[each] for each in candidates if each in _SHOWN), None)
