"""Sources on their way in: what becomes a document, and what is written down."""

from __future__ import annotations

import datetime

import pytest

from archive import accession
from archive.accession.understanding import in_full
from archive.models import Accession, AccessionItem, Agent, ArchivalUnit, Document, EntityRevision, Original
from archive.readers import Source
from tests.builders import a_collection
from tests.sources import FILIPPOV, ROSHCHIN, altered, source

# Hints are sent on commit, so the work is done only where transactions really commit.
pytestmark = pytest.mark.django_db(transaction=True)

State = Accession.State


def bring_in(*sources: Source, **options) -> Accession:
    submitted = accession.submit(sources, **options)
    submitted.refresh_from_db()
    return submitted


def test_two_telegrams_come_in_as_two_documents():
    submitted = bring_in(source(ROSHCHIN), source(FILIPPOV))

    assert submitted.state == State.DONE
    assert [item.state for item in submitted.items.all()] == ["created", "created"]
    assert set(Document.objects.values_list("title", flat=True)) == {
        "Ciphered Telegram, Roshchin to Filippov (Stalin)",
        "Ciphered telegram, Filippov [Stalin] to Zhou Enlai or Mao Zedong (via Roshchin)",
    }


def test_document_takes_the_record_id_of_its_source_as_its_own():
    bring_in(source(FILIPPOV))

    assert Document.objects.get().identifier == "110692"


def test_document_without_a_record_id_gets_one_that_says_nothing():
    bring_in(source(ROSHCHIN))

    document = Document.objects.get()
    assert len(document.identifier) == 10
    assert "roshchin" not in document.identifier.lower()


def test_document_holds_what_the_source_says():
    bring_in(source(FILIPPOV))

    document = Document.objects.get()
    assert (document.date, document.date_verbatim) == ("1950-07-13", "July 13, 1950")
    assert document.date_earliest == document.date_latest == datetime.date(1950, 7, 13)
    assert document.original_language == "ru"
    assert document.distribution_possibly_truncated
    assert document.summary.startswith("Telegram from Stalin to Mao and Zhou Enlai")
    assert [(r.repository, r.fond, r.opis, r.delo, r.papka, r.listy) for r in document.references.all()] == [
        ("APRF", "45", "1", "331", "", "85"),
        ("AVP RF", "059a", "5a", "3", "11", "118"),
        ("RGASPI", "558", "11", "334", "", "0085"),
    ]
    text = document.texts.get()
    assert (text.kind, text.language) == ("translation", "en")
    assert text.body.startswith("CIPHERED TELEGRAM No. 3305")


def test_filippov_is_the_name_on_the_paper_and_stalin_the_person():
    bring_in(source(FILIPPOV))

    sender = Document.objects.get().contributions.get(role="sender")
    assert (sender.as_written, sender.agent.name) == ("Filippov", "Stalin")
    assert [(name.value, name.kind) for name in sender.agent.names.all()] == [("Filippov", "pseudonym")]


def test_stalin_of_both_telegrams_is_one_person():
    bring_in(source(ROSHCHIN), source(FILIPPOV))

    assert Agent.objects.filter(name="Stalin").count() == 1


def test_same_source_again_is_known_and_doubles_nothing():
    bring_in(source(ROSHCHIN), source(FILIPPOV))

    again = bring_in(source(ROSHCHIN), source(FILIPPOV))

    assert (again.state, {item.state for item in again.items.all()}) == (State.DONE, {"known"})
    assert (Document.objects.count(), Original.objects.count()) == (2, 2)


def test_same_source_twice_in_one_accession_is_one_document():
    submitted = bring_in(source(FILIPPOV), source(FILIPPOV))

    assert [item.state for item in submitted.items.all()] == ["created", "known"]
    assert Document.objects.count() == 1


def test_better_source_updates_what_it_says_differently():
    bring_in(source(FILIPPOV))

    again = bring_in(
        altered(FILIPPOV, ("Telegram from Stalin to Mao", "Cable from Stalin to Mao"), ("List 85", "List 86"))
    )

    document = Document.objects.get()
    assert again.items.get().state == "updated"
    assert document.summary.startswith("Cable from Stalin to Mao")
    assert document.references.first().listy == "86"


def test_what_a_person_has_changed_survives_a_better_source():
    bring_in(source(FILIPPOV))
    Document.objects.update(summary="Written by a person.")

    bring_in(altered(FILIPPOV, ("Telegram from Stalin to Mao", "Cable from Stalin to Mao")))

    assert Document.objects.get().summary == "Written by a person."


def test_original_is_kept_byte_for_byte():
    bring_in(source(ROSHCHIN))

    with Original.objects.get().file.open("rb") as file:
        assert file.read() == ROSHCHIN.read_bytes()


def test_nothing_is_public_unless_that_was_asked_for():
    bring_in(source(ROSHCHIN))
    assert not Document.objects.public().exists()

    bring_in(source(ROSHCHIN), publish=True)
    assert Document.objects.public().count() == 1


def test_documents_go_into_the_collection_that_was_named():
    collection = a_collection()

    bring_in(source(ROSHCHIN), collection=collection)

    assert collection.documents.count() == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        ("Скипт".encode("cp1251") + ROSHCHIN.read_bytes(), "UTF-8"),
        (
            b"Skip to content\n\nSEARCH RESULTS\n\nResults:\n\n51 - 60 of 96\n\nOctober 13, 1950\n\nA telegram\n",
            "result",
        ),
        (b"Buy milk.\n", "of no kind that we can read"),
    ],
    ids=["empty", "blank", "cp1251", "search results", "unknown"],
)
def test_bad_source_is_refused_with_a_reason_and_leaves_nothing(content, reason):
    submitted = bring_in(Source("bad.txt", content))

    refused = submitted.sources.get()
    assert (submitted.state, refused.state) == (State.FAILED, "refused")
    assert "bad.txt" in refused.reason
    assert reason.lower() in refused.reason.lower()
    assert not Document.objects.exists()


def test_bad_source_does_not_hold_up_the_others():
    submitted = bring_in(Source("bad.txt", b""), source(ROSHCHIN))

    assert submitted.state == State.DONE_WITH_ERRORS
    assert [each.state for each in submitted.sources.all()] == ["refused", "read"]
    assert [item.state for item in submitted.items.all()] == ["created"]


def test_source_over_the_limit_is_refused_before_anything_is_written(settings):
    settings.FONDS = {**settings.FONDS, "SOURCE_LIMIT": 100}

    with pytest.raises(accession.TooLarge, match=r"big\.txt has 101 bytes; this site takes at most 100"):
        accession.submit([Source("big.txt", b"x" * 101)])

    assert not Accession.objects.exists()


def test_item_shows_what_was_understood_of_the_file():
    submitted = bring_in(source(ROSHCHIN))

    item = submitted.items.get()
    understood = in_full(item.understood)
    fields = {field["field"]: field for field in understood["fields"]}
    start, end = fields["date"]["span"]
    assert item.source.reader
    assert ROSHCHIN.read_text(encoding="utf-8")[start:end] == fields["date"]["verbatim"] == "October 13, 1950"
    assert {"label": "Record ID"} in [f["value"] for f in understood["fields"] if f["field"] == "empty_label"]


def test_rehearsal_reports_as_the_real_thing_does_and_keeps_nothing():
    sources = [source(ROSHCHIN), Source("bad.txt", b""), source(FILIPPOV)]

    rehearsed = accession.rehearse(sources)

    assert not Document.objects.exists()
    assert not Agent.objects.exists()
    real = list(accession.reports_of(bring_in(*sources)))
    for dry, wet in zip(rehearsed, real, strict=True):
        assert (dry.source, dry.outcome, dry.reason, dry.reader) == (wet.source, wet.outcome, wet.reason, wet.reader)
        assert (dry.fields, dry.segments, dry.notices) == (wet.fields, wet.segments, wet.notices)


def test_accession_items_keep_the_order_in_which_files_were_handed_in():
    submitted = bring_in(source(FILIPPOV), source(ROSHCHIN))

    assert list(AccessionItem.objects.filter(accession=submitted).values_list("source__name", flat=True)) == [
        FILIPPOV.name,
        ROSHCHIN.name,
    ]


def test_what_came_in_and_what_a_better_source_changed_is_in_the_history(django_user_model):
    ada = django_user_model.objects.create_user("ada")
    bring_in(source(FILIPPOV), created_by=ada)
    bring_in(source(FILIPPOV), created_by=ada)
    better = altered(FILIPPOV, ("Telegram from Stalin to Mao", "Cable from Stalin to Mao"))
    bring_in(better)

    revisions = Document.objects.get().revisions.order_by("number")
    assert [(each.act, each.by, each.note) for each in revisions] == [
        ("accession", ada, source(FILIPPOV).name),
        ("accession", None, better.name),
    ]
    assert [each.contents["fields"]["summary"].split()[0] for each in revisions] == ["Telegram", "Cable"]


def test_what_was_there_before_a_better_source_came_is_kept():
    bring_in(source(FILIPPOV))
    Document.objects.update(rights="Written by a person.")

    bring_in(altered(FILIPPOV, ("Telegram from Stalin to Mao", "Cable from Stalin to Mao")))

    assert [each.act for each in Document.objects.get().revisions.order_by("number")] == [
        "accession",
        "found",
        "accession",
    ]


def test_history_of_what_an_accession_made_begins_with_it(admin_user):
    bring_in(source(FILIPPOV), created_by=admin_user)

    begun = EntityRevision.objects.filter(act="accession", by=admin_user, number=1)
    agents = begun.filter(kind="agent").values_list("key", flat=True)
    made = begun.filter(kind="archivalunit").values_list("key", flat=True)
    assert set(agents) == set(Agent.objects.values_list("pk", flat=True))
    assert set(made) == set(ArchivalUnit.objects.values_list("pk", flat=True))
    assert made
    assert begun.first().note == source(FILIPPOV).name
