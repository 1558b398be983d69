"""What the admin's pages may load."""

import pytest
from django.urls import reverse

from archive.accession.originals import keep
from archive.readers import Source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_pages_of_the_admin_load_scripts_from_the_site_alone(admin_client):
    policy = admin_client.get(reverse("admin:index"))["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "script-src" not in policy


def test_login_has_the_policy_too(client):
    assert "Content-Security-Policy" in client.get(reverse("admin:login"))


def test_answer_with_a_policy_of_its_own_keeps_it(admin_client):
    original = keep(Source("page.html", b"<script>alert(1)</script>"))

    response = admin_client.get(reverse("admin:archive_original_download", args=[original.pk]))

    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_public_pages_are_left_to_themselves(client):
    assert "frame-ancestors 'none'" not in client.get("/healthz").headers.get("Content-Security-Policy", "")
