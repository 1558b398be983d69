"""The shapes of archival units: where each stands, and what lies in it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from archive import uris
from archive.api.authority_serializers import ThingSerializer
from archive.api.serializers import EDTF, StatementSerializer
from archive.models.unit import UnitLevel


class UnitAboveSerializer(serializers.Serializer[Any]):
    """A unit above."""

    identifier = serializers.CharField()
    uri = serializers.URLField()
    level = serializers.ChoiceField(UnitLevel.choices)
    code = serializers.CharField()
    title = serializers.CharField()


class UnitSerializer(ThingSerializer):
    """An archival unit in or below which a public document is kept."""

    view, finds = "unit", "unit"

    level = serializers.ChoiceField(UnitLevel.choices)
    code = serializers.CharField()
    title = serializers.CharField()
    dates = serializers.CharField(help_text="As they are written.")
    date = serializers.CharField(help_text=EDTF)
    extent = serializers.CharField()
    description = serializers.CharField()
    statements = StatementSerializer(many=True)
    above = UnitAboveSerializer(many=True, help_text="From the repository down to the unit right above.")
    units = serializers.SerializerMethodField(help_text="Where this API lists the units right below.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_units(self, record: Any) -> str:
        """The list of the units right below."""
        return f"{uris.to('archive_api:units')}?parent={record.identifier}"
