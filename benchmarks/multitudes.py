"""Multitudes of what is no document: authorities, links, units, accessions, jobs, written by the database.

Each row is made out of its number ``i``, from 1, by an expression of SQL that both engines understand.
"""

from __future__ import annotations

import json
from typing import Any

NOW = "CURRENT_TIMESTAMP"
#: Names of which many agents share the beginning, as people do.
SURNAMES = ("Ivanov", "Roshchin", "Zhou", "Smith", "Kim", "Filippov", "Meyer", "Vyshinsky", "Mao", "Gromyko")
DELA_IN_OPIS = 100


def multitudes(count: int) -> None:
    """``count`` agents, places, concepts, links, units, accession items with their sources, jobs, and items of jobs."""
    from archive import models

    surname = _chosen(SURNAMES)
    _write(models.Agent, count, identifier="'agent-' || i", name=f"{surname} || ', ' || (i * 7919 % 100003)",
           kind="CASE WHEN i % 3 = 0 THEN 'corporate_body' ELSE 'person' END",
           merged_into_id="CASE WHEN i % 20 = 0 THEN i - 1 ELSE NULL END")  # fmt: skip
    _write(models.AgentName, count, agent_id="i", value=f"{surname} || 'off ' || i", kind="'variant'")
    _write(models.Place, count, identifier="'place-' || i", name="'Place ' || (i * 7919 % 100003)",
           broader_id="CASE WHEN i > 100 THEN 1 + i % 100 ELSE NULL END")  # fmt: skip
    _write(models.PlaceName, count, place_id="i", value="'Locality ' || i")
    schemes = [models.ConceptScheme.objects.create(slug=f"bench-{n}", title=f"Scheme {n}").pk for n in range(4)]
    _write(models.Concept, count, identifier="'concept-' || i", name="'Concept ' || i",
           scheme_id=f"{schemes[0]} + i % {len(schemes)}")  # fmt: skip
    _write(models.ConceptLabel, count, concept_id="i", value="'Label ' || i", kind="'alternative'")
    _write(models.AuthorityLink, count, agent_id="i", source="'wikidata'",
           status="CASE WHEN i % 50 = 0 THEN 'accepted' ELSE 'candidate' END",
           uri="'http://www.wikidata.org/entity/Q' || i", score="i % 100")  # fmt: skip
    units(count)
    _work(count)


def units(count: int) -> None:
    """A repository with one fond, opisi, and ``count`` dela in them, a hundred in each opis."""
    from archive.models import ArchivalUnit
    from archive.models.unit import sort_key

    above = None
    for level, code in (("repository", "Bench"), ("fond", "1")):
        above = ArchivalUnit.objects.create(parent=above, level=level, code=code, sort_key=sort_key(code))
    assert above is not None
    opisi = max(1, count // DELA_IN_OPIS)
    first = above.pk + 1
    _write(ArchivalUnit, opisi, id=f"{above.pk} + i", identifier="'opis-' || i", parent_id=str(above.pk), code="i",
           level="'opis'", sort_key=_padded("i"))  # fmt: skip
    _write(ArchivalUnit, count, id=f"{above.pk + opisi} + i", identifier="'delo-' || i", level="'delo'", code="i",
           title="'Correspondence with ' || i", sort_key=_padded("i"),
           parent_id=f"{first} + (i - 1) / {DELA_IN_OPIS}")  # fmt: skip


def _work(count: int) -> None:
    from archive import models

    each = 100
    held = models.Document.objects.count()
    document = f"1 + i % {held}" if held else "NULL"
    _write(models.Accession, count // each + 1, state=_chosen(("done", "done", "done_with_errors")))
    _write(models.AccessionSource, count, accession_id=f"1 + i / {each}", position="i", name="'telegram-' || i",
           file_key="'telegram-' || i", state="'read'", reader="'page_text'")  # fmt: skip
    _write(models.AccessionItem, count, accession_id=f"1 + i / {each}", source_id="i", document_id=document,
           state="CASE WHEN i % 40 = 0 THEN 'refused' ELSE 'created' END",
           reason="CASE WHEN i % 40 = 0 THEN 'telegram-' || i || '.txt: no title was found.' ELSE '' END")  # fmt: skip
    _write(models.Job, count, kind="'publish'", label="'Publish ' || i", state=_chosen(("done", "done", "failed")))
    _write(models.JobItem, count, job_id=f"1 + i / {each}", document_id="NULL", identifier="'bench-' || i",
           state="CASE WHEN i % 40 = 0 THEN 'failed' ELSE 'done' END")  # fmt: skip


def _write(model: Any, count: int, **given: str) -> None:
    """So many rows of a model; columns that are not given have what their field has by itself."""
    from django.core.management.color import no_style
    from django.db import connection

    held = model._default_manager.count()
    shift = held if "id" not in given else 0
    values = {field.column: _default(field) for field in model._meta.concrete_fields}
    values |= {"id": f"i + {shift}", **given}
    columns = ", ".join(f'"{column}"' for column in values)
    numbers = f"WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {count})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({columns}) {numbers} SELECT {', '.join(values.values())} FROM number"
        )
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def _default(field: Any) -> str:
    """What a column has by itself, as SQL."""
    from django.db import connection

    if field.get_internal_type() == "DateTimeField" and (field.auto_now or field.auto_now_add):
        return NOW
    value = field.get_default()
    if field.get_internal_type() == "JSONField":
        said = f"'{json.dumps(value)}'"
        return f"CAST({said} AS jsonb)" if connection.vendor == "postgresql" else said
    if value is None:
        types = {"postgresql": field.db_type(connection)}
        kind = {"bigserial": "bigint", "serial": "integer"}.get(types["postgresql"].split()[0])
        return f"CAST(NULL AS {kind or types['postgresql']})" if connection.vendor == "postgresql" else "NULL"
    if isinstance(value, bool):
        return str(value).upper() if connection.vendor == "postgresql" else str(int(value))
    return f"'{value}'" if isinstance(value, str) else str(value)


def _chosen(words: tuple[str, ...]) -> str:
    """One word after the other."""
    cases = " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(words))
    return f"(CASE i % {len(words)} {cases} END)"


def _padded(number: str) -> str:
    """The sort key of a number: twelve places (archive.models.unit.sort_key)."""
    text = f"CAST({number} AS varchar(20))"
    return f"(SUBSTR('            ', 1, 12 - LENGTH({text})) || {text})"
