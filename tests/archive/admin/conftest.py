"""People who log in, and a queue that is worked off at once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client


def logged_in(*permissions: str) -> Client:
    user = User.objects.create_user(username=f"user-{User.objects.count()}", is_staff=True)
    wanted = Permission.objects.filter(content_type__app_label="archive")
    if permissions:
        wanted = wanted.filter(codename__in=permissions)
        assert wanted.count() == len(permissions)
    user.user_permissions.set(wanted)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def archivist(db):
    """May do everything in the archive, and is no superuser."""
    return logged_in()


@pytest.fixture
def cataloguer(db):
    """May describe documents, and neither publish nor withdraw them."""
    return logged_in("view_document", "add_document", "change_document", "delete_document", "add_accession")


@pytest.fixture
def worked_off(django_capture_on_commit_callbacks):
    """Posts, and does what was queued meanwhile, as a worker would."""

    def post(client: Client, address: str, data: dict):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, data, follow=True)

    return post
