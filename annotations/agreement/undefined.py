"""Why a figure cannot be given. No coefficient is ever NaN: it is a number, or one of these."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Codes for programs; :data:`SENTENCES` says them to people."""

    ONE_PERSON = "one_person"
    NO_OVERLAP = "no_overlap"
    ONE_VALUE = "one_value"
    NO_MARKS = "no_marks"
    NO_MATCH = "no_match"
    ALL_MARKED = "all_marked"
    TOO_DENSE = "too_dense"
    FEW_TEXTS = "few_texts"
    RARELY_DEFINED = "rarely_defined"


SENTENCES = {
    Reason.ONE_PERSON: "Only one person answered: there is nobody to agree with.",
    Reason.NO_OVERLAP: "No unit was answered by two people.",
    Reason.ONE_VALUE: "Only one answer was ever given, so nothing varies and chance cannot be told from agreement.",
    Reason.NO_MARKS: "Nobody marked anything here.",
    Reason.NO_MATCH: "No two people marked the same thing here, so there is nothing to compare about it.",
    Reason.ALL_MARKED: "Everybody marked every word, so nothing varies.",
    Reason.TOO_DENSE: "In every text with marks too many of them stand near each other to be aligned.",
    Reason.FEW_TEXTS: "There is only one text, so an interval over texts cannot be given.",
    Reason.RARELY_DEFINED: "The figure is undefined in most of the resamples, so no interval can be given.",
}


class Undefined(Exception):
    """The figure does not exist for these answers.

    :ivar reason: why.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason = reason
