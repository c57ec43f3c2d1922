"""Quotations that were found beside those that people marked.

Contents are compared without quotation marks, outer punctuation and a leading "that". Two match when the letters and
digits they share are at least a given part of those they have together (intersection over union), one to one, the
likest first; at 1 they have to be the same characters. What a gold file marks as no speech, or as optional, is neither
asked for nor wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

TRIMMED = " \t\r\n\"“”‘’'`,.;:!?—–-…"
LEADING_THAT = re.compile(r"that\s+[,\"“]?\s*", re.IGNORECASE)
HONORIFIC = re.compile(r"\b(?:mr|mrs|ms|dr|sen|rep|gov|president|prof|sir|lady|lord)\b\.?", re.IGNORECASE)
NAME_WORD = re.compile(r"[A-Za-zÀ-ÿ'’\-]+")
PRONOUNS = frozenset(["he", "she", "they", "i", "we", "it", "who", "him", "her", "his"])
SUFFIXES = frozenset(("jr", "sr"))
KINDS = ("direct", "mixed", "indirect")
# Of an unmatched prediction: lying on words of no speech as much as this, and more than on any other, it is left out.
ON_NO_SPEECH = 0.2

Span = tuple[int, int]
Quote = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found rightly, wrongly, and not at all."""

    hits: int = 0
    wrong: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.wrong)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.wanted)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Tally:
    """What was reached on all articles so far, at one degree of likeness."""

    likeness: float
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, text: str, gold: Sequence[Quote], found: Sequence[Quote]) -> None:
        wanted = [quote for quote in gold if quote.get("speech", True)]
        others = [trimmed(text, quote) for quote in gold if not quote.get("speech", True)]
        wanted_spans = [trimmed(text, quote) for quote in wanted]
        found_spans = [trimmed(text, quote) for quote in found]
        pairs = _pairs(text, wanted_spans, found_spans, self.likeness)
        for number, quote in enumerate(found):
            if number in pairs:
                self._count_hit(wanted[pairs[number]], quote)
            elif not _is_on_no_speech(text, found_spans[number], wanted_spans, others):
                self.counts["wrong", quote["kind"]] += 1
        for quote in wanted:
            self.counts["wanted", quote["kind"]] += 1

    def _count_hit(self, gold: Quote, found: Quote) -> None:
        self.counts["hit", gold["kind"]] += 1
        self.counts["found", found["kind"]] += 1
        if gold.get("speaker"):
            self.counts["mentions", ""] += 1
            self.counts["right mention", ""] += _is_same_mention(gold, found)
        if gold.get("resolved"):
            self.counts["people", ""] += 1
            self.counts["right person", ""] += name_key(found.get("resolved")) == name_key(gold["resolved"])

    def of(self, kind: str) -> Counts:
        return Counts(self.counts["found", kind], self.counts["wrong", kind], self.counts["wanted", kind])

    def recall_of(self, kind: str) -> float:
        return self.counts["hit", kind] / max(1, self.counts["wanted", kind])

    def f1_of(self, kind: str) -> float:
        """Precision by the kind that was found, recall by the kind that was wanted."""
        precision, recall = self.of(kind).precision, self.recall_of(kind)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def all(self) -> Counts:
        return Counts(*(sum(self.counts[name, kind] for kind in KINDS) for name in ("found", "wrong", "wanted")))

    @property
    def mention(self) -> float:
        """The share of matched quotations whose speaker is the right words of the text."""
        return self.counts["right mention", ""] / max(1, self.counts["mentions", ""])

    @property
    def person(self) -> float:
        """The share of matched quotations that are given to the right person."""
        return self.counts["right person", ""] / max(1, self.counts["people", ""])

    @property
    def end_to_end(self) -> float:
        """F1 of words and speaker both right: the person where gold names people, else the mention."""
        right = self.counts["right person" if self.counts["people", ""] else "right mention", ""]
        every = self.all
        precision, recall = right / max(1, every.hits + every.wrong), right / max(1, every.wanted)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def trimmed(text: str, quote: Quote) -> Span:
    """A content without its marks, outer punctuation and leading "that"."""
    start, end = _stripped(text, quote["start"], quote["end"])
    that = LEADING_THAT.match(text, start, end)
    return _stripped(text, that.end(), end) if that and that.end() < end else (start, end)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in TRIMMED:
        start += 1
    while end > start and text[end - 1] in TRIMMED:
        end -= 1
    return start, end


def likeness(text: str, one: Span, other: Span) -> float:
    """Letters and digits shared, as part of those of both together.

    Of "we will go" and "will go now" six are shared of 11 in both: 0.55.
    """
    shared = _letters(text, max(one[0], other[0]), min(one[1], other[1]))
    return shared / max(1, _letters(text, *one) + _letters(text, *other) - shared)


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end])) if end > start else 0


def _pairs(text: str, wanted: Sequence[Span], found: Sequence[Span], least: float) -> dict[int, int]:
    """For each found content that matches, the wanted one, by their numbers."""
    likest = sorted(
        (
            (likeness(text, one, other), number, place)
            for place, other in enumerate(found)
            for number, one in enumerate(wanted)
            if other[0] < one[1] and one[0] < other[1]
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for alike, number, place in likest:
        is_match = wanted[number] == found[place] if least == 1.0 else alike >= least
        if is_match and place not in pairs and number not in pairs.values():
            pairs[place] = number
    return pairs


def _is_on_no_speech(text: str, found: Span, wanted: Iterable[Span], others: Iterable[Span]) -> bool:
    on_others = max((likeness(text, found, other) for other in others), default=0.0)
    on_wanted = max((likeness(text, found, other) for other in wanted), default=0.0)
    return on_others > ON_NO_SPEECH and on_others > on_wanted


def _is_same_mention(gold: Quote, found: Quote) -> bool:
    if not found.get("speaker"):
        return False
    (start, end), (gold_start, gold_end) = found["speaker_span"], gold["speaker_span"]
    if start < gold_end and gold_start < end:
        return True
    key = name_key(gold["speaker"])
    return bool(key) and key not in PRONOUNS and key == name_key(found["speaker"])


def name_key(name: str | None) -> str:
    """The last word of a name, in lower case, without honorifics, "Jr" and possessive."""
    bare = HONORIFIC.sub("", re.sub(r"['’]s\b", "", name or ""))
    words = [word.lower() for word in NAME_WORD.findall(bare) if word.lower() not in SUFFIXES]
    return words[-1] if words else ""
