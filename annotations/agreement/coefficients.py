"""The coefficients for answers to a question, each from counts in the order of the question's values.

Every function gives a number no greater than 1 or raises :class:`Undefined`; counts may be whole numbers or fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

from annotations.agreement.undefined import Reason, Undefined
from annotations.agreement.weights import DISTANCES, Level, Matrix


def percent(table: Matrix, weights: Matrix) -> float:
    """The (weighted) share of pairs of answers that agree; chance is not taken out.

    :param table: how many pairs gave the value of the row and that of the column.
    :raises Undefined: without any pair.
    """
    total = sum(map(sum, table))
    if not total:
        raise Undefined(Reason.NO_OVERLAP)
    return _weighed(table, weights) / total


def cohen(table: Matrix, weights: Matrix) -> float:
    """κ = (p_o − p_e) / (1 − p_e) for two people, each with margins of their own.

    Cohen (1960), Educational and Psychological Measurement 20:37–46, equation 1; with weights Cohen (1968),
    Psychological Bulletin 70:213–220, written here with weights of agreement instead of disagreement.

    >>> from annotations.agreement.weights import identity
    >>> round(cohen([[88, 14, 18], [10, 40, 10], [2, 6, 12]], identity([1, 2, 3])), 3)  # Cohen 1960, page 45
    0.492

    :param table: units by what the first said (rows) and what the second said (columns).
    :raises Undefined: without units, or where both always gave one and the same value.
    """
    total = sum(map(sum, table))
    observed = percent(table, weights)
    rows, columns = margins(table)
    expected = _weighed([[row * column for column in columns] for row in rows], weights) / total**2
    return beyond_chance(observed, expected)


def cohen_of_margins(observed: float, rows: Sequence[float], columns: Sequence[float]) -> float:
    """:func:`cohen` without weights: chance agrees on Σ p_i. p_.i."""
    total = sum(rows)
    return beyond_chance(observed, sum(map(mul, rows, columns)) / total**2)


def fleiss(observed: float, shares: Sequence[float]) -> float:
    """κ = (P̄ − P̄_e) / (1 − P̄_e) for several people with common margins.

    Fleiss (1971), Psychological Bulletin 76:378–382, equations 3 to 7. Units may have different numbers of answers:
    each weighs the same, and its share of each value counts, as Gwet (2014), chapter 2, does.

    :param observed: P̄, the mean over units of the share of its pairs of answers that agree.
    :param shares: p_j, the mean share of each value.
    :raises Undefined: where one value has everything.
    """
    return beyond_chance(observed, sum(share * share for share in shares))


def gwet(observed: float, shares: Sequence[float], *, sum_of_weights: float) -> float:
    """AC1, and AC2 with weights: chance agreement from how hard units are to tell, not from margins alone.

    AC1: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61:29–48, equations 4 to 6. AC2: Gwet
    (2014), Handbook of Inter-Rater Reliability, 4th edition, chapter 4: p_e = T_w / (q (q − 1)) · Σ π_k (1 − π_k).

    :param observed: the (weighted) mean agreement of units with two answers or more.
    :param shares: π_k, the mean share of each of the question's q values, over units with any answer.
    :param sum_of_weights: T_w, the sum of the table of weights; q without weights.
    :raises Undefined: where one value has everything.
    """
    number = len(shares)
    if max(shares) == 1:
        raise Undefined(Reason.ONE_VALUE)
    spread = sum(share * (1 - share) for share in shares)
    return beyond_chance(observed, sum_of_weights / (number * (number - 1)) * spread)


def alpha(coincidences: Matrix, level: Level, values: Sequence[float]) -> float:
    """α = 1 − D_o / D_e over all pairs of answers to the same unit; missing answers are allowed.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section D:
    α = 1 − (n − 1) · Σ o_ck δ²_ck / Σ n_c n_k δ²_ck.

    :param coincidences: o_ck; a unit of m answers adds each ordered pair of them 1 / (m − 1) times.
    :param values: what the values are worth; used at the interval level alone.
    :raises Undefined: without pairs, or where one value was given alone.
    """
    totals = [sum(row) for row in coincidences]
    total = sum(totals)
    if not total:
        raise Undefined(Reason.NO_OVERLAP)
    distance = DISTANCES[level](values, totals)
    places = range(len(totals))
    observed = sum(coincidences[one][other] * distance[one][other] for one in places for other in places)
    expected = sum(totals[one] * totals[other] * distance[one][other] for one in places for other in places)
    if not expected:
        raise Undefined(Reason.ONE_VALUE)
    return 1 - (total - 1) * observed / expected


def alpha_of_margins(same: float, totals: Sequence[float]) -> float:
    """:func:`alpha` of names: α = 1 − (n − 1) (n − Σ o_cc) / (n² − Σ n_c²), section C of the same paper.

    :param same: Σ o_cc.
    :param totals: n_c.
    """
    total = sum(totals)
    if not total:
        raise Undefined(Reason.NO_OVERLAP)
    expected = total * total - sum(map(mul, totals, totals))
    if not expected:
        raise Undefined(Reason.ONE_VALUE)
    return float(1 - (total - 1) * (total - same) / expected)


def margins(table: Matrix) -> tuple[list[float], list[float]]:
    """The sums of the rows and of the columns."""
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


def beyond_chance(observed: float, expected: float) -> float:
    """(observed − expected) / (1 − expected), the share of what chance leaves that is agreed on.

    An expected agreement within rounding of 1 is 1: it comes of one value alone.

    :raises Undefined: where chance leaves nothing.
    """
    left = 1 - expected
    if left <= 1e-12:
        raise Undefined(Reason.ONE_VALUE)
    return (observed - expected) / left


def _weighed(table: Matrix, weights: Matrix) -> float:
    return sum(sum(map(mul, row, row_weights)) for row, row_weights in zip(table, weights, strict=True))
