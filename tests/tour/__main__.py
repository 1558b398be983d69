"""Takes pictures of every page of the admin, in light, in dark and in a narrow window.

python -m tests.tour FOLDER [NAME …] [--in light|dark|narrow …]
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

#: Colours, width, height.
MANNERS = {"light": ("light", 1440, 1000), "dark": ("dark", 1440, 1000), "narrow": ("light", 390, 844)}
#: A picture is cut off below this, so that it can still be looked at.
TALLEST = 3200


def main() -> None:
    """Make the site, take the pictures."""
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    from django.contrib.staticfiles.testing import StaticLiveServerTestCase
    from django.core.management import call_command

    from tests.browser import logged_in, started
    from tests.tour.holdings import fill
    from tests.tour.stops import STOPS, Visit

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="stops of the tour; all of them if none is named")
    parser.add_argument("--in", dest="manners", action="append", choices=MANNERS, help="light, dark or narrow")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    holdings = fill()

    class Server(StaticLiveServerTestCase):
        host = "127.0.0.1"

    thread = Server._create_server_thread({})
    thread.start()
    thread.is_ready.wait()
    try:
        with started() as driver:
            visit = Visit(driver, f"http://127.0.0.1:{thread.port}", holdings)
            logged_in(driver, visit.site, holdings.user)
            for manner in asked.manners or MANNERS:
                for name in asked.names or STOPS:
                    _take(visit, STOPS[name], asked.folder / f"{name}-{manner}.png", manner)
    finally:
        thread.terminate()


def _take(visit: Any, way: Any, file: Path, manner: str) -> None:
    """One picture, of the whole page; the console says where it is wider than its window."""
    from tests.browser import coloured, sized, wait_until

    scheme, width, height = MANNERS[manner]
    coloured(visit.driver, scheme)
    sized(visit.driver, width, height)
    way(visit)
    tall, wide = visit.driver.execute_script(
        "return [document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    sized(visit.driver, width, min(max(tall, height), TALLEST))
    wait_until(lambda: visit.driver.execute_script("return [...document.images].every(each => each.complete)"))
    visit.driver.save_screenshot(str(file))
    print(f"{file.name}{f': {wide} pixels wide, {width} there are' if wide > width else ''}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
