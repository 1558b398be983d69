"""Proofs: what publishing would make of a document, rendered by a worker for those who look beforehand.

``ask``     writes down that somebody wants to see a document in a format.
``make``    renders it; called by a worker.
``unmade``  finds proofs whose hint got lost.
``clear``   deletes what nobody has asked for lately.

Renderers load libraries that a web process has no room for: iiif-prezi3 alone takes 23 MB.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archive import representations
from archive.description import describe
from archive.models import Document, Proof
from archive.typesetting import TypesettingError, outdated, typeset

#: How long a proof is shown as it is, if nobody edits the document meanwhile.
FRESH = timedelta(minutes=1)
#: How long a hint may take before it counts as lost.
GRACE = timedelta(seconds=15)
#: How long a proof is kept. One that breaks its worker each time ends with it too.
KEPT = timedelta(hours=1)
#: Characters that are kept.
SHOWN = 200_000


@transaction.atomic
def ask(document: Document, format: str) -> tuple[Proof, bool]:  # noqa: A002 - the word for it
    """The proof of a document, and whether a worker is to be told of it: it is a new one, or was outdated."""
    now = timezone.now()
    proof, new = Proof.objects.select_for_update().get_or_create(
        document=document, format=format, defaults={"asked_at": now}
    )
    if proof.made_at and proof.made_at < max(now - FRESH, document.modified_at):
        proof.asked_at, proof.made_at, proof.text, proof.problem = now, None, "", ""
        proof.save()
        new = True
    return proof, new


def make(proof_id: int) -> None:
    """Render a proof, if it is still wanted; nothing of it becomes public."""
    proof = Proof.objects.filter(pk=proof_id, made_at__isnull=True).first()
    if proof is None:
        return
    text, problem = _rendered(proof)
    Proof.objects.filter(pk=proof.pk, asked_at=proof.asked_at).update(
        made_at=timezone.now(), text=text[:SHOWN], cut_off=max(0, len(text) - SHOWN), problem=problem
    )


def unmade() -> list[int]:
    """Proofs that were asked for a while ago and that no worker has made."""
    waiting = Proof.objects.filter(made_at__isnull=True, asked_at__lt=timezone.now() - GRACE)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def clear() -> int:
    """Delete proofs that nobody has asked for lately; return how many."""
    return Proof.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()[0]


def _set_pages(document_id: int) -> None:
    """Make the page images that publishing would make, for a format that shows them; of what is public, none."""
    for document in outdated([document_id]):
        if not document.published:
            with suppress(TypesettingError):  # then it would be published without pages, too
                typeset(document)


def _rendered(proof: Proof) -> tuple[str, str]:
    """The text, or why there is none."""
    renderer = representations.registry.get(proof.format)
    if renderer is None:
        return "", f"No installed app has the format {proof.format} any more."
    try:
        _set_pages(proof.document_id)
        content = renderer.render(describe([proof.document_id])[0])
    except Exception as error:  # noqa: BLE001 - whatever a renderer stumbles over is what the archivist came to see
        return "", f"It cannot be rendered: {type(error).__name__}: {error}"
    if content is None:
        return "", "The format has nothing to say of this document so far. Plain text, for one, needs a text."
    return content.decode("utf-8", errors="replace").replace("\x00", "\ufffd"), ""
