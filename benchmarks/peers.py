"""Peers of the provider on the same store: stock oaipmh with prefetched statements, oai-repo on the stored records.

Each as its documentation has it, and as kindly as it can be: oaipmh finds its statements in rows, fetched with two
queries a page; oai-repo parses the stored records, since it wants trees: a query for
each, as its interface asks, and all of a page in one query, which its interface allows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

from lxml import etree

from benchmarks.records import BEGINNING, PREFIX, statements

PAGE = 250
#: Documents that have statements in rows: enough for a first page.
STATED = 1000
BASE = "https://archive.example.org/oai"


def oaipmh_page() -> Callable[[], bytes]:
    """A first page of stock ``BatchingServer``; the statements of ``STATED`` documents are in a table of its own."""
    from oaipmh.metadata import MetadataRegistry
    from oaipmh.server import BatchingServer, oai_dc_writer

    registry = MetadataRegistry()
    registry.registerWriter(PREFIX, oai_dc_writer)
    server = BatchingServer(Stock(_stated()), metadata_registry=registry, resumption_batch_size=PAGE)
    return lambda: server.handleRequest({"verb": "ListRecords", "metadataPrefix": PREFIX})


def _stated() -> Any:
    """A table of statements, filled."""
    from django.db import connection, models

    from archive.models import Document

    class Stated(models.Model):  # noqa: DJ008 - shown to nobody
        document = models.ForeignKey(Document, models.CASCADE, related_name="stated")
        element = models.CharField(max_length=20)
        value = models.TextField()

        class Meta:
            app_label = "bench"

    with connection.schema_editor() as editor:
        if Stated._meta.db_table in connection.introspection.table_names():  # of a store that was kept
            editor.delete_model(Stated)
        editor.create_model(Stated)
    Stated.objects.bulk_create(
        Stated(document_id=number, element=element, value=value)
        for number in range(1, STATED + 1)
        for element, value in statements(number)
    )
    return Stated


class Stock:
    """What ``BatchingServer`` asks of a repository."""

    def __init__(self, stated: Any) -> None:
        self.stated = stated

    def identify(self) -> Any:
        from oaipmh.common import Identify

        return Identify("Bench", BASE, "2.0", ["a@example.org"], BEGINNING.replace(tzinfo=None), "persistent",
                        "YYYY-MM-DDThh:mm:ssZ", ["identity"])  # fmt: skip

    def listRecords(self, metadataPrefix: str, cursor: int = 0, batch_size: int = PAGE, **_: Any) -> list[Any]:  # noqa: N802, N803
        from django.db.models import Prefetch
        from oaipmh.common import Header, Metadata

        from archive.models import Document, Representation

        documents = Document.objects.prefetch_related(
            "stated",
            Prefetch("representations", Representation.objects.filter(format=metadataPrefix).defer("content")),
        )
        found = []
        for each in documents.order_by("pk")[cursor : cursor + batch_size]:
            [row] = each.representations.all()
            fields: dict[str, list[str]] = {}
            for one in each.stated.all():
                fields.setdefault(one.element, []).append(one.value)
            stamp = row.changed_at.astimezone(UTC).replace(tzinfo=None)
            header = Header(None, f"oai:archive.example.org:{each.identifier}", stamp, row.sets, row.withdrawn)
            found.append((header, Metadata(None, fields), None))
        return found


def oai_repo_pages() -> dict[str, Callable[[], bytes]]:  # noqa: C901 - its interface, in one place
    """A page of oai-repo, as its interface is documented and with one query; none where it is not installed."""
    try:
        from oai_repo import OAIRepository
        from oai_repo.interface import DataInterface
        from oai_repo.interfacedata import Identify, MetadataFormat, RecordHeader
    except ImportError:
        return {}
    from archive.models import Representation

    class Store(DataInterface):
        limit = PAGE

        def __init__(self) -> None:
            self.page: dict[str, Any] = {}

        def get_identify(self) -> Any:
            return Identify(
                repository_name="Bench", base_url=BASE, admin_email=["a@example.org"], deleted_record="persistent",
                granularity="YYYY-MM-DDThh:mm:ssZ", earliest_datestamp="2020-01-01T00:00:00Z",
            )  # fmt: skip

        def get_metadata_formats(self, identifier: str | None = None) -> list[Any]:
            return [MetadataFormat(PREFIX, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://example.org/")]

        def is_valid_identifier(self, identifier: str) -> bool:
            return True

        def list_identifiers(self, metadataprefix: str, filter_from: Any = None, filter_until: Any = None,
                             filter_set: Any = None, cursor: int = 0) -> tuple[Any, ...]:  # fmt: skip
            rows = Representation.objects.filter(format=metadataprefix).order_by("changed_at", "number")
            found = rows[cursor : cursor + PAGE].values_list("identifier", "changed_at", "sets", "content")
            self.page = {row[0]: row for row in found}
            return list(self.page), self.size, None

        def get_record_header(self, identifier: str) -> Any:
            name, changed_at, sets, _ = self.page[identifier]
            return RecordHeader(
                identifier=f"oai:archive.example.org:{name}",
                datestamp=changed_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                setspecs=sets,
            )

        def get_record_metadata(self, identifier: str, metadataprefix: str) -> Any:
            return etree.fromstring(bytes(self.page[identifier][3]))

        def get_record_abouts(self, identifier: str) -> list[Any]:
            return []

    class Documented(Store):
        """A query for each header and each record: what its interface asks, and its defaults for many."""

        def get_record_header(self, identifier: str) -> Any:
            rows = Representation.objects.filter(format=PREFIX, identifier=identifier)
            self.page[identifier] = (*rows.values_list("identifier", "changed_at", "sets").get(), b"")
            return super().get_record_header(identifier)

        def get_record_metadata(self, identifier: str, metadataprefix: str) -> Any:
            rows = Representation.objects.filter(format=metadataprefix, identifier=identifier)
            return etree.fromstring(bytes(rows.values_list("content", flat=True).get()))

    def page_of(store: Any) -> Callable[[], bytes]:
        # Its count of the list with every page is left out, which would make it dearer still.
        store.size = Representation.objects.filter(format=PREFIX).count()
        repository = OAIRepository(store)
        return lambda: bytes(repository.process({"verb": "ListRecords", "metadataPrefix": PREFIX}))

    return {"oai-repo": page_of(Documented()), "oai-repo, a query a page": page_of(Store())}
