"""Column mappings in the admin: the columns of a sample beside their choices, and what its rows would come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path

from archive.admin.wording import WrittenForm
from archive.conf import conf
from archive.drafts import Draft, RefusedPart
from archive.models import ColumnMapping
from archive.readers import Source
from archive.readers.tables.headings import FIELDS, columns_of
from archive.readers.tables.mapping import ColumnMapping as Mapping
from archive.readers.tables.samples import Sample, rehearsed, sample_of
from archive.vocab.dcmi import TERMS

#: Field of the form, and of each of its rows.
HEADING, FIELD, LANGUAGE = "columns-heading", "columns-field", "columns-language"
#: Rows of a sample of which the fields are shown.
_SHOWN = 3


class ColumnsWidget(forms.Widget):
    """A row for each column: its heading, its first words, its field and the language of its words."""

    template_name = "admin/archive/columnmapping/columns.html"
    sample = Sample()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[list[str]]:
        """The pairs of heading and field."""
        rows = zip(data.getlist(HEADING), data.getlist(FIELD), data.getlist(LANGUAGE), strict=False)
        return [[heading.strip(), _field(field, tag.strip())] for heading, field, tag in rows if heading.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: no row at all is an answer too."""
        return False

    def format_value(self, value: Any) -> Any:
        """The pairs as they are."""
        return value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the rows, one of them empty for a heading that no sample has."""
        given = dict(value) if isinstance(value, list) else {}
        examples = dict(self.sample.headings)
        headings = [*examples, *(each for each in given if each not in examples), ""]
        context = super().get_context(name, None, attrs)
        rows = [_row(heading, given.get(heading, ""), examples.get(heading, ())) for heading in headings]
        return {**context, "rows": rows, "sample": self.sample, "fields": FIELDS, "terms": sorted(TERMS)}


def _field(field: str, language: str) -> str:
    return f"{field}@{language}" if field and language else field


def _row(heading: str, given: str, examples: tuple[str, ...]) -> dict[str, Any]:
    field, _, language = given.partition("@")
    [column] = columns_of([heading], Mapping())
    said = FIELDS.get(column.field, column.field)
    return {"heading": heading, "field": field, "language": language, "examples": examples, "said": said}


class ColumnsField(forms.JSONField):
    """Pairs of heading and field, as the widget has them."""

    widget = ColumnsWidget

    def to_python(self, value: Any) -> Any:
        """The pairs as they are."""
        return value

    def prepare_value(self, value: Any) -> Any:
        """The pairs as they are."""
        return value

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The pairs as they are."""
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the pairs are others."""
        return bool(initial != data)


class MappingForm(WrittenForm):
    """A mapping, and a sample that is only looked at."""

    sample = forms.FileField(
        required=False,
        help_text="A table of the kind. Its columns are shown below with their first words; the file is not kept.",
    )
    columns = ColumnsField(required=False)

    class Meta:
        model = ColumnMapping
        fields = ("name", "separator", "language", "system", "sample", "columns")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = _source(self.files.get("sample"))
        if self.source:
            self.fields["columns"].widget.sample = sample_of(self.source)

    def clean_sample(self) -> None:
        """Refuse a sample that is no table, or larger than this site takes."""
        given, found = self.files.get("sample"), self.fields["columns"].widget.sample
        if given and self.source is None:
            raise forms.ValidationError(f"{given.name} is larger than this site takes.")
        if found.refused:
            raise forms.ValidationError(found.refused)

    def clean_columns(self) -> list[list[str]]:
        """The columns, with those of the sample that have no row yet."""
        columns: list[list[str]] = self.cleaned_data["columns"] or []
        known = {heading for heading, _ in columns}
        headings = self.fields["columns"].widget.sample.headings
        return [*columns, *([heading, ""] for heading, _ in headings if heading not in known)]

    def check_of_sample(self) -> Iterator[dict[str, Any]]:
        """What the first rows of the sample would come to by what is in the form now."""
        if self.source is None or not self.is_valid():
            return
        self.source.mapping = ColumnMapping(
            **{name: self.cleaned_data[name] for name in ("name", "columns", "separator", "language", "system")}
        ).as_mapping()
        for order, part in enumerate(rehearsed(self.source)):
            if isinstance(part, Draft):
                fields = [(each.value.name, each.verbatim, each.locator) for each in part.fields]
                yield {"fields": fields if order < _SHOWN else (), "notices": part.notices, "came_in": True}
            else:
                yield {"refused": part.reason if isinstance(part, RefusedPart) else str(part)}


def _source(given: UploadedFile | None) -> Source | None:
    if given is None or (given.size or 0) > conf().SOURCE_LIMIT:
        return None
    return Source(given.name or "sample", given.read())


@admin.register(ColumnMapping)
class ColumnMappingAdmin(admin.ModelAdmin):
    """Column mappings."""

    form = MappingForm
    list_display = ("name", "system", "language")
    search_fields = ("name", "system")
    fields = ("name", "separator", "language", "system", "sample", "columns")

    class Media:
        css: ClassVar = {"all": ["archive/admin.css", "archive/mapping.css"]}
        js: ClassVar = ["archive/mapping.js"]

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the check."""
        view = self.admin_site.admin_view(self.check_view)
        return [path("check/", view, name="archive_columnmapping_check"), *super().get_urls()]

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """The columns of a sample, and what its first rows would come to; nothing is kept."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        known = ColumnMapping.objects.filter(name=request.POST.get("name", "")).first()
        data = request.POST.copy()
        data["name"] = data.get("name") or "sample"  # a name is wanted only when it is saved
        form = MappingForm(data, request.FILES, instance=known)
        rows = list(form.check_of_sample())
        context = {"form": form, "rows": rows, "came_in": sum("came_in" in row for row in rows)}
        return render(request, "admin/archive/columnmapping/check.html", context)
