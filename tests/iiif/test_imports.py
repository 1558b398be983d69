"""What a web process must not load."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings


def test_web_process_loads_neither_iiif_prezi3_nor_image_libraries():
    """iiif-prezi3 costs a process 660 ms and 23 MB; threads of libvips would not live through a fork."""
    program = (
        "import django, sys; django.setup(); import config.urls; "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "print([m for m in ('iiif_prezi3', 'pyvips', 'fontTools', 'PIL') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
