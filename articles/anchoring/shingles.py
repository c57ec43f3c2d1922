"""Short runs of words that stand once in a text, and what can be told from them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from articles.anchoring.links import Flags, Links, Piece
from articles.anchoring.tokens import Document

WORDS_OF_SHINGLE = 5

# Tokens [first, end) of one text.
Run = tuple[int, int]


class Site(NamedTuple):
    """A token and the run of free tokens it stands in."""

    token: int
    run: Run


def free_runs(document: Document, free: Flags, first: int = 0, end: int | None = None) -> Iterator[Run]:
    """Give the runs of free tokens in ``[first, end)`` that hold enough words for a shingle."""
    stop = len(document) if end is None else end
    while (first := free.find(1, first, stop)) >= 0:
        run = first, free.end_of_run(first, stop)
        if document.words_in(*run) >= WORDS_OF_SHINGLE:
            yield run
        first = run[1]


def unique_shingles(document: Document, runs: Iterable[Run]) -> dict[str, Site]:
    """Find the series of five words that stand once in the runs, with where they start."""
    sites: dict[str, Site] = {}
    repeated = set()
    for run in runs:
        words = [token for token in range(*run) if document.is_word[token]]
        spelled = "".join([document.code[token] for token in words])
        for position in range(len(words) - WORDS_OF_SHINGLE + 1):
            shingle = spelled[position : position + WORDS_OF_SHINGLE]
            if shingle in sites:
                repeated.add(shingle)
            sites[shingle] = Site(words[position], run)
    for shingle in repeated:
        del sites[shingle]
    return sites


def unique_runs_in_order(links: Links, gap: Piece) -> list[Piece]:
    """Find runs of equal free tokens in a gap that are known by a unique shingle and keep their order."""
    old = unique_shingles(links.old, free_runs(links.old, links.free_old, gap.old_first, gap.old_end))
    new = unique_shingles(links.new, free_runs(links.new, links.free_new, gap.new_first, gap.new_end))
    seeds = [
        Piece(site.token, site.token + 1, new[shingle].token, new[shingle].token + 1)
        for shingle, site in old.items()
        if shingle in new
    ]
    return longest_in_order(sorted(seeds))


def longest_in_order(pieces: list[Piece]) -> list[Piece]:
    """Choose the longest series of pieces that rises in both texts, from pieces sorted by the old (patience)."""
    lowest_ends: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, piece in enumerate(pieces):
        length = bisect_left(lowest_ends, piece.new_first)
        lowest_ends[length : length + 1] = [piece.new_first]
        ends[length : length + 1] = [number]
        previous.append(ends[length - 1] if length else -1)
    series = []
    number = ends[-1] if ends else -1
    while number >= 0:
        series.append(pieces[number])
        number = previous[number]
    return series[::-1]


def gaps_between(gap: Piece, pieces: list[Piece]) -> Iterator[Piece]:
    """Give what a gap holds before, between and after pieces that keep their order, without empty pieces."""
    first, image = gap.old_first, gap.new_first
    for piece in [*pieces, Piece(gap.old_end, gap.old_end, gap.new_end, gap.new_end)]:
        if piece.old_first > first or piece.new_first > image:
            yield Piece(first, piece.old_first, image, piece.new_first)
        first, image = piece.old_end, piece.new_end
