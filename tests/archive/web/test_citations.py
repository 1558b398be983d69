"""Citations and signposts: what reference managers and programs find on the page of a document."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from lxml import etree, html

from archive.models import Agent, Collection, Contribution
from tests.archive.builders import a_full_document
from tests.builders import a_document, published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

HERE = "https://archive.example.org/documents/110692"


@pytest.fixture
def full():
    return published(a_full_document("110692"))


def get(extension: str) -> str:
    return Client().get(f"/documents/110692.{extension}").content.decode()


def test_csl_json_says_what_when_who_and_where(full):
    (item,) = json.loads(get("csl.json"))

    assert item["title"] == "Ciphered telegram, Filippov [Stalin] to Zhou Enlai"
    assert item["issued"] == {"date-parts": [[1950, 7, 13]]}
    assert item["author"] == [{"literal": "Stalin"}]
    assert item["recipient"] == [{"literal": "Zhou Enlai"}]
    assert (item["archive"], item["URL"], item["type"]) == ("APRF", HERE, "personal_communication")
    assert item["archive_location"] == "45"


def test_bibtex_and_ris_say_the_same(full):
    bibtex, ris = get("bib"), get("ris")

    assert bibtex.startswith("@misc{110692,\n")
    assert "author = {{Stalin}}," in bibtex
    assert "date = {1950-07-13}," in bibtex
    assert ris.startswith("TY  - PCOMM\r\n")
    assert "AU  - Stalin\r\nA2  - Zhou Enlai\r\n" in ris
    assert "\r\nPY  - 1950\r\nDA  - 1950/07/13/\r\n" in ris
    assert "AV  - 45\r\nDB  - APRF\r\nDP  - Fonds\r\n" in ris
    assert ris.endswith("ER  - \r\n")


def test_no_word_breaks_out_of_its_field():
    published(a_document("110692", title="50% of {everything} & \\input{x} $1_2 #3\r\nER  - \nAU  - Nobody"))

    assert r"50\% of \{everything\} \& \textbackslash{}input\{x\} \$1\_2 \#3 ER" in get("bib")
    assert get("ris").count("\r\nER  - ") == 1
    assert "\nAU  - " not in get("ris")


@pytest.mark.parametrize(
    ("edtf", "parts"), [("1950", [[1950]]), ("1950-10", [[1950, 10]]), ("1950-10-13?", [[1950, 10, 13]]), ("", None)]
)
def test_date_is_cited_as_far_as_it_is_known(edtf, parts):
    published(a_document("110692", date=edtf))

    assert json.loads(get("csl.json"))[0].get("issued", {}).get("date-parts") == parts


def test_citation_is_negotiated_and_not_sent_to_browsers(full):
    asked = Client().get("/documents/110692", headers={"Accept": "application/x-bibtex, text/html;q=0.5"})
    browser = Client().get("/documents/110692", headers={"Accept": "text/html,*/*;q=0.8"})

    assert (asked["Content-Location"], asked.content[:5]) == (f"{HERE}.bib", b"@misc")
    assert browser["Content-Type"].startswith("text/html")


def test_page_has_the_tags_that_zotero_reads(full):
    page = html.fromstring(Client().get("/documents/110692", headers={"Accept": "text/html"}).content)
    tags = {each.get("name"): each.get("content") for each in page.xpath("//meta[@name]")}

    assert tags["citation_title"].startswith("Ciphered telegram")
    assert (tags["citation_author"], tags["citation_publication_date"]) == ("Stalin", "1950/07/13")
    assert (tags["z:itemType"], tags["z:archive"]) == ("letter", "APRF")
    assert f"{HERE}.bib" in page.xpath("//link[@rel='alternate']/@href")


def test_page_leads_zotero_to_the_citation_by_unapi(full):
    page = html.fromstring(Client().get("/documents/110692", headers={"Accept": "text/html"}).content)
    (server,) = page.xpath("//link[@rel='unapi-server']/@href")
    (identifier,) = page.xpath("//abbr[@class='unapi-id']/@title")
    asked = server.removeprefix("https://archive.example.org")

    every, own = Client().get(asked), Client().get(asked, {"id": identifier})
    record = Client().get(asked, {"id": identifier, "format": "ris"})

    assert (every.status_code, own.status_code) == (200, 300)
    formats = etree.fromstring(own.content)
    assert (formats.get("id"), formats.xpath("format/@name")) == ("110692", ["ris", "bibtex", "csl-json"])
    assert etree.fromstring(every.content).xpath("format/@name") == ["ris", "bibtex", "csl-json"]
    assert record.content.decode() == get("ris")
    assert record["Access-Control-Allow-Origin"] == "*"


def test_unapi_knows_neither_what_is_not_public_nor_other_formats(full):
    a_document("draft")

    assert Client().get("/unapi?id=draft").status_code == 404
    assert Client().get("/unapi?id=draft&format=ris").status_code == 404
    assert Client().get("/unapi?id=110692&format=marc").status_code == 406
    assert Client().get("/unapi?format=ris").status_code == 404


@pytest.mark.parametrize(
    ("written", "place"),
    [("AVP, f. 45", "f. 45"), ("AVP f. 45", "f. 45"), ("AVPRF, f. 45", "AVPRF, f. 45"), ("AVP", "AVP")],
)
def test_name_of_who_keeps_it_is_left_out_of_the_place_where_it_is_a_word_of_its_own(written, place):
    document = a_document("110692")
    document.references.create(repository="AVP", verbatim=written)
    published(document)

    assert f"AV  - {place}\r\nDB  - AVP\r\n" in get("ris")


def test_document_that_is_addressed_to_nobody_is_no_letter():
    published(a_document("110692"))
    page = html.fromstring(Client().get("/documents/110692", headers={"Accept": "text/html"}).content)

    assert page.xpath("//meta[@name='z:itemType']/@content") == ["manuscript"]
    assert get("ris").startswith("TY  - MANSCPT\r\n")


def test_header_has_few_links_and_the_link_set_all(full):
    for number in range(30):
        agent = Agent.objects.create(name=f"Agent {number}", kind="person")
        Contribution.objects.create(document=full, agent=agent, role="sender", order=100 + number)
        Collection.objects.create(slug=f"c{number}", title=f"C {number}").documents.add(full)
    published(full)
    answer = Client().get("/documents/110692", headers={"Accept": "text/html"})
    links = re.findall(r'<([^>]+)>; rel="([a-z-]+)"', answer["Link"])
    context = Client().get("/documents/110692/linkset").json()["linkset"][0]

    assert len(links) == 10
    assert len(answer["Link"]) < 1500
    assert (HERE, "cite-as") in links
    assert (f"{HERE}/linkset", "linkset") in links
    assert set(context) <= {"anchor", "cite-as", "type", "license", "describedby", "collection", "author", "item"}
    assert len(context["author"]) >= 31
    assert len(context["collection"]) >= 31
    assert {"href": f"{HERE}.ttl", "type": "text/turtle"} in context["describedby"]


def test_link_set_comes_as_text_too_and_only_of_what_is_public(full):
    text = Client().get("/documents/110692/linkset", headers={"Accept": "application/linkset"})

    assert text["Content-Type"] == "application/linkset"
    assert f'<{HERE}>; rel="cite-as"; anchor="{HERE}.html"' in text.content.decode()
    a_document("draft")
    assert Client().get("/documents/draft/linkset").status_code == 404
    assert Client().get("/documents/draft.bib").status_code == 404


def test_page_says_in_schema_org_what_it_is_about(full):
    page = html.fromstring(Client().get("/documents/110692", headers={"Accept": "text/html"}).content)
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")
    said = json.loads(script)

    assert said["@type"] == ["ArchiveComponent", "Message"]
    assert said["sender"][0]["name"] == "Stalin"
    assert said["dateCreated"] == "1950-07-13"
    assert said["holdingArchive"]["name"] == "APRF"
    assert said["workTranslation"][0]["inLanguage"] == "en"
    for address in ("agents", "collections"):
        uri = said["sender"][0]["@id"] if address == "agents" else said["isPartOf"][0]["@id"]
        other = html.fromstring(Client().get(uri.removeprefix("https://archive.example.org")).content)
        (script,) = other.xpath("//script[@type='application/ld+json']/text()")
        assert json.loads(script)["@id"] == uri


def test_no_word_of_a_document_ends_the_script_that_it_stands_in():
    published(a_document("110692", title="</script><script>alert(1)</script> & <!--"))
    content = Client().get("/documents/110692", headers={"Accept": "text/html"}).content.decode()

    assert "<script>alert" not in content
    script = html.fromstring(content).xpath("//script[@type='application/ld+json']/text()")[0]
    assert json.loads(script)["name"] == "</script><script>alert(1)</script> & <!--"


def test_sitemap_lists_what_is_public_and_is_well_formed(full):
    a_document("draft")
    index = etree.fromstring(Client().get("/sitemap.xml").content)
    (where,) = index.xpath("//*[local-name()='loc']/text()")
    listed = etree.fromstring(Client().get(where.removeprefix("https://archive.example.org")).content)

    addresses = listed.xpath("//*[local-name()='loc']/text()")
    assert HERE in addresses
    assert "https://archive.example.org/collections/korea" in addresses
    assert not [each for each in addresses if "draft" in each]
    assert Client().get("/sitemap-99999999999999999999.xml").status_code == 200
