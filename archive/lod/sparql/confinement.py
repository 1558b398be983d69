"""Confinement: what the process of a question gives up before it reads the question. No limit can be taken back.

Files of the store must still be opened: the library opens at first no more than sixteen of them, and the rest as it
meets them. So connections are not kept away by a limit of files but by the kernel, which refuses to make sockets
(seccomp, Linux on x86-64 and ARM64). Elsewhere it is ``judging`` alone that keeps a question from asking other sites.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import struct
import sys
from pathlib import Path

#: Files beyond those of the store: the streams, the place, and some for the library.
MORE_FILES = 32
#: For each machine its mark in the kernel's audit and the number of its call for a socket (linux/audit.h, unistd.h).
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
#: Calls of the 32-bit ABI on x86-64 begin here; nothing of ours makes any.
_X32 = 0x40000000
# Instructions and answers of a filter (linux/bpf_common.h, linux/seccomp.h), and where seccomp_data has what.
_LOAD, _JUMP_EQUAL, _JUMP_FROM, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
# Of prctl (linux/prctl.h).
_NO_NEW_PRIVILEGES, _SECCOMP, _BY_FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def limit_time(seconds: float, cpu_seconds: int) -> None:
    """The kernel ends the process: a handler of Python's would wait for the query to end."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)  # should the parent be gone, who kills it sooner
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_memory(more: int) -> None:
    """Address space beyond what the opened store has taken, which is much and mostly never touched."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        size = int(pages.read_text().split()[0]) * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_files(store: str) -> None:
    """No more files than those of the store, and not a byte written to any."""
    most = sum(1 for _ in Path(store).iterdir()) + MORE_FILES
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def forbid_connections() -> bool:
    """No socket can be made from here on; False where the kernel cannot be told so."""
    machine = os.uname().machine
    if not sys.platform.startswith("linux") or machine not in _MACHINES:
        return False
    architecture, socket = _MACHINES[machine]
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 0, 4, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_FROM, 2, 0, _X32),
        (_JUMP_EQUAL, 1, 0, socket),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    program = _Program(len(steps), b"".join(struct.pack("HBBI", *each) for each in steps))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    failed: int = libc.prctl(_SECCOMP, _BY_FILTER, ctypes.byref(program))
    return not failed
