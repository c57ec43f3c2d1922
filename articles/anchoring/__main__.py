"""``python -m articles.anchoring CASES.json [--json]``: how well marks are carried across edits of known truth.

Prints what became of the marks by kind of edit, and lists every mark that claims to be certain on other words. Answers
1 when there is one that the texts could have told apart, 2 when the file is not one of cases, else 0.
:mod:`articles.anchoring.cases` gives the format; ``python -m bench.edits`` writes such files from any prose.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path

from articles.anchoring.cases import CasesRefused, read_cases
from articles.anchoring.scores import Finding, Score, Tally, score

COLUMNS = ("edit", "marks", "carried", "anchored", "review", "orphaned", "silently wrong", "intact lost", "undecidable")
LONGEST_SHOWN = 60


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m articles.anchoring", description="Score how marks are carried across edits of known truth."
    )
    parser.add_argument("cases", metavar="CASES.json", type=Path, help="edits with their truth, as a JSON list")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    wanted = parser.parse_args(arguments)
    try:
        scored = score(read_cases(wanted.cases))
    except CasesRefused as error:
        parser.exit(2, f"{error}\n")
    lines = [json.dumps(scored.to_json(), ensure_ascii=False, indent=2)] if wanted.json else _report(scored)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if scored.silently_wrong else 0


def _report(scored: Score) -> Iterable[str]:
    yield from _table(scored)
    total = scored.total
    yield ""
    yield (
        f"Of {total.surviving:,} marks with words left {total.carried_share:.2%} were carried to them; of "
        f"{total.untouched:,} intact ones {total.untouched_anchored:,} are anchored and {total.untouched_lost:,} lost."
    )
    yield from _listed("Silently wrong", scored.silently_wrong)
    yield from _listed("Undecidable from the two texts", scored.undecidable)


def _table(scored: Score) -> Iterable[str]:
    rows = [COLUMNS, *(_cells(edit, tally) for edit, tally in scored.by_edit.items()), _cells("all", scored.total)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    for row in rows:
        numbers = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *numbers])


def _cells(edit: str, tally: Tally) -> tuple[str, ...]:
    counts = tally.to_json()
    names = ("anchored", "needs_review", "orphaned", "silently_wrong", "intact_lost", "undecidable")
    return edit, f"{tally.marks:,}", f"{tally.carried_share:.2%}", *(f"{counts[name]:,}" for name in names)


def _listed(title: str, found: Sequence[Finding]) -> Iterable[str]:
    yield ""
    yield f"{title}: {len(found)}"
    for finding in found:
        words = " ".join(finding.case.old[slice(*finding.span)].split())
        shown = words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…"
        true_place = ", ".join(f"{start}–{end}" for start, end in finding.truth.places) or "nowhere"
        yield (
            f"  {finding.case.name}, {finding.span[0]}–{finding.span[1]} “{shown}”: put at "
            f"{finding.fate.start}–{finding.fate.end}, belongs {true_place}"
        )


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        # Whoever read the lines has enough; nothing more may be written, not even on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
