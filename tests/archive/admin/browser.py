"""Forms as a browser sends them back."""

from __future__ import annotations

from typing import Any

from django.forms import Textarea
from django.test import Client


def filled_in(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser would post from the admin page at ``address``, with ``changes`` typed into it.

    Every line break of a text area is CR LF, as HTML says.
    """
    context = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    data = {}
    for field in (field for form in forms for field in form):
        value = field.value()
        if isinstance(value, str) and isinstance(field.field.widget, Textarea):
            value = value.replace("\r\n", "\n").replace("\n", "\r\n")
        if value is not None and value is not False:
            data[field.html_name] = value
    return {**data, **changes}


def said(response: Any) -> str:
    """The messages on a page."""
    return " ".join(str(message) for message in response.context["messages"])
