"""How much memory processes take, from ``/proc``: PSS counts each shared page once among those who share it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
LOOK_SECONDS = 0.05


def descendants(root: int) -> dict[int, str]:
    """The living processes under and including ``root``, with their names."""
    parents, names = {}, {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            before, _bracket, after = stat.read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        number = int(stat.parent.name)
        names[number] = before.partition("(")[2]
        parents[number] = int(after.split()[1])
    found = {root}
    while more := {number for number, parent in parents.items() if parent in found} - found:
        found |= more
    return {number: names[number] for number in found if number in names}


def proportional(processes: Iterable[int]) -> float:
    """The PSS of processes together, in MiB; those that have ended in between count nothing."""
    kibibytes = 0
    for number in processes:
        try:
            lines = (PROC / str(number) / "smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        kibibytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kibibytes / 1024


def peak_of_this() -> float:
    """The largest resident set that this program had, in MiB; 0 where the system does not tell.

    Not what ``getrusage`` says, which counts what the process was before it became this program.
    """
    try:
        lines = (PROC / "self" / "status").read_text().splitlines()
    except FileNotFoundError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def is_known() -> bool:
    """Whether this system tells how much memory a process takes."""
    return (PROC / "self" / "smaps_rollup").exists()


class Growth:
    """The most that ``measure`` rose above what it was at the beginning, while somebody looked."""

    def __init__(self, measure: Callable[[], float]) -> None:
        self._measure = measure
        self.before = measure()
        self.most = self.before

    @property
    def by(self) -> float:
        return self.most - self.before

    def look(self) -> None:
        self.most = max(self.most, self._measure())


@contextmanager
def growth_of(measure: Callable[[], float]) -> Iterator[Growth]:
    """Look at ``measure`` twenty times a second until the block ends."""
    growth = Growth(measure)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK_SECONDS):
            growth.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield growth
        growth.look()
    finally:
        ended.set()
        watcher.join()
