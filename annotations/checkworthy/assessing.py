"""From a text to its sentences, each with how much it is worth checking: the order in which all else is called."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.checkworthy.lexicon import lexicon_of
from annotations.checkworthy.signals import Signal, names_amid, signals_of
from annotations.checkworthy.weighing import CLAIM_TYPES, LEAST, is_reason, score_of
from articles.anchoring.text import sentences
from articles.quotation.extract import extract
from articles.quotation.language import language_of
from articles.quotation.prose import is_prose
from articles.quotation.quotations import Quotation

# In characters: what has no stop for longer is a table or a pile, and nothing that one could decide on.
LONGEST = 1_500
# Of a sentence, without its attribution: from this share on, the words are those of the quoted speaker.
MOSTLY_QUOTED = 0.6
# What stands in "the mayor said on Tuesday" tells of the saying, not of what is said.
OF_SAYING = frozenset({"actor", "office", "name", "law"})


@dataclass(frozen=True, slots=True)
class Assessed:
    """A sentence, and how much it is worth checking: ``score`` from 0 to 1.

    ``reasons`` are the words that speak for it, the weightiest kinds first, and ``against`` those that do not.
    ``quotation`` is the one whose words the sentence mostly is, if any.
    """

    start: int
    end: int
    score: float
    reasons: tuple[Signal, ...]
    against: tuple[Signal, ...]
    claim_type: str
    quotation: Quotation | None

    def to_json(self, text: str) -> dict[str, Any]:
        """The keys of ``python -m annotations.checkworthy``."""
        speaker = self.quotation.speaker if self.quotation else None
        return {
            "start": self.start,
            "end": self.end,
            "score": self.score,
            "claim_type": self.claim_type,
            "claimant": (speaker.name or speaker.mention) if speaker else None,
            "reasons": [_as_json(signal, text) for signal in self.reasons],
            "against": [_as_json(signal, text) for signal in self.against],
        }


def suggest(text: str, *, language_code: str = "", quotations: Sequence[Quotation] | None = None) -> list[Assessed]:
    """The sentences worth checking, in the order of the text. As :func:`assess`."""
    found = assess(text, language_code=language_code, quotations=quotations)
    return [sentence for sentence in found if sentence.score >= LEAST and sentence.reasons]


def assess(text: str, *, language_code: str = "", quotations: Sequence[Quotation] | None = None) -> list[Assessed]:
    """Every sentence of a canonical text with its score, in order. The work is in proportion to the length of the text.

    Without a ``language_code`` the language is told from the text. In a language without a lexicon numbers, years and
    names are found. A pile of marks or stops rather than prose has no sentences, as in :mod:`articles.quotation`.

    :param quotations: those of the text, where they are known already.
    """
    if not is_prose(text):
        return []
    code = language_code or language_of(text)
    said = _Said(extract(text, language_code=code) if quotations is None else quotations)
    spans = [(start, end) for start, end in sentences(text) if end - start <= LONGEST]
    lexicon, amid = lexicon_of(code), names_amid(text, spans)
    return [_assessed(text, start, end, signals_of(text, start, end, lexicon, amid=amid), said) for start, end in spans]


class _Said:
    """The quotations of a text, to be looked up by place; none overlap."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._quotations = sorted(quotations, key=lambda quotation: quotation.start)
        self._starts = [quotation.start for quotation in self._quotations]
        self._attributions = sorted(each.attribution for each in quotations if each.attribution)

    def within(self, start: int, end: int) -> list[Quotation]:
        first = max(0, bisect_right(self._starts, start) - 1)
        found = self._quotations[first : bisect_left(self._starts, end)]
        return [quotation for quotation in found if quotation.end > start]

    def attributions(self, start: int, end: int) -> list[tuple[int, int]]:
        first = bisect_left(self._attributions, (start, start))
        return list(self._attributions[first : bisect_left(self._attributions, (end, end))])


def _assessed(text: str, start: int, end: int, signals: Sequence[Signal], said: _Said) -> Assessed:
    attributions = said.attributions(start, end)
    signals = [signal for signal in signals if not _is_of_saying(signal, attributions)]
    score = score_of(signals)
    reasons = sorted((signal for signal in signals if is_reason(signal.kind)), key=_weightiest)
    return Assessed(
        start=start,
        end=end,
        score=score,
        reasons=tuple(reasons),
        against=tuple(signal for signal in signals if not is_reason(signal.kind)),
        claim_type=_claim_type({signal.kind for signal in reasons}),
        quotation=_mostly_quoted(text, start, end, said.within(start, end), attributions),
    )


def _is_of_saying(signal: Signal, attributions: Sequence[tuple[int, int]]) -> bool:
    return signal.kind in OF_SAYING and any(start <= signal.start < end for start, end in attributions)


def _weightiest(signal: Signal) -> tuple[float, int]:
    return -score_of([signal]), signal.start


def _claim_type(kinds: set[str]) -> str:
    return next((claim_type for kind, claim_type in CLAIM_TYPES.items() if kind in kinds), "event")


def _mostly_quoted(
    text: str, start: int, end: int, within: Sequence[Quotation], attributions: Sequence[tuple[int, int]]
) -> Quotation | None:
    """The quotation that most of a sentence is, not counting who said it."""
    whole = _letters(text, start, end) - sum(_letters(text, first, last) for first, last in attributions)
    shares = [(_letters(text, max(start, each.start), min(end, each.end)), each) for each in within]
    if not shares or sum(share for share, _ in shares) < MOSTLY_QUOTED * max(1, whole):
        return None
    return max(shares, key=lambda pair: pair[0])[1]


LETTERS = re.compile(r"[^\W_]+")


def _letters(text: str, start: int, end: int) -> int:
    return sum(found.end() - found.start() for found in LETTERS.finditer(text, start, end))


def _as_json(signal: Signal, text: str) -> dict[str, Any]:
    return {
        "kind": signal.kind,
        "start": signal.start,
        "end": signal.end,
        "words": text[signal.start : signal.end],
    }
