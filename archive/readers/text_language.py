"""Which language a text is in, told by a detector.

Only for a text whose source does not name its language: a declared language always wins, and the detector only
says where it would differ. It tells a language where it is nearly sure; names, numbers and transliterated Russian
leave it unsure, and then the language stays open. A page of text costs 0.3 ms of CPU; the model takes a second to
load, so it is loaded when it is first asked.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from archive.vocab.languages import name_of

#: Below this probability nothing is told. Lists of names reach 0.4, sentences 0.94 and more.
_SURE = 0.9
#: Letters looked at, from the beginning. More of them make no text surer.
_ENOUGH = 3000
#: Fewer letters tell nothing; of those of Chinese, Japanese and Korean each stands for several.
_FEWEST = 60
_FEWEST_IDEOGRAPHS = 20
_LETTER = re.compile(r"[^\W\d_]")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def language_of(text: str) -> str:
    """The BCP 47 tag of the language of a text, or empty where the detector is not sure."""
    beginning = text[:_ENOUGH]
    if len(_LETTER.findall(beginning)) < _FEWEST and len(_IDEOGRAPH.findall(beginning)) < _FEWEST_IDEOGRAPHS:
        return ""
    tag, probability = _detector().classify(beginning)
    return str(tag) if probability >= _SURE else ""


def contradiction(text: str, declared: str) -> str:
    """In words, that a text seems to be in another language than the one declared; empty where it does not."""
    told = language_of(text) if declared else ""
    if told in ("", declared.partition("-")[0]):
        return ""
    return f"The text is declared to be in {_named(declared)} and seems to be in {_named(told)}"


def _named(tag: str) -> str:
    return name_of(tag) or f"“{tag}”"


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads numpy: half a second for who needs none of it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
