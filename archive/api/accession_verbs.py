"""Verbs on accessions in the API: cancel, retry, take in, discard, undo. Each is a POST, for who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from archive import accession as verbs
from archive.accession import permissions
from archive.api import idempotency, problems
from archive.api.access import ProtectedAPIView, demand
from archive.api.accession_serializers import AccessionSerializer, DoneSerializer, ForeseenSerializer
from archive.api.accession_views import CONFLICT, UNKNOWN, seen, told
from archive.api.examples import ACCESSION, DONE, FORESEEN, shown
from archive.api.saying import problem
from archive.jobs.accessions import undo_accession, what_undoing_does
from archive.jobs.steering import CannotBeUndone
from archive.models import Accession

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OTHER = {
    **problem(400, "The Idempotency-Key is none that it can be."),
    **problem(422, "The key came with another request before."),
}


class Steering(ProtectedAPIView):
    """What is asked of an accession by POST. ``verb`` does it, and ``otherwise`` is said where it cannot be done."""

    what = "steer this accession"
    otherwise = ""

    def verb(self, accession: Accession) -> int:
        """Do it; how much was done."""
        raise NotImplementedError

    def asked(self, request: Request, pk: int) -> Response:
        """Do it for who may, and answer with what was done.

        :raises Conflict: it cannot be done as the accession stands.
        """
        return idempotency.once(request, lambda: self._steered(request, pk))

    def _steered(self, request: Request, pk: int) -> Response:
        accession = seen(request, pk)
        demand(permissions.may_steer(request.user, accession), self.what)
        count = self.verb(accession)
        if not count:
            accession.refresh_from_db()
            raise problems.Conflict(f"{accession} is {accession.get_state_display()}. {self.otherwise}")
        return Response({"count": count, "accession": told(accession)}, status=status.HTTP_202_ACCEPTED)


def steering(operation: str, verb: Callable[[Accession], int], *, says: str, otherwise: str) -> type[Steering]:
    """The view of one verb."""

    class View(Steering):
        __doc__ = says

        @extend_schema(
            operation_id=operation,
            description=says,
            request=None,
            parameters=[idempotency.PARAMETER],
            responses={202: DoneSerializer, **CONFLICT, **OTHER},
            examples=shown(DONE, 202),
        )
        def post(self, request: Request, pk: int) -> Response:
            return self.asked(request, pk)

    View.verb = staticmethod(verb)  # type: ignore[assignment,method-assign]
    View.otherwise = otherwise
    return View


Cancel = steering(
    "accession_cancel",
    lambda accession: int(verbs.cancel(accession)),
    says="Let nothing further be taken up. What is in work comes to its end.",
    otherwise="Nothing was cancelled.",
)
Retry = steering(
    "accession_retry",
    verbs.retry,
    says="Take up again what failed or was left out.",
    otherwise="There is nothing to retry.",
)
TakeIn = steering(
    "accession_take_in",
    verbs.take_in,
    says="Let what was looked at come in.",
    otherwise="Only what was looked at and waits is taken in.",
)
Discard = steering(
    "accession_discard",
    lambda accession: int(verbs.discard(accession)),
    says="Take nothing in of what was looked at.",
    otherwise="Only what was looked at and waits is discarded.",
)


class Undo(ProtectedAPIView):
    """Undoing an accession."""

    @extend_schema(
        operation_id="accession_undo_foreseen", responses={200: ForeseenSerializer, **UNKNOWN}, examples=shown(FORESEEN)
    )
    def get(self, request: Request, pk: int) -> Response:
        """What undoing would do to each document, and why; nothing is done."""
        accession = self._allowed(request, pk)
        return Response(ForeseenSerializer(what_undoing_does(accession, by=cast("User", request.user))).data)

    @extend_schema(
        operation_id="accession_undo",
        request=None,
        parameters=[idempotency.PARAMETER],
        responses={202: AccessionSerializer, **CONFLICT, **OTHER},
        examples=shown(ACCESSION, 202),
    )
    def post(self, request: Request, pk: int) -> Response:
        """Put back what an accession did, where nobody has changed it since; `undo` tells how far that is."""
        return idempotency.once(request, lambda: self._undone(request, pk))

    def _undone(self, request: Request, pk: int) -> Response:
        accession = self._allowed(request, pk)
        try:
            undo_accession(accession, by=cast("User", request.user))
        except CannotBeUndone as refusal:
            raise problems.Conflict(str(refusal)) from refusal
        return Response(told(accession), status=status.HTTP_202_ACCEPTED)

    def _allowed(self, request: Request, pk: int) -> Accession:
        accession = seen(request, pk)
        demand(permissions.may_undo(request.user, accession), "undo this accession")
        return accession
