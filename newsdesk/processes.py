"""Children that never outlive their parent where the system can promise it (Linux)."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import Any

Say = Callable[[str], None]  # how one calm sentence reaches the person at the terminal

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_forking = get_context("fork")


def start(
    command: Sequence[str], *, on_orphaned: signal.Signals = signal.SIGKILL, **options: Any
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own; it gets ``on_orphaned`` if this process dies first.

    A session of its own keeps Ctrl-C away from it: the parent decides in which order things stop.
    """
    parent = os.getpid()
    return subprocess.Popen(  # noqa: S603 - commands are ours, arguments are passed as a list
        command,
        start_new_session=True,
        preexec_fn=lambda: die_with(parent, on_orphaned),
        **options,
    )


def run(command: Sequence[str], *, standard_input: bytes = b"", **options: Any) -> tuple[int, str]:
    """Run a program to its end; return its exit status and all it said."""
    program = start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    try:
        said, _nothing = program.communicate(standard_input)
    except BaseException:
        program.kill()
        program.wait()
        raise
    return program.returncode, said.decode(errors="replace")


def die_with(parent: int, on_orphaned: signal.Signals) -> None:
    """Called in a child: ask the kernel for a signal as soon as the parent is gone."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(on_orphaned), 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel was asked
        os.kill(os.getpid(), on_orphaned)


def stop(program: subprocess.Popen[bytes], steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send each signal in turn, waiting the given seconds for the end before the next."""
    for number, seconds in steps:
        if program.poll() is not None:
            return
        program.send_signal(number)
        try:
            program.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


class Child:
    """A fork of this process that runs one function; it shares the memory of what is loaded already."""

    def __init__(self, name: str, act: Callable[[], None], *, on_orphaned: signal.Signals) -> None:
        self.name = name
        self.started_at = 0.0
        self._act = act
        self._on_orphaned = on_orphaned
        self._process: ForkProcess | None = None

    def start(self) -> None:
        self._process = _forking.Process(target=self._run, args=(os.getpid(),), name=self.name)
        self._process.start()
        self.started_at = time.monotonic()

    def is_running(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for the end and return the exit status (negative: the signal), None when it goes on."""
        if self._process is None:
            return None
        self._process.join(seconds)
        return self._process.exitcode

    def stop(self, seconds: float) -> None:
        """Ask it to finish, and end it when it has not after the given seconds."""
        if self._process is None or not self._process.is_alive():
            return
        self._process.terminate()
        if self.wait(seconds) is None:
            self._process.kill()
            self._process.join()

    def _run(self, parent: int) -> None:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        die_with(parent, self._on_orphaned)
        self._act()
