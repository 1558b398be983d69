"""Two people at one document: the second is told what the first has saved, and her words stay in the form.

The form carries the number of the version that it shows. Where the document has another one when it is saved,
nothing is written. What she left alone then shows what was saved meanwhile, what she typed stays, and she can
save again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive import history
from archive.admin.differences import told
from archive.admin.merging import merge
from archive.models import Document, Revision

#: Name of the hidden field.
SHOWN = "revision"


@dataclass(slots=True)
class Meanwhile:
    """What others saved since the version that the form showed."""

    revisions: list[Revision]
    changes: list[history.Change]
    #: What both changed, in words.
    both: list[str] = field(default_factory=list)

    def __str__(self) -> SafeString:
        context = {"revisions": self.revisions, "difference": told(self.changes), "both": self.both}
        return SafeString(render_to_string("admin/archive/document/meanwhile.html", context))


class Guarded(admin.ModelAdmin):
    """Documents whose form notices that somebody else was faster."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Document | None:
        """The document, with the number of the version that it is; read first, so that it is never too new."""
        number = history.last_number(int(object_id)) if object_id.isdecimal() else 0
        document: Document | None = super().get_object(request, object_id, from_field)
        if document:
            document.revision_shown = number  # type: ignore[attr-defined]
        return document

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """With the hidden field, for those who may save."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        *others, (name, options) = fieldsets
        return [*others, (name, {**options, "fields": (*options["fields"], SHOWN)})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form; it refuses what was typed into an old version."""
        form = super().get_form(request, obj, change=change, **kwargs)
        meanwhile = getattr(request, "fonds_meanwhile", None)
        return type(form.__name__, (form,), {"meanwhile": meanwhile}) if meanwhile else form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form; before anything is saved, the document is locked and its version compared."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            document = self.get_object(request, unquote(object_id))
            if document and self.has_change_permission(request, document):
                self._compare(request, document)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _compare(self, request: HttpRequest, document: Document) -> None:
        Document.objects.select_for_update().get(pk=document.pk)
        last, sent = history.last_number(document.pk), request.POST.get(SHOWN)
        if sent is None or sent == str(last):
            return
        base = _base(document, sent)
        now = history.snapshots([document.pk])[document.pk]
        since = document.revisions.filter(number__gt=base.number if base else 0)
        meanwhile = Meanwhile(
            list(since.select_related("by").defer("contents").order_by("number")),
            history.difference(base.contents, now) if base else [],
        )
        post = request.POST.copy()
        post[SHOWN] = str(last)
        if base:
            meanwhile.both = merge(self, request, post, document, base.contents, now)
        request.POST = post  # type: ignore[assignment]
        request.fonds_meanwhile = meanwhile  # type: ignore[attr-defined]


def _base(document: Document, sent: str) -> Revision | None:
    """The version that a form showed. One that showed a document without versions showed what was found then."""
    if sent == "0":
        return Revision.objects.filter(document=document, number=1, act=history.FOUND).first()
    if not sent.isdecimal():
        return None
    return Revision.objects.filter(document=document, number=int(sent)).first()
