"""Who had what part in a document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from archive.admin.authorities import CurrentOnly
from archive.admin.ordering import OrderedInline
from archive.models import Contribution


class ContributionInline(CurrentOnly, OrderedInline):
    """Contributions, one a row; the agent is found by any of its names."""

    model = Contribution
    fields = ("order", "role", "agent", "as_written", "certain", "copies")
    autocomplete_fields = ("agent",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Agents can be made and corrected from here, but not deleted: other documents name them too."""
        formset = super().get_formset(request, obj, **kwargs)
        if "agent" in formset.form.base_fields:
            widget = formset.form.base_fields["agent"].widget
            widget.can_delete_related = widget.can_view_related = False
        return formset
