"""Who goes with whom so that the gains sum to the most; nobody has to go with anybody."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

Gains = Mapping[tuple[int, int], float]


def best_pairs(gains: Gains) -> dict[int, int]:
    """For each row its column, such that the sum of gains is the largest there is.

    Rows and columns that no gain ties to each other are solved apart, so that the cost is that of the largest tangle.

    :param gains: by row and column; all are above 0, and those not named cannot go together.
    """
    pairs: dict[int, int] = {}
    for rows, columns in _tangles(gains):
        if len(rows) == 1:
            pairs[rows[0]] = max(columns, key=lambda column: (gains[rows[0], column], -column))
        elif len(columns) == 1:
            pairs[max(rows, key=lambda row: (gains[row, columns[0]], -row))] = columns[0]
        else:
            pairs |= _hungarian(rows, columns, gains)
    return pairs


def _tangles(gains: Gains) -> Iterator[tuple[list[int], list[int]]]:
    """The rows and columns that gains tie together."""
    by_row: dict[int, list[int]] = {}
    by_column: dict[int, list[int]] = {}
    for row, column in gains:
        by_row.setdefault(row, []).append(column)
        by_column.setdefault(column, []).append(row)
    left = set(by_row)
    for first in sorted(by_row):
        if first not in left:
            continue
        rows, columns, todo = [], set[int](), [first]
        left.discard(first)
        while todo:
            row = todo.pop()
            rows.append(row)
            for column in by_row[row]:
                if column not in columns:
                    columns.add(column)
                    todo += (new := [other for other in by_column[column] if other in left])
                    left.difference_update(new)
        yield sorted(rows), sorted(columns)


def _hungarian(rows: Sequence[int], columns: Sequence[int], gains: Gains) -> dict[int, int]:
    """Shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987), one more column per row
    to stay alone.
    """
    width = len(columns) + len(rows)
    cost = [[-gains.get((row, column), 0.0) for column in columns] + [0.0] * len(rows) for row in rows]
    row_potential, column_potential = [0.0] * (len(rows) + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, len(rows) + 1):
        owner[0], column = row, 0
        slack, way, done = [math.inf] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while owner[column]:
            done[column] = True
            current, delta, following = owner[column], math.inf, 0
            line, potential = cost[current - 1], row_potential[current]
            for other in range(1, width + 1):
                if done[other]:
                    continue
                reduced = line[other - 1] - potential - column_potential[other]
                if reduced < slack[other]:
                    slack[other], way[other] = reduced, column
                if slack[other] < delta:
                    delta, following = slack[other], other
            for other in range(width + 1):
                if done[other]:
                    row_potential[owner[other]] += delta
                    column_potential[other] -= delta
                else:
                    slack[other] -= delta
            column = following
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return {
        rows[owner[place] - 1]: columns[place - 1]
        for place in range(1, len(columns) + 1)
        if owner[place] and (rows[owner[place] - 1], columns[place - 1]) in gains
    }
