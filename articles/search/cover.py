"""How much of a claim the best single sentence of a passage covers; pure.

BM25 weighs the words of a whole passage. One in which a single sentence says most of the claim is better evidence than
one in which its words stand apart, and *contaminated* says something about *contamination*. So the best passages are
put in order by both: their BM25 scores, spread over 0 to 1, and the share of the claim's letter trigrams that their
best sentence has, each weighed by how rare it is among these passages. Small words are in all of them and weigh
nothing, so no list of them is needed, in any language.

Chosen and confirmed on the training claims of SciFact (docs/explanation/evidence-search.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log

WEIGHT = 1.0  # of the cover, against BM25's score
DEPTH = 30  # passages that are put in order
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n|(?<=[。！？])")


def order_by_cover(query: str, passages: Sequence[tuple[str, float]]) -> list[int]:
    """The places of some passages in their new order, best first.

    :param passages: text and BM25 score, best first.
    """
    if len(passages) < 2:
        return list(range(len(passages)))
    bits = {trigram: 1 << place for place, trigram in enumerate(sorted(_trigrams(query)))}
    sentences = _covered([text for text, _score in passages], bits)
    having = Counter(place for masks in sentences for place in _places(_union(masks)))
    rest = len(passages) + 0.5
    weights = [log(1 + (rest - having[place]) / (having[place] + 0.5)) for place in range(len(bits))]
    weigh = _weigher(weights)
    total = sum(weights) or 1.0
    best, least = passages[0][1], passages[-1][1]
    values = [
        (score - least) / (best - least + 1e-9) + WEIGHT * max(map(weigh, masks), default=0.0) / total
        for masks, (_text, score) in zip(sentences, passages, strict=True)
    ]
    return sorted(range(len(passages)), key=lambda place: (-values[place], place))


def _covered(texts: Sequence[str], bits: Mapping[str, int]) -> list[set[int]]:
    """Which trigrams of the claim each sentence of each text covers, as bits; sentences that cover none are left out.

    Every word is looked at once, however often it comes: that is what makes this quick.
    """
    texts_in_words = [[set(_words(sentence)) for sentence in _SENTENCE.split(text)] for text in texts]
    vocabulary = set().union(*(words for sentences in texts_in_words for words in sentences))
    masks = {word: mask for word in vocabulary if (mask := _mask(word, bits))}
    telling = masks.keys()
    return [
        {mask for words in sentences if (mask := _union(masks[word] for word in words & telling))}
        for sentences in texts_in_words
    ]


def _mask(word: str, bits: Mapping[str, int]) -> int:
    padded, mask = _padded(word), 0
    for place in range(len(padded) - 2):
        mask |= bits.get(padded[place : place + 3], 0)
    return mask


def _weigher(weights: Sequence[float]) -> Callable[[int], float]:
    """Sums the weights of the bits of a mask, eight at a time."""
    tables = []
    for first in range(0, len(weights), 8):
        eight = [*weights[first : first + 8], *[0.0] * 8][:8]
        table = [0.0] * 256
        for byte in range(1, 256):
            table[byte] = table[byte & (byte - 1)] + eight[(byte & -byte).bit_length() - 1]
        tables.append(table)

    def weigh(mask: int) -> float:
        return sum(table[byte] for table, byte in zip(tables, mask.to_bytes(len(tables), "little"), strict=True))

    return weigh


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _trigrams(text: str) -> set[str]:
    """Every three neighbouring letters of the words, with two spaces before a word and one behind."""
    padded = map(_padded, _words(text))
    return {word[place : place + 3] for word in padded for place in range(len(word) - 2)}


def _padded(word: str) -> str:
    return f"  {word} "


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _places(mask: int) -> list[int]:
    """Which bits are set."""
    return [place for place in range(mask.bit_length()) if mask >> place & 1]
