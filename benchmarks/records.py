"""A million records to be harvested: documents, representations in oai_dc and memberships, multiplied by the database.

The first ``ORIGINALS`` are rendered as every document is; the others are copies of them, each with an identifier, a
datestamp and a place in its sets of its own. A hundred share a second, as a bulk import leaves them. Every record is in
``collection:all``, so that a set can be read as deep as the whole, and in one of ten below it.

    BENCH_DOCUMENTS=1000000 python benchmarks/records.py
"""

from __future__ import annotations

import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import django_up, measured, on_each_engine, size, tell

ORIGINALS = 4000
OF_ONE_SECOND = 100
SETS = 10
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
PREFIX = "oai_dc"

#: How many Dublin Core elements of which name a record has, and how many words are in each: 25, in two kilobytes.
ELEMENTS = (
    ("title", 1, 9), ("creator", 1, 2), ("contributor", 3, 2), ("subject", 8, 2), ("description", 1, 40),
    ("publisher", 1, 3), ("date", 1, 1), ("type", 1, 1), ("format", 1, 1), ("source", 2, 5), ("language", 1, 1),
    ("relation", 1, 2), ("coverage", 2, 2), ("rights", 1, 12),
)  # fmt: skip
WORDS = """
telegram Stalin from Roshchin Filippov Beijing Moscow concerning armistice negotiations railway Soviet adviser
comrade ambassador border Korea Manchuria delegation request coal grain aircraft division loan treaty minister
archive fond opis delo list original copy translation Russian Chinese Korean cipher urgent reply committee
politburo resolution draft memorandum conversation Zhou Enlai Mao Zedong Kim Il Sung Vyshinsky Molotov Gromyko
""".split()  # noqa: SIM905 - a list of them would be a page long


def words(chance: random.Random, count: int) -> str:
    """Words as a transcription has them; a fifth are rare, so that pages do not compress better than real ones."""
    return " ".join(
        chance.choice(WORDS) if chance.random() < 0.8 else f"{chance.getrandbits(28):x}" for _ in range(count)
    )


def statements(number: int) -> list[tuple[str, str]]:
    """The Dublin Core elements of one original: names and texts."""
    chance = random.Random(number)
    return [(name, words(chance, length)) for name, times, length in ELEMENTS for _ in range(times)]


def load(count: int) -> None:
    """Bring ``count`` records into an empty database; one that was kept and holds as many stays as it is.

    :raises SystemExit: where it holds another number of them.
    """
    from django.db import connection, transaction

    from archive.models import Representation

    if last := Representation.objects.order_by("-pk").values_list("pk", flat=True).first():
        if last != count:
            sys.exit(f"The store holds {last} records, not {count}: empty BENCH_STORE first.")
        return

    originals = min(count, ORIGINALS)
    with transaction.atomic():
        _originals(originals)
    held = originals
    while held < count:
        more = min(held, count - held)
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in _copies(held, more):
                cursor.execute(statement)
        held += more
    with connection.cursor() as cursor:
        for statement in _memberships():
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _originals(count: int) -> None:
    from archive.models import Collection, Document, Representation
    from archive.representations import Rendering
    from harvest.formats.oai_dc import Element, fragment

    top = Collection.objects.create(slug="all", title="All")
    Collection.objects.bulk_create(Collection(slug=f"c{n}", title=f"C {n}", parent=top) for n in range(SETS))
    documents = [
        Document(pk=n, identifier=f"r{n}", title=f"Record {n}", state="published", published_at=BEGINNING)
        for n in range(1, count + 1)
    ]
    Document.objects.bulk_create(documents, batch_size=500)
    rows = []
    for each in documents:
        content = fragment(Element(name, text) for name, text in statements(each.pk))
        rendering = Rendering(PREFIX, "text/xml", content)
        rows.append(
            Representation(
                pk=each.pk, document_id=each.pk, number=each.pk, identifier=each.identifier, format=PREFIX,
                media_type="text/xml", content=content, checksum=rendering.checksum, changed_at=BEGINNING,
                sets=["collection:all", f"collection:all:c{each.pk % SETS}"],
            )
        )  # fmt: skip
    Representation.objects.bulk_create(rows, batch_size=500)


def _copies(held: int, more: int) -> list[str]:
    """Statements that copy the first ``more`` of ``held`` documents, and their representations."""
    from archive.models import Document, Representation

    number = f"id + {held}"
    stamp = _moment(f"({number}) / {OF_ONE_SECOND}")
    own = {"id": number, "identifier": f"'r' || ({number})"}
    return [
        _copy(Document, own, more),
        _copy(Representation, {**own, "document_id": number, "number": number, "changed_at": stamp}, more),
    ]


def _copy(model: Any, own: dict[str, str], more: int) -> str:
    columns = [field.column for field in model._meta.concrete_fields]
    listed = ", ".join(f'"{column}"' for column in columns)
    said = ", ".join(own.get(column, f'"{column}"') for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({listed}) SELECT {said} FROM {model._meta.db_table} WHERE id <= {more}"


def _moment(seconds: str) -> str:
    """So many seconds after the beginning, as each engine stores a time."""
    from django.db import connection

    at = f"{int(BEGINNING.timestamp())} + {seconds}"
    return f"to_timestamp({at})" if connection.vendor == "postgresql" else f"datetime({at}, 'unixepoch')"


def _memberships() -> list[str]:
    """Statements that give every record its datestamp by number, and its memberships."""
    from archive.models import Representation, SetMembership

    held, into = Representation._meta.db_table, SetMembership._meta.db_table
    return [
        f"UPDATE {held} SET changed_at = {_moment(f'id / {OF_ONE_SECOND}')} WHERE id <= {ORIGINALS}",
        *(
            f'INSERT INTO {into} (representation_id, spec, format, changed_at, "left") '
            f"SELECT id, {spec}, format, changed_at, {left} FROM {held} ORDER BY id"
            for spec, left in (
                ("'collection:all'", "1 = 0"),
                (f"'collection:all:c' || (id % {SETS})", "1 = 0"),
            )
        ),
    ]


def main() -> None:
    engine = django_up()
    count = size(100_000)
    cpu, clock = measured(lambda: load(count))
    tell(figure="loading records", engine=engine, records=count, cpu_seconds=round(cpu, 1), seconds=round(clock, 1))


if __name__ == "__main__":
    main() if "BENCH_ENGINE" in os.environ else on_each_engine(__file__)
