"""The ``Description`` of an ALTO file: what it measures with, the image, and the programs that made it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from archive.readers.scans.transcription import Making

#: How many of each measure are an inch; 0 for pixels. ``mm10`` is a tenth of a millimetre.
_PER_INCH = {"pixel": 0.0, "mm10": 254.0, "inch1200": 1200.0}
#: The steps in which text is recognised, in versions 1 to 3 and in version 4; others only prepare or follow.
_STEPS = ("{*}ocrProcessingStep", "{*}Processing", "{*}contentGeneration")


@dataclass(frozen=True, slots=True)
class Description:
    """What holds for all pages of a file."""

    per_inch: float = 0.0
    file: str = ""
    making: Making = field(default_factory=Making)


def description_of(element: etree._Element | None) -> Description:
    """What a ``Description`` says; what goes without saying where there is none."""
    if element is None:
        return Description()
    unit = (element.findtext("{*}MeasurementUnit") or "pixel").strip().casefold()
    file = (element.findtext("{*}sourceImageInformation/{*}fileName") or "").strip()
    return Description(_PER_INCH.get(unit, 0.0), file, _making(element))


def _making(element: etree._Element) -> Making:
    """By a machine, where a program is named; the one that recognised the text, if that is told."""
    steps = [step for path in _STEPS for step in element.iter(path)]
    for software in (found for step in [*steps, element] for found in step.iter("{*}processingSoftware")):
        words = [(software.findtext(f"{{*}}{part}") or "").strip() for part in ("softwareName", "softwareVersion")]
        if words[0]:
            return Making("machine", " ".join(filter(None, words)))
    return Making()
