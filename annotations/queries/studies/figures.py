"""Figures of agreement in words: what each is called, why one is missing, what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from annotations.agreement.figures import Coefficient
from annotations.agreement.undefined import Reason
from annotations.models import MeasuredFigure

# As the operation that gathers names them.
CATEGORY, SEVERITY, NOTHING = ":category", ":severity", ""

NAMES: Mapping[str, object] = {
    Coefficient.PERCENT: gettext_lazy("Percent"),
    Coefficient.COHEN: gettext_lazy("Cohen’s κ"),
    Coefficient.COHEN_LINEAR: gettext_lazy("Cohen’s κ, linear weights"),
    Coefficient.COHEN_QUADRATIC: gettext_lazy("Cohen’s κ, quadratic weights"),
    Coefficient.FLEISS: gettext_lazy("Fleiss’ κ"),
    Coefficient.ALPHA: gettext_lazy("Krippendorff’s α"),
    Coefficient.AC1: gettext_lazy("Gwet’s AC1"),
    Coefficient.AC2: gettext_lazy("Gwet’s AC2"),
    Coefficient.U_ALPHA: gettext_lazy("α of units (ᵤα)"),
    Coefficient.BAR_U_ALPHA: gettext_lazy("α of marked or not"),
    Coefficient.GAMMA: gettext_lazy("γ"),
    Coefficient.F1_EXACT: gettext_lazy("F₁, exactly the same words"),
    Coefficient.F1_OVERLAP: gettext_lazy("F₁, words in common"),
    Coefficient.SAME_CLAIM: gettext_lazy("Same claim (F₁)"),
    Coefficient.SAME_SPEAKER: gettext_lazy("Same speaker"),
    Coefficient.SAME_EVIDENCE: gettext_lazy("Same evidence"),
    Coefficient.SAME_VERDICT: gettext_lazy("Same verdict"),
}
WHY: Mapping[str, object] = {
    Reason.ONE_PERSON: gettext_lazy("only one person took part"),
    Reason.NO_OVERLAP: gettext_lazy("nothing was read by two people"),
    Reason.ONE_VALUE: gettext_lazy("one and the same answer everywhere, so chance explains everything"),
    Reason.NO_MARKS: gettext_lazy("nobody marked it"),
    Reason.NO_MATCH: gettext_lazy("no two people found the same thing to compare"),
    Reason.ALL_MARKED: gettext_lazy("everybody marked every word"),
    Reason.TOO_DENSE: gettext_lazy("too many marks stand near each other to be aligned"),
    Reason.FEW_TEXTS: gettext_lazy("one text gives no interval"),
    Reason.RARELY_DEFINED: gettext_lazy("undefined in most resamples, so no interval"),
}
LEFT_OUT: Mapping[str, object] = {
    "gold": gettext_lazy("gold readings"),
    "not_submitted": gettext_lazy("readings that are not submitted"),
    "text_withdrawn": gettext_lazy("readings of withdrawn texts"),
    "one_answer": gettext_lazy("sentences that one person read"),
    "no_answer": gettext_lazy("sentences that nobody read"),
    "texts_with_one_reader": gettext_lazy("texts that one person read"),
    "texts_without_reader": gettext_lazy("texts that nobody read"),
    "texts_not_drawn": gettext_lazy("texts that were not drawn"),
    "texts_too_dense": gettext_lazy("texts in which too many marks stand near each other"),
    "texts_without_two_readers_or_marks": gettext_lazy("texts without two readers or without marks"),
}


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure with its words: value and interval to two digits, or why there is none."""

    figure: MeasuredFigure
    name: str
    href: str = ""

    @property
    def why(self) -> str:
        return str(WHY.get(self.figure.reason or self.figure.interval_reason, ""))

    @property
    def skipped(self) -> str:
        return ", ".join(f"{number} {LEFT_OUT.get(reason, reason)}" for reason, number in self.figure.skipped.items())
