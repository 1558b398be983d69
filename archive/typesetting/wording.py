"""Wording: what a typeset page says of itself, in the language of the text that it shows.

``Wording.of`` falls back to English where nobody has written the words of a language here; one who adds a language
adds a line to each table, and needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language_info, override

#: Stands on the first page of every text, and in the running head of every other page.
FROM_TEXT = {
    "en": "Typeset from the transcript; not a scan",
    "ar": "صُفّ من النص المنسوخ؛ ليس صورة عن الأصل",
    "bg": "Набрано по преписа; не е сканирано копие",
    "cs": "Vysázeno podle přepisu; nejde o sken",
    "de": "Gesetzt nach der Transkription; kein Scan",
    "es": "Compuesto a partir de la transcripción; no es una imagen del original",
    "fa": "حروف‌چینی‌شده از متن بازنویسی؛ تصویر اصل نیست",
    "fr": "Composé d’après la transcription ; n’est pas une numérisation",
    "he": "נסדר מתוך התעתיק; אינו סריקה",
    "hu": "Az átirat alapján szedve; nem szkennelt kép",
    "it": "Composto dalla trascrizione; non è una scansione",
    "ja": "翻刻から組版したもので、原本の画像ではありません",
    "ko": "전사본을 조판한 것으로, 스캔한 원본이 아님",
    "pl": "Złożono z transkrypcji; to nie jest skan",
    "pt": "Composto a partir da transcrição; não é uma digitalização",
    "ru": "Набрано по расшифровке; не является сканом",
    "uk": "Набрано за розшифровкою; не є сканом",
    "vi": "Sắp chữ từ bản phiên chép; không phải bản quét",
    "zh": "据转录文本排版，非原件扫描",
    "zh-hant": "據轉錄文本排版，非原件掃描",
}
#: The same, where nobody has transcribed the document yet.
FROM_DESCRIPTION = {
    "en": "Typeset from the description; no transcript is held",
    "de": "Gesetzt nach der Beschreibung; eine Transkription liegt nicht vor",
    "fr": "Composé d’après la description ; aucune transcription n’est conservée",
    "ko": "기술 정보를 조판한 것으로, 전사본은 없음",
    "ru": "Набрано по описанию; расшифровки нет",
    "zh": "据著录信息排版，无转录文本",
}
#: What a text is, by archive.models.text.TextKind.
KINDS = {
    "original": {
        "en": "Original", "ar": "الأصل", "de": "Original", "es": "Original", "fr": "Original", "he": "מקור",
        "ko": "원문", "ru": "Оригинал", "uk": "Оригінал", "zh": "原文",
    },
    "transcript": {
        "en": "Transcript", "ar": "نص منسوخ", "de": "Transkription", "es": "Transcripción", "fr": "Transcription",
        "he": "תעתיק", "ko": "전사본", "ru": "Расшифровка", "uk": "Розшифровка", "zh": "转录文本",
    },
    "translation": {
        "en": "Translation", "ar": "ترجمة", "de": "Übersetzung", "es": "Traducción", "fr": "Traduction", "he": "תרגום",
        "ko": "번역", "ru": "Перевод", "uk": "Переклад", "zh": "译文",
    },
}  # fmt: skip

_COMMAS = {"ar": "، ", "zh": "，"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one sequence of pages. ``kind`` says which of the texts it is: "Translation, English"."""

    note: str
    kind: str = ""

    @classmethod
    def of(cls, language: str, *, kind: str, written_in: str = "") -> Wording:
        """In ``language``, a BCP 47 tag, of a text of that kind; ``kind`` is empty where there is no text."""
        tag = language.lower()
        if not kind:
            return cls(_in(tag, FROM_DESCRIPTION))
        known = _key(tag, KINDS[kind]) or "en"
        named = (_in(tag, KINDS[kind]), _language_name(written_in, known))
        return cls(_in(tag, FROM_TEXT), _COMMAS.get(known, ", ").join(filter(None, named)))


def _in(tag: str, table: dict[str, str]) -> str:
    return table[_key(tag, table) or "en"]


def _key(tag: str, table: dict[str, str]) -> str:
    """The longest beginning of a tag that the table has; Taiwan, Hong Kong and Macao write traditional characters."""
    if tag in {"zh-tw", "zh-hk", "zh-mo"}:
        tag = "zh-hant"
    parts = tag.split("-")
    starts = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((start for start in starts if start in table), "")


#: What Django calls languages that it has under a longer tag.
_IN_DJANGO = {"zh": "zh-hans"}


def _language_name(tag: str, said_in: str) -> str:
    """What a language is called in another, both given by their tags; its tag where Django knows no name."""
    if not tag:
        return ""
    given = _IN_DJANGO.get(tag.lower(), tag.lower())
    with override(_IN_DJANGO.get(said_in, said_in)):
        try:
            return str(get_language_info(given)["name_translated"])
        except KeyError:
            return tag
