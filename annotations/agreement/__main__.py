"""``python -m annotations.agreement < answers.jsonl > figures.jsonl``: how far people agree, one figure a line.

docs/reference/agreement.md gives the keys of the lines in and out.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence

from annotations.agreement.bootstrap import SAMPLES
from annotations.agreement.measuring import measure
from annotations.agreement.reading import LineNotUnderstood, read_study
from annotations.agreement.weights import Level


def main(lines: Iterable[str], arguments: Sequence[str]) -> int:
    """Print every figure of what the lines tell; answer 1 when a line could not be read, else 0."""
    parser = argparse.ArgumentParser(prog="python -m annotations.agreement", description=__doc__.partition("\n")[0])
    parser.add_argument("--level", choices=[*Level], default=Level.NOMINAL, type=Level, help="what differences mean")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="how often texts are drawn again (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing (%(default)s)")
    chosen = parser.parse_args(arguments)
    try:
        study = read_study(lines, level=chosen.level)
    except LineNotUnderstood as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    for figure in measure(study, samples=chosen.samples, seed=chosen.seed):
        print(json.dumps(figure.to_json(), ensure_ascii=False))  # noqa: T201
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.stdin, sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
