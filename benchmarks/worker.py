"""A worker of the measurements: a process of its own on the database and the originals of the one that starts it."""

from __future__ import annotations

import os
import time

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"] |= {"NAME": os.environ["BENCH_NAME"], "HOST": os.environ["BENCH_HOST"]}
    settings.STORAGES["fonds"]["OPTIONS"]["location"] = os.environ["BENCH_STORE"]
    django.setup()
    from benchmarks.bench_accession import peak, work

    began = time.perf_counter()
    if os.environ["BENCH_WORK"] != "nothing":
        work()
    print(peak() if os.environ["BENCH_WORK"] == "peak" else time.perf_counter() - began)


if __name__ == "__main__":
    main()
