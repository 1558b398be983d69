"""From the source: beside each value that came in, the words it was read from, and whether somebody changed it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.accession.provenance import Origin, Provenance, provenance
from archive.models import Document

TEMPLATE = "admin/archive/document/origin.html"


def traced(request: HttpRequest, document: Document | None) -> Provenance | None:
    """Where the values of a document came from, for those who may see what was understood of files.

    Asked for by every part of a page, so it is kept with the document, which lives as long as the request.
    """
    if document is None or document.pk is None or not request.user.has_perm("archive.view_accessionitem"):
        return None
    kept = vars(document)
    if "_traced" not in kept:
        kept["_traced"] = provenance(document)
    found: Provenance | None = kept["_traced"]
    return found


def told(trace: Provenance, origin: Origin, label: str) -> SafeString:
    """The disclosure of one value."""
    return render_to_string(TEMPLATE, {"origin": origin, "item": trace.item, "label": label})


def tell_fields(request: HttpRequest, adminform: AdminForm, document: Document | None) -> None:
    """Put the origins of a document's own values beside their fields."""
    trace = traced(request, document)
    if trace is None:
        return
    form = adminform.form
    read_only: dict[str, str] = dict(getattr(form._meta, "help_texts", None) or {})
    for name, origin in trace.fields.items():
        disclosure = told(trace, origin, name.replace("_", " "))
        if name in form.fields:
            form[name].help_text = format_html("{}{}", form[name].help_text, disclosure)
        else:
            read_only[name] = format_html("{}{}", read_only.get(name, ""), disclosure)
    form._meta.help_texts = read_only  # where the admin looks for what it does not let a user change


class FromSource(InlineModelAdmin):
    """An inline whose rows tell where they came from, in a column of their own."""

    #: Set for one request, as the inline itself is.
    trace: Provenance | None = None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the column, if there is a source to speak of."""
        self.trace = traced(request, obj)
        fields = super().get_fields(request, obj)
        return [*fields, "origin"] if self.trace else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The column is to be read."""
        return (*super().get_readonly_fields(request, obj), "origin")

    @property
    def removed(self) -> SafeString | str:
        """What the source says and a person took away."""
        gone = self.trace.removed.get(self._relation, ()) if self.trace else ()
        if not self.trace or not gone:
            return ""
        return render_to_string("admin/archive/document/removed.html", {"origins": gone, "item": self.trace.item})

    @admin.display(description="from the source")
    def origin(self, row: Any) -> SafeString | str:
        """The words that the row was read from."""
        if self.trace is None or row.pk is None:
            return ""
        origin = self.trace.rows.get(self._relation, {}).get(row.pk)
        return told(self.trace, origin, str(row)) if origin else "Added by hand."

    @property
    def _relation(self) -> str:
        name: str = self.model._meta.get_field("document").remote_field.related_name
        return name
