"""The shapes of accessions in the API, from which the OpenAPI schema is made too."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import Count
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from archive import uris
from archive.accession.pace import pace_of, seconds_left
from archive.accession.standing import standing_of
from archive.api.strict import Strict
from archive.jobs.accessions import undoing_of
from archive.models import Accession, AccessionItem, AccessionSource, Job


@extend_schema_field(OpenApiTypes.BINARY)
class SentFile(serializers.FileField):
    """A file that is sent; what answers tell of a file is its address."""


class HandingInSerializer(Strict):
    """What is sent to begin an accession, as ``multipart/form-data``."""

    file = serializers.ListField(
        child=SentFile(),
        min_length=1,
        help_text="A file of any kind that comes in; repeat the field for several.",
    )
    dry_run = serializers.BooleanField(required=False, help_text="Read and enter everything, report, and keep nothing.")
    look_first = serializers.BooleanField(
        required=False, help_text="The same, and then wait: `take-in` or `discard` decides."
    )
    publish = serializers.BooleanField(required=False, help_text="Publish each document as soon as it is in.")
    collection = serializers.CharField(required=False, help_text="Slug of the collection for every document.")
    mapping = serializers.CharField(required=False, help_text="Name of the column mapping for tables.")


class ProgressSerializer(serializers.Serializer[Any]):
    """How far the accession is, and how quickly it goes on: first its files are read, then what is in them comes in."""

    of = serializers.ChoiceField(["files", "documents"])
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    per_second = serializers.FloatField(
        allow_null=True,
        help_text="Files or documents a second, of the last minute; null where nothing tells, and at the end.",
    )
    seconds_left = serializers.IntegerField(
        allow_null=True, help_text="What is left of these takes as long at that pace; null where there is none."
    )


class UndoingSerializer(serializers.Serializer[Any]):
    """How far the undoing of an accession is."""

    state = serializers.ChoiceField(Job.State.choices)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    message = serializers.CharField()


class AccessionSerializer(serializers.Serializer[Any]):
    """One handing-in of files, and what has become of it so far."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField()
    state = serializers.ChoiceField(Accession.State.choices)
    cancel_requested = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    created_by = serializers.SerializerMethodField(help_text="User name; empty where nobody is known.")
    finished_at = serializers.DateTimeField(allow_null=True)
    dry_run = serializers.BooleanField()
    look_first = serializers.BooleanField()
    publish = serializers.BooleanField()
    collection = serializers.CharField(source="collection.slug", default=None, allow_null=True)
    mapping = serializers.SerializerMethodField(help_text="Name of the column mapping; empty without one.")
    progress = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField(help_text="How many files are in which state.")
    documents = serializers.SerializerMethodField(help_text="How many documents are in which state.")
    undo = serializers.SerializerMethodField(help_text="Null where nobody has asked to undo it.")
    links = serializers.SerializerMethodField(help_text="Where to read on, and where to POST what is to be done.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, accession: Accession) -> str:
        """Its address."""
        return uris.to("archive_api:accession", accession.pk)

    def get_created_by(self, accession: Accession) -> str:
        """Who handed it in."""
        return accession.created_by.get_username() if accession.created_by else ""

    def get_mapping(self, accession: Accession) -> str:
        """How its tables are read."""
        return str(accession.mapping.get("name", ""))

    @extend_schema_field(ProgressSerializer)
    def get_progress(self, accession: Accession) -> dict[str, Any]:
        """How far it is."""
        standing = standing_of(accession)
        rate = 0 if accession.finished_at else pace_of(accession, now=timezone.now(), of=standing.of)
        left = round(seconds_left(standing, rate)) if rate else None
        said = {**asdict(standing), "per_second": float(f"{rate:.3g}") or None, "seconds_left": left}
        return dict(ProgressSerializer(said).data)

    def get_files(self, accession: Accession) -> dict[str, int]:
        """Files by state."""
        return by_state(accession.sources)

    def get_documents(self, accession: Accession) -> dict[str, int]:
        """Documents by state."""
        return by_state(accession.items)

    @extend_schema_field(UndoingSerializer(allow_null=True))
    def get_undo(self, accession: Accession) -> dict[str, Any] | None:
        """How far its undoing is."""
        job = undoing_of(accession)
        if job is None:
            return None
        done = job.items.exclude(state="queued").count()
        return {"state": job.state, "done": done, "total": job.total, "message": job.message}

    def get_links(self, accession: Accession) -> dict[str, str]:
        """The addresses below it."""
        names = ("files", "items", "report", "refused", "cancel", "retry", "take-in", "discard", "undo")
        return {name: uris.to(f"archive_api:accession-{name}", accession.pk) for name in names}


def by_state(rows: Any) -> dict[str, int]:
    """How many rows are in which state; states without any are left out."""
    return dict(rows.order_by().values_list("state").annotate(count=Count("pk")))


class FileSerializer(serializers.Serializer[Any]):
    """One file of an accession, or of a container in it."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    state = serializers.ChoiceField(AccessionSource.State.choices)
    reason = serializers.CharField(help_text="Why it was refused or failed.")
    reader = serializers.CharField()
    reader_version = serializers.CharField()
    documents = serializers.IntegerField(source="drafts", help_text="Documents, or members of a container, so far.")
    notices = serializers.ListField(child=serializers.CharField())
    sha256 = serializers.SerializerMethodField(help_text="Empty for what was refused before its bytes were read.")
    size = serializers.SerializerMethodField()

    def get_sha256(self, row: AccessionSource) -> str:
        """Checksum of the bytes."""
        return row.original.sha256 if row.original else ""

    def get_size(self, row: AccessionSource) -> int | None:
        """How many bytes it has."""
        return row.original.size if row.original else None


class ItemSerializer(serializers.Serializer[Any]):
    """One document of an accession."""

    id = serializers.IntegerField(source="pk")
    file = serializers.CharField(source="source.name")
    part = serializers.IntegerField(help_text="Which of the file's documents, from 0.")
    state = serializers.ChoiceField(AccessionItem.State.choices)
    would_be = serializers.SerializerMethodField(help_text="What would become of it, where it was only looked at.")
    reason = serializers.CharField(help_text="Why it was refused or failed.")
    identity = serializers.CharField(help_text="By which its document is known again.")
    document = serializers.SerializerMethodField(help_text="Identifier of the document; empty where there is none.")

    def get_would_be(self, item: AccessionItem) -> str:
        """The outcome of a rehearsal."""
        return str(item.looked.get("outcome", "")) if item.state == AccessionItem.State.LOOKED_AT else ""

    def get_document(self, item: AccessionItem) -> str:
        """Its document."""
        return item.document.identifier if item.document else ""


class ReportSerializer(serializers.Serializer[Any]):
    """One line of a report, as ``manage.py accession --json`` writes it; see archive.accession.report."""

    source = serializers.CharField()  # type: ignore[assignment] # DRF takes declared fields off the class
    part = serializers.IntegerField()
    reader = serializers.CharField()
    reader_version = serializers.CharField()
    outcome = serializers.CharField()
    reason = serializers.CharField()
    identifier = serializers.CharField()
    identity = serializers.CharField()
    title = serializers.CharField()
    changes = serializers.ListField(child=serializers.DictField())
    kept = serializers.ListField(child=serializers.DictField())
    alternatives = serializers.ListField(child=serializers.DictField())
    fields = serializers.ListField(child=serializers.DictField())  # type: ignore[assignment] # DRF takes declared fields off the class
    segments = serializers.ListField(child=serializers.ListField())
    notices = serializers.ListField(child=serializers.DictField())
    refused = serializers.DictField()


class FateSerializer(serializers.Serializer[Any]):
    """What undoing would do to one document."""

    identifier = serializers.CharField()
    title = serializers.CharField()
    outcome = serializers.CharField(source="act")
    reason = serializers.CharField(source="why")


class ForeseenSerializer(serializers.Serializer[Any]):
    """What undoing would do; of an accession of more than a thousand documents, to the first thousand."""

    total = serializers.IntegerField()
    documents = FateSerializer(source="fates", many=True)
    unseen = serializers.IntegerField()


class DoneSerializer(serializers.Serializer[Any]):
    """How much was done of what was asked."""

    count = serializers.IntegerField(help_text="Rows taken up, or documents let in; 1 or 0 otherwise.")
    accession = AccessionSerializer()
