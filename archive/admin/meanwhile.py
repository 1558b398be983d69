"""Two people at one record: the second is told what the first has saved, and her words stay in the form.

The form carries the number of the version that it shows. Where the record has another one when it is saved,
nothing is written. What she left alone then shows what was saved meanwhile, what she typed stays, and she can
save again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import OperationalError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive import history
from archive.admin.differences import told
from archive.admin.merging import merge
from archive.admin.wording import WrittenForm
from archive.away import ATTEMPTS, gave_way
from archive.models.revision import Version

#: Name of the hidden field.
SHOWN = "revision"


@dataclass(slots=True)
class Meanwhile:
    """What others saved since the version that the form showed."""

    revisions: list[Version]
    changes: list[history.Change]
    #: What both changed, in words.
    both: list[str] = field(default_factory=list)

    def __str__(self) -> SafeString:
        context = {"revisions": self.revisions, "difference": told(self.changes), "both": self.both}
        return SafeString(render_to_string("admin/archive/document/meanwhile.html", context))


class GuardedForm(WrittenForm):
    """The form of a record with a history.

    ``revision`` is the version that the form shows, ``meanwhile`` what others saved since.
    """

    meanwhile: ClassVar[Any] = None
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault(SHOWN, getattr(self.instance, "revision_shown", None))

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what somebody else saved meanwhile."""
        cleaned = super().clean()
        if self.meanwhile:
            self.add_error(None, str(self.meanwhile))
        return cleaned


class Guarded(admin.ModelAdmin):
    """Records with a history, whose form, a ``GuardedForm``, notices that somebody else was faster."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The record, with the number of the version that it is; read first, so that it is never too new."""
        known = object_id.isdecimal() and len(object_id) < 19
        number = history.last_number(int(object_id), of=self.model) if known else 0
        thing = super().get_object(request, object_id, from_field)
        if thing:
            thing.revision_shown = number
        return thing

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
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
        """The form; before anything is saved, the record is locked and its version compared.

        Where a worker, an accession's say, has what the record names and wants the record, one of the two gives way.
        She who edits does not hear of it: what she sent is saved when the other is through, or compared with what that
        wrote.
        """
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        sent = request.POST
        for _ in range(ATTEMPTS - 1):
            try:
                return self._compared(request, object_id, form_url, extra_context)
            except OperationalError as error:
                if not gave_way(error):
                    raise
                request.POST, request.fonds_meanwhile = sent, None  # type: ignore[attr-defined]
        return self._compared(request, object_id, form_url, extra_context)

    def _compared(self, request: HttpRequest, object_id: str, form_url: str, extra_context: Any) -> HttpResponse:
        with transaction.atomic():
            thing = self.get_object(request, unquote(object_id))
            if thing and self.has_change_permission(request, thing):
                self._compare(request, thing)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _compare(self, request: HttpRequest, thing: models.Model) -> None:
        self.model._default_manager.select_for_update().get(pk=thing.pk)
        last, sent = history.last_number(thing.pk, of=self.model), request.POST.get(SHOWN)
        if sent is None or sent == str(last):
            return
        revisions = history.revisions_of(thing)
        base = _base(revisions, sent)
        now = history.snapshots([thing.pk], of=self.model)[thing.pk]
        since = revisions.filter(number__gt=base.number if base else 0)
        meanwhile = Meanwhile(
            list(since.select_related("by").defer("contents").order_by("number")),
            history.difference(base.contents, now, of=self.model) if base else [],
        )
        post = request.POST.copy()
        post[SHOWN] = str(last)
        if base:
            meanwhile.both = merge(self, request, post, thing, base.contents, now)
        request.POST = post  # type: ignore[assignment]
        request.fonds_meanwhile = meanwhile  # type: ignore[attr-defined]


def _base(revisions: models.QuerySet[Any], sent: str) -> Version | None:
    """The version that a form showed. One that showed a record without versions showed what was found then."""
    if sent == "0":
        return revisions.filter(number=1, act=history.FOUND).first()
    if not (sent.isdecimal() and len(sent) < 10):
        return None
    return revisions.filter(number=int(sent)).first()
