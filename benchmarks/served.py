"""The site for gunicorn, on the database of the measurement that starts it."""

from __future__ import annotations

import os
from typing import Any


def _application() -> Any:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.DATABASES["default"]["NAME"] = os.environ["BENCH_NAME"]
    return get_wsgi_application()


application = _application()
