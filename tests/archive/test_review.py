"""Review: between draft and in review, and nowhere else."""

from __future__ import annotations

import pytest

from archive import review
from archive.models import StateChange
from tests.builders import a_document, a_published_document

pytestmark = pytest.mark.django_db


def test_draft_is_sent_to_review_and_back(django_user_model):
    document, user = a_document(), django_user_model.objects.create_user("mara")

    assert review.send([document.pk], reason="Please look at the date.", by=user) == [document.pk]
    document.refresh_from_db()
    assert (document.state, document.state_reason) == ("in_review", "Please look at the date.")

    assert review.return_to_draft([document.pk], by=user) == [document.pk]
    document.refresh_from_db()
    assert (document.state, document.state_reason) == ("draft", "")
    steps = StateChange.objects.order_by("id").values_list("before", "after", "by__username")
    assert list(steps) == [("draft", "in_review", "mara"), ("in_review", "draft", "mara")]


@pytest.mark.parametrize("verb", [review.send, review.return_to_draft])
def test_public_documents_are_passed_over(verb):
    document = a_published_document()
    before = StateChange.objects.count()

    assert verb([document.pk]) == []
    document.refresh_from_db()
    assert (document.state, StateChange.objects.count()) == ("published", before)


def test_sending_twice_is_one_step():
    document = a_document()

    assert [review.send([document.pk]), review.send([document.pk])] == [[document.pk], []]
    assert StateChange.objects.count() == 1
