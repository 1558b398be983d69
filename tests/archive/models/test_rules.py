"""Every rule of the model holds in the database, whoever writes there: each is broken here by plain SQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from archive.models import (
    Agent,
    ArchivalUnit,
    AuthorityLink,
    Collection,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Document,
    DocumentEvent,
    DocumentNumber,
    DocumentRelation,
    Job,
    Page,
    Place,
    StateChange,
    Subject,
)
from archive.models.unit import sort_key
from tests.builders import a_document, a_published_document, a_sender

pytestmark = pytest.mark.django_db

#: Each breaks one rule: table, and what to set in all of its rows.
BROKEN = [
    ("document", "state = 'public'"),
    ("document", "state = 'published', published_at = NULL"),
    ("document", "state = 'withdrawn', withdrawn_at = NULL"),
    ("document", "state = 'embargoed', embargo_until = NULL"),
    ("document", "date_earliest = '1950-02-01', date_latest = '1950-01-01'"),
    ("document", "title = ''"),
    ("document", "identifier = ''"),
    ("document", "identifier = 'the same'"),
    ("text", "kind = 'poem'"),
    ("text", "method = 'magic'"),
    ("text", "derived_from_id = id"),
    ("documentnumber", "kind = 'lucky'"),
    ("documentnumber", "kind = 'ark', value = 'ark:/1/2'"),
    ("documentevent", "kind = 'eaten'"),
    ("documentrelation", "kind = 'envies'"),
    ("documentrelation", "target_id = document_id"),
    ("contribution", "role = 'bystander'"),
    ("contribution", "copies = -1"),
    ("subject", "concept_id = NULL"),
    ("subject", "relation = 'written at'"),
    ("subject", "relation = 'hates'"),
    ("page", "width = 0"),
    ("page", "kind = 'painting'"),
    ("agent", "kind = 'ghost'"),
    ("agent", "merged_into_id = id"),
    ("concept", "merged_into_id = id"),
    ("conceptlabel", "kind = 'whispered'"),
    ("conceptlabel", "kind = 'preferred', language = 'ru'"),
    ("place", "latitude = 91, longitude = 0"),
    ("place", "latitude = 50, longitude = NULL"),
    ("place", "broader_id = id"),
    ("authoritylink", "agent_id = NULL"),
    ("authoritylink", "status = 'perhaps'"),
    ("authoritylink", "source = 'hearsay'"),
    ("authoritylink", "relation = 'cousin'"),
    ("authoritylink", "score = 101"),
    ("archivalunit", "level = 'shelf'"),
    ("archivalunit", "parent_id = id"),
    ("archivalunit", "parent_id = NULL"),
    ("archivalunit", "code = ''"),
    ("archivalunit", "code = 'the same', level = 'fond', parent_id = (SELECT min(id) FROM archive_archivalunit)"),
    ("collection", "parent_id = id"),
    ("collection", "slug = 'the-same'"),
    ("job", "state = 'resting'"),
    ("statechange", "after = 'forgotten'"),
]  # fmt: skip


@pytest.fixture
def holdings():
    """Two of everything that the rules are about, or one where that is enough to break them."""
    first, second = a_document("1"), a_document("2")
    for document in (first, second):
        DocumentNumber.objects.create(document=document, kind="cited", value="7")
    DocumentEvent.objects.create(document=first, kind="sent")
    DocumentRelation.objects.create(document=first, target=second, kind="refers to")
    Page.objects.create(document=first, identifier="p", kind="scan", width=1, height=1, media_type="image/png")
    agent = a_sender(first).agent
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects")
    concept = Concept.objects.create(scheme=scheme, name="Railways")
    for label in ("железные дороги", "ж. д."):
        ConceptLabel.objects.create(concept=concept, value=label)
    Subject.objects.create(document=first, concept=concept)
    Place.objects.create(name="Peking")
    AuthorityLink.objects.create(agent=agent, source="viaf", uri="http://viaf.org/viaf/1")
    above = ArchivalUnit.objects.create(level="repository", code="APRF", sort_key=sort_key("APRF"))
    for code in ("1", "2"):
        ArchivalUnit.objects.create(parent=above, level="fond", code=code, sort_key=sort_key(code))
        Collection.objects.create(slug=code, title=code)
    Job.objects.create(kind="publish", label="Publish")
    StateChange.objects.create(document=first, before="draft", after="in_review", at=first.created_at)


@pytest.mark.parametrize(("table", "broken"), BROKEN, ids=[f"{table}: {broken}"[:70] for table, broken in BROKEN])
def test_rule_is_kept_by_the_database(holdings, table, broken):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE archive_{table} SET {broken}")


#: Three in a row, each below the next: the table, and how its second is told to be below the first.
LOOPS = [
    ("collection", "parent_id"),
    ("archivalunit", "parent_id"),
    ("place", "broader_id"),
]


@pytest.mark.parametrize(("table", "above"), LOOPS)
def test_loop_is_refused_by_the_database(table, above):
    top, _middle, bottom = three_of(table, above)

    with pytest.raises(IntegrityError, match="has_no_loop"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE archive_{table} SET {above} = %s WHERE id = %s", [bottom.pk, top.pk])

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE archive_{table} SET {above} = %s WHERE id = %s", [top.pk, bottom.pk])


def three_of(table: str, above: str) -> list:
    """Three things of a table, the first above the second, and that above the third."""
    repository = ArchivalUnit.objects.create(level="repository", code="GARF", sort_key=sort_key("GARF"))
    made: list = []
    for number in "123":
        parent = {above: made[-1].pk if made else None}
        if table == "collection":
            made.append(Collection.objects.create(slug=number, title=number, **parent))
        elif table == "place":
            made.append(Place.objects.create(name=number, **parent))
        else:
            parent = {above: made[-1].pk if made else repository.pk}
            made.append(ArchivalUnit.objects.create(level="series", code=number, sort_key=number, **parent))
    return made


def test_loop_of_broader_concepts_is_refused_by_the_database():
    scheme = ConceptScheme.objects.create(slug="subjects", title="Subjects")
    war, battle, siege = (Concept.objects.create(scheme=scheme, name=name) for name in ("War", "Battle", "Siege"))
    siege.broader.add(battle, war)
    battle.broader.add(war)

    with pytest.raises(IntegrityError, match="has_no_loop"), transaction.atomic():
        war.broader.add(siege)
    with pytest.raises(IntegrityError, match="has_no_loop"), transaction.atomic():
        war.broader.add(war)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_what_was_published_once_cannot_be_deleted_by_any_way(withdrawn):
    document, draft = a_published_document(), a_document("draft")
    if withdrawn:
        Document.objects.filter(pk=document.pk).update(state="withdrawn", withdrawn_at=document.published_at)

    with pytest.raises(ProtectedError):
        document.delete()
    with pytest.raises(ProtectedError):
        Document.objects.all().delete()
    with pytest.raises(IntegrityError):
        by_sql(document)
    assert Document.objects.filter(pk=document.pk).exists()

    assert draft.delete()[0]


@transaction.atomic
def by_sql(document: Document) -> None:
    """Delete a document and what hangs on it, past everything that knows of documents."""
    with connection.cursor() as cursor:
        for table in ("text", "page", "statechange", "revision", "readiness", "finding"):
            cursor.execute(f"DELETE FROM archive_{table} WHERE document_id = %s", [document.pk])
        cursor.execute("DELETE FROM archive_document WHERE id = %s", [document.pk])
    connection.check_constraints()


def test_agents_that_documents_name_cannot_be_deleted():
    agent = a_sender(a_document()).agent

    with pytest.raises(ProtectedError):
        Agent.objects.filter(pk=agent.pk).delete()
