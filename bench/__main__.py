"""``python -m bench [--json FILE] [--list] [NAME…]``; see docs/reference/benchmarks.md."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg

from bench.benches import BENCHES
from bench.client import Unexpected
from bench.desk import DeskRefused
from bench.figures import Figure, table
from bench.ground import prepared, say
from bench.reading import ReadingFailed
from newsdesk.embedded import EmbeddedRefused
from newsdesk.embedded.__main__ import throwaway_home

INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    wanted = _parse(arguments)
    if wanted.list:
        sys.stdout.writelines(f"{name:13} {bench.__doc__}\n" for name, bench in BENCHES.items())
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    figures: list[Figure] = []
    try:
        run(wanted.names, figures)
        status = 0
    except KeyboardInterrupt:
        say("interrupted; everything is stopped")
        status = INTERRUPTED
    except (DeskRefused, EmbeddedRefused, ReadingFailed, Unexpected, OSError, psycopg.Error) as error:
        say(str(error))
        status = 1
    if figures:
        sys.stdout.write(f"{table(figures)}\n")
    if wanted.json:
        written = [figure.to_json() for figure in figures]
        wanted.json.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return status


def run(names: Sequence[str], figures: list[Figure]) -> None:
    """Run benches in their own order, all without names, adding to ``figures`` as they come."""
    with throwaway_home() as home, prepared(home) as ground:
        for name, bench in BENCHES.items():
            if not names or name in names:
                say(name)
                figures.extend(bench(ground))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure the desk beside its floor.")
    parser.add_argument("names", metavar="NAME", nargs="*", help="which benches to run; all unless given")
    parser.add_argument("--json", metavar="FILE", type=Path, help="also write the figures to FILE")
    parser.add_argument("--list", action="store_true", help="list the benches and what they measure")
    wanted = parser.parse_args(arguments)
    unknown = sorted(set(wanted.names) - set(BENCHES))
    if unknown:
        parser.error(f"no such bench: {', '.join(unknown)} (there are {', '.join(BENCHES)})")
    return wanted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
