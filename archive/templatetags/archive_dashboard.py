"""The dashboard as a template tag, for any page of an admin."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("admin/archive/dashboard.html", takes_context=True)
def archive_dashboard(context: template.Context) -> dict[str, Any]:
    """What waits, what went wrong, what happened last, as far as the one who looks may see it."""
    from archive.admin.dashboard import dashboard  # Django imports this module also where the admin is not installed

    return dashboard(context["request"].user)
