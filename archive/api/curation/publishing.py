"""Publishing and withdrawing by the API: jobs, as in the admin, with a report for each document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from archive import jobs, uris
from archive.api import idempotency, problems
from archive.api.access import ProtectedAPIView, demand
from archive.api.accession_serializers import by_state
from archive.api.curation.examples import JOB
from archive.api.curation.fields import Words
from archive.api.curation.views import WRONG
from archive.api.examples import shown
from archive.api.parsing import JSON
from archive.api.saying import REFUSED, UNKNOWN, Example, problem
from archive.api.strict import Strict
from archive.jobs.operations import Operation
from archive.jobs.operations.publish import Publish
from archive.jobs.operations.withdraw import Withdraw
from archive.models import Document, Job, JobItem

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Documents of one request, and of the report of a job.
MOST = 1000


class SelectionSerializer(Strict):
    """Documents by their identifiers."""

    documents = serializers.ListField(child=Words(min_length=1, max_length=64), min_length=1, max_length=MOST)


class WithdrawalSerializer(SelectionSerializer):
    """Documents, and why they are withdrawn."""

    reason = Words(max_length=500, help_text="Readers who follow an old link may be shown it.")


class JobItemSerializer(serializers.Serializer[Any]):
    """What became of one document."""

    document = serializers.CharField(source="identifier")
    state = serializers.ChoiceField(JobItem.State.choices)
    message = serializers.CharField()


class JobSerializer(serializers.Serializer[Any]):
    """A job: ask again until `finished_at` is there."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField()
    label = serializers.CharField()  # type: ignore[assignment] # DRF takes declared fields off the class
    state = serializers.ChoiceField(Job.State.choices)
    total = serializers.IntegerField()
    documents = serializers.SerializerMethodField(help_text="How many documents are in which state.")
    items = serializers.SerializerMethodField(help_text="Each document; of more than 1000, those.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, job: Job) -> str:
        """Its address."""
        return uris.to("archive_api:curation-job", job.pk)

    def get_documents(self, job: Job) -> dict[str, int]:
        """Documents by state."""
        return by_state(job.items)

    @extend_schema_field(JobItemSerializer(many=True))
    def get_items(self, job: Job) -> Any:
        """What became of each."""
        return JobItemSerializer(job.items.order_by("pk")[:MOST], many=True).data


STARTED: dict[Any, Any] = {
    202: OpenApiResponse(JobSerializer, description="The job; its address is in `Location`."),
    **WRONG,
    **REFUSED,
    **problem(413, "The body is larger than the site takes."),
    **problem(415, "Send JSON."),
    **problem(422, "The key came with another request before."),
}


class _Starting(ProtectedAPIView):
    """Something that is done to a selection of documents."""

    parser_classes = (JSON,)
    shape: type[Strict]

    def operation(self, said: dict[str, Any]) -> Operation:
        """What is done."""
        raise NotImplementedError

    def started(self, request: Request, permission: str, what: str) -> Response:
        """Start the job, once."""
        demand(request.user.has_perm("archive.view_document") and request.user.has_perm(permission), what)

        def act() -> Response:
            shape = self.shape(data=request.data)
            if not shape.is_valid():
                raise problems.invalid_body(shape.errors)
            said = shape.validated_data
            job = jobs.submit(self.operation(said), _chosen(said["documents"]), by=cast("User", request.user))
            told = dict(JobSerializer(job).data)
            return Response(told, status=status.HTTP_202_ACCEPTED, headers={"Location": told["url"]})

        return idempotency.once(request, act)


def _chosen(names: list[str]) -> Any:
    """The documents of these names.

    :raises Invalid: naming those that there are not.
    """
    found = Document.objects.filter(identifier__in=names)
    there = set(found.values_list("identifier", flat=True))
    lost = [(at, name) for at, name in enumerate(names) if name not in there]
    if lost:
        raise problems.Invalid(
            [{"pointer": f"/documents/{at}", "detail": f"There is no document {name}."} for at, name in lost]
        )
    return found


class Publications(_Starting):
    """Documents to be published."""

    shape = SelectionSerializer

    def operation(self, said: dict[str, Any]) -> Operation:
        """Publish; what is public already is rendered anew."""
        return Publish()

    @extend_schema(
        operation_id="curation_publish",
        request=SelectionSerializer,
        parameters=[idempotency.PARAMETER],
        responses=STARTED,
        examples=[Example("Two", value={"documents": ["110692", "110693"]}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Publish documents: a worker renders them. One under embargo waits for the end of that."""
        return self.started(request, "archive.publish_document", "publish documents")


class Withdrawals(_Starting):
    """Documents to be withdrawn."""

    shape = WithdrawalSerializer

    def operation(self, said: dict[str, Any]) -> Operation:
        """Withdraw, for the reason that was given."""
        return Withdraw(said["reason"])

    @extend_schema(
        operation_id="curation_withdraw",
        request=WithdrawalSerializer,
        parameters=[idempotency.PARAMETER],
        responses=STARTED,
        examples=[
            Example(
                "One", value={"documents": ["110692"], "reason": "At the request of the family."}, request_only=True
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Withdraw public documents, at once: nobody sees them when this is answered."""
        return self.started(request, "archive.withdraw_document", "withdraw documents")


class JobDetail(ProtectedAPIView):
    """One job."""

    @extend_schema(
        operation_id="curation_job", responses={200: JobSerializer, **REFUSED, **UNKNOWN}, examples=shown(JOB)
    )
    def get(self, request: Request, pk: int) -> Response:
        """How a job stands, for who started it and for who may see jobs."""
        jobs_seen = Job.objects.all()
        if not request.user.has_perms(["archive.view_job", "archive.view_jobitem"]):
            jobs_seen = jobs_seen.filter(created_by=request.user.pk)
        job = jobs_seen.filter(pk=pk).first()
        if job is None:
            raise NotFound(f"There is no job {pk}, or it is another's.")
        return Response(JobSerializer(job).data)
