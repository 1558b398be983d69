"""The lock files lock what pyproject.toml asks for, and nothing tracked names where packages come from."""

import json
import re
import subprocess
import tomllib

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = settings.BASE_DIR
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
SITE = [*PYPROJECT["project"]["dependencies"], *EXTRAS["site"], *EXTRAS["postgres"], *EXTRAS["redis"]]
GROUPS = PYPROJECT["dependency-groups"]
LOCKED = {
    "requirements.lock": SITE,
    "requirements-dev.lock": [*SITE, *GROUPS["dev"]],
    "requirements-uv.lock": GROUPS["uv"],
    "requirements-node.lock": GROUPS["node"],
}
PYTHONS = ("3.11.0", "3.12.0", "3.13.0")


def pins(lock):
    for line in (ROOT / lock).read_text().splitlines():
        if line and line[0] not in " #":
            yield Requirement(line.removesuffix("\\").strip())


def applies(pin, python):
    environment = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    return pin.marker is None or pin.marker.evaluate(environment)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", LOCKED)
def test_every_requirement_is_met_by_a_pin(lock, python):
    pinned = {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pins(lock) if applies(pin, python)
    }
    wanted = [Requirement(each) for each in LOCKED[lock]]
    unmet = [str(each) for each in wanted if not each.specifier.contains(pinned.get(canonicalize_name(each.name), "0"))]

    assert unmet == [], f"run make lock: {lock} does not meet pyproject.toml"


@pytest.mark.parametrize("lock", LOCKED)
def test_every_pin_has_checksums_and_no_address(lock):
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert "file:" not in text
    assert text.count("--hash=sha256:") >= sum(1 for _ in pins(lock))


@pytest.mark.parametrize("folder", [".", "tests/axe"])
def test_the_lock_of_npm_names_no_address_to_fetch_from(folder):
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]

    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_no_tracked_file_names_a_package_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    address = re.compile(r"https?://[^\s/\"']*(?:registry|pypi|npmjs|pythonhosted)[^\s\"']*")
    found = {
        file: match.group()
        for file in listed.stdout.splitlines()
        if (ROOT / file).is_file() and (match := address.search((ROOT / file).read_text(errors="ignore")))
    }

    assert found == {}
