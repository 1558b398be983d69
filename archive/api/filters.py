"""Filters of the list of documents. A parameter that means nothing is an error: it would silently give too much."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError

from archive.api import collections
from archive.models import Agent, ArchivalUnit, Concept, Document, Place, Subject, Text
from archive.models.document import DocumentQuerySet
from archive.naming import documents_in, documents_naming

#: The parameters that name an authority.
NAMED: dict[str, type[Agent] | type[Place] | type[Concept]] = {"person": Agent, "place": Place, "concept": Concept}
_ONE, _A_DAY = "Choose one of those that there are, or leave this out.", "Write a day, 1950-10-13, or leave this out."
tag = RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z", "This is no language tag: write en, ru or zh-Hans.")


class DateRange(forms.Form):
    """The parameters of a query as a whole."""

    def clean(self) -> dict[str, Any]:
        """Refuse a range that ends before it begins: no document can be in it."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("date_from"), cleaned.get("date_to")
        if first and last and first > last:
            self.add_error("date_to", f"The range ends on {last} before it begins on {first}.")
        return cleaned


class DocumentFilters(filters.FilterSet):
    """What a list of documents can be narrowed by; several filters narrow together."""

    date_from = filters.DateFilter(
        method="from_", input_formats=["%Y-%m-%d"], help_text="Documents that may be from this day or later."
    )
    date_to = filters.DateFilter(
        method="to", input_formats=["%Y-%m-%d"], help_text="Documents that may be from this day or earlier."
    )
    language = filters.CharFilter(
        method="in_language",
        validators=[tag],
        help_text="Documents with a text in this language, a BCP 47 tag; `zh` includes `zh-Hans`.",
    )
    original_language = filters.CharFilter(
        method="written_in", validators=[tag], help_text="Documents written in this language, a BCP 47 tag."
    )
    collection = filters.CharFilter(
        method="in_collection", help_text="Documents in the collection with this slug or in one below it."
    )
    person = filters.CharFilter(method="naming", help_text="Documents that name the agent with this identifier.")
    place = filters.CharFilter(method="naming", help_text="Documents that name the place with this identifier.")
    concept = filters.CharFilter(
        method="naming",
        help_text="Documents that name the concept with this identifier, as a subject or as their type.",
    )
    subject = filters.CharFilter(method="about", help_text="Documents about the concept with this identifier.")
    type = filters.CharFilter(method="about", help_text="Documents whose type is the concept with this identifier.")
    unit = filters.CharFilter(
        method="kept_in", help_text="Documents kept in the archival unit with this identifier or below it."
    )

    class Meta:
        model = Document
        fields: list[str] = []
        form = DateRange

    def from_(self, queryset: DocumentQuerySet, name: str, value: date) -> DocumentQuerySet:
        """Documents whose last possible day is not before ``value``; one without an end may be of any day."""
        return queryset.filter(Q(date_latest__gte=value) | Q(date_latest=None, date_earliest__isnull=False))

    def to(self, queryset: DocumentQuerySet, name: str, value: date) -> DocumentQuerySet:
        """Documents whose first possible day is not after ``value``; one without a beginning may be of any day."""
        return queryset.filter(Q(date_earliest__lte=value) | Q(date_earliest=None, date_latest__isnull=False))

    def in_language(self, queryset: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        """Documents with a text in the language. A summary is none of their texts."""
        texts = Text.objects.exclude(kind=Text.Kind.SUMMARY).filter(_speaks("language", value))
        return queryset.filter(pk__in=texts.values("document"))

    def written_in(self, queryset: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        """Documents whose original is in the language."""
        return queryset.filter(_speaks("original_language", value))

    def in_collection(self, queryset: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        """Documents in the collection or below it."""
        found = collections.visible().below(value)
        if not found:
            raise ValidationError({"collection": [f"There is no collection {value!r}."]})
        return queryset.filter(
            pk__in=Document.collections.through.objects.filter(collection__in=found).values("document")
        )

    def naming(self, queryset: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        """Documents that name the authority. Of one that nobody may know of, nothing public is found."""
        found = NAMED[name].objects.filter(identifier=value).first()
        return queryset.filter(pk__in=documents_naming(found).values("pk")) if found else queryset.none()

    def about(self, queryset: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        """Documents with the concept as a subject, or as their type."""
        subjects = Subject.objects.filter(concept__identifier=value)
        of_type = Subject.Relation.TYPE
        found = subjects.filter(relation=of_type) if name == "type" else subjects.exclude(relation=of_type)
        return queryset.filter(pk__in=found.values("document"))

    def kept_in(self, queryset: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        """Documents in the branch of the unit."""
        unit = ArchivalUnit.objects.filter(identifier=value).first()
        return queryset.filter(pk__in=documents_in(unit).values("pk")) if unit else queryset.none()


def _speaks(field: str, language: str) -> Q:
    """The language itself or a variety of it (basic filtering, RFC 4647, section 3.3.1)."""
    return Q(**{f"{field}__iexact": language}) | Q(**{f"{field}__istartswith": f"{language}-"})


class KnownParameters(filters.DjangoFilterBackend):
    """Filtering that refuses parameters it does not know; a view can have further ones in ``also_known``."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """The queryset, narrowed by the parameters of the request."""
        self.refuse_unknown(request, queryset, view)
        return super().filter_queryset(request, queryset, view)

    def cleaned(self, request: Any, queryset: Any, view: Any) -> dict[str, Any]:
        """The values of the filters, for whoever filters by other means.

        :raises ValidationError: naming each that is wrong.
        """
        self.refuse_unknown(request, queryset, view)
        filterset: Any = self.get_filterset(request, queryset, view)
        if not filterset.is_valid():
            raise ValidationError(filterset.errors)
        _ = filterset.qs  # the filters themselves refuse what there is not
        return dict(filterset.form.cleaned_data)

    def refuse_unknown(self, request: Any, queryset: Any, view: Any) -> None:
        """Refuse a request with a parameter that means nothing here.

        :raises ValidationError: naming each.
        """
        filterset = self.get_filterset_class(view, queryset)
        also = view.also_known() if hasattr(view, "also_known") else ()
        known = [*(filterset.base_filters if filterset else ()), *also, "cursor", "page_size"]
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            raise ValidationError(
                {name: [f"There is no such parameter. There are: {', '.join(known)}."] for name in unknown}
            )
        # Left empty, a choice would choose everything, which is none of what there is to choose; so would a day.
        offered = filterset.base_filters if filterset else {}
        empty = [name for name in offered if request.query_params.get(name) == ""]
        wrong = {name: offered[name] for name in empty if "choices" in offered[name].extra or _of_a_day(offered[name])}
        if wrong:
            raise ValidationError({name: [_A_DAY if _of_a_day(each) else _ONE] for name, each in wrong.items()})


def _of_a_day(each: filters.Filter) -> bool:
    return isinstance(each, filters.DateFilter)
