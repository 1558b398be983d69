"""No page of the site keeps a reader out, as far as axe-core can tell: in light, in dark, in a narrow window."""

from __future__ import annotations

from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import resolve

from archive.lod.dumps import writing as dumping
from archive.lod.sparql import writing
from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptScheme,
    Document,
    Page,
    Place,
    PlaceName,
    StoredQuery,
    Subject,
    Text,
)
from archive.previews import token_of
from archive.publication import withdraw
from archive.units import unit_at
from tests import axe
from tests.archive.search.builders import index_everything, telegram
from tests.browser import NEEDED, coloured, complaints, sized
from tests.builders import published
from tests.routes.test_nothing_leaks import DOORS, patterns

pytestmark = [
    *NEEDED,
    pytest.mark.skipif(not axe.SCRIPT.exists(), reason="axe-core is not there: make test fetches it"),
]

#: For a table and for a graph.
ROWS = "SELECT ?record ?title WHERE { ?record dcterms:title ?title } LIMIT 5"
GRAPH = "DESCRIBE </documents/t1>"
#: A viewer is its makers' work.
NOT_OURS = ("#iiif-viewer",)


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """Folders for the dumps and for the store of the endpoint."""
    kept = {"DUMPS": str(tmp_path / "dumps"), "SPARQL_STORE": str(tmp_path / "triples"), "SPARQL_SECONDS": 120}
    settings.FONDS = {**settings.FONDS, **kept}


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


def test_axe_visits_every_address_at_which_there_is_a_page():
    """Every door of the site is tried with what these holdings have; behind some there is a page."""
    visited = {resolve(address.partition("?")[0]).view_name for address in holdings() if address != "/nowhere"}

    here = {name for name, _ in patterns("config.urls")} & set(DOORS)
    pages = {name for name in here if any(map(is_page, addresses(DOORS[name])))}

    assert {"archive_web:home", "archive_lod:sparql", "archive_lod:dumps", "harvest:oai", "archive_api:docs"} <= pages
    # The same pages by the names of their forms.
    assert {each for each in pages if not each.endswith("_as")} - visited == set()


def is_page(address: str) -> bool:
    answer = Client().get(address, headers={"Accept": "text/html"})
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def addresses(templates: tuple[str, ...]) -> list[str]:
    """The addresses of a door with the things of the holdings in their places."""
    names = {
        "id": ("t1", token_of(Document.objects.get(identifier="draft"))),
        "page": Page.objects.filter(document__identifier="t1").values_list("identifier", flat=True)[:1],
        **{
            kind: model.objects.filter(**known).values_list("identifier", flat=True)
            for kind, model, known in (
                ("agent", Agent, {"name": "Stalin, Joseph"}), ("place", Place, {"name": "Beijing"}),
                ("concept", Concept, {}), ("unit", ArchivalUnit, {"level": "fond"}),
            )
        },
        "scheme": ("subjects",), "slug": ("korea", "russian"), "word": ("troops",),
    }  # fmt: skip
    found = []
    for template in templates:
        places = [place for place in names if f"{{{place}}}" in template]
        for chosen in product(*(names[place] for place in places)):
            found += [template.format(**dict(zip(places, map(quote, chosen), strict=True)))]
    return found


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
    draft = telegram("draft", published=False)
    index_everything()
    writing.follow()
    dumping.dump()
    ended = token_of(other := telegram("other", published=False))
    published(other)
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
        *(
            "/sparql",
            f"/sparql?query={quote(ROWS)}",
            f"/sparql?query={quote(GRAPH)}",
            "/sparql?query=SELECT",
            "/dumps/",
        ),
        *(f"/oai?verb={each}" for each in ("Identify", "ListSets", "ListMetadataFormats", "Nonsense")),
        *("/oai", "/oai?verb=ListRecords&metadataPrefix=oai_dc", f"/reconcile/preview?id=agents/{agent.identifier}"),
        *(f"/preview/{token_of(draft)}", f"/preview/{ended}"),
    ]
