"""HTTP::OAIPMH::Validator, from a checkout of github.com/zimeon/oaipmh-validator that somebody names."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.harvesters.clients import Missing

SCRIPT = "oaipmh-validator.pl"
DEBIAN = (
    "libxml-dom-perl libdata-uuid-perl libclass-accessor-perl libdate-manip-perl liblwp-protocol-https-perl "
    "libtry-tiny-perl libjson-perl libcgi-pm-perl"
)


def validate(url: str, checkout: str) -> str:
    """What the validator says at the end, with its count of what passed.

    It ends with status 0 either way, so its words are read.
    """
    if not checkout:
        raise Missing("name a checkout of github.com/zimeon/oaipmh-validator: make harvesters VALIDATOR=path")
    if not (Path(checkout) / SCRIPT).is_file():
        raise Missing(f"there is no {SCRIPT} in {checkout}")
    loads = ["perl", "-Ilib", "-MHTTP::OAIPMH::Validator", "-e", "1"]
    if subprocess.run(loads, cwd=checkout, capture_output=True, check=False).returncode:
        raise Missing(f"a Perl module lacks (Debian: {DEBIAN})")
    done = subprocess.run(["perl", SCRIPT, url], cwd=checkout, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert "is COMPLIANT" in said, said
    return f"COMPLIANT, {said.count('PASS')} PASS, {said.count('FAIL')} FAIL, {said.count('WARN')} WARN"
