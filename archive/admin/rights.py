"""Rights statements in forms: the known ones offered."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AdminURLFieldWidget

from archive.vocab.rights import choices


class RightsInput(AdminURLFieldWidget):
    """An address, with those of rightsstatements.org and Creative Commons to choose from."""

    template_name = "admin/archive/document/rights.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the choices, in a list of their own for each input."""
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id') or name}_choices"
        context["widget"]["attrs"]["list"] = listed
        offered = [(address, label) for _, group in choices() for address, label in group]
        return {**context, "listed": listed, "offered": offered, "chosen": dict(offered).get(value, "")}
