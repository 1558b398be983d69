"""What is made before anything is started: the data folder, the environment, the database and an admin user."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
from pathlib import Path
from typing import IO

from config.demo import authorities
from config.demo.services import ROOT, DemoError

COLLECTION = "telegrams"


def port() -> int:
    """The port to serve on, which must be free."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise DemoError(f"PORT is {given!r}; it must be a number from 1 to 65535.")
    with socket.socket() as attempt:
        # Without this, a port whose last owner has just gone would count as taken.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", int(given)))
        except OSError as error:
            raise DemoError(
                f"Port {given} cannot be used ({error.strerror}). Another one: make demo PORT=8001"
            ) from error
    return int(given)


def lock(data: Path) -> IO[str]:
    """Keep a second demo out of the same data. The lock goes with the process, however it ends."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise DemoError(f"Another demo runs on {data}. For a second one: make demo PORT=8001 DATA_DIR=var2") from error
    return lock


def set_environment(*, port: int, data: Path) -> None:
    """Set what config.settings reads, for this process and those it starts; nothing of another site leaks in."""
    for name in ("DATABASE_URL", "CELERY_BROKER_URL", "ALLOWED_HOSTS", "DEBUG"):
        os.environ.pop(name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        DATA_DIR=str(data),
        SECRET_KEY=_secret_key(data / "secret-key"),
        PUBLIC_BASE_URL=f"http://127.0.0.1:{port}",
    )


def _secret_key(file: Path) -> str:
    """The key kept in ``file``, made at the first start, readable by its owner alone."""
    if not file.exists():
        fresh = file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.replace(file)
    return file.read_text()


def prepare(data: Path) -> str:
    """Bring the database and the static files up to date; return the password of an admin user made just now."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    _collection()
    authorities.make()
    password = _admin()
    (data / "prepared").write_text(_fingerprint())
    return password


def prepared(data: Path) -> bool:
    """Whether nothing has changed since the last start that would need preparing: then the site starts at once."""
    stamp = data / "prepared"
    return (data / "fonds.sqlite3").exists() and stamp.exists() and stamp.read_text() == _fingerprint()


def _fingerprint() -> str:
    """The state of what preparing looks at: dependencies, migrations and static files."""
    files = [ROOT / "requirements.lock"]
    for package in ("archive", "harvest", "iiif"):
        files += (ROOT / package).rglob("migrations/*.py")
        files += (path for folder in (ROOT / package).rglob("static") for path in folder.rglob("*"))
    return "\n".join(sorted(f"{path} {(stat := path.stat()).st_size} {stat.st_mtime_ns}" for path in files))


def _collection() -> None:
    from archive.models import Collection

    Collection.objects.get_or_create(
        slug=COLLECTION,
        defaults={"title": "Telegrams", "description": "The documents that come with the demo."},
    )


def _admin() -> str:
    """Make the user ``admin`` if there is none; the password is returned once and kept nowhere."""
    from django.contrib.auth.models import User

    if User.objects.filter(is_superuser=True).exists():
        return ""
    password = secrets.token_urlsafe(12)
    User.objects.create_superuser("admin", password=password)
    return password
