"""What the API remembers: requests that came with a key of their own, and how they were answered."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AnsweredRequest(models.Model):
    """A request with an ``Idempotency-Key``; the same one is answered alike and done once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    #: SHA-256 of the key, in hexadecimal.
    key = models.CharField(max_length=64)
    #: SHA-256 of what was asked: method, address, conditions and body.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="archive_api_key_once_per_user")]

    def __str__(self) -> str:
        return self.key
