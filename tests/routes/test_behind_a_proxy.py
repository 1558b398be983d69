"""The site behind nginx, under a path and another host name: what stands in manifests leads back through the proxy."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.routes.site import Site

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
pytestmark = [pytest.mark.once, pytest.mark.soak, pytest.mark.skipif(NGINX is None, reason="there is no nginx here")]

CONFIGURATION = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ }}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    location /archive/ {{ proxy_pass http://127.0.0.1:{behind}/; proxy_set_header Host $http_host; }}
  }}
}}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def public(tmp_path, processes):
    """The public address of a site with the sources of the demo, as nginx serves it."""
    port, behind = free_port(), free_port()
    address = f"http://archive.localhost:{port}/archive"
    site = Site(tmp_path, processes, PUBLIC_BASE_URL=address)
    site.migrate()
    site.worker()
    site.manage("accession", str(Path(settings.BASE_DIR) / "fixtures" / "sources" / "page_markdown"), "--publish")
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{behind}"]
    processes.start(*gunicorn, log=site.log, env=site.environment)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=tmp_path, port=port, behind=behind))
    processes.start(NGINX, "-c", str(configuration), log=site.log)
    site.wait_until(lambda: answered(f"{address}/iiif/collection/top"))
    return address


def answered(address: str) -> bytes | None:
    """What comes from an address; its host name is one of this machine."""
    host, _, path = address.removeprefix("http://").partition("/")
    request = urllib.request.Request(f"http://127.0.0.1:{host.partition(':')[2]}/{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.read()
    except OSError:
        return None


def test_manifest_images_and_search_lead_back_through_the_proxy(public):
    top = json.loads(answered(f"{public}/iiif/collection/top"))
    address = next(item["id"] for item in top["items"] if item["type"] == "Manifest")

    manifest = json.loads(answered(address))

    assert manifest["id"] == address
    image = manifest["items"][0]["items"][0]["items"][0]["body"]
    info = json.loads(answered(f"{image['service'][0]['id']}/info.json"))
    assert info["id"] == image["service"][0]["id"]
    assert answered(image["id"]).startswith(b"\xff\xd8")
    lines = json.loads(answered(manifest["items"][0]["annotations"][0]["id"]))
    word = max(re.findall(r"[A-Za-z]+", lines["items"][0]["body"]["value"]), key=len)
    second, first = manifest["service"]
    found = json.loads(answered(f"{second['id']}?q={word}"))
    assert found["id"] == f"{second['id']}?q={word}"
    assert found["items"][0]["target"].startswith(f"{public}/iiif/")
    assert json.loads(answered(f"{first['@id']}?q={word}"))["resources"]
    changes = json.loads(answered(f"{public}/iiif/activity/all-changes"))
    assert json.loads(answered(changes["last"]["id"]))["orderedItems"][0]["object"]["id"].startswith(f"{public}/iiif/")
