"""Aligning the tokens between two pinned sentences."""

from typing import NamedTuple

from rapidfuzz.distance import Indel

from articles.anchoring.links import Links, Piece
from articles.anchoring.shingles import gaps_between, unique_runs_in_order
from articles.anchoring.tokens import Document

# Beyond this many tokens on one side a gap is a rewrite: the alignment would cost much and mean little.
LONGEST_GAP = 5000
# An island of this many words is never taken for chance.
WORDS_OF_SURVIVAL = 4


class Island(NamedTuple):
    """Free old tokens numbered ``[first, end)`` of a gap, equal to the free new tokens from ``image`` on."""

    first: int
    end: int
    image: int

    @property
    def image_end(self) -> int:
        """The number after the last new token."""
        return self.image + self.end - self.first


def align_gap(links: Links, gap: Piece, *, moved: bool = False) -> None:
    """Link the free tokens of a gap along a longest common subsequence, without islands due to chance.

    A gap too long for that is first cut at the runs of words found once on either side; what is still too
    long stays unlinked. With ``moved`` every link made is marked as moved.
    """
    inner = links.link_equal_ends(gap, moved=moved)
    if _is_short(inner):
        _align_short_gap(links, inner, moved=moved)
        return
    for part in _cut_at_unique_runs(links, inner, moved=moved):
        rest = links.link_equal_ends(part, moved=moved)
        if _is_short(rest):
            _align_short_gap(links, rest, moved=moved)


def _is_short(gap: Piece) -> bool:
    return max(gap.old_end - gap.old_first, gap.new_end - gap.new_first) <= LONGEST_GAP


def _cut_at_unique_runs(links: Links, gap: Piece, *, moved: bool) -> list[Piece]:
    """Link the runs of a gap that are known by unique words and keep their order; give what is between them."""
    runs = []
    for seed in unique_runs_in_order(links, gap):
        if links.can_link(seed.old_first, seed.new_first):
            run = links.common_run(seed.old_first, seed.new_first)
            links.link(run.old_first, run.new_first, run.old_end - run.old_first, moved=moved)
            runs.append(run)
    return list(gaps_between(gap, runs))


def _align_short_gap(links: Links, gap: Piece, *, moved: bool) -> None:
    old_tokens = [token for token in range(gap.old_first, gap.old_end) if links.free_old[token]]
    new_tokens = [token for token in range(gap.new_first, gap.new_end) if links.free_new[token]]
    if not old_tokens or not new_tokens:
        return
    islands = _common_islands(
        "".join([links.old.code[token] for token in old_tokens]),
        "".join([links.new.code[token] for token in new_tokens]),
    )
    sides = _Sides(_word_counts(links.old, old_tokens), _word_counts(links.new, new_tokens))
    for island in _without_chance(islands, sides):
        for step in range(island.end - island.first):
            links.link(old_tokens[island.first + step], new_tokens[island.image + step], 1, moved=moved)


def _common_islands(old: str, new: str) -> list[Island]:
    return [
        Island(step.src_start, step.src_end, step.dest_start) for step in Indel.opcodes(old, new) if step.tag == "equal"
    ]


class _Sides(NamedTuple):
    """Words before each free token of a gap, and in all; for the old and the new side."""

    old: list[int]
    new: list[int]

    def changed_between(self, left: Island, right: Island) -> int:
        """Count the words that were taken out or put in between two islands, whichever is more."""
        return max(
            self.old[right.first] - self.old[left.end],
            self.new[right.image] - self.new[left.image_end],
        )


def _word_counts(document: Document, tokens: list[int]) -> list[int]:
    counts = [0]
    for token in tokens:
        counts.append(counts[-1] + document.is_word[token])
    return counts


def _without_chance(islands: list[Island], sides: _Sides) -> list[Island]:
    """Drop islands that carry less than the change on both their sides, until none is left."""
    start = Island(0, 0, 0)
    end = Island(len(sides.old) - 1, len(sides.old) - 1, len(sides.new) - 1)
    while True:
        kept: list[Island] = []
        for position, island in enumerate(islands):
            left = sides.changed_between(kept[-1] if kept else start, island)
            after = islands[position + 1] if position + 1 < len(islands) else end
            if not _is_chance(
                sides.old[island.end] - sides.old[island.first], left, sides.changed_between(island, after)
            ):
                kept.append(island)
        if len(kept) == len(islands):
            return kept
        islands = kept


def _is_chance(words: int, left: int, right: int) -> bool:
    if words == 0:
        return min(left, right) > 0 and max(left, right) > 1
    return words < WORDS_OF_SURVIVAL and min(left, right) >= 2 * words + 1
