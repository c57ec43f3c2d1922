"""Several people at once, each on a connection of their own."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

from django.db import connection


def at_once(*acts: Any) -> list[str]:
    """Do acts at the same moment, each on a connection of its own; what became of each, sorted."""
    outcomes: list[str] = []
    start = Barrier(len(acts))

    def run(act: Any) -> None:
        try:
            start.wait(timeout=10)
            act()
            outcomes.append("saved")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)
