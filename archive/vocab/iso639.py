"""Languages by the codes of three letters that library catalogues write: ISO 639-2, both forms of it."""

from __future__ import annotations

from archive.vocab.languages import name_of

_TAGS = {
    "ara": "ar", "bul": "bg", "cze": "cs", "ces": "cs", "dan": "da", "ger": "de", "deu": "de", "gre": "el",
    "ell": "el", "eng": "en", "spa": "es", "est": "et", "per": "fa", "fas": "fa", "fin": "fi", "fre": "fr",
    "fra": "fr", "heb": "he", "hin": "hi", "hun": "hu", "arm": "hy", "hye": "hy", "ita": "it", "jpn": "ja",
    "geo": "ka", "kat": "ka", "khm": "km", "kor": "ko", "lat": "la", "lit": "lt", "lav": "lv", "mac": "mk",
    "mkd": "mk", "mon": "mn", "dut": "nl", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "rum": "ro",
    "ron": "ro", "rus": "ru", "slo": "sk", "slk": "sk", "slv": "sl", "srp": "sr", "scr": "hr", "hrv": "hr",
    "alb": "sq", "sqi": "sq", "swe": "sv", "tur": "tr", "ukr": "uk", "vie": "vi", "chi": "zh", "zho": "zh",
}  # fmt: skip


def tag_of_code(code: str) -> str | None:
    """The BCP 47 tag that a code of two or three letters stands for; None for no such code.

    A tag that has a name stays as it is.
    """
    code = code.strip()
    if len(code) == 3:
        return _TAGS.get(code.casefold())
    return code if 2 <= len(code) <= 35 and name_of(code) else None
