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
from collections.abc import Iterable, Mapping, Sequence
from math import log

WEIGHT = 1.0  # of the cover, against BM25's score
DEPTH = 50  # passages that are put in order
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n|(?<=[。！？])")


def order_by_cover(query: str, passages: Sequence[tuple[str, float]]) -> list[int]:
    """The places of some passages in their new order, best first.

    :param passages: text and BM25 score, best first.
    """
    if len(passages) < 2:
        return list(range(len(passages)))
    bits = {trigram: 1 << place for place, trigram in enumerate(sorted(_trigrams(set(_words(query)))))}
    sentences = _covered([text for text, _score in passages], bits)
    having = Counter(bit for masks in sentences for bit in _bits(_union(masks)))
    weights = {bit: log(1 + (len(passages) - having[bit] + 0.5) / (having[bit] + 0.5)) for bit in bits.values()}
    total = sum(weights.values()) or 1.0
    best, least = passages[0][1], passages[-1][1]
    values = [
        (score - least) / (best - least + 1e-9)
        + WEIGHT * max((sum(weights[bit] for bit in _bits(mask)) for mask in masks), default=0) / total
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
    return _union(bits[trigram] for trigram in _trigrams({word}) & bits.keys())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _trigrams(words: set[str]) -> set[str]:
    """Every three neighbouring letters, with two spaces before a word and one behind: ``  a``, `` at``, ``at ``."""
    padded = (f"  {word} " for word in words)
    return {word[place : place + 3] for word in padded for place in range(len(word) - 2)}


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _bits(mask: int) -> list[int]:
    bits = []
    while mask:
        lowest = mask & -mask
        bits.append(lowest)
        mask ^= lowest
    return bits
