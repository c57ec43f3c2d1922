"""Finding what was moved among the tokens that no gap could align.

Everything linked here is marked as moved: only a person can say that a fragment found elsewhere is the same.
"""

from typing import NamedTuple

from rapidfuzz.distance import Indel

from articles.anchoring.gaps import align_gap
from articles.anchoring.links import Flags, Links, Piece
from articles.anchoring.shingles import free_runs, unique_shingles
from articles.anchoring.tokens import Document

FEWEST_WORDS_MOVED = 6
# How many old tokens round a moved fragment may have been edited with it.
EDITED_ROUND_FRAGMENT = 60

FEWEST_WORDS_OF_SENTENCE = 4
FREE_SHARE = 0.6
SIMILARITY_OF_REWORDED = 0.6
# Sentences compared on either side, and tokens in each; beyond it the text is a rewrite.
MOST_SENTENCES = 160
LONGEST_SENTENCE = 500


def pair_moved_fragments(links: Links) -> None:
    """Link fragments that hold a run of five words found once among the free tokens of either text."""
    old_sites = unique_shingles(links.old, free_runs(links.old, links.free_old))
    new_sites = unique_shingles(links.new, free_runs(links.new, links.free_new))
    found = [(site, new_sites[shingle]) for shingle, site in old_sites.items() if shingle in new_sites]
    fragments = [
        (fragment, old_site.run, new_site.run)
        for old_site, new_site in sorted(found)
        if (fragment := _link_fragment(links, old_site.token, new_site.token))
    ]
    for fragment, old_run, new_run in fragments:
        _align_round(links, fragment, old_run, new_run)


def _link_fragment(links: Links, old_token: int, new_token: int) -> Piece | None:
    if not links.can_link(old_token, new_token):
        return None
    fragment = links.common_run(old_token, new_token)
    if links.old.words_in(fragment.old_first, fragment.old_end) < FEWEST_WORDS_MOVED:
        return None
    links.link(fragment.old_first, fragment.new_first, fragment.old_end - fragment.old_first, moved=True)
    return fragment


def _align_round(links: Links, fragment: Piece, old_run: tuple[int, int], new_run: tuple[int, int]) -> None:
    first, end, image, image_end = fragment
    before = min(first - old_run[0], EDITED_ROUND_FRAGMENT)
    after = min(old_run[1] - end, EDITED_ROUND_FRAGMENT)
    image_before = max(new_run[0], image - 2 * before - 10)
    image_after = min(new_run[1], image_end + 2 * after + 10)
    align_gap(links, Piece(first - before, first, image_before, image), moved=True)
    align_gap(links, Piece(end, end + after, image_end, image_after), moved=True)


class Sentence(NamedTuple):
    """A sentence that is mostly free, with its distinct free words."""

    first: int
    end: int
    words: frozenset[str]


def pair_reworded_sentences(links: Links) -> None:
    """Align sentences that moved and were edited with their closest near copy among the free ones."""
    old_sentences = _free_sentences(links.old, links.free_old)
    new_sentences = _free_sentences(links.new, links.free_new) if old_sentences else []
    pairs = [
        (similarity, old, new)
        for old in old_sentences
        for new in new_sentences
        if _may_be_near_copies(old, new) and (similarity := _similarity(links, old, new)) >= SIMILARITY_OF_REWORDED
    ]
    taken: set[tuple[str, int]] = set()
    for _, old, new in sorted(pairs, key=lambda pair: (-pair[0], pair[1].first, pair[2].first)):
        if taken.isdisjoint({("old", old.first), ("new", new.first)}):
            taken |= {("old", old.first), ("new", new.first)}
            align_gap(links, Piece(old.first, old.end, new.first, new.end), moved=True)


def _free_sentences(document: Document, is_free: Flags) -> list[Sentence]:
    found = []
    for first, end in document.sentences:
        if end - first > LONGEST_SENTENCE:
            continue
        free = [token for token in range(first, end) if is_free[token] and document.is_word[token]]
        if len(free) >= max(FEWEST_WORDS_OF_SENTENCE, FREE_SHARE * document.words_in(first, end)):
            found.append(Sentence(first, end, frozenset(document.code[token] for token in free)))
    return found[:MOST_SENTENCES]


def _may_be_near_copies(old: Sentence, new: Sentence) -> bool:
    """Rule out, cheaply, pairs that share too few words to be worth comparing in full."""
    shared = len(old.words & new.words)
    return shared >= 2 and 2 * shared >= FREE_SHARE * min(len(old.words), len(new.words)) + 1


def _similarity(links: Links, old: Sentence, new: Sentence) -> float:
    return Indel.normalized_similarity(links.old.code[old.first : old.end], links.new.code[new.first : new.end])
