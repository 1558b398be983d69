"""Operations: what is shown before is what is there after, and what is so already is left alone."""

from __future__ import annotations

import pytest

from archive import jobs, publication
from archive.jobs.operations.add_subject import AddSubject
from archive.jobs.operations.add_to_collection import AddToCollection
from archive.jobs.operations.publish import Publish
from archive.jobs.operations.remove_from_collection import RemoveFromCollection
from archive.jobs.operations.remove_subject import RemoveSubject
from archive.jobs.operations.set_rights import SetRights
from archive.jobs.operations.withdraw import Withdraw
from archive.models import Agent, Concept, ConceptScheme, Document, Place, Revision, StateChange, Subject
from tests.archive.jobs.builders import a_subject, documents, run, states, submitted
from tests.builders import a_collection, a_document, a_published_document

pytestmark = pytest.mark.django_db

MADE = (
    "add_subject",
    "remove_subject",
    "set_rights",
    "add_to_collection",
    "remove_from_collection",
    "publish",
    "withdraw",
)


@pytest.fixture
def operation(request):
    """An operation that concerns document ``a`` and not document ``b``."""
    agent, korea = Agent.objects.create(name="Mao Zedong"), a_collection("korea")
    publish = request.param == "publish"
    wanting = a_document("a", body="one") if publish else a_published_document("a", body="one")
    content = a_published_document("b", body="two") if publish else a_document("b", body="two", rights="Free.")
    if request.param.startswith("remove"):
        wanting.collections.add(korea)
        Subject.objects.create(document=wanting, agent=agent)
    elif not publish:
        content.collections.add(korea)
        Subject.objects.create(document=content, agent=agent)
    return {
        "add_subject": AddSubject(agent),
        "remove_subject": RemoveSubject(agent),
        "set_rights": SetRights(rights="Free."),
        "add_to_collection": AddToCollection(korea),
        "remove_from_collection": RemoveFromCollection(korea),
        "publish": Publish(),
        "withdraw": Withdraw("Rights were claimed."),
    }[request.param]


@pytest.mark.parametrize("operation", MADE, indirect=True)
def test_what_is_shown_before_is_what_is_there_after(operation):
    seen = jobs.preview(operation, Document.objects.all())
    job = run(submitted(operation))

    assert (seen.total, seen.changing, [each.document.identifier for each in seen.sample]) == (2, 1, ["a"])
    assert (job.state, states(job)) == ("done", ["done", "unchanged"])
    document = Document.objects.get(identifier="a")
    assert operation.words([document])[document.pk][0] == seen.sample[0].after
    assert seen.sample[0].changes


@pytest.mark.parametrize("operation", MADE, indirect=True)
def test_operation_is_the_same_after_its_way_through_the_database(operation):
    job = submitted(operation)
    job.refresh_from_db()

    again = jobs.operation_of(job.kind).parse(job.parameters)

    assert (again.parameters(), again.label) == (operation.parameters(), operation.label)


@pytest.mark.parametrize("operation", MADE, indirect=True)
def test_doing_it_twice_changes_nothing_more(operation):
    run(submitted(operation))
    before = (Revision.objects.count(), StateChange.objects.count())

    job = run(submitted(operation))

    assert states(job) == ["unchanged", "unchanged"]
    assert (Revision.objects.count(), StateChange.objects.count()) == before


@pytest.mark.parametrize("operation", MADE, indirect=True)
def test_undo_puts_back_what_was_before(operation):
    document = Document.objects.get(identifier="a")
    before = operation.words([document])[document.pk][0]
    job = run(submitted(operation))

    undoing = run(jobs.undo(job))

    document.refresh_from_db()
    expected = "withdrawn" if operation.name == "publish" else before
    assert (undoing.state, states(undoing), states(job)) == ("done", ["done"], ["undone", "unchanged"])
    assert operation.words([document])[document.pk][0] == expected


def test_subject_goes_behind_those_that_are_there():
    document = a_document()
    Subject.objects.create(document=document, agent=Agent.objects.create(name="Stalin"), order=4)

    run(submitted(a_subject("Mao Zedong")))

    assert [str(each.authority) for each in document.subjects.all()] == ["Stalin", "Mao Zedong"]


def test_concepts_and_places_are_subjects_too():
    a_document()
    telegram = Concept.objects.create(scheme=ConceptScheme.objects.create(slug="types", title="Types"), name="telegram")
    for operation in (AddSubject(telegram, Subject.Relation.TYPE), AddSubject(Place.objects.create(name="Beijing"))):
        run(submitted(operation))

    assert [str(each) for each in Subject.objects.all()] == ["is a telegram", "is about Beijing"]


def test_merged_authority_stands_for_the_one_it_was_merged_into():
    a_document()
    mao, filippov = Agent.objects.create(name="Mao Zedong"), Agent.objects.create(name="Mao Tse-tung")
    job = submitted(AddSubject(filippov))
    Agent.objects.filter(pk=filippov.pk).update(merged_into=mao)

    run(job)

    assert Subject.objects.get().agent == mao


def test_parameters_that_mean_nothing_any_more_fail_the_job_with_the_reason():
    a_document()
    job = submitted(a_subject())
    Agent.objects.all().delete()

    run(job)

    assert (job.state, states(job)) == ("failed", ["failed"])
    assert "is not there any more" in job.message


def test_rights_that_are_left_out_stay():
    a_document("1", rights="Free.", rights_holder="The archive")

    run(submitted(SetRights(rights_uri="https://creativecommons.org/publicdomain/zero/1.0/", rights="")))

    document = Document.objects.get()
    assert (document.rights, document.rights_holder) == ("", "The archive")
    assert document.rights_uri == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_public_documents_show_the_change_at_once():
    document = a_published_document()
    before = document.refreshed_at

    run(submitted(a_subject()))

    document.refresh_from_db()
    assert document.refreshed_at > before
    assert publication.stale() == []


def test_embargo_holds_a_bulk_publication_back():
    a_document(embargo_until="2999-01-01")

    job = run(submitted(Publish()))

    assert Document.objects.get().state == "embargoed"
    assert (job.state, "embargo" in job.items.get().message) == ("done", True)


def test_each_edit_is_in_the_history_with_its_job(django_user_model):
    user = django_user_model.objects.create_user("mara")
    a_document()

    job = run(submitted(a_subject(), by=user))

    revision = Revision.objects.order_by("number").last()
    assert (revision.act, revision.by, revision.note.startswith(f"Job {job.pk}: Add the subject")) == (
        "bulk edit",
        user,
        True,
    )


def test_cost_of_a_preview_does_not_grow(django_assert_num_queries):
    agent = a_subject()
    documents(3)
    with django_assert_num_queries(4):
        jobs.preview(agent, Document.objects.all())
    for number in range(30):
        a_document(f"more{number}")
    with django_assert_num_queries(4):
        jobs.preview(agent, Document.objects.all())
