"""The page of a document: its transcript as text, what is known of it, and every form of it to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive import schema_org, uris
from archive.citations import STYLES, Style, meta_tags
from archive.conf import conf
from archive.description import ContributionDescription, Description, SubjectDescription, describe
from archive.models import Document, DocumentRelation
from archive.models.relation import DocumentRelationKind
from archive.representations import Renderer, registry
from archive.web.beside import beside
from archive.web.finding import Stretch, lit
from archive.web.forms import LABELS
from archive.web.panels import Link, PanelView
from archive.web.panels import registry as panels
from archive.web.responses import page
from archive.web.signposting import LINKSET, LINKSET_JSON, header, linkset, linkset_text, signposts

#: What subjects are called by readers: the label, the relation, and whether they are places.
_SORTS = (
    (_("Kind"), "type", False),
    (_("About"), "about", False),
    (_("Places"), "about", True),
    (_("Written at"), "written at", True),
    (_("Received at"), "received at", True),
)


@dataclass(frozen=True, slots=True)
class LitText:
    """A text of the document, with the hits of the query that led here."""

    label: str
    language: str
    parts: Sequence[Stretch]
    #: How it came about, by whom, and under which licence it is.
    method: str = ""
    made_by: str = ""
    licence_uri: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The part that some agents had in the document."""

    label: str
    agents: tuple[ContributionDescription, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Subjects of one sort."""

    label: str | Promise
    subjects: tuple[SubjectDescription, ...]


def forms(formats: frozenset[str]) -> list[Renderer]:
    """The forms that a document's own address offers, of those in which it is stored."""
    return [renderer for renderer in registry.negotiable() if renderer.format in formats]


def document_page(request: HttpRequest, document: Document, formats: frozenset[str]) -> HttpResponse:
    """The page of a public document that is stored in these formats."""
    description = describe([document.pk], with_sets=False)[0]
    shown = panels.views(description, formats)
    context = {
        **_said(request, description),
        "panels": [view for view in shown if view.template],
        "links": _links(description, formats, shown),
        "named_by": list(_named_by(document)),
    }
    context |= beside(request.GET, context["texts"], context["panels"])
    context["citations"] = [(style.label, f"{description.uri}.{style.extension}", style.media_type) for style in STYLES]
    context["unapi"] = uris.to("archive_web:unapi")
    context["meta_tags"] = meta_tags(description)
    context["schema"] = schema_org.document(description)
    styles = any(view.inline_styles for view in context["panels"])
    response = page(request, "archive_web/document.html", context, inline_styles=styles)
    response["Link"] = header(signposts(description, context["links"]))
    return response


def cited(document: Document, style: Style) -> HttpResponse:
    """A public document as reference managers take it."""
    description = describe([document.pk], with_sets=False)[0]
    response = HttpResponse(style.write(description), content_type=f"{style.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{description.identifier}.{style.extension}"'
    response["Link"] = f'<{description.uri}>; rel="cite-as"'
    response["Cache-Control"] = "public, no-cache"
    return response


def linked(document: Document, formats: frozenset[str], *, as_text: bool) -> HttpResponse:
    """Everything that the page of a public document leads to."""
    description = describe([document.pk], with_sets=False)[0]
    found = signposts(description, _links(description, formats, panels.views(description, formats)))
    if as_text:
        return HttpResponse(linkset_text(description.uri, found), content_type=LINKSET)
    return HttpResponse(linkset(description.uri, found), content_type=LINKSET_JSON)


def preview_page(request: HttpRequest, document: Document) -> HttpResponse:
    """The page of a document in any state: what it says, without the forms that others keep for the public."""
    context = {**_said(request, describe([document.pk], with_sets=False)[0]), "public": document.published}
    return page(request, "archive_web/preview.html", context)


def _said(request: HttpRequest, description: Description) -> dict[str, Any]:
    """What the page says of the document itself."""
    typed = request.GET.get("q", "").strip()
    return {
        "document": description,
        "q": typed,
        "texts": [
            LitText(
                label=t.label,
                language=t.language,
                parts=lit(t.body, typed, language=t.language, field="text"),
                method=t.method,
                made_by=t.made_by,
                licence_uri=t.licence_uri,
            )
            for t in description.texts
        ],
        "parts": _parts(description.contributions),
        "cite_as": cite_as(description),
        "subjects": _subjects(description),
    }


#: What relations are called from the other end.
_NAMED_BY: dict[str, Promise] = {
    DocumentRelationKind.REPLY_TO: _("has a reply"),
    DocumentRelationKind.REFERS_TO: _("is referred to by"),
    DocumentRelationKind.VERSION_OF: _("has a version"),
    DocumentRelationKind.ENCLOSED_IN: _("encloses"),
}


def _named_by(document: Document) -> Iterator[dict[str, object]]:
    """The public documents that stand in a relation to this one."""
    public = Document.objects.public().order_by()
    found = DocumentRelation.objects.filter(target=document, document__in=public).order_by("document", "order", "pk")
    for kind, identifier, title in found.values_list("kind", "document__identifier", "document__title"):
        yield {"label": str(_NAMED_BY.get(kind, kind)), "identifier": identifier, "title": title}


def cite_as(description: Description) -> str:
    """How to cite the document: what it is, where the paper is kept, and where it was read."""
    parts = [description.title.value.rstrip("."), description.date.verbatim or description.date.edtf]
    parts += [reference.verbatim.rstrip(".") for reference in description.references[:1]]
    parts += [conf().REPOSITORY_NAME, description.uri]
    return ". ".join(filter(None, parts))


def _parts(contributions: Iterable[ContributionDescription]) -> list[Part]:
    """Agents by the part they had, in the order in which they were written down."""
    return [Part(label, tuple(agents)) for label, agents in groupby(contributions, key=lambda each: each.label)]


def _subjects(description: Description) -> list[Fact]:
    """Subjects by how the document stands to them, and whether they are places."""
    facts = [
        Fact(label, tuple(s for s in description.subjects if s.relation == relation and (s.kind == "place") == place))
        for label, relation, place in _SORTS
    ]
    return [fact for fact in facts if fact.subjects]


def _links(description: Description, formats: frozenset[str], shown: Iterable[PanelView]) -> list[Link]:
    """Every form to take away: those of the document's own address, then those of other apps."""
    own = [
        Link(
            label=LABELS.get(renderer.media_type.partition(";")[0].strip(), renderer.format),
            url=f"{uris.document(description.identifier)}.{renderer.extension}",
            media_type=renderer.media_type,
        )
        for renderer in forms(formats)
    ]
    return [*own, *(link for view in shown for link in view.links)]
