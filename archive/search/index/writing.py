"""Writing: rows put into an index in place of what it held of a document, or taken out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tantivy import Index, IndexWriter, Query

from archive.search.entries import Entry
from archive.search.index import folder
from archive.search.index.schema import row, schema

#: Bytes that the writer gathers before it makes a part of the index of them.
HEAP = 64_000_000


class Writer:
    """Writes to one index. Whoever makes one holds ``folder.writing()``."""

    def __init__(self, name: str) -> None:
        self._index: Index = folder.opened(name)
        self._common = folder.common(name)
        self._writer: IndexWriter = self._index.writer(heap_size=HEAP, num_threads=1)

    def write(self, entries: Sequence[Entry], *, gone: Iterable[int] = ()) -> None:
        """Put entries in and take documents out, all at once; what is not in it is passed over."""
        taken_out = [*gone, *(entry.document_id for entry in entries)]
        if taken_out:
            self._writer.delete_documents_by_query(Query.term_set_query(schema(), "id", taken_out))
        for entry in entries:
            self._writer.add_document(row(entry, self._common))
        self._writer.commit()

    def close(self) -> None:
        """Let parts that are being joined be joined, and let go of the index."""
        self._writer.wait_merging_threads()
