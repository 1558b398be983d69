"""Strict: shapes that know no other members than their own, and say so in the schema."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from archive.api.curation.fields import Words


class Strict(serializers.Serializer[Any]):
    """A shape that knows no other members than its own."""

    def to_internal_value(self, data: Any) -> Any:
        """The values."""
        if isinstance(data, dict) and (unknown := [name for name in data if name not in self.fields]):
            there = ", ".join(self.fields)
            raise serializers.ValidationError({n: [f"There is no such member. There are: {there}."] for n in unknown})
        return super().to_internal_value(data)


class StrictSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Says in the schema what such a shape refuses: members that it does not know, and words that are none."""

    target_class = Strict
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        """The schema of a shape."""
        said = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        said["additionalProperties"] = False
        shape = self.target() if isinstance(self.target, type) else self.target
        for name, field in shape.fields.items():
            words = said["properties"].get(name, {})
            if isinstance(field, serializers.ListField):
                field, words = field.child, words.get("items", {})
            if isinstance(field, Words) and not field.allow_blank and "type" in words:
                words.setdefault("minLength", 1)
        return said
