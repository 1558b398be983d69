"""Sparse answers: ``fields=`` names the members of a thing that are wanted, and the others are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer, Serializer

#: The parameter.
FIELDS = "fields"
PARAMETER = OpenApiParameter(
    FIELDS, str, description="Members of a thing that are wanted, with commas between; all of them without it."
)


def told(request: Request, serializer: type[Serializer[Any]], things: Any, **context: Any) -> Any:
    """Things, or one of them, as the serializer tells them, with those members alone that the request asks for.

    :raises ValidationError: naming a member that there is not.
    """
    many = isinstance(things, list | tuple)
    shape: BaseSerializer[Any] = serializer(things, many=many, context=context)
    each: Any = shape.child if many else shape  # type: ignore[attr-defined]  # a list has a child
    keep(each, _asked(request))
    return shape.data


def _asked(request: Request) -> list[str] | None:
    value = request.query_params.get(FIELDS)
    return None if value is None else [name for name in value.split(",") if name]


def keep(serializer: Serializer[Any], names: Iterable[str] | None) -> None:
    """Leave out of a serializer what is not among the names.

    :raises ValidationError: naming what there is not.
    """
    if names is None:
        return
    wanted = set(names)
    if unknown := sorted(wanted - set(serializer.fields)):
        there = ", ".join(serializer.fields)
        raise ValidationError({FIELDS: [f"There is no member {name!r}. There are: {there}." for name in unknown]})
    for name in set(serializer.fields) - wanted:
        del serializer.fields[name]
