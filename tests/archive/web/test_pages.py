import re
from pathlib import Path

import pytest
from lxml import etree

from archive.models import (
    Agent,
    ArchivalReference,
    Collection,
    Concept,
    ConceptScheme,
    Place,
    Subject,
)
from archive.publication import withdraw
from archive.units import unit_at
from archive.web import finding
from tests.archive.search.builders import index_everything, telegram
from tests.builders import published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_home_says_what_is_here(client):
    Collection.objects.create(slug="korea", title="Korea").documents.add(telegram("public"))
    hidden = telegram("secret", published=False, title="The secret one")
    Collection.objects.create(slug="secret", title="Another secret").documents.add(hidden)

    page = client.get("/").content.decode()

    for figure in ("<b>1</b> document<", "<b>2</b> people and offices<", "<b>1</b> collection<"):
        assert figure in page
    assert "/documents/public" in page
    assert "/collections/korea" in page
    assert "secret" not in page


def test_empty_archive_has_pages_too(client):
    assert "Nothing is published yet" in client.get("/").content.decode()
    assert "Nothing is published yet" in client.get("/documents/").content.decode()


def test_list_without_a_query_is_by_date(client):
    telegram("later", date_earliest="1950-12-01", date_latest="1950-12-01")
    telegram("earlier", date_earliest="1949-12-01", date_latest="1949-12-01")

    page = client.get("/documents/?q=").content.decode()

    assert page.index("/documents/earlier") < page.index("/documents/later")


def test_results_show_the_words_in_their_place(client):
    telegram()
    index_everything()

    page = client.get("/documents/?q=air+059a").content.decode()

    assert "1 result " in page
    assert "<mark>air</mark> cover" in page
    assert "Fond <mark>059a</mark>" in page
    assert 'href="/documents/110692?q=air%20059a"' in page


def test_search_without_a_result_is_kind(client):
    index_everything()

    page = client.get("/documents/?q=nowhere")

    assert page.status_code == 200
    assert "No document has all of these words" in page.content.decode()
    assert "no word and no number" in client.get("/documents/?q=***").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%22",
        "q=%ff%fe",
        "q=NEAR(",
        "page=0",
        "page=-1",
        "page=x",
        "page=9999999999999",
        "page=²",
        "q=mao&page=99999",
        "q=" + "x" * 5000,
        "q=a&q=b",
    ],
)
def test_odd_queries_are_answered(client, query):
    telegram()
    index_everything()

    assert client.get(f"/documents/?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/documents/?", "/collections/korea?"])
def test_documents_without_a_date_come_last_and_each_once(client, monkeypatch, address):
    monkeypatch.setattr(finding, "PAGE_SIZE", 2)
    korea = Collection.objects.create(slug="korea", title="Korea")
    for number, day in enumerate([None, "1950-01-01", None, "1949-01-01", None]):
        korea.documents.add(telegram(f"t{number}", date=day or "", date_earliest=day, date_latest=day))

    pages = [client.get(f"{address}page={number}").content.decode() for number in (1, 2, 3)]

    assert [re.findall(r'href="/documents/(t\d)"', page) for page in pages] == [["t3", "t1"], ["t0", "t2"], ["t4"]]


@pytest.mark.parametrize("query", ["", "q=Roshchin&"])
def test_long_lists_are_paged_and_end_at_their_last_page(client, monkeypatch, query):
    monkeypatch.setattr(finding, "PAGE_SIZE", 3)
    for number in range(5):
        telegram(f"t{number}")
    index_everything()

    first, beyond = client.get(f"/documents/?{query}"), client.get(f"/documents/?{query}page=77").content.decode()

    assert first.content.decode().count('class="card"') == 3
    assert f'rel="next" href="?{query.replace("&", "&amp;")}page=2"' in first.content.decode()
    assert beyond.count('class="card"') == 2
    assert "Page 2 of 2" in beyond


def test_lists_take_as_many_queries_for_many_documents_as_for_one(client, django_assert_max_num_queries):
    for number in range(12):
        telegram(f"t{number}")
    index_everything()

    for address in ["/", "/documents/", "/documents/?q=Roshchin"]:
        with django_assert_max_num_queries(15):
            client.get(address)


def test_withdrawn_document_leaves_every_list_at_once(client):
    document = telegram()
    index_everything()
    agent = Agent.objects.get(name="Roshchin, Nikolai")
    document.collections.create(slug="korea", title="Korea")
    withdraw([document.pk])

    for address in ["/", "/documents/", "/documents/?q=Roshchin", "/collections/korea"]:
        assert "110692" not in client.get(address).content.decode(), address
    assert client.get(f"/agents/{agent.identifier}").status_code == 404


def test_agent_that_no_public_document_names_is_not_found(client):
    telegram(published=False)

    assert client.get(f"/agents/{Agent.objects.first().identifier}").status_code == 404
    assert client.get("/agents/nobody").status_code == 404


def test_agent_has_a_page_with_names_and_documents(client):
    telegram()
    agent = Agent.objects.get(name="Stalin, Joseph")

    page = client.get(f"/agents/{agent.identifier}").content.decode()

    assert "Filippov" in page
    assert "/documents/110692" in page


def test_collection_has_a_page_with_what_is_in_it(client):
    parent = Collection.objects.create(slug="war", title="War")
    child = Collection.objects.create(slug="korea", title="Korea", parent=parent)
    child.documents.add(telegram(), telegram("draft", published=False))

    above, page = client.get("/collections/war").content.decode(), client.get("/collections/korea").content.decode()

    assert "/collections/korea" in above
    assert "1 document<" in above
    assert "/collections/war" in page
    assert "/documents/110692" in page
    assert "/documents/draft" not in page
    assert client.get("/collections/none").status_code == 404


def test_unknown_address_has_a_page(client):
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_site_overrides_one_block_of_a_page(client, settings, tmp_path):
    override = tmp_path / "archive_web" / "document.html"
    override.parent.mkdir()
    override.write_text('{% extends "archive_web/document.html" %}{% block summary %}OUR OWN{% endblock %}')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    telegram()

    page = client.get("/documents/110692").content.decode()

    assert "OUR OWN" in page
    assert "absolute obligation" in page


def test_query_that_cannot_be_understood_is_shown_with_the_place_marked(client):
    page = client.get("/documents/", {"q": "form:<b>roshchin"}).content.decode()

    assert "There is no field “form”" in page
    assert "<mark>form:</mark>&lt;b&gt;roshchin" in page


def test_slip_of_the_pen_is_answered_with_what_may_have_been_meant(client):
    telegram()
    index_everything()

    page = client.get("/documents/", {"q": "Roschhin", "page": "3"}).content.decode()

    assert '<a href="?q=roshchin">roshchin</a>' in page


def test_results_are_narrowed_by_what_they_have(client):
    telegram("ru", original_language="ru")
    telegram("zh", original_language="zh", date="1951-01-01", date_earliest="1951-01-01", date_latest="1951-01-01")
    index_everything()

    page = client.get("/documents/", {"q": "Roshchin", "order": "newest"}).content.decode()
    narrowed = client.get("/documents/", {"q": "Roshchin", "original": "zh"}).content.decode()

    assert '<a href="?q=Roshchin&amp;original=zh&amp;order=newest" rel="nofollow">Chinese</a>' in page
    assert ">A transcript</a>" not in page  # all have one
    assert page.index("/documents/zh?") < page.index("/documents/ru?")
    assert "/documents/zh" in narrowed
    assert "/documents/ru?" not in narrowed
    assert 'aria-label="Chinese: take away"' in narrowed
    assert '<a href="?q=Roshchin" rel="nofollow"><span class="quiet">Written in</span> Chinese' in narrowed
    assert "People</h2>" not in narrowed  # all have the same


def test_results_without_words_are_those_that_have_what_was_chosen(client):
    telegram("ru", original_language="ru")
    telegram("zh", original_language="zh")
    index_everything()

    assert "1 result" in client.get("/documents/?original=zh").content.decode()


def test_search_page_takes_a_constant_number_of_queries(client, django_assert_max_num_queries):
    for number in range(8):
        telegram(f"t{number}", original_language=("ru", "zh")[number % 2])
    index_everything()

    with django_assert_max_num_queries(15):
        client.get("/documents/?q=Roshchin")


def test_search_with_everything_to_count_and_to_light_takes_fifteen_queries(client, django_assert_max_num_queries):
    place, scheme = Place.objects.create(name="Beijing"), ConceptScheme.objects.create(slug="s", title="S")
    concepts = [Concept.objects.create(scheme=scheme, name=name) for name in ("armistice", "telegram")]
    korea, fond = Collection.objects.create(slug="korea", title="Korea"), unit_at({"repository": "APRF", "fond": "45"})
    for number in range(4):
        document = telegram(f"t{number}", published=False)
        if number:
            Subject.objects.create(document=document, place=place)
            Subject.objects.create(document=document, concept=concepts[0])
            Subject.objects.create(document=document, concept=concepts[1], relation="type")
            ArchivalReference.objects.create(document=document, unit=fond, verbatim="APRF, f. 45")
            korea.documents.add(document)
        published(document)
    index_everything()

    with django_assert_max_num_queries(15):
        page = client.get("/documents/?q=troops+Nikolai+Papka").content.decode()

    for told in ("Beijing", "armistice", "telegram", "APRF, 45", "Korea", "<mark>Nikolai</mark>"):
        assert told in page


def test_feed_has_what_answers_the_last_published_first(client):
    for identifier in ("first", "second"):
        telegram(identifier)
    telegram("other", body="", title="Something else", summary="")
    index_everything()

    response = client.get("/documents.atom?q=armistice")

    assert response["Content-Type"].startswith("application/atom+xml")
    entries = etree.fromstring(response.content).findall("{*}entry/{*}id")
    assert [each.text for each in entries] == [
        "https://archive.example.org/documents/second",
        "https://archive.example.org/documents/first",
    ]
    assert response.content == client.get("/documents.atom?q=armistice").content
    assert client.get("/documents.atom?q=(").status_code == 400


def test_what_was_chosen_can_be_taken_away_though_nothing_is_found(client):
    agent = Agent.objects.create(identifier="hidden", name="Xyzzy")
    telegram(published=False).contributions.update(agent=agent)
    index_everything()

    page = client.get("/documents/?person=hidden&has=scan&q=nothing").content.decode()

    assert '<a href="?q=nothing&amp;has=scan" rel="nofollow"><span class="quiet">People</span> hidden' in page
    assert "Scans" in page
    assert "Xyzzy" not in page


def test_documents_are_searched_by_who_sent_them(client):
    telegram()
    stalin = Agent.objects.get(name="Stalin, Joseph")
    index_everything()

    assert "1 result" in client.get(f"/documents/?addressee={stalin.identifier}").content.decode()
    assert "0 results" in client.get(f"/documents/?sender={stalin.identifier}").content.decode()
    feed = client.get(f"/documents.atom?sender={stalin.identifier}").content.decode()
    assert "<entry>" not in feed


def test_page_that_has_not_changed_is_not_sent_again(client):
    telegram()
    for address in ("/", "/documents/", "/documents/110692", "/agents/", "/dates/1950"):
        page = client.get(address)
        again = client.get(address, headers={"if-none-match": page["ETag"]})

        assert page["Cache-Control"] == "public, no-cache"
        assert (again.status_code, again.content) == (304, b""), address


def test_styles_and_scripts_of_our_own_are_at_most_60_kilobytes():
    own = [*Path("archive/web/static").rglob("*.*"), *Path("iiif/static/iiif").glob("*.*")]
    adapter = Path("iiif/static/iiif/viewers/mirador.js")

    assert sum(each.stat().st_size for each in [*own, adapter] if each.suffix in {".css", ".js"}) <= 60_000
