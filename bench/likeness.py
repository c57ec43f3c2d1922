"""``python -m bench.likeness``: how well near-duplicates are found, and how fast; see docs/explanation/duplicates.md.

The seed of the pairs held out is used for the published figures alone; the rule was chosen on the others.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from time import perf_counter

from articles.ingest.likeness import band_keys, likeness
from bench.likeness_pairs import Pair, Writer, pairs, written

CHOSEN_ON = 1
HELD_OUT = 3
EACH = 200
WORDS = 1_000
TIMES = 50


def main() -> int:
    for name, seed in (("chosen on", CHOSEN_ON), ("held out", HELD_OUT)):
        sys.stdout.write(f"{name} ({EACH} pairs of each kind)\n{_table(list(pairs(seed, EACH)))}\n\n")
    sys.stdout.write(f"keys of {WORDS:,} words: {_milliseconds_of_keys():.2f} ms (median of {TIMES})\n")
    return 0


def _table(judged: list[Pair]) -> str:
    by_kind: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in judged:
        by_kind[pair.kind].append(pair)
    lines = ["| pairs | alike | share a key | named |", "|---|---|---|---|"]
    for kind, of_kind in by_kind.items():
        met, named = _share(map(_meets, of_kind)), _share(map(_named, of_kind))
        lines.append(f"| {kind} | {'yes' if of_kind[0].alike else 'no'} | {met:.1%} | {named:.1%} |")
    right = sum(_named(pair) and pair.alike for pair in judged)
    precision, recall = right / sum(map(_named, judged)), right / sum(pair.alike for pair in judged)
    return "\n".join([*lines, f"precision {precision:.3f}, recall {recall:.3f}"])


def _share(found: Iterable[bool]) -> float:
    answers = list(found)
    return sum(answers) / len(answers)


def _meets(pair: Pair) -> bool:
    return not set(band_keys(pair.one)).isdisjoint(band_keys(pair.other))


def _named(pair: Pair) -> bool:
    return _meets(pair) and likeness(pair.one, pair.other).is_near_duplicate


def _milliseconds_of_keys() -> float:
    text = " ".join(written(Writer(HELD_OUT).story(40)).split()[:WORDS])
    band_keys(text)
    return median(_timed(text) for _ in range(TIMES)) * 1000


def _timed(text: str) -> float:
    begun = perf_counter()
    band_keys(text)
    return perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
