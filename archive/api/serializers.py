"""The shapes of the API's answers, from which the OpenAPI schema is made too.

They read descriptions (archive.description) and nothing else. Strings are empty where nothing is known.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from archive import uris
from archive.models import Contribution, DocumentEvent, DocumentNumber, DocumentRelation, Page, Subject, Text
from archive.models.agent import AgentKind

TAG = "BCP 47 tag, such as `ru` or `zh-Hans`; empty where unknown."
EDTF = "EDTF (ISO 8601-2), such as `1950-10-13`; empty where unknown."


class LanguageStringSerializer(serializers.Serializer[Any]):
    """Words and their language."""

    value = serializers.CharField()
    language = serializers.CharField(help_text=TAG)


class DateSerializer(serializers.Serializer[Any]):
    """A date, how the source writes it, and the first and last day it can mean."""

    edtf = serializers.CharField(help_text=EDTF)
    verbatim = serializers.CharField()
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)


class NumberSerializer(serializers.Serializer[Any]):
    """A number that the document carries or cites."""

    kind = serializers.ChoiceField(DocumentNumber.Kind.choices)
    value = serializers.CharField()


class EventSerializer(serializers.Serializer[Any]):
    """A stamp: something that was done with the document."""

    kind = serializers.ChoiceField(DocumentEvent.Kind.choices)
    edtf = serializers.CharField(help_text=EDTF)
    place = serializers.CharField()
    destination = serializers.CharField()
    agent = serializers.CharField(help_text="The person or office named on the stamp, as written.")
    note = serializers.CharField()
    verbatim = serializers.CharField()


class ContributionSerializer(serializers.Serializer[Any]):
    """An agent's part in the document."""

    role = serializers.ChoiceField(Contribution.Role.choices)
    name = serializers.CharField(help_text="The name by which the archive knows the agent.")
    as_written = serializers.CharField(help_text="The name on the document.")
    agent_identifier = serializers.CharField()
    agent_uri = serializers.URLField()
    agent_kind = serializers.ChoiceField(AgentKind.choices)
    certain = serializers.BooleanField(help_text="Whether the archive is sure that this agent was meant.")
    copies = serializers.IntegerField(allow_null=True, help_text="How many copies the agent received.")


class SubjectSerializer(serializers.Serializer[Any]):
    """An agent, a concept or a place that the document has to do with."""

    relation = serializers.ChoiceField(Subject.Relation.choices)
    kind = serializers.ChoiceField(["agent", "concept", "place"])
    name = serializers.CharField()
    identifier = serializers.CharField()
    uri = serializers.URLField()
    certain = serializers.BooleanField()


class RelationSerializer(serializers.Serializer[Any]):
    """Another public document, and how this one stands to it."""

    kind = serializers.ChoiceField(DocumentRelation.Kind.choices)
    identifier = serializers.CharField()
    uri = serializers.URLField()
    title = serializers.CharField()


class TextSerializer(serializers.Serializer[Any]):
    """What the document says, in one language."""

    kind = serializers.ChoiceField(Text.Kind.choices)
    language = serializers.CharField(help_text=TAG)
    body = serializers.CharField(help_text="The words, with the line breaks of the source.")
    method = serializers.CharField(help_text="human, machine or revised; empty where unknown.")
    made_by = serializers.CharField(help_text="Who transcribed or translated it, or which program did.")
    licence_uri = serializers.CharField()


class NumberedTextSerializer(TextSerializer):
    """A text by its number."""

    number = serializers.IntegerField(help_text="Its place among the texts of the document, from 1.")
    document = serializers.CharField(help_text="Identifier of the document.")


class ReferenceSerializer(serializers.Serializer[Any]):
    """Where the document, or a copy of it, is kept. Codes are strings."""

    repository = serializers.CharField()
    fond = serializers.CharField()
    opis = serializers.CharField()
    delo = serializers.CharField()
    papka = serializers.CharField()
    listy = serializers.CharField()
    verbatim = serializers.CharField(help_text="The reference as written, which is what counts.")
    understood = serializers.BooleanField(help_text="False where only the verbatim form is known.")


class DocumentCollectionSerializer(serializers.Serializer[Any]):
    """A collection that the document is in."""

    slug = serializers.CharField()
    uri = serializers.URLField()
    title = serializers.CharField()


class PageSerializer(serializers.Serializer[Any]):
    """A page image: its size in pixels, and the lines on it where they are known."""

    identifier = serializers.CharField()
    kind = serializers.ChoiceField(Page.Kind.choices)
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    language = serializers.CharField(help_text=TAG)


class LineSerializer(serializers.Serializer[Any]):
    """A line on a page image; the box in pixels from the upper left corner."""

    text = serializers.CharField()
    x = serializers.IntegerField()
    y = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class PageWithLinesSerializer(PageSerializer):
    """A page image, with what stands on it."""

    lines = LineSerializer(many=True)


class StatementSerializer(serializers.Serializer[Any]):
    """A further Dublin Core statement."""

    term = serializers.CharField(help_text="Local name of a property of dcterms.")
    value = serializers.CharField()
    language = serializers.CharField(help_text=TAG)
    uri = serializers.CharField()


class RepresentationSerializer(serializers.Serializer[Any]):
    """The document in another format, at an address of its own."""

    format = serializers.CharField()
    media_type = serializers.CharField()
    url = serializers.URLField()
    changed_at = serializers.DateTimeField()


class PartSerializer(serializers.Serializer[Any]):
    """A piece of text, and whether it answers the query."""

    text = serializers.CharField()
    hit = serializers.BooleanField()


class ExcerptSerializer(serializers.Serializer[Any]):
    """A piece of the document that answers the query; joined, the parts are its text."""

    field = serializers.CharField()
    language = serializers.CharField(help_text=TAG)
    parts = PartSerializer(many=True)


class DocumentSummarySerializer(serializers.Serializer[Any]):
    """A document in a list."""

    identifier = serializers.CharField(source="description.identifier")
    uri = serializers.URLField(source="description.uri", help_text="The document's own address, which never changes.")
    url = serializers.URLField(help_text="Where this API has the whole description.")
    title = LanguageStringSerializer(source="description.title")
    date = DateSerializer(source="description.date")
    summary = LanguageStringSerializer(source="description.summary")
    original_language = serializers.CharField(source="description.original_language", help_text=TAG)
    languages = serializers.ListField(child=serializers.CharField(), help_text="Languages in which there is a text.")
    collections = DocumentCollectionSerializer(source="description.collections", many=True)
    published_at = serializers.DateTimeField(source="description.published_at")
    representations = RepresentationSerializer(many=True)


class FoundDocumentSerializer(DocumentSummarySerializer):
    """A document in a list, with what answers the query."""

    excerpts = ExcerptSerializer(many=True, help_text="Empty without a query.")


class DocumentSerializer(DocumentSummarySerializer):
    """Everything that is said of a document."""

    numbers = NumberSerializer(source="description.numbers", many=True)
    events = EventSerializer(source="description.events", many=True)
    contributions = ContributionSerializer(source="description.contributions", many=True)
    subjects = SubjectSerializer(source="description.subjects", many=True)
    relations = RelationSerializer(source="description.relations", many=True)
    distribution = serializers.CharField(source="description.distribution")
    distribution_copies = serializers.IntegerField(source="description.distribution_copies", allow_null=True)
    distribution_possibly_truncated = serializers.BooleanField(source="description.distribution_possibly_truncated")
    texts = TextSerializer(source="description.texts", many=True)
    summaries = TextSerializer(
        source="description.summaries", many=True, help_text="Summaries in further languages, or by others."
    )
    references = ReferenceSerializer(source="description.references", many=True)
    citation = serializers.CharField(source="description.citation")
    rights = serializers.CharField(source="description.rights")
    rights_uri = serializers.CharField(source="description.rights_uri")
    rights_holder = serializers.CharField(source="description.rights_holder")
    source_url = serializers.CharField(source="description.source_url")
    pages = PageSerializer(source="description.pages", many=True)
    statements = StatementSerializer(source="description.statements", many=True)


class CollectionSerializer(serializers.Serializer[Any]):
    """A collection that holds something public."""

    # Its parent comes from the view's tree of visible collections, which is in the context.
    slug = serializers.CharField()
    uri = serializers.SerializerMethodField()
    title = serializers.CharField()
    description = serializers.CharField()
    parent = serializers.SerializerMethodField(  # type: ignore[assignment] # DRF takes declared fields off the class
        help_text="Slug of the collection above."
    )
    documents = serializers.SerializerMethodField(help_text="Where this API lists its documents.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_uri(self, collection: Any) -> str:
        """The collection's own address."""
        return uris.collection(collection.slug)

    def get_parent(self, collection: Any) -> str | None:
        """The collection above."""
        parent: str | None = self.context["tree"].parent_slug(collection.pk)
        return parent

    @extend_schema_field(OpenApiTypes.URI)
    def get_documents(self, collection: Any) -> str:
        """The list of the documents in it and below it."""
        return f"{uris.to('archive_api:documents')}?collection={collection.slug}"


class RootSerializer(serializers.Serializer[Any]):
    """Where everything is."""

    documents = serializers.URLField()
    agents = serializers.URLField()
    places = serializers.URLField()
    concepts = serializers.URLField()
    schemes = serializers.URLField()
    units = serializers.URLField()
    collections = serializers.URLField()
    accessions = serializers.URLField(help_text="For those who may hand files in.")
    curation = serializers.DictField(child=serializers.URLField(), help_text="For those who may edit: what is where.")
    docs = serializers.URLField(help_text="A page for people.")
    schema = serializers.URLField(help_text="This description of the API in OpenAPI.")


class FaultSerializer(serializers.Serializer[Any]):
    """What is wrong with one part of a request: a parameter or header, or a member of the body."""

    parameter = serializers.CharField(required=False)
    pointer = serializers.CharField(required=False, help_text="JSON pointer (RFC 6901) into the body.")
    detail = serializers.CharField()
    start = serializers.IntegerField(required=False, help_text="Where in the value of the parameter it begins.")
    end = serializers.IntegerField(required=False)


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FaultSerializer(  # type: ignore[assignment] # DRF takes declared fields off the class
        many=True, required=False
    )
