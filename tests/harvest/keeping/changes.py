"""Changes: what archivists do to documents that are harvested, and what follows from it.

Each does as its verb in the admin does: change and mark in one transaction, then render, as a worker would.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archive import publication, staleness
from archive.models import Agent, ArchivalReference, ArchivalUnit, Collection, Document
from archive.naming import documents_naming
from archive.units import unit_at

#: The collection that is harvested as a set. What is in the one below it is in this one too.
SLUG, BELOW = "korea", "armistice"
SPEC = f"collection:{SLUG}"
#: The opisi that documents are kept in, and the set of the first with its units.
OPISI = ("1", "2")
UNITS = "fond:45:opis:1"
#: Units that are given other titles, by level and code; those below a fond say its title.
ENTITLED = (("fond", "45"), ("opis", "1"), ("opis", "2"))


def fill(documents: int, *, agents: int = 2) -> list[int]:
    """Make drafts, each sent by one of some agents; return their primary keys."""
    names = [Agent.objects.create(name=f"Agent {n}") for n in range(agents)]
    korea = Collection.objects.create(slug=SLUG, title="Korea")
    Collection.objects.create(slug=BELOW, title="Armistice", parent=korea)
    made = Document.objects.bulk_create(
        Document(identifier=f"d{n:05}", title=f"Telegram {n}", date="1950-10-13") for n in range(documents)
    )
    for n, document in enumerate(made):
        document.contributions.create(agent=names[n % agents], role="sender", as_written="Filippov")
    opisi = [unit_at({"repository": "APRF", "fond": "45", "opis": opis}) for opis in OPISI]
    ArchivalReference.objects.bulk_create(
        ArchivalReference(document=document, unit=opisi[n % 2], verbatim="APRF, f. 45")
        for n, document in enumerate(made)
    )
    return [document.pk for document in made]


def publish(pks: Sequence[int]) -> None:
    """Publish, or publish again."""
    publication.publish(pks)


def withdraw(pks: Sequence[int]) -> None:
    """Take back."""
    publication.withdraw(pks, reason="Rights were claimed.")


def retitle(pks: Sequence[int], word: str) -> None:
    """Correct titles."""
    with transaction.atomic():
        _locked(pks)
        Document.objects.filter(pk__in=pks).update(title=f"Telegram, {word}", modified_at=timezone.now())
        staleness.mark_around(Document, pks)
    publication.refresh(pks)


def move(pks: Sequence[int], slug: str) -> None:
    """Put into a collection alone, or into none."""
    with transaction.atomic():
        _locked(pks)
        for document in Document.objects.filter(pk__in=pks):
            document.collections.set(Collection.objects.filter(slug=slug))
        Document.objects.filter(pk__in=pks).update(modified_at=timezone.now())
    publication.refresh(pks)


def keep(pks: Sequence[int], opis: str) -> None:
    """Find that documents are kept elsewhere in the archive; its units are told of it when the sweeper comes by."""
    with transaction.atomic():
        _locked(pks)
        staleness.mark_around(Document, pks)
        references = ArchivalReference.objects.filter(document__in=pks)
        references.update(unit=ArchivalUnit.objects.get(level="opis", code=opis))
        Document.objects.filter(pk__in=pks).update(modified_at=timezone.now())
        staleness.mark_around(Document, pks)
    publication.refresh(pks)


def entitle(unit: tuple[str, str], word: str) -> None:
    """Give a unit another title; what tells of it is rendered when the sweeper comes by."""
    with transaction.atomic():
        level, code = unit
        entitled = ArchivalUnit.objects.select_for_update().get(level=level, code=code)
        ArchivalUnit.objects.filter(pk=entitled.pk).update(title=f"Telegrams, {word}")
        staleness.mark_around(ArchivalUnit, [entitled.pk])


def rename(agent: Agent, word: str) -> None:
    """Rename an agent; what names it is rendered when the sweeper comes by."""
    with transaction.atomic():
        Agent.objects.filter(pk=agent.pk).update(name=f"Agent {agent.pk}, {word}")
        publication.mark_stale(documents_naming(agent))


def embargo(pks: Sequence[int]) -> None:
    """Lay an embargo on documents until tomorrow; those that are public are taken back."""
    with transaction.atomic():
        _locked(pks)
        Document.objects.filter(pk__in=pks).update(embargo_until=timezone.localdate() + timedelta(days=1))
        staleness.mark_around(Document, pks)
    publication.refresh(pks)


def lapse() -> None:
    """Let a day go by: every embargo ends, and the sweeper publishes what is due."""
    with transaction.atomic():
        under_embargo = list(Document.objects.filter(embargo_until__isnull=False).values_list("pk", flat=True))
        _locked(under_embargo)
        # None that came under an embargo since: who takes another row late waits for somebody who waits for it.
        Document.objects.filter(pk__in=under_embargo).update(embargo_until=timezone.localdate())
    publication.publish(publication.due())


def sweep() -> None:
    """Render whatever was marked and not rendered since."""
    publication.look_again()
    while stale := publication.stale(grace=timedelta(0)):
        publication.refresh(stale)
    publication.retell()


def _locked(pks: Sequence[int]) -> None:
    list(Document.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
