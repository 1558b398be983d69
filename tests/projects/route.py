"""Run as a program in a project: takes the seeds in, publishes them, and says on its last line what there is then."""

import json
import sys
from pathlib import Path

import django
from celery import Celery

#: Tasks run where they are sent, as they would in a project without a worker.
Celery("project", set_as_current=True).conf.task_always_eager = True

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from archive import accession  # noqa: E402
from archive.models import Document, Representation  # noqa: E402
from archive.readers import Source  # noqa: E402

SEEDS = Path(__file__).resolve().parent.parent.parent / "fixtures" / "sources"

call_command("check", fail_level="WARNING")
call_command("migrate", verbosity=0)
seeds = [Source(file.name, file.read_bytes()) for file in sorted(SEEDS.glob("page_*/*.txt"))]
submitted = accession.submit(seeds, publish=True)
submitted.refresh_from_db()
identifier = Document.objects.public().order_by("pk")[0].identifier
print(  # noqa: T201
    json.dumps(
        {
            "seeds": len(seeds),
            "accession": submitted.state,
            "published": Document.objects.public().count(),
            "formats": sorted(set(Representation.objects.values_list("format", flat=True))),
            "answers": {
                address: Client().get(address).status_code
                for address in (each.replace("{id}", identifier) for each in sys.argv[1:])
            },
            "modules": sorted(sys.modules),
        }
    )
)
