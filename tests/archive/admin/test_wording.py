"""What cannot be published is refused wherever somebody writes, not only where a test has thought of it."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from archive.admin.wording import WrittenForm

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

APPS = ("archive", "archive_lod", "archive_search", "archive_api", "harvest", "iiif")


@pytest.fixture
def request_of_a_superuser():
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("everything")
    return request


def test_every_form_refuses_control_characters(request_of_a_superuser):
    request = request_of_a_superuser
    forms = {}
    for model, each in admin.site._registry.items():
        if model._meta.app_label in APPS and (each.has_add_permission(request) or writable(each, request)):
            forms[model.__name__] = each.get_form(request)
            forms |= {
                type(inline).__name__: formset.form for formset, inline in each.get_formsets_with_inlines(request)
            }

    assert {"Document", "Agent", "ColumnMapping", "HarvestSource", "TextInline"} <= set(forms)
    # An accession is made by a form of its own, which takes files; of their names Django keeps what can be seen.
    assert [name for name, form in forms.items() if not issubclass(form, WrittenForm)] == ["Accession"]


def writable(model_admin, request) -> bool:
    """Whether there is a field that somebody can write in."""
    return bool(model_admin.has_change_permission(request) and model_admin.get_form(request).base_fields)
