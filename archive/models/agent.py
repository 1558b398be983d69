"""Agents: the people, offices and families that documents come from and go to."""

from __future__ import annotations

from django.db import models
from django.db.models import CharField, Exists, Func, OuterRef, Q

from archive.models.authority import Authority, Label

#: The name under which an agent is filed, and its first letter. The parts stand in the templates, because SQLite knows
#: an expression of an index again only if it is the same to the letter.
FILED_UNDER = Func(
    "sort_name", "name",
    arg_joiner=", ''), ", template="COALESCE(NULLIF(%(expressions)s)", output_field=CharField(),
)  # fmt: skip
INITIAL = Func(
    "sort_name", "name",
    arg_joiner=", ''), ", template="SUBSTR(COALESCE(NULLIF(%(expressions)s), 1, 1)", output_field=CharField(),
)  # fmt: skip


class AgentKind(models.TextChoices):
    """What an agent is."""

    PERSON = "person", "person"
    CORPORATE_BODY = "corporate_body", "corporate body"
    FAMILY = "family", "family"
    UNKNOWN = "unknown", "not known"


class Agent(Authority):
    """A person, a corporate body or a family, under the name by which the archive knows it."""

    Kind = AgentKind

    kind = models.CharField(max_length=20, choices=AgentKind, default=AgentKind.UNKNOWN)
    #: The preferred name.
    name = models.CharField(max_length=300, db_index=True)
    #: The form under which it is filed, where that differs: "Stalin, Joseph".
    sort_name = models.CharField(max_length=300, blank=True)
    #: EDTF interval of a life, or of the existence of a body.
    dates = models.CharField(max_length=100, blank=True)

    class Meta(Authority.Meta):
        ordering = ["name", "id"]
        indexes = [models.Index(INITIAL, FILED_UNDER, "id", name="archive_agent_by_initial")]
        constraints = [
            *Authority.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kind__in=AgentKind.values), name="archive_agent_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    """How a further name stands to its agent."""

    VARIANT = "variant", "variant"
    PSEUDONYM = "pseudonym", "pseudonym"
    FORMER = "former", "former name"


class AgentNameQuerySet(models.QuerySet["AgentName"]):
    """Further names, seen by who may see them."""

    def public(self) -> AgentNameQuerySet:
        """The names that everybody may see: all but those that come only from documents that are not public.

        Accession learns a name from a document long before that document is published, if it ever is; and the document
        may be deleted, or corrected, before it is.
        """
        from archive.models.contribution import Contribution  # which imports this module
        from archive.models.document import Document

        written = Contribution.objects.filter(agent=OuterRef("agent"), as_written=OuterRef("value")).order_by()
        in_public = written.filter(document__in=Document.objects.public().order_by())
        return self.filter(Q(~Exists(written), learned=False) | Q(Exists(in_public)))


class AgentName(Label):
    """A name by which an agent is known besides the preferred one: Filippov, for Stalin."""

    Kind = NameKind

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.VARIANT)
    #: Whether a document brought it, and nobody entered it: it shows only while a public document writes it.
    learned = models.BooleanField(default=False, editable=False)

    objects = AgentNameQuerySet.as_manager()

    class Meta:
        ordering = ["agent_id", "value"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "value"], name="archive_agent_name_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=NameKind.values), name="archive_agent_name_kind_is_known"
            ),
        ]
