"""What the schema of compose files cannot say of ours."""

import re

import pytest
import yaml
from django.conf import settings

DOCKER = settings.BASE_DIR / "docker"
COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text())
DOCKERFILE = (DOCKER / "Dockerfile").read_text()


def test_web_worker_and_beat_are_one_image_under_the_same_settings():
    web, worker, beat = (COMPOSE["services"][name] for name in ("web", "worker", "beat"))

    assert web["image"] == worker["image"] == beat["image"]
    assert web["environment"] == worker["environment"] == beat["environment"]


def test_no_secret_has_a_default():
    variables = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)([^}]*)\}", (DOCKER / "compose.yaml").read_text())

    assert variables
    assert all(rest.startswith(":?") for _, rest in variables)


def test_every_variable_that_must_be_set_is_in_the_example():
    wanted = set(re.findall(r"\$\{(\w+):\?", (DOCKER / "compose.yaml").read_text()))

    assert wanted <= set(re.findall(r"^(\w+)=$", (DOCKER / "env.example").read_text(), re.MULTILINE))


def test_only_the_web_server_is_published_and_only_to_its_own_machine():
    published = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}

    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_the_image_does_not_run_as_root():
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["10001:10001"]


@pytest.mark.parametrize("name", re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE))
def test_what_the_image_copies_is_there(name):
    assert [each for each in name.split() if not (settings.BASE_DIR / each).exists()] == []
