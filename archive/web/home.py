"""Home: what is here, when it is from, and what came last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.models import Agent, Collection, Document, Place
from archive.naming import publicly_named
from archive.web import finding
from archive.web.browsing.collections import counted
from archive.web.queries import for_readers
from archive.web.responses import page
from archive.web.timeline import timeline

#: Documents that the home page shows.
RECENT = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is here."""
    public = Document.objects.public()
    return page(
        request,
        "archive_web/home.html",
        {
            "documents": public.count(),
            "agents": publicly_named(Agent.objects.current()).count(),
            "places": publicly_named(Place.objects.current()).count(),
            "collections": counted(Collection.objects.public().filter(parent=None)),
            "queries": for_readers(),
            "timeline": timeline(),
            "recent": finding.cards(public.order_by("-published_at", "-pk")[:RECENT]),
        },
    )
