"""Every page of the admin worth a look, and how one comes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.browser import wait_until
from tests.tour.holdings import Holdings

Way = Callable[["Visit"], None]


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with a browser at the site."""

    driver: Any
    site: str
    holdings: Holdings

    def go(self, view: str, *arguments: object, query: str = "") -> None:
        """Open a page of the admin."""
        self.driver.get(f"{self.site}{reverse(f'admin:{view}', args=arguments)}{query}")

    def press(self, selector: str) -> None:
        """Press a button that leads to another page, and wait for that page."""
        before = self.driver.find_element("css selector", "html")
        self.driver.execute_script("document.querySelector(arguments[0]).click()", selector)
        wait_until(lambda: self._other(before))

    def act(self, model: str, action: str, *, rows: int = 2, query: str = "", **typed: str) -> None:
        """Choose the first rows of a list and an action."""
        self.go(f"archive_{model}_changelist", query=query)
        self.driver.execute_script(
            "[...document.querySelectorAll('.action-select')].slice(0, arguments[0]).forEach(each => each.click());"
            "document.querySelector('select[name=action]').value = arguments[1];",
            rows,
            action,
        )
        self.press(".actions button[name=index]")

    def _other(self, before: Any) -> bool:
        """Whether the browser has another page than before, and all of it."""
        now = self.driver.find_element("css selector", "html")
        return bool(now != before and self.driver.execute_script("return document.readyState") == "complete")


def page(view: str, of: str = "", *, query: str = "") -> Way:
    """A page that has an address of its own; ``of`` names what it is about in the holdings."""

    def way(visit: Visit) -> None:
        arguments = [getattr(visit.holdings, of).pk] if of else []
        visit.go(view, *arguments, query=query)

    return way


def _item(outcome: str) -> Way:
    """The first file of the accession with this outcome."""

    def way(visit: Visit) -> None:
        item = visit.holdings.accession.items.filter(state=outcome).order_by("source", "part").first()
        visit.go("archive_accessionitem_change", item.pk)

    return way


def _source(state: str) -> Way:
    """The first file of the accession in this state."""

    def way(visit: Visit) -> None:
        visit.go("archive_accessionsource_change", visit.holdings.accession.sources.filter(state=state)[0].pk)

    return way


def _with_errors(visit: Visit) -> None:
    """A document that was not filled in."""
    visit.go("archive_document_add")
    visit.press("input[name=_save]")


def _bulk_choose(visit: Visit) -> None:
    visit.act("document", "edit_in_bulk", rows=20)
    visit.driver.execute_script("document.querySelector('.fonds-bulk details').open = true")


def _bulk_preview(visit: Visit) -> None:
    visit.act("document", "edit_in_bulk", rows=20)
    visit.driver.execute_script(
        "const form = document.querySelector('input[name=operation][value=set_rights]').form;"
        "form.closest('details').open = true;"
        "form.elements.rights_uri.value = 'http://rightsstatements.org/vocab/InC/1.0/';"
        "form.querySelector('[type=submit]').id = 'chosen'"
    )
    visit.press("#chosen")


def _history(visit: Visit) -> None:
    visit.go("archive_document_history", visit.holdings.document.pk)


def _restore(visit: Visit) -> None:
    visit.go("archive_document_restore", visit.holdings.document.pk, 1)


def _preview_as(visit: Visit) -> None:
    visit.go("archive_document_preview_as", visit.holdings.document.pk, "oai_dc")


def _preview_link(visit: Visit) -> None:
    visit.go("archive_document_preview", visit.holdings.draft.pk)
    visit.press("#content form input[type=submit]")


def _branch(visit: Visit) -> None:
    opis = visit.holdings.fond.children.get()
    visit.go("archive_archivalunit_changelist", query=f"?parent__id__exact={opis.pk}")


STOPS: dict[str, Way] = {
    "dashboard": page("index"),
    "documents": page("archive_document_changelist"),
    "documents-found": page("archive_document_changelist", query="?q=Stalin&state__exact=draft"),
    "document": page("archive_document_change", "document"),
    "draft": page("archive_document_change", "draft"),
    "document-add": page("archive_document_add"),
    "document-with-errors": _with_errors,
    "bulk-choose": _bulk_choose,
    "bulk-preview": _bulk_preview,
    "withdraw": lambda visit: visit.act("document", "withdraw", query="?state__exact=published"),
    "delete": lambda visit: visit.act("document", "delete_selected", query="?state__exact=draft"),
    "history": _history,
    "restore": _restore,
    "preview": _preview_as,
    "preview-link": _preview_link,
    "accessions": page("archive_accession_changelist"),
    "accession": page("archive_accession_change", "accession"),
    "accession-at-work": page("archive_accession_change", "at_work"),
    "upload": page("archive_accession_add"),
    "items": page("archive_accessionitem_changelist"),
    "item": _item("created"),
    "source-refused": _source("refused"),
    "originals": page("archive_original_changelist"),
    "representations": page("archive_representation_changelist"),
    "jobs": page("archive_job_changelist"),
    "job": page("archive_job_change", "job"),
    "job-at-work": page("archive_job_change", "job_at_work"),
    "job-items": page("archive_jobitem_changelist"),
    "agents": page("archive_agent_changelist"),
    "agent": page("archive_agent_change", "agent"),
    "agent-merged": page("archive_agent_change", "merged"),
    "merge": lambda visit: visit.act("agent", "merge"),
    "links": page("archive_authoritylink_changelist"),
    "concept": page("archive_concept_change", "concept"),
    "place": page("archive_place_change", "place"),
    "collections": page("archive_collection_changelist"),
    "stored-queries": page("archive_storedquery_changelist"),
    "stored-query": page("archive_storedquery_change", "stored_query"),
    "units": page("archive_archivalunit_changelist"),
    "branch": _branch,
    "unit": page("archive_archivalunit_change", "fond"),
    "harvest-sources": page("harvest_harvestsource_changelist"),
    "harvest-source": page("harvest_harvestsource_change", "source"),
    "harvest-source-new": page("harvest_harvestsource_add"),
    "harvest-runs": page("harvest_harvestrun_changelist"),
    "harvest-run": page("harvest_harvestrun_change", "harvest"),
    "harvest-run-at-work": page("harvest_harvestrun_change", "harvest_at_work"),
    "harvest-records": page("harvest_harvestedrecord_changelist"),
    "harvest-problems": page("harvest_harvestproblem_changelist"),
    "shape-checks": page("archive_lod_shapecheck_changelist"),
    "shape-check": page("archive_lod_shapecheck_change", "check"),
    "look-ups": page("archive_lod_lookup_changelist"),
    "look-up": page("archive_lod_lookup_change", "look_up"),
}
