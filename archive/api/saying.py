"""What the OpenAPI schema says of answers that are no success, the same for every operation."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, OpenApiResponse

from archive.api import problems
from archive.api.serializers import ProblemSerializer

Example = OpenApiExample
Said = dict[tuple[int, str], OpenApiResponse]


def problem(status_code: int, description: str) -> Said:
    """An error, as problem details."""
    return {(status_code, problems.MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=description)}


TOO_MANY = problem(429, "Too many requests; `Retry-After` says how many seconds to wait.")
BAD_PARAMETER = {**problem(400, "A parameter is wrong; `errors` names it."), **TOO_MANY}
UNKNOWN = {**problem(404, "There is no such thing, or it is not public."), **TOO_MANY}
WITHDRAWN = problem(410, "The document was public once, and was withdrawn.")
REFUSED = {
    **problem(401, "No token, or none that is good."),
    **problem(403, "Your user may not do this."),
    **TOO_MANY,
}
