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
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if os.environ["BENCH_WORK"] == "peak" and "init_command" in options:
        # Pages of the database that the kernel lends count as memory of the process, and are not.
        options["init_command"] = options["init_command"].replace("mmap_size=134217728", "mmap_size=0")
    django.setup()
    from benchmarks.bench_accession import peak, work

    began = time.perf_counter()
    if os.environ["BENCH_WORK"] != "nothing":
        work()
    print(peak() if os.environ["BENCH_WORK"] == "peak" else time.perf_counter() - began)


if __name__ == "__main__":
    main()
