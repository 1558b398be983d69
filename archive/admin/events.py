"""The stamps of a document: what was done with it, and when."""

from __future__ import annotations

from archive.admin.ordering import OrderedInline
from archive.admin.wording import SmallTextarea, WrittenForm
from archive.models import DocumentEvent
from archive.rules import refuse_unknown_date


class EventForm(WrittenForm):
    """A stamp; its date is EDTF, with the time of day where the stamp tells."""

    class Meta:
        widgets = {"verbatim": SmallTextarea}

    def clean_date(self) -> str:
        """The date, if it is one."""
        edtf: str = self.cleaned_data["date"]
        refuse_unknown_date(edtf)
        return edtf


class EventInline(OrderedInline):
    """Stamps, one a row."""

    model = DocumentEvent
    form = EventForm
    verbose_name = "event"
    fields = ("order", "kind", "date", "place", "destination", "agent", "note", "verbatim")
