"""Documents in the admin: what is typed is kept to the letter, or refused beside its field."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from archive import finding, publication
from archive.models import Agent, AgentName, ArchivalReference, Document, DocumentNumber, Page, Text
from archive.models.page import private_storage
from tests.archive.admin.browser import filled_in, said
from tests.archive.admin.conftest import logged_in
from tests.builders import a_collection, a_document, a_published_document, a_sender

pytestmark = pytest.mark.django_db

LIST = reverse("admin:archive_document_changelist")
ADD = reverse("admin:archive_document_add")


def address_of(document: Document, view: str = "change") -> str:
    return reverse(f"admin:archive_document_{view}", args=[document.pk])


def errors(response) -> dict:
    return dict(response.context["adminform"].form.errors)


def found(client, **query) -> set[str]:
    return {document.identifier for document in client.get(LIST, query).context["cl"].result_list}


def test_document_is_described_by_hand(archivist, worked_off):
    worked_off(
        archivist, ADD, filled_in(archivist, ADD, title="A telegram", date="1950-10-13", identifier="a-telegram")
    )

    document = Document.objects.get()
    assert (document.identifier, document.title, document.state) == ("a-telegram", "A telegram", "draft")


def test_saving_without_a_change_changes_no_letter(archivist, worked_off):
    body = "\n  No. 2408\n\n\tTo discuss  this matter …  \n"
    document = a_document(body=body, summary="Two\n\nparagraphs\n", title="A title\nof two lines", date="")
    ArchivalReference.objects.create(document=document, verbatim="APRF,\n fond 45 ")
    before = Document.objects.values().get()

    worked_off(archivist, address_of(document), filled_in(archivist, address_of(document)))

    before.pop("modified_at")
    after = Document.objects.values().get()
    assert {name: after[name] for name in before} == before
    assert Text.objects.get().body == body
    assert ArchivalReference.objects.get().verbatim == "APRF,\n fond 45 "


def test_changing_one_column_changes_no_letter_of_the_others(archivist, worked_off):
    document = a_document(body="One\r\ntwo\n", language="en")
    ArchivalReference.objects.create(document=document, verbatim="APRF,\r\n fond 45 ")

    changes = {"texts-0-language": "ru", "references-0-fond": "45"}
    worked_off(archivist, address_of(document), filled_in(archivist, address_of(document), **changes))

    assert list(Text.objects.values_list("language", "body")) == [("ru", "One\r\ntwo\n")]
    assert list(ArchivalReference.objects.values_list("fond", "verbatim")) == [("45", "APRF,\r\n fond 45 ")]


def test_typed_line_breaks_are_stored_as_one_character(archivist, worked_off):
    document = a_document()

    data = filled_in(archivist, address_of(document), **{"texts-0-body": "One\r\ntwo\r\n"})
    worked_off(archivist, address_of(document), data)

    assert Text.objects.get().body == "One\ntwo\n"


@pytest.mark.any_engine
@pytest.mark.parametrize("date", ["13.7.50", "1950-02-30", "yesterday"])
def test_wrong_date_gets_its_message_beside_it(archivist, worked_off, date):
    document = a_document()

    response = worked_off(archivist, address_of(document), filled_in(archivist, address_of(document), date=date))

    assert "This is not a date that can be understood" in errors(response)["date"][0]
    assert date in errors(response)["date"][0]


def test_days_of_a_date_follow_from_it(archivist, worked_off):
    document = a_document()

    worked_off(archivist, address_of(document), filled_in(archivist, address_of(document), date="1950-02"))

    document.refresh_from_db()
    assert (str(document.date_earliest), str(document.date_latest)) == ("1950-02-01", "1950-02-28")


@pytest.mark.any_engine
@pytest.mark.parametrize("field", ["title", "summary", "texts-0-body", "rights", "date_verbatim", "source_url"])
def test_control_character_is_refused_beside_its_field(archivist, worked_off, field):
    document = a_document()
    words = "http://example.org/\x03/1" if field == "source_url" else "Some words\r\nand \x03 more"

    data = filled_in(archivist, address_of(document), **{field: words})
    response = worked_off(archivist, address_of(document), data)

    texts = response.context["inline_admin_formsets"][0].formset.errors
    beside = texts[0]["body"] if "body" in field else errors(response)[field]
    assert "U+0003" in beside[0]


@pytest.mark.any_engine
def test_control_character_within_a_statement_is_refused(archivist, worked_off):
    document = a_document()
    statements = '[{"term": "subject", "value": "Korea\\u0003"}]'

    data = filled_in(archivist, address_of(document), statements=statements)

    assert "U+0003" in errors(worked_off(archivist, address_of(document), data))["statements"][0]


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("statements", "message"),
    [
        ('{"term": "subject"}', "square brackets"),
        ('["subject"]', "Statement 1: write"),
        (
            '[{"term": "subject", "value": "War"}, {"term": "topic", "value": "War"}]',
            "Statement 2: “topic” is not a term",
        ),
        ('[{"term": "subject", "value": 3}]', "quotation marks"),
        ('[{"term": "subject"}]', "it has no value"),
        ('[{"term": "subject", "value": "War", "lang": "en"}]', "“lang” means nothing here"),
        ('[{"term": "subject", "value": "War", "language": "in English"}]', "is not a language tag"),
    ],
)
def test_statement_that_no_format_could_show_is_refused(archivist, worked_off, statements, message):
    document = a_document()

    data = filled_in(archivist, address_of(document), statements=statements)
    response = worked_off(archivist, address_of(document), data)

    assert message in errors(response)["statements"][0]


@pytest.mark.any_engine
def test_language_that_is_no_tag_is_refused(archivist, worked_off):
    document = a_document()

    data = filled_in(archivist, address_of(document), title_language="in English")

    assert "is not a language tag" in errors(worked_off(archivist, address_of(document), data))["title_language"][0]


def test_saving_does_not_touch_the_state_that_a_worker_sets_meanwhile(archivist, worked_off, monkeypatch):
    document = a_document()
    data = filled_in(archivist, address_of(document), title="Another title")
    save = Document.save

    def save_after_the_worker(self, *args, **kwargs):
        Document.objects.filter(pk=self.pk).update(state="in_review")
        save(self, *args, **kwargs)

    monkeypatch.setattr(Document, "save", save_after_the_worker)
    worked_off(archivist, address_of(document), data)

    document.refresh_from_db()
    assert (document.title, document.state) == ("Another title", "in_review")


def test_saving_a_published_document_refreshes_what_is_public(archivist, worked_off, monkeypatch):
    refreshed = []
    monkeypatch.setattr("archive.publication.refresh", lambda ids: refreshed.extend(ids))
    public, draft = a_published_document("1"), a_document("2")

    for document in (public, draft):
        worked_off(archivist, address_of(document), filled_in(archivist, address_of(document), title="Another"))

    assert refreshed == [public.pk]


def test_identifier_never_changes(archivist, worked_off):
    document = a_document("110692")

    worked_off(archivist, address_of(document), filled_in(archivist, address_of(document), identifier="other"))

    document.refresh_from_db()
    assert document.identifier == "110692"


def test_new_part_goes_to_the_end(archivist, worked_off):
    document = a_document()
    DocumentNumber.objects.create(document=document, order=4, kind="telegram", value="2408")
    new = {"numbers-TOTAL_FORMS": 2, "numbers-1-order": 0, "numbers-1-kind": "cited", "numbers-1-value": "2406"}

    data = filled_in(archivist, address_of(document), **new)
    worked_off(archivist, address_of(document), data)

    assert list(document.numbers.values_list("value", "order")) == [("2408", 4), ("2406", 5)]


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_was_public_cannot_be_deleted(archivist, worked_off, state):
    document = a_published_document("1")
    if state == "withdrawn":
        publication.withdraw([document.pk])
    draft = a_document("2")

    alone = worked_off(archivist, address_of(document, "delete"), {"post": "yes"})
    both = {"action": "delete_selected", "_selected_action": [document.pk, draft.pk], "post": "yes"}
    together = worked_off(archivist, LIST, both)

    assert alone.status_code == 403
    assert "Nothing was deleted" in said(together)
    assert "(1)" in said(together)
    assert Document.objects.count() == 2


def test_draft_is_deleted(archivist, worked_off):
    document = a_document()

    worked_off(archivist, LIST, {"action": "delete_selected", "_selected_action": [document.pk], "post": "yes"})

    assert not Document.objects.exists()


@pytest.mark.parametrize("words", ["Roshchin", "110692", "2408", "Fond 45", "Filippov", "Iosif", "telegram Stalin"])
def test_search_finds_by_every_name_and_number(archivist, words):
    document = a_document("110692", title="Telegram from Roshchin")
    DocumentNumber.objects.create(document=document, kind="telegram", value="2408")
    ArchivalReference.objects.create(document=document, verbatim="APRF, Fond 45")
    AgentName.objects.create(agent=a_sender(document).agent, value="Iosif Vissarionovich")
    finding.note([document.pk, a_document("other", title="Another one").pk])

    assert found(archivist, q=words) == {"110692"}


def test_search_with_a_word_that_is_nowhere_finds_nothing(archivist):
    finding.note([a_document("110692", title="Telegram from Roshchin").pk])

    assert found(archivist, q="Roshchin 9999") == set()


@pytest.mark.parametrize(
    ("query", "identifiers"),
    [
        ({"dated_from": "1950-10"}, {"oct", "fifties", "open"}),
        ({"dated_to": "1950-07"}, {"jul", "fifties", "open"}),
        ({"dated_from": "1950-08", "dated_to": "1950-09"}, {"fifties", "open"}),
        ({"dated_from": "1970"}, {"open"}),
    ],
)
def test_date_filter_finds_what_may_be_of_that_time(archivist, query, identifiers):
    a_document("jul", date_earliest="1950-07-13", date_latest="1950-07-13")
    a_document("oct", date_earliest="1950-10-13", date_latest="1950-10-13")
    a_document("fifties", date_earliest="1950-01-01", date_latest="1959-12-31")
    a_document("open", date_earliest="1949-01-01", date_latest=None)
    a_document("undated", date="", date_earliest=None, date_latest=None)

    assert found(archivist, **query) == identifiers


def test_date_filter_says_when_a_date_is_none(archivist):
    a_document("1")

    response = archivist.get(LIST, {"dated_from": "13.7.50"})

    assert "This is not a date that can be understood" in said(response)
    assert len(response.context["cl"].result_list) == 1


def test_filters_by_state_and_collection_work_together_with_dates(archivist):
    a_published_document("1", date_earliest="1950-07-13", date_latest="1950-07-13").collections.add(a_collection())
    a_document("2", date_earliest="1950-07-13", date_latest="1950-07-13")
    collection = a_document("2-collection").collections.create(slug="other", title="Other")

    assert found(archivist, state__exact="published", dated_from="1950") == {"1"}
    assert found(archivist, collections__id__exact=collection.pk) == {"2-collection"}


def test_published_document_links_to_its_public_page(archivist):
    public, draft = a_published_document("110692"), a_document("2")

    assert b'href="https://archive.example.org/documents/110692"' in archivist.get(address_of(public)).content
    assert b"archive.example.org" not in archivist.get(address_of(draft)).content


def a_page(document: Document, *, media_type: str = "image/tiff") -> Page:
    buffer = BytesIO()
    Image.new("RGB", (600, 800), "white").save(buffer, "TIFF")
    name = private_storage().save("scans/one.tif", ContentFile(buffer.getvalue()))
    return Page.objects.create(
        identifier="1.1", document=document, kind="scan", image=name, width=600, height=800, media_type=media_type
    )


def image_of(page: Page, *, document: int | None = None, width: int = 280) -> str:
    return reverse("admin:archive_document_page", args=[document or page.document_id, page.pk, width])


def test_page_image_is_shown_before_the_public_may_see_it(archivist):
    document = a_document()
    page = a_page(document)

    response = archivist.get(image_of(page))

    assert image_of(page) in archivist.get(address_of(document)).content.decode()
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert Image.open(BytesIO(response.content)).size == (280, 373)


def test_page_image_is_for_nobody_else(client):
    page = a_page(a_document())

    assert client.get(image_of(page)).status_code == 302
    assert logged_in("view_agent").get(image_of(page)).status_code == 403


def test_page_image_that_is_none_is_not_found(archivist):
    page = a_page(a_document())
    addresses = [image_of(page, document=page.document_id + 1), image_of(page, width=99_999)]
    Page.objects.filter(pk=page.pk).update(media_type="image/svg+xml")

    assert [archivist.get(each).status_code for each in (*addresses, image_of(page))] == [404, 404, 404]


@pytest.mark.any_engine
def test_page_image_that_is_broken_is_not_found(archivist):
    page = a_page(a_document())
    with page.image.storage.open(page.image.name, "wb") as file:
        file.write(b"no image")

    assert archivist.get(image_of(page)).status_code == 404


def test_agent_is_found_by_any_name_where_one_is_chosen(archivist):
    AgentName.objects.create(agent=Agent.objects.create(name="Stalin"), value="Filippov")

    address = reverse("admin:autocomplete")
    query = {"app_label": "archive", "model_name": "contribution", "field_name": "agent", "term": "filip"}

    assert [each["text"] for each in archivist.get(address, query).json()["results"]] == ["Stalin"]


def test_permissions_to_publish_and_withdraw_exist():
    names = ContentType.objects.get_for_model(Document).permission_set.values_list("codename", flat=True)

    assert {"publish_document", "withdraw_document"} <= set(names)
