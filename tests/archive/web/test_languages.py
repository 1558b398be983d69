import re

import polib
import pytest
from django.conf import global_settings, settings
from django.test import override_settings
from django.utils import translation

from archive.models import Agent, ArchivalReference
from archive.units import unit_at
from tests import words
from tests.archive.search.builders import index_everything, telegram
from tests.builders import published

# What the pages are made of is asked of both engines by test_browsing.py and test_authorities.py.
pytestmark = pytest.mark.any_engine

SAID = {
    "/": {"ru": "<b>1</b> документ<", "zh-hans": "<b>1</b> 份文件", "ko": "문서 <b>1</b>건"},
    "/documents/": {"ru": "1 документ ", "zh-hans": "1 份文件", "ko": "문서 1건"},
    "/documents/?q=air": {"ru": "1 результат", "zh-hans": "1 条结果", "ko": "검색 결과 1건"},
    "/documents/110692": {
        "ru": "13 октября 1950\N{NO-BREAK SPACE}г.",
        "zh-hans": "1950年10月13日",
        "ko": "1950년 10월 13일",
    },
    "/units/": {"ru": "Фонд 059a", "zh-hans": "全宗 059a", "ko": "기록군 059a"},
    "/dates/1950": {"ru": "Октябрь", "zh-hans": "十月", "ko": "10월"},
    "/about/": {"ru": "Для программ", "zh-hans": "供程序使用", "ko": "프로그램용"},
    "/nowhere": {"ru": "По этому адресу ничего нет", "zh-hans": "此网址没有内容", "ko": "이 주소에는"},
}


@pytest.fixture(autouse=True)
def index_of_its_own():
    """That of the holdings, and not one for each test."""


@pytest.fixture(scope="module", autouse=True)
def everything(lasting, tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("search"))
    with override_settings(FONDS={**settings.FONDS, "SEARCH_FOLDER": folder}):
        document = telegram()
        fond = unit_at({"repository": "AVP RF", "fond": "059a"})
        ArchivalReference.objects.filter(document=document).delete()
        ArchivalReference.objects.create(document=document, verbatim="AVP RF, fond 059a", unit=fond)
        published(document)
        index_everything()
        yield


@pytest.fixture
def holdings(everything, db):
    """One document, with all that hangs on it."""


@pytest.mark.parametrize("language", ["ru", "zh-hans", "ko"])
def test_every_page_is_in_the_language_of_the_browser(client, holdings, language):
    for address, said in SAID.items():
        answer = client.get(address, headers={"Accept-Language": f"{language},en;q=0.5"})
        page = answer.content.decode()

        assert said[language] in page
        assert f'<html lang="{language}">' in page
        assert answer["Content-Language"] == language


def test_texts_keep_the_language_that_they_are_in(client, holdings):
    page = client.get("/documents/110692", headers={"Accept-Language": "ru"}).content.decode()

    assert '<div class="transcript" lang="en" dir="auto">In addition' in page
    assert "<dt>Отправитель</dt>" in page


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "en"),
        ("de", "en"),
        ("de,ru;q=0.5", "ru"),
        ("zh-CN", "zh-hans"),
        ("ko-KR", "ko"),
        ("*", "en"),
        ("\x01;;q", "en"),
    ],
)
def test_a_language_that_there_is_not_falls_back(client, db, asked, given):
    assert f'<html lang="{given}">' in client.get("/", headers={"Accept-Language": asked}).content.decode()


@pytest.mark.parametrize("held", ["x" * 600, "ru" + "-x" * 300, "../../ru", "EN"])
def test_a_cookie_that_names_no_language_counts_for_nothing(client, db, settings, held):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = held

    assert client.get("/").status_code == 200


def test_a_site_that_names_no_languages_offers_those_that_there_are(client, db, settings):
    settings.LANGUAGES = global_settings.LANGUAGES

    page = client.get("/", headers={"Accept-Language": "de"}).content.decode()

    assert '<html lang="en">' in page
    assert re.findall(r'hreflang="(.*?)"', page) == ["en", "ru", "zh-hans", "ko"]


def test_every_page_offers_its_other_languages(client, holdings):
    agent = Agent.objects.first()
    for address in [*SAID, f"/agents/{agent.identifier}", "/agents/", "/places/"]:
        page = client.get(address)
        if page.status_code == 200:
            assert re.findall(r'hreflang="(.*?)"', page.content.decode()) == ["en", "ru", "zh-hans", "ko"], address


def test_a_reader_chooses_a_language_and_keeps_it_without_a_script(client, holdings):
    offered = client.get("/documents/?q=air").content.decode()
    (address,) = re.findall(r'href="([^"]*)" lang="ru"', offered)

    led_back = client.get(address.replace("&amp;", "&"))

    assert (led_back.status_code, led_back["Location"]) == (302, "/documents/?q=air")
    assert led_back["Cache-Control"] == "no-store"
    chosen = client.get("/documents/?q=air", headers={"Accept-Language": "ko"}).content.decode()
    assert '<html lang="ru">' in chosen
    assert 'lang="ru" dir="auto" hreflang="ru" rel="nofollow" aria-current="true"' in chosen


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "There is no field “form”"), ("ru", "Поля «form» нет"), ("zh-hans", "没有字段"), ("ko", "필드는 없습니다")],
)
def test_what_is_wrong_with_a_query_is_told_in_the_language_of_the_page(client, holdings, language, said):
    page = client.get("/documents/?q=form:roshchin", headers={"Accept-Language": language}).content.decode()

    assert said in page
    assert "<mark>form:</mark>" in page


@pytest.mark.parametrize(("language", "said"), [("ru", "Примеры запросов"), ("zh-hans", "示例"), ("ko", "예시 질의")])
def test_form_for_questions_is_in_the_language_of_the_browser(client, db, settings, tmp_path, language, said):
    settings.FONDS = {**settings.FONDS, "SPARQL_STORE": str(tmp_path)}

    form = client.get("/sparql", headers={"Accept": "text/html", "Accept-Language": language})
    for_programs = client.get("/sparql", headers={"Accept": "text/turtle", "Accept-Language": language})

    assert said in form.content.decode()
    assert (form["Content-Language"], "Accept-Language" in form["Vary"]) == (language, True)
    assert "Accept-Language" not in for_programs["Vary"]


def test_choosing_a_language_leads_to_no_other_site(client, db):
    assert client.get("/%2Felsewhere.example.org/?lang=ru")["Location"] == "/%2Felsewhere.example.org/"
    assert client.get("/?lang=xx").status_code == 200


def test_no_cache_answers_with_another_language(client, holdings):
    english, russian = (client.get("/documents/110692", headers={"Accept-Language": each}) for each in ("en", "ru"))

    assert english["ETag"] != russian["ETag"]
    for answer in (english, russian):
        assert {"Accept", "Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))
    held = {"If-None-Match": english["ETag"]}
    again = client.get("/documents/110692", headers={**held, "Accept-Language": "en"})
    assert again.status_code == 304
    assert "Accept-Language" in again["Vary"]
    assert client.get("/documents/110692", headers={**held, "Accept-Language": "ru"}).status_code == 200


def test_what_programs_read_is_the_same_for_everybody(client, holdings):
    for address in ("/documents/110692.jsonld", "/documents.atom", "/oai?verb=Identify"):
        answers = [client.get(address, headers={"Accept-Language": each}) for each in ("en", "ru")]

        assert answers[0].content == answers[1].content
        assert "Accept-Language" not in answers[0].get("Vary", "")
        assert "Content-Language" not in answers[0]


def test_a_language_written_from_right_to_left_turns_the_page(client, holdings, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]

    page = client.get("/documents/110692", headers={"Accept-Language": "ar"}).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert '<div class="transcript" lang="en" dir="auto">' in page


def test_stylesheets_know_no_left_and_no_right():
    sided = re.compile(
        r"(?<![-\w])(?:(?:margin|padding|border)-)?(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    )
    four = re.compile(r"(?:margin|padding):\s*[-.\w]+\s+([-.\w]+)\s+[-.\w]+\s+([-.\w]+);")
    for folder in ("archive/web/static", "archive/lod/static", "archive/api/static", "harvest/static"):
        for sheet in (words.ROOT / folder).rglob("*.css"):
            written = sheet.read_text()
            assert sided.findall(written) == [], sheet
            assert [each for each in four.findall(written) if each[0] != each[1]] == [], sheet


def test_numbers_in_drawings_are_written_for_machines(client, holdings):
    page = client.get("/", headers={"Accept-Language": "ru"}).content.decode()

    assert re.findall(r'(?:viewBox|height|y)="[^"]*,[^"]*"', page) == []


@pytest.mark.parametrize("path", words.CATALOGUES, ids=lambda path: path.parts[-3])
class TestCatalogue:
    def test_has_all_that_the_pages_say_and_nothing_else(self, path):
        held = {words.phrase_of(entry) for entry in polib.pofile(str(path))}

        assert held == words.phrases(), "make words brings the catalogues up to date"

    def test_translates_everything(self, path):
        catalogue = polib.pofile(str(path))
        forms = words.plural_forms(catalogue)
        untranslated = [
            entry.msgid for entry in catalogue
            if entry.fuzzy or entry.obsolete
            or not (len(entry.msgstr_plural) == forms and all(entry.msgstr_plural.values())
                    if entry.msgid_plural else entry.msgstr)
        ]  # fmt: skip

        assert untranslated == []

    def test_keeps_what_is_filled_in_and_the_tags(self, path):
        kept = re.compile(r"%\(\w+\)s|</?\w+>")
        for entry in polib.pofile(str(path)):
            for said in entry.msgstr_plural.values() or [entry.msgstr]:
                assert sorted(kept.findall(said)) == sorted(kept.findall(entry.msgid)), entry.msgid


def test_russian_counts_in_three_forms():
    with translation.override("ru"):
        said = [
            translation.ngettext("%(count)s document", "%(count)s documents", n) % {"count": n} for n in (1, 3, 11, 22)
        ]

    assert said == ["1 документ", "3 документа", "11 документов", "22 документа"]
