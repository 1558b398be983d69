"""Links of authorities in the admin: proposed by a service or a person, accepted or rejected by a curator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive import history
from archive.admin import look
from archive.admin.badges import badge
from archive.admin.paging import LongListAdmin
from archive.admin.queueing import refresh_later
from archive.admin.searching import Way, answering, contains
from archive.admin.wording import WRITTEN, WrittenForm
from archive.models import Agent, AuthorityLink, Concept, Place
from archive.models.link import LinkStatus as Status
from archive.naming import documents_naming, kind_of
from archive.narrowing import among, few

BUTTON = '<button type="submit" class="button" name="{}" value="{}" aria-label="{} {}">{}</button> '
#: The buttons of a row, and what each makes of the link.
JUDGEMENTS: Mapping[str, Status] = {"_accept": Status.ACCEPTED, "_reject": Status.REJECTED}


class LinkInline(admin.TabularInline):
    """Links, one a row; only accepted ones are published. Of whatever authority they are on the page of."""

    model = AuthorityLink
    form = WrittenForm
    formfield_overrides: ClassVar = WRITTEN
    extra = 0
    fields = ("source", "uri", "relation", "status", "judge", "proposed")
    readonly_fields = ("judge", "proposed")
    verbose_name = "link"

    @admin.display(description="judge")
    def judge(self, link: AuthorityLink) -> SafeString | str:
        """Two buttons, which save what else was changed too."""
        if link.pk is None:
            return ""
        buttons = [
            format_html(BUTTON, name, link.pk, said, link.uri, said)
            for name, said, status in (("_accept", "Accept", Status.ACCEPTED), ("_reject", "Reject", Status.REJECTED))
            if link.status != status
        ]
        return format_html("{}" * len(buttons), *buttons)

    @admin.display(description="proposed, reviewed")
    def proposed(self, link: AuthorityLink) -> str:
        """How sure the service was that proposed it, and who judged it."""
        score = [f"score {link.score:g}"] if link.score is not None else []
        by = [f"by {link.reviewed_by}"] if link.reviewed_by else []
        return ", ".join([*score, *by])

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuthorityLink]:
        """With who judged each."""
        return super().get_queryset(request).select_related("reviewed_by")


class ReviewedLinks(admin.ModelAdmin):
    """An admin class with links in it: who judges one is remembered."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save; then judge the link whose button was pressed."""
        if formset.model is not AuthorityLink:
            super().save_formset(request, form, formset, change)
            return
        for each in formset.forms:
            if "status" in each.changed_data:
                each.instance.reviewed_by = None if each.instance.status == Status.CANDIDATE else request.user
        super().save_formset(request, form, formset, change)
        for name, status in JUDGEMENTS.items():
            if (pressed := request.POST.get(name, "")).isdigit():
                kind = formset.fk.name
                links = AuthorityLink.objects.filter(pk=int(pressed), **{kind: form.instance})
                if links.update(status=status, reviewed_by=request.user):
                    refresh_later(request, documents_naming(form.instance))

    def stay(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """The same page again, if a button of a link was pressed on it."""
        if not any(name in request.POST for name in JUDGEMENTS):
            return None
        messages.success(request, f"“{obj}” is saved, and the link is judged.")
        return HttpResponseRedirect(request.path)


@admin.register(AuthorityLink)
class AuthorityLinkAdmin(LongListAdmin):
    """All links in one list, to work off the candidates."""

    list_display = ("uri", "source", "relation", "of", "score", "standing", "reviewed_by")
    list_filter = ("status", "source")
    list_select_related = ("agent", "place", "concept", "reviewed_by")
    list_per_page = 50
    search_fields = ("uri",)  # shows the box; get_search_results says what is searched
    search_help_text = "The address, or the name of what it is a link of."
    actions = ("accept", "reject")
    ordering = ("-score", "-id")
    fields = ("of", "source", "uri", "relation", "standing", "score", "reviewed_by", "created_at")
    readonly_fields = fields

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Those with every word in the address, or in the name of what they are links of."""
        return answering(queryset, search_term, _ways), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Links are added where their authority is."""
        return False

    @admin.action(permissions=["change"], description="Accept selected links")
    def accept(self, request: HttpRequest, queryset: QuerySet[AuthorityLink]) -> None:
        """They are the same; publish them."""
        self._judge(request, queryset, Status.ACCEPTED)

    @admin.action(permissions=["change"], description="Reject selected links")
    def reject(self, request: HttpRequest, queryset: QuerySet[AuthorityLink]) -> None:
        """They are not; keep them, so that nobody proposes them again."""
        self._judge(request, queryset, Status.REJECTED)

    @transaction.atomic
    def _judge(self, request: HttpRequest, links: QuerySet[AuthorityLink], status: Status) -> None:
        judged = list(links.exclude(status=status).select_related("agent", "place", "concept"))
        authorities = {each for link in judged if (each := link.agent or link.place or link.concept)}
        for each in authorities:
            history.keep([each.pk], of=type(each))
        AuthorityLink.objects.filter(pk__in=[link.pk for link in judged]).update(
            status=status, reviewed_by=request.user
        )
        for each in authorities:
            history.record([each.pk], act=history.EDITED, by=request.user, of=type(each))  # type: ignore[arg-type]
            refresh_later(request, documents_naming(each))
        messages.success(request, f"{len(judged)} {'link' if len(judged) == 1 else 'links'} {status.label}.")

    @admin.display(description="link of")
    def of(self, link: AuthorityLink) -> str:
        """The authority."""
        return str(link.agent or link.place or link.concept)

    @admin.display(description="status", ordering="status")
    def standing(self, link: AuthorityLink) -> SafeString:
        """What a curator thinks of it, as a badge."""
        return badge(link.status, link.get_status_display())


def _ways(word: str) -> list[Way]:
    ways = [Way(AuthorityLink, contains("uri", word))]
    for model in (Agent, Place, Concept):
        named = model._default_manager.order_by().filter(contains("name", word))
        keys = few(named, "pk")
        of: Any = named.values("pk") if keys is None else among(keys)
        if keys != []:
            ways.append(Way(AuthorityLink, Q(**{f"{kind_of(model)}__in": of})))
    return ways
