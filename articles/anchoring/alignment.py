"""Which tokens of an old text live on in a new one, and where.

Sentences that stand once in each text are pinned to each other, wherever they moved; the longest series of
pins in the same order is the spine (patience diff, B. Cohen). Between the pins of the spine runs a longest
common subsequence of tokens (:mod:`articles.anchoring.gaps`); what is left over is searched for moved
fragments (:mod:`articles.anchoring.moves`).
"""

from bisect import bisect_left
from collections import Counter

from articles.anchoring.gaps import align_gap
from articles.anchoring.links import Links, Piece
from articles.anchoring.moves import pair_moved_fragments, pair_reworded_sentences
from articles.anchoring.shingles import gaps_between, longest_in_order
from articles.anchoring.tokens import Document

FEWEST_WORDS_OF_PIN = 4
FEWEST_WORDS_OF_MOVED_PIN = 6
# A gap that holds this share of a sentence's words holds a near copy of it.
NEAR_COPY = 0.6
LONGEST_GAP_SEARCHED = 3000


def align(old: str, new: str) -> Links:
    """Link the tokens of two texts."""
    links = Links(old, new)
    pins = _unique_sentences(links)
    spine = longest_in_order(pins)
    strays = _moved_pins(links, pins, set(spine))
    for pin in spine:
        _link_pin(links, pin, moved=False)
    for pin in strays:
        _link_pin(links, pin, moved=True)
    gaps = list(gaps_between(Piece(0, len(links.old), 0, len(links.new)), spine))
    for gap in gaps:
        align_gap(links, gap)
    pair_moved_fragments(links)
    pair_reworded_sentences(links)
    for pin in strays:
        _doubt_when_near_copy_stayed(links, pin, gaps)
    return links


def _unique_sentences(links: Links) -> list[Piece]:
    """Pair the sentences of at least four words that stand once in each text."""
    old, new = _once(links.old), _once(links.new)
    pairs = [
        Piece(*old[code], *new[code])
        for code in old.keys() & new.keys()
        if links.old.words_in(*old[code]) >= FEWEST_WORDS_OF_PIN
    ]
    return sorted(pairs)


def _once(document: Document) -> dict[str, tuple[int, int]]:
    codes = [document.code[first:end] for first, end in document.sentences]
    count = Counter(codes)
    return {code: place for code, place in zip(codes, document.sentences, strict=True) if count[code] == 1}


def _moved_pins(links: Links, pins: list[Piece], spine: set[Piece]) -> list[Piece]:
    return [
        pin
        for pin in pins
        if pin not in spine and links.old.words_in(pin.old_first, pin.old_end) >= FEWEST_WORDS_OF_MOVED_PIN
    ]


def _link_pin(links: Links, pin: Piece, *, moved: bool) -> None:
    length = pin.old_end - pin.old_first
    links.link(pin.old_first, pin.new_first, length, moved=moved)
    links.pinned[pin.old_first : pin.old_end] = b"\1" * length


def _doubt_when_near_copy_stayed(links: Links, pin: Piece, gaps: list[Piece]) -> None:
    """Take back the pin of a moved sentence when the place it left holds most of its words.

    An exact copy put elsewhere and an edit of the original look like a move; which one is meant is not
    certain.
    """
    position = bisect_left(gaps, (pin.old_first + 1,)) - 1
    if position < 0:
        return
    gap = gaps[position]
    if pin.old_end > gap.old_end or gap.new_end - gap.new_first > LONGEST_GAP_SEARCHED:
        return
    own_words = _words(links.old, range(pin.old_first, pin.old_end))
    words_left = _words(links.new, [t for t in range(gap.new_first, gap.new_end) if not _is_pinned(links, t)])
    if len(own_words & words_left) >= NEAR_COPY * len(own_words):
        links.pinned[pin.old_first : pin.old_end] = bytes(pin.old_end - pin.old_first)


def _is_pinned(links: Links, new_token: int) -> bool:
    return not links.free_new[new_token] and bool(links.pinned[links.backward[new_token]])


def _words(document: Document, tokens: range | list[int]) -> set[str]:
    return {document.code[token] for token in tokens if document.is_word[token]}
