"""The document: the thing that is described, published and cited."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, ProtectedError, Q
from django.db.models.functions import Length

from archive.models.collection import Collection
from archive.models.identifiers import mint, validate_identifier
from archive.models.statements import refuse_malformed

#: By which titles are sorted: a whole one can be longer than an index row of PostgreSQL. The number stands in the
#: template, because SQLite knows an expression of an index again only if it is the same to the letter.
TITLE_BEGINNING = Func("title", template="SUBSTR(%(expressions)s, 1, 200)", output_field=models.CharField())


class State(models.TextChoices):
    """Where a document stands on its way to the public."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    #: Approved for publication, and held back until ``embargo_until``.
    EMBARGOED = "embargoed", "embargoed"
    PUBLISHED = "published", "published"
    #: Was public once. Its representations stay as tombstones, so that harvesters hear of it.
    WITHDRAWN = "withdrawn", "withdrawn"


#: States in which the world knows of a document, so that it cannot simply be gone.
KEPT = (State.PUBLISHED, State.WITHDRAWN)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, seen by who may see them."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete those that were never public.

        :raises ProtectedError: if one of them was; then none is deleted. Its representations keep it besides, by their
            foreign key, from who comes to the database by another way.
        """
        known: set[models.Model] = set(self.filter(state__in=KEPT)[:10])
        if known:
            raise ProtectedError("What was published once is withdrawn, and not deleted.", known)
        return super().delete()

    def public(self) -> DocumentQuerySet:
        """The documents that everybody may see: the one rule that every public door asks."""
        return self.filter(state=State.PUBLISHED)


class Document(models.Model):
    """One archival document, such as a telegram, with its description.

    Typed fields carry what the system itself needs; ``statements`` carries the rest of Dublin Core.
    """

    State = State

    #: The ``{id}`` of every public address: the source's record id, else minted once. Never changes.
    identifier = models.CharField(max_length=64, unique=True, default=mint, validators=[validate_identifier])
    #: ``scheme:value`` by which the document is known again when its source comes a second time.
    identity = models.CharField(max_length=600, unique=True, null=True, blank=True)
    title = models.CharField(max_length=1000)
    title_language = models.CharField(max_length=35, blank=True)
    #: EDTF. ``date_verbatim`` beside it is how the source writes it.
    date = models.CharField(max_length=100, blank=True)
    date_verbatim = models.CharField(max_length=200, blank=True)
    #: First and last day that ``date`` can mean, for sorting and filtering; NULL where open or unknown.
    date_earliest = models.DateField(null=True, blank=True, editable=False)
    date_latest = models.DateField(null=True, blank=True, editable=False)
    #: BCP 47 tag of the language in which the document was written, which need not be that of a text held.
    original_language = models.CharField(max_length=35, blank=True)
    summary = models.TextField(blank=True)
    summary_language = models.CharField(max_length=35, blank=True)
    #: The distribution list as it stands; its recipients are contributions.
    distribution = models.TextField(blank=True)
    distribution_copies = models.PositiveSmallIntegerField(null=True, blank=True)
    distribution_possibly_truncated = models.BooleanField(default=False)
    citation = models.TextField(blank=True)
    #: What the source says about rights. ``rights_uri`` names a statement of rightsstatements.org or a licence.
    rights = models.TextField(blank=True)
    rights_uri = models.URLField(blank=True, max_length=500)
    rights_holder = models.CharField(max_length=300, blank=True)
    #: The first day on which everybody may see the document.
    embargo_until = models.DateField(null=True, blank=True)
    source_url = models.URLField(blank=True, max_length=1000)
    #: Further Dublin Core statements: a list of ``{"term", "value", "language", "uri"}`` in the curator's order.
    statements = models.JSONField(default=list, blank=True)
    collections = models.ManyToManyField(Collection, related_name="documents", blank=True)

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False)
    #: Why the document is in this state, in the words of who put it there.
    state_reason = models.CharField(max_length=500, blank=True, editable=False)
    #: Why the last attempt to publish or refresh it failed, for an archivist; empty if it did not. Never public.
    publication_error = models.TextField(blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: When the representations were last made from the document, or could not be; a later ``modified_at`` is not
    #: public yet.
    refreshed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["date_earliest", "id"]
        permissions = [
            ("publish_document", "Can publish documents"),
            ("withdraw_document", "Can withdraw documents"),
            ("merge_authority", "Can merge people, places and concepts"),
        ]
        indexes = [
            # The key and the last day are in them, so that a page at any depth is found without reading a document.
            models.Index(fields=["date_earliest", "id", "date_latest"], name="archive_document_by_days"),
            models.Index(fields=["state", "date_earliest", "id"], name="archive_document_by_state"),
            # What was published last, for the home page and the feeds.
            models.Index(fields=["state", "published_at", "id"], name="archive_document_by_arrival"),
            models.Index(fields=["original_language", "date_earliest", "id"], name="archive_document_by_language"),
            models.Index(TITLE_BEGINNING, "date_earliest", "id", name="archive_document_by_title"),
            # Almost all are empty, and an error can be longer than an index row of PostgreSQL.
            models.Index(Length("publication_error"), name="archive_document_by_problem"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="archive_document_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                name="archive_document_published_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(date_earliest__isnull=True)
                | Q(date_latest__isnull=True)
                | Q(date_earliest__lte=F("date_latest")),
                name="archive_document_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                name="archive_document_withdrawn_has_a_time",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="archive_document_has_a_title"),
            models.CheckConstraint(condition=~Q(identifier=""), name="archive_document_has_an_identifier"),
            models.CheckConstraint(
                condition=~Q(state=State.EMBARGOED) | Q(embargo_until__isnull=False),
                name="archive_document_embargo_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse statements that are none, whoever writes them down."""
        super().clean()
        try:
            refuse_malformed(self.statements)
        except ValidationError as error:
            raise ValidationError({"statements": error.messages}) from error

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Delete it, if it was never public.

        :raises ProtectedError: if it was.
        """
        if Document.objects.filter(pk=self.pk, state__in=KEPT).exists():
            raise ProtectedError("What was published once is withdrawn, and not deleted.", {self})
        return super().delete(using=using, keep_parents=keep_parents)

    @property
    def published(self) -> bool:
        """Whether everybody may see the document."""
        return self.state == State.PUBLISHED


class NumberKind(models.TextChoices):
    """What a number on a document is."""

    TELEGRAM = "telegram", "telegram number"
    INCOMING = "incoming", "incoming number"
    CLOSING = "closing", "closing number"
    CITED = "cited", "cited number"
    ARK = "ark", "ARK"
    DOI = "doi", "DOI"
    HANDLE = "handle", "Handle"
    #: What an earlier system of this archive called the document.
    LEGACY = "legacy", "earlier identifier"


#: Kinds of number that name one document in all the world.
GLOBAL_KINDS = (NumberKind.ARK, NumberKind.DOI, NumberKind.HANDLE)


class DocumentNumber(models.Model):
    """A number or other identifier that the document carries, cites or was given, as a string."""

    Kind = NumberKind

    document = models.ForeignKey(Document, models.CASCADE, related_name="numbers")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=NumberKind)
    value = models.CharField(max_length=200)
    verbatim = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["document_id", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NumberKind.values), name="archive_number_kind_is_known"),
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(kind__in=GLOBAL_KINDS), name="archive_number_global_once"
            ),
        ]

    def __str__(self) -> str:
        return self.value
