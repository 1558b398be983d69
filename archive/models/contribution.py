"""Contributions: who had what part in a document."""

from __future__ import annotations

from django.db import models

from archive.models.agent import Agent
from archive.models.document import Document


class ContributionRole(models.TextChoices):
    """The part an agent had."""

    SENDER = "sender", "sender"
    ADDRESSEE = "addressee", "addressee"
    INTERMEDIARY = "intermediary", "intermediary"
    COPY_RECIPIENT = "copy recipient", "recipient of a copy"
    AUTHOR = "author", "author"
    SIGNATORY = "signatory", "signatory"
    TRANSLATOR = "translator", "translator"
    TRANSCRIBER = "transcriber", "transcriber"
    EDITOR = "editor", "editor"
    #: Who brought the document to the edition, or had a part that no other role names.
    CONTRIBUTOR = "contributor", "contributor"
    MENTIONED = "mentioned", "mentioned"


class Contribution(models.Model):
    """One agent's part in one document. ``as_written`` is the name on the paper, the agent who was meant."""

    Role = ContributionRole

    document = models.ForeignKey(Document, models.CASCADE, related_name="contributions")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="contributions")
    order = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=30, choices=ContributionRole)
    as_written = models.CharField(max_length=300, blank=True)
    #: Whether the archive is sure that this agent was meant.
    certain = models.BooleanField(default=True)
    #: How many copies, for the recipients of a distribution list.
    copies = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["document_id", "order", "id"]
        # Who is looked for leads to documents; the name on the paper is in no index, so this one has all there is.
        indexes = [models.Index(fields=["agent", "document"], name="archive_contribution_by_agent")]
        constraints = [
            models.UniqueConstraint(fields=["document", "agent", "role"], name="archive_contribution_once_per_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=ContributionRole.values), name="archive_contribution_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_written or self.agent} ({self.get_role_display()})"
