"""Typeset pages: CPU milliseconds a page, from the manuscript to tiled image, boxes and PDF, by language."""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import tell

if TYPE_CHECKING:
    from archive.typesetting.manuscripts import Manuscript

ROUNDS = 7
PARAGRAPHS = 12
#: One sentence of each, repeated to full pages.
SENTENCES = {
    "en": "To discuss this matter, Zhou Enlai will have to meet comrade Filippov again. ",
    "ru": "Шифртелеграмма из Пекина. Копии: Сталин (2), Молотов, Берия, Маленков, Микоян. ",
    "zh": "周恩来同志：“关于朝鲜问题”，中国政府认为应当尽快召开会议（Zhou Enlai, 1950年7月13日）。",
    "ko": "중국 정부는 회의를 조속히 소집해야 한다고 생각합니다 (Zhou Enlai). ",
    "ar": "إن الحكومة الصينية ترى أنه يجب عقد الاجتماع في 13 يوليو 1950 في أقرب وقت ممكن (Zhou Enlai). ",
    "he": "הממשלה הסינית סבורה שיש לכנס את הפגישה ב-13 ביולי 1950 בהקדם האפשרי (Zhou Enlai). ",
}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from archive.typesetting.drawing import draw

    for language in SENTENCES:
        manuscript = a_manuscript(language)
        pages = list(draw([manuscript]).pages())  # warm
        rounds = []
        for _ in range(ROUNDS):
            began = time.process_time()
            volume = draw([manuscript])
            set_at = time.process_time()
            list(volume.pages())
            rounds.append((set_at - began, time.process_time() - set_at))
        set_, drawn = (1000 * statistics.median(part) / len(pages) for part in zip(*rounds, strict=True))
        tell(
            figure="CPU milliseconds a typeset page", language=language, value=round(set_ + drawn, 1), goal=120,
            setting_and_pdf=round(set_, 1), drawing=round(drawn, 1), pages=len(pages), rounds=ROUNDS,
            words=sum(len(line["words"]) for line in pages[0].lines), image_bytes=len(pages[0].content),
            pdf_bytes=len(volume.pdf),
        )  # fmt: skip


def a_manuscript(language: str) -> Manuscript:
    from archive.typesetting.manuscripts import Manuscript
    from archive.typesetting.wording import Wording

    return Manuscript(
        text_id=None,
        title=SENTENCES[language],
        date="13 July 1950",
        references=("APRF, Fond 45, Opis 1, Delo 331, Listy 85",),
        language=language,
        wording=Wording.of(language, kind="transcript", written_in=language),
        wording_in_english=Wording.of("en", kind="transcript", written_in=language),
        stamps=(),
        body="\n\n".join([SENTENCES[language] * 6] * PARAGRAPHS),
    )


if __name__ == "__main__":
    main()
