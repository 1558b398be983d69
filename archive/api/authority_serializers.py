"""The shapes of agents, places, concepts, their schemes and collections; they read records (archive.description)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from archive import uris
from archive.api.serializers import EDTF, TAG
from archive.models import AuthorityLink
from archive.models.agent import AgentKind


class NameSerializer(serializers.Serializer[Any]):
    """A further name; ``kind`` is empty where names have none."""

    value = serializers.CharField()
    language = serializers.CharField(help_text=TAG)
    kind = serializers.CharField(help_text="variant, pseudonym or former; preferred or alternative; or empty.")


class LinkSerializer(serializers.Serializer[Any]):
    """The address under which others know the same thing."""

    uri = serializers.CharField()
    relation = serializers.ChoiceField(AuthorityLink.Relation.choices)


class ThingSerializer(serializers.Serializer[Any]):
    """What every thing beside documents has. ``kind`` is the singular of its address: agent, place, concept, unit."""

    #: The address of such a thing in this API, and the parameter that finds its documents.
    view = ""
    finds = ""

    identifier = serializers.CharField()
    uri = serializers.URLField(help_text="Its own address, which never changes.")
    url = serializers.SerializerMethodField(help_text="Its address in this API.")
    documents = serializers.SerializerMethodField(help_text="Where this API lists the documents that name it.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, record: Any) -> str:
        """Its address here."""
        return uris.to(f"archive_api:{self.view}", record.identifier)

    @extend_schema_field(OpenApiTypes.URI)
    def get_documents(self, record: Any) -> str:
        """The list of its documents."""
        return f"{uris.to('archive_api:documents')}?{self.finds}={record.identifier}"


class AgentSerializer(ThingSerializer):
    """A person, a corporate body or a family that a public document names."""

    view, finds = "agent", "person"

    kind = serializers.ChoiceField(AgentKind.choices)
    name = serializers.CharField(help_text="The name by which the archive knows the agent.")
    dates = serializers.CharField(help_text=EDTF)
    names = NameSerializer(many=True)
    links = LinkSerializer(many=True)


class PlaceSerializer(ThingSerializer):
    """A place that a public document names; degrees in WGS 84, empty where unknown."""

    view, finds = "place", "place"

    name = serializers.CharField()
    feature = serializers.CharField(help_text="GeoNames feature code.")
    latitude = serializers.CharField()
    longitude = serializers.CharField()
    broader = serializers.CharField(help_text="URI of the place around it; empty where none is public.")
    names = NameSerializer(many=True)
    links = LinkSerializer(many=True)


class ConceptSerializer(ThingSerializer):
    """A concept that a public document names."""

    view, finds = "concept", "concept"

    name = serializers.CharField()
    notation = serializers.CharField()
    scheme = serializers.CharField(help_text="URI of the scheme where its owner has it; empty for one of our own.")
    scheme_title = serializers.CharField()
    broader = serializers.ListField(child=serializers.URLField())
    narrower = serializers.ListField(child=serializers.URLField())
    related = serializers.ListField(child=serializers.URLField())
    names = NameSerializer(many=True)
    links = LinkSerializer(many=True)


class SchemeSerializer(serializers.Serializer[Any]):
    """A scheme with a concept that a public document names."""

    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    uri = serializers.CharField(help_text="Where its owner has it; empty for one of our own.")
    concepts = serializers.SerializerMethodField(help_text="Where this API lists its concepts.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_concepts(self, scheme: Any) -> str:
        """The list of its concepts."""
        return f"{uris.to('archive_api:concepts')}?scheme={scheme.slug}"
