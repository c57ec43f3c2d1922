"""Whether the sentences of a mark stand among the sentences they stood among.

A sentence that was edited can be told from a look-alike put somewhere else by its neighbours, and by nothing else
being as like it.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from articles.anchoring.links import Flags, Links
from articles.anchoring.tokens import Document

# The share of a sentence's words that must live on in order for it to be the same sentence.
SAME_SENTENCE = 0.5
# Sentences in an unbroken row that prove their place without one that is known word for word.
ENOUGH_IN_A_ROW = 4
# Words of its own sentence that must stand unchanged with a mark, its own among them, as far as the sentence has them.
WORDS_OF_ROOT = 3
# The share of a sentence's pairs of words that a look-alike has in common with it.
LOOK_ALIKE = 0.4
LOOSE_SHARE = 0.5


class Images(NamedTuple):
    """The new sentences in which an old one begins and ends."""

    first: int
    last: int


class Neighbourhood:
    """Answers for one alignment; sentences are looked at when asked for, and once."""

    def __init__(self, links: Links) -> None:
        self._links = links
        # A text of white space alone has no sentences; it counts as one.
        self._old = links.old.sentences or [(0, len(links.old))]
        self._new = links.new.sentences or [(0, len(links.new))]
        self._old_starts = [first for first, _ in self._old]
        self._new_starts = [first for first, _ in self._new]
        self._images: dict[int, Images | None] = {}
        self._settled: dict[tuple[int, int], bool] = {}
        self._look_alike: dict[tuple[int, int], bool] = {}
        self._once: dict[int, bool] = {}

    def sentences_round(self, first: int, last: int) -> range:
        """Give the numbers of the old sentences that the old tokens ``[first, last]`` touch."""
        begin = self._old_sentence(first)
        return range(begin, max(begin + 1, bisect_right(self._old_starts, last)))

    def is_beyond_doubt(self, first: int, last: int) -> bool:
        """Say whether the mark lies in sentences known word for word that have no copy, not even inside others."""
        links = self._links
        if not all(links.pinned[first : last + 1]):
            return False
        return all(self._is_held(number) or self._is_found_once(number) for number in self.sentences_round(first, last))

    def _is_held(self, number: int) -> bool:
        """Say whether the tokens on both sides of a known sentence are the same as ever."""
        links, (first, end) = self._links, self._old[number]
        return (
            first > 0
            and end < len(links.old)
            and links.forward[first - 1] == links.forward[first] - 1
            and links.forward[end] == links.forward[end - 1] + 1
        )

    def _is_found_once(self, number: int) -> bool:
        if number not in self._once:
            code = self._links.old.code[slice(*self._old[number])]
            self._once[number] = self._links.old.code.count(code) == 1 == self._links.new.code.count(code)
        return self._once[number]

    def is_rooted(self, first: int, last: int, run_first: int, run_last: int) -> bool:
        """Say whether enough of the mark's own sentences stands unchanged with it."""
        start, end = self._tokens_of(first, last)
        words_in = self._links.old.words_in
        return words_in(max(start, run_first), min(end, run_last + 1)) >= min(WORDS_OF_ROOT, words_in(start, end))

    def is_framed(self, first: int, last: int, run_first: int, run_last: int) -> bool:
        """Say whether the unchanged run reaches beyond the mark's own sentences on both sides."""
        start, end = self._tokens_of(first, last)
        old = self._links.old
        before = run_first == 0 or old.words_in(run_first, max(start, run_first)) > 0
        return before and (run_last == len(old) - 1 or old.words_in(min(end, run_last + 1), run_last + 1) > 0)

    def _tokens_of(self, first: int, last: int) -> tuple[int, int]:
        sentences, touched = self._old, self.sentences_round(first, last)
        return min(first, sentences[touched.start][0]), max(last + 1, sentences[touched.stop - 1][1])

    def is_settled(self, first: int, last: int) -> bool:
        """Say whether a row of sentences that kept their order leads from the mark to one known word for word."""
        touched = self.sentences_round(first, last)
        key = touched.start, touched.stop
        if key not in self._settled:
            self._settled[key] = self._leads_to_known(touched)
        return self._settled[key]

    def _leads_to_known(self, touched: range) -> bool:
        length = len(touched)
        for origin, step in ((touched.start, -1), (touched.stop - 1, 1)):
            for number in self._row(origin, step):
                if number is None or self._is_known(number):
                    return True
                length += 1
                if length >= ENOUGH_IN_A_ROW:
                    return True
        return False

    def _row(self, number: int, step: int) -> Iterator[int | None]:
        """Walk over the neighbours that still are neighbours; ``None`` stands for the edge of both texts."""
        while True:
            here = self._images_of(number)
            following = number + step
            if here is None:
                return
            if not 0 <= following < len(self._old_starts):
                edge = here.first == 0 if step < 0 else here.last == len(self._new_starts) - 1
                if edge:
                    yield None
                return
            there = self._images_of(following)
            if there is None:
                return
            distance = here.first - there.last if step < 0 else there.first - here.last
            if not 0 <= distance <= 1:
                return
            yield following
            number = following

    def _is_known(self, number: int) -> bool:
        first = self._old_starts[number]
        return bool(self._links.pinned[first]) and not self._links.moved[first]

    def _images_of(self, number: int) -> Images | None:
        if number not in self._images:
            self._images[number] = self._find_images(number)
        return self._images[number]

    def _find_images(self, number: int) -> Images | None:
        links = self._links
        first, end = self._old[number]
        living = [token for token in range(first, end) if links.old.is_word[token] and not links.loose_old[token]]
        if not living or len(living) < SAME_SENTENCE * links.old.words_in(first, end):
            return None
        return Images(self._new_sentence(links.forward[living[0]]), self._new_sentence(links.forward[living[-1]]))

    def _old_sentence(self, token: int) -> int:
        return max(0, bisect_right(self._old_starts, token) - 1)

    def _new_sentence(self, token: int) -> int:
        return max(0, bisect_right(self._new_starts, token) - 1)

    def has_look_alike(self, first: int, last: int) -> bool:
        """Say whether another loose sentence could as well be what became of the mark's own, or be its origin."""
        return any(
            self._is_one_of_two(self._old_sentence(token), self._new_sentence(self._links.forward[token]))
            for token in (first, last)
        )

    def _is_one_of_two(self, old: int, new: int) -> bool:
        if (old, new) not in self._look_alike:
            pairs = _pairs(self._links.old, self._old[old])
            images = _pairs(self._links.new, self._new[new])
            self._look_alike[old, new] = _is_like_another(pairs, self._loose_new, new) or _is_like_another(
                images, self._loose_old, old
            )
        return self._look_alike[old, new]

    @cached_property
    def _loose_old(self) -> dict[str, list[int]]:
        return _by_pair(self._links.old, self._links.loose_old)

    @cached_property
    def _loose_new(self) -> dict[str, list[int]]:
        return _by_pair(self._links.new, self._links.loose_new)


def _pairs(document: Document, span: tuple[int, int]) -> set[str]:
    words = "".join([document.code[token] for token in range(*span) if document.is_word[token]])
    return {words[place : place + 2] for place in range(len(words) - 1)}


def _by_pair(document: Document, is_loose: Flags) -> dict[str, list[int]]:
    """Say for each pair of words in which mostly loose sentences it stands."""
    found = defaultdict(list)
    for number, span in enumerate(document.sentences):
        enough = max(1, LOOSE_SHARE * document.words_in(*span))
        if is_loose.count(1, *span) >= enough and _loose_words(document, is_loose, span) >= enough:
            for pair in _pairs(document, span):
                found[pair].append(number)
    return found


def _loose_words(document: Document, is_loose: Flags, span: tuple[int, int]) -> int:
    return sum(document.is_word[token] and is_loose[token] for token in range(*span))


def _is_like_another(pairs: set[str], sentences: dict[str, list[int]], own: int) -> bool:
    if not sentences or not pairs:
        return False
    shared = Counter(number for pair in pairs for number in sentences.get(pair, ()) if number != own)
    return bool(shared) and max(shared.values()) >= LOOK_ALIKE * len(pairs)
