"""Alpha for unitizing in its earlier form, which squares how far borders are apart.

Krippendorff (2004), Content Analysis, 2nd edition, section 11.6, and Measuring the reliability of qualitative text
analysis data, Quality & Quantity 38:787–800; unchanged in the 3rd edition (2013), section 12.4. The paper of 2016
replaces it for more than two people, and :mod:`annotations.agreement.unitizing` is what studies get.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotations.agreement.segments import Piece, merged
from annotations.agreement.study import Mark
from annotations.agreement.undefined import Reason, Undefined


def alpha_of_distances(marks: Mapping[str, Sequence[Mark]], *, length: int) -> float:
    """α_U = 1 − Σ_c D_oc / Σ_c D_ec of one text.

    :param marks: of each reader; whoever marked nothing is among them.
    :param length: of the text, in the unit of the offsets.
    :raises Undefined: with fewer than two readers, or without marks.
    """
    if len(marks) < 2:
        raise Undefined(Reason.ONE_PERSON)
    categories = {mark.category for own in marks.values() for mark in own}
    observed = sum(observed_disagreement(marks, category, length=length) for category in categories)
    expected = sum(expected_disagreement(marks, category, length=length) for category in categories)
    if not expected:
        raise Undefined(Reason.ALL_MARKED if categories else Reason.NO_MARKS)
    return 1 - observed / expected


def observed_disagreement(marks: Mapping[str, Sequence[Mark]], category: str, *, length: int) -> float:
    """D_oc: the squared distances of every unit and gap to those of the others, over m (m − 1) L²."""
    continua = [_continuum(own, category, length) for own in marks.values()]
    total = sum(
        _distance(section, other_section)
        for one, continuum in enumerate(continua)
        for other, other_continuum in enumerate(continua)
        if one != other
        for section in continuum
        for other_section in other_continuum
    )
    return total / (len(continua) * (len(continua) - 1) * length**2)


def expected_disagreement(marks: Mapping[str, Sequence[Mark]], category: str, *, length: int) -> float:
    """D_ec: the same were all units and gaps put anywhere."""
    sections = [section for own in marks.values() for section in _continuum(own, category, length)]
    units = [end - start for (start, end), is_unit in sections if is_unit]
    gaps = [end - start for (start, end), is_unit in sections if not is_unit]
    number, whole = len(units), len(marks) * length
    total = sum(
        (number - 1) / 3 * (2 * unit**3 - 3 * unit**2 + unit)
        + unit**2 * sum(gap - unit + 1 for gap in gaps if gap >= unit)
        for unit in units
    )
    room = whole * (whole - 1) - sum(unit * (unit - 1) for unit in units)
    return 2 / length * total / room if room else 0.0


def _continuum(marks: Sequence[Mark], category: str, length: int) -> list[tuple[Piece, bool]]:
    """The units of a category with the gaps between them; True for a unit."""
    sections: list[tuple[Piece, bool]] = []
    at = 0
    for start, end in merged(mark for mark in marks if mark.category == category):
        if start > at:
            sections.append(((at, start), False))
        sections.append(((start, end), True))
        at = end
    if at < length:
        sections.append(((at, length), False))
    return sections


def _distance(one: tuple[Piece, bool], other: tuple[Piece, bool]) -> int:
    """δ²: of two units that overlap, how far their ends are apart, squared; of one within a gap, its length squared."""
    (start, end), is_unit = one
    (other_start, other_end), other_is_unit = other
    if is_unit and other_is_unit:
        overlaps = start < other_end and other_start < end
        return (start - other_start) ** 2 + (end - other_end) ** 2 if overlaps else 0
    if is_unit and other_start <= start and end <= other_end:
        return (end - start) ** 2
    if other_is_unit and start <= other_start and other_end <= end:
        return (other_end - other_start) ** 2
    return 0
