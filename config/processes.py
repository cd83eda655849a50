"""Starting programs that never outlive the one that started them; knows nothing of Django."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: int = signal.SIGKILL) -> Callable[[], None]:
    """What a child runs before its program starts, so that the kernel ends it when its parent dies, however it dies.

    Must be used from the main thread of the parent: the kernel means the thread that forked. Elsewhere than on
    Linux it does nothing, and only an orderly end of the parent ends the child.
    """
    parent = os.getpid()

    def prepare() -> None:  # pragma: no cover  between fork and exec nothing is measured
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # the parent died between the fork and this line
            os._exit(1)

    return prepare


def stop(process: "subprocess.Popen[bytes]", number: int = signal.SIGTERM, patience: float = 8.0) -> bool:
    """End a program: the polite signal, then after `patience` seconds the one that cannot be refused.

    Returns True when the polite one was enough.
    """
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True
