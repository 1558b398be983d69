"""Fields that take what JSON says and nothing that merely looks like it: "5" is no number, and 5 are no words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.core.validators import URLValidator
from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.serializers import ModelSerializer

from archive.rules import refuse_control_characters, refuse_unknown_date, refuse_unknown_tag

#: Where words hold EDTF, whatever the record.
DATES = frozenset({"date", "dates"})


def checked(refuse: Any, *args: Any, **kwargs: Any) -> None:
    """Ask a rule, and say what it says as a field does."""
    try:
        refuse(*args, **kwargs)
    except Refused as error:
        raise serializers.ValidationError(error.messages) from error


class Words(serializers.CharField):
    """Words, to the letter; ``meaningful`` are control characters that mean something in them."""

    def __init__(self, *, meaningful: str = "", **kwargs: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **kwargs})
        self.meaningful = meaningful

    def to_internal_value(self, data: Any) -> str:
        """The words."""
        if not isinstance(data, str):
            self.fail("invalid")
        if not self.allow_blank and not data.strip():
            self.fail("blank")
        checked(refuse_control_characters, data, but=self.meaningful)
        if self.field_name and self.field_name.endswith("language"):
            checked(refuse_unknown_tag, data)
        if self.field_name in DATES:
            checked(refuse_unknown_date, data)
        return data


class Address(Words):
    """A web address. What one looks like is judged here, so that the schema takes none for an empty one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "validators": []})

    def to_internal_value(self, data: Any) -> str:
        """The address."""
        address = super().to_internal_value(data)
        checked(URLValidator(), address)
        return address


class Truth(serializers.BooleanField):
    """True or false."""

    def to_internal_value(self, data: Any) -> bool:
        """The value."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if isinstance(data, float) and data.is_integer():  # 2.0 is a whole number, as JSON Schema counts
            data = int(data)
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Few(Whole):
    """A whole number that fits into the smallest column of any engine."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "min_value": 0, "max_value": 32_767})


class Number(serializers.FloatField):
    """A number."""

    def to_internal_value(self, data: Any) -> float:
        """The number."""
        if not isinstance(data, int | float) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "format": "decimal", "pattern": r"^-?(\d{1,3}(\.\d{0,5})?|\.\d{1,5})$"})
class Degrees(serializers.DecimalField):
    """A decimal number, as a string so that no digit of it is lost."""

    def to_internal_value(self, data: Any) -> Any:
        """The number."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A day as ISO 8601 writes it."""

    def to_internal_value(self, value: Any) -> Any:
        """The day."""
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


#: What stands for a field of a model.
MAPPING: dict[type[models.Field[Any, Any]], type[serializers.Field[Any, Any, Any, Any]]] = {
    **ModelSerializer.serializer_field_mapping,
    models.BooleanField: Truth,
    models.CharField: Words,
    models.DateField: Day,
    models.DecimalField: Degrees,
    models.FloatField: Number,
    models.IntegerField: Whole,
    models.PositiveSmallIntegerField: Few,
    models.TextField: Words,
    models.URLField: Address,
}
