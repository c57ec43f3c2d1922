"""Shares and where they lie."""

from __future__ import annotations

import math

# The 97.5th percentile of the standard normal distribution: intervals hold 95 of 100.
Z = 1.959963984540054


def wilson(hits: float, of: float) -> tuple[float, float]:
    """The score interval of a share (Wilson, Journal of the American Statistical Association 22, 1927), 95 %.

    81 of 263 (Newcombe, Statistics in Medicine 17, 1998, table I, method 3):

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]

    :returns: 0 and 1 where there is nothing to be a share of.
    """
    if not of:
        return 0.0, 1.0
    share, square = hits / of, Z * Z
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(centre - half, 0.0), min(centre + half, 1.0)
