"""What tests of the API begin with."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from archive.models import Document


def public_without_forms(*documents: Document) -> None:
    """Make documents public and render nothing, which takes a second each: the API describes them from their rows."""
    keys = [each.pk for each in documents]
    Document.objects.filter(pk__in=keys).update(state=Document.State.PUBLISHED, published_at=timezone.now())


def a_member(group: str = "", *, permissions: tuple[str, ...] = ()) -> APIClient:
    """A client with the token of a user in a group, or with some permissions."""
    user = User.objects.create_user(group or f"user{User.objects.count()}")
    if group:
        user.groups.add(Group.objects.get(name=group))
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return APIClient(headers={"Authorization": f"Bearer {Token.objects.create(user=user)}"})


def written(client: APIClient, address: str, patch: Any, *, etag: str = "") -> Any:
    """The answer to a change of what stands at an address now."""
    etag = etag or client.get(address).get("ETag", "*")
    return client.patch(address, patch, format="json", headers={"If-Match": etag})
