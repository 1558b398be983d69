"""What a browser may load into a page of the admin: what comes from the site itself, and nothing else.

The admin shows what was written elsewhere, by people and machines that nobody here knows. Django escapes it; if
something ever slips through, this keeps it from running.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

#: Styles within the page too: Django's autocomplete writes some.
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def policy_of_the_admin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware; a page that has a policy of its own, such as a preview, keeps it."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(reverse("admin:index")):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return respond
