"""No page of the site keeps a reader out, as far as axe-core can tell: in light, in dark, in a narrow window."""

from __future__ import annotations

import pytest

from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptScheme,
    Place,
    PlaceName,
    StoredQuery,
    Subject,
    Text,
)
from archive.publication import withdraw
from archive.units import unit_at
from tests import axe
from tests.archive.search.builders import index_everything, telegram
from tests.browser import NEEDED, coloured, complaints, sized
from tests.builders import published

pytestmark = [
    *NEEDED,
    pytest.mark.skipif(not axe.SCRIPT.exists(), reason="axe-core is not there: make test fetches it"),
]

#: A viewer is its makers' work.
NOT_OURS = ("#iiif-viewer",)


def test_axe_finds_nothing_on_any_page_of_readers(browser, site):
    told = []
    for address in holdings():
        sized(browser, 1280, 1000)
        coloured(browser, "light")
        browser.get(f"{site}{address}")
        found = axe.findings(browser, without=NOT_OURS)
        coloured(browser, "dark")
        sized(browser, 390, 844)
        found += [f"dark and narrow: {each}" for each in axe.findings(browser, only=axe.OF_THE_LOOK, without=NOT_OURS)]
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        found += [f"{wide} pixels wide"] if wide > 390 else []
        found += [each for each in complaints(browser) if "status of 4" not in each]
        if found:
            told += [f"\n== {address}", *found]

    assert "\n".join(told) == ""


def holdings() -> list[str]:
    """A site with something on each of its pages, and the address of one page of each kind."""
    parent = Collection.objects.create(slug="war", title="War", description="What was kept.")
    korea = Collection.objects.create(slug="korea", title="Korea", parent=parent)
    beijing = Place.objects.create(name="Beijing", latitude="39.9", longitude="116.4", note="A capital.")
    PlaceName.objects.create(place=beijing, value="Пекин", language="ru")
    AuthorityLink.objects.create(place=beijing, source="geonames", uri="https://geo.example.org/1", status="accepted")
    others = [Place.objects.create(name=f"Town {n}", latitude=39 + n / 9, longitude=116 + n / 9) for n in range(4)]
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects", uri="https://vocab.example.org/")
    concept = Concept.objects.create(scheme=scheme, name="Armistice", notation="A.1")
    unit = unit_at({"repository": "APRF", "fond": "45", "opis": "1", "delo": "331"})
    StoredQuery.objects.create(slug="russian", title="Russian letters", original_language="ru", for_readers=True)
    for number in range(6):
        document = telegram(
            f"t{number}", date=f"195{number}-10-13", date_earliest=f"195{number}-10-13",
            date_latest=f"195{number}-10-13", original_language=("ru", "zh")[number % 2], published=False,
        )  # fmt: skip
        Text.objects.create(document=document, body="Второй текст.", language="ru", order=1, kind="translation")
        for place in (beijing, others[number % 4]):
            Subject.objects.create(document=document, place=place, relation="about" if number % 2 else "written at")
        Subject.objects.create(document=document, concept=concept)
        ArchivalReference.objects.create(document=document, unit=unit, verbatim="APRF, f. 45, op. 1, d. 331")
        document.collections.add(korea)
        published(document)
    withdraw([telegram("gone").pk])
    index_everything()
    agent, fond = Agent.objects.get(name="Stalin, Joseph"), ArchivalUnit.objects.get(level="fond")
    return [
        *(
            "/",
            "/documents/",
            "/documents/?q=troops&language=en",
            "/documents/?q=nowhere",
            "/documents/?q=(",
            "/about/",
        ),
        *("/documents/t1", "/documents/t1?left=1&right=2&q=troops", "/documents/gone", "/nowhere", "/queries/russian"),
        *("/agents/", f"/agents/{agent.identifier}", f"/agents/{agent.identifier}?part=received"),
        *("/places/", f"/places/{beijing.identifier}", "/concepts/", "/schemes/subjects"),
        *(f"/concepts/{concept.identifier}", "/units/", f"/units/{fond.identifier}", "/collections/"),
        *("/collections/war", "/dates/", "/dates/1950", "/dates/1950-10", "/dates/1950-10-13", "/api/docs/"),
    ]
