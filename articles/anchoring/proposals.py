"""Proposing a place for a mark whose words were edited, replaced or moved.

A proposal is for a person to look at. Where nothing of the mark or of its surroundings lives on, there is
none.
"""

from itertools import pairwise

from rapidfuzz.distance import Indel, Levenshtein

from articles.anchoring.fates import GONE, Carried, Reason, proposed
from articles.anchoring.links import Links, Piece
from articles.anchoring.marks import Mark
from articles.anchoring.text import fold

LEAST_KEPT = 0.25
LEAST_SIMILARITY = 0.45
SIMILARITY_OF_REPLACEMENT = 0.5
# Words that may be replaced outright and still count as replaced rather than gone.
FEW_WORDS = 4
# The same for scripts in which every character counts as a word.
FEW_CHARACTERS = 12
MOST_WORDS_REWORDED = 6
LONGEST_REPLACEMENT = 400
LONGEST_INSERTION = 400
# Characters on both sides, multiplied, beyond which an offset is mapped in proportion.
MOST_COMPARED = 4_000_000
SHORTEST_COPY = 8


def propose(links: Links, mark: Mark) -> Carried:
    """Propose a place for the mark, or say that it is gone."""
    survivors = _surviving_tokens(links, mark)
    fate = _edited(links, mark, survivors) if survivors else _replaced(links, mark)
    return _unclaimed_copy(links, mark) if fate is GONE else fate


def _surviving_tokens(links: Links, mark: Mark) -> list[int]:
    linked = [token for token in range(mark.first, mark.last + 1) if not links.free_old[token]]
    words = [token for token in linked if links.old.is_word[token]]
    if words or links.old.words_in(mark.first, mark.last + 1):
        return words
    return [token for token in linked if not links.old.is_space(token)]


def _edited(links: Links, mark: Mark, survivors: list[int]) -> Carried:
    chain = max(_chains(links, mark, survivors), key=lambda tokens: _weight(links, tokens))
    first, last = _with_punctuation(links, mark, chain)
    start, end = _start_of_edited(links, mark, first), _end_of_edited(links, mark, last)
    words = [token for token in range(mark.first, mark.last + 1) if links.old.is_word[token]]
    kept = _weight(links, chain) / max(1, _weight(links, words))
    if kept < LEAST_KEPT and _similarity(mark.words, links.new.text[start:end]) < LEAST_SIMILARITY:
        return GONE
    return proposed(Reason.EDITED, start, end)


def _chains(links: Links, mark: Mark, survivors: list[int]) -> list[list[int]]:
    """Split the surviving tokens where their images go back or leap further than an insertion explains.

    However long what stands between two of them is, when it is all new it was put in there.
    """
    leap = max(60, 3 * (mark.last - mark.first) // 2)
    chains = [survivors[:1]]
    for before, token in pairwise(survivors):
        image_before, image = links.forward[before], links.forward[token]
        is_near = 0 < image - image_before <= 3 * (token - before) + leap
        if is_near or _is_put_in(links, Piece(before + 1, token, image_before + 1, image)):
            chains[-1].append(token)
        else:
            chains.append([token])
    return chains


def _is_put_in(links: Links, piece: Piece) -> bool:
    """Say whether nothing but new text came between two tokens, and not more than a few paragraphs."""
    return 0 < piece.new_end - piece.new_first <= LONGEST_INSERTION and _holds_only_own(links, piece)


def _weight(links: Links, tokens: list[int]) -> int:
    return sum(len(links.old.tokens[token]) for token in tokens)


def _with_punctuation(links: Links, mark: Mark, chain: list[int]) -> tuple[int, int]:
    """Widen a chain of words by the tokens of the mark that are linked right beside it."""
    forward = links.forward
    first, last = chain[0], chain[-1]
    while first > mark.first and forward[first - 1] == forward[first] - 1:
        first -= 1
    while last < mark.last and forward[last + 1] == forward[last] + 1:
        last += 1
    return first, last


def _similarity(old: str, new: str) -> float:
    return Indel.normalized_similarity(fold(old), fold(new))


def _hole_before(links: Links, token: int) -> Piece:
    """Give the unlinked tokens of either text right before a linked pair, as far back as matters."""
    image = links.forward[token]
    first = links.free_old.start_of_run(token, max(0, token - LONGEST_REPLACEMENT))
    return Piece(first, token, links.free_new.start_of_run(image, max(0, image - LONGEST_REPLACEMENT)), image)


def _hole_after(links: Links, token: int) -> Piece:
    """Give the unlinked tokens of either text right after a linked pair, as far on as matters."""
    first, image = token + 1, links.forward[token] + 1
    end = links.free_old.end_of_run(first, first + LONGEST_REPLACEMENT)
    return Piece(first, end, image, links.free_new.end_of_run(image, image + LONGEST_REPLACEMENT))


def _is_proportionate(links: Links, hole: Piece) -> bool:
    put_in = links.new.words_in(hole.new_first, hole.new_end)
    return put_in <= 2 * links.old.words_in(hole.old_first, hole.old_end) + 3


def _start_of_edited(links: Links, mark: Mark, first: int) -> int:
    """Find where the mark starts when ``first`` is the first of its tokens to live on."""
    old, new = links.old, links.new
    start = new.starts[links.forward[first]]
    if first == mark.first:
        return start + mark.start_within(old, new, links.forward[first])
    hole = _hole_before(links, first)
    if hole.new_first == hole.new_end or hole.old_first > mark.first:
        return start
    if hole.old_first == mark.first and _is_proportionate(links, hole):
        return _skip_space(new.text, new.starts[hole.new_first], start)
    return _skip_space(new.text, _start_in_hole(links, hole, mark.start), start)


def _end_of_edited(links: Links, mark: Mark, last: int) -> int:
    """Find where the mark ends when ``last`` is the last of its tokens to live on."""
    old, new = links.old, links.new
    end = new.starts[links.forward[last] + 1]
    if last == mark.last:
        return end - mark.end_within(old, new, links.forward[last])
    hole = _hole_after(links, last)
    if hole.new_first == hole.new_end or hole.old_end <= mark.last:
        return end
    if hole.old_end == mark.last + 1 and _is_proportionate(links, hole):
        return _skip_space_back(new.text, new.starts[hole.new_end], end)
    return _skip_space_back(new.text, _end_in_hole(links, hole, mark.end), end)


def _start_in_hole(links: Links, hole: Piece, start: int) -> int:
    old_text, new_text = _texts_of(links, hole)
    found = _map_start(old_text, new_text, start - links.old.starts[hole.old_first])
    while 0 < found < len(new_text) and new_text[found].isalnum() and new_text[found - 1].isalnum():
        found -= 1
    return links.new.starts[hole.new_first] + found


def _end_in_hole(links: Links, hole: Piece, end: int) -> int:
    old_text, new_text = _texts_of(links, hole)
    found = _map_end(old_text, new_text, end - links.old.starts[hole.old_first])
    while 0 < found < len(new_text) and new_text[found].isalnum() and new_text[found - 1].isalnum():
        found += 1
    return links.new.starts[hole.new_first] + found


def _texts_of(links: Links, hole: Piece) -> tuple[str, str]:
    old, new = links.old, links.new
    return (
        old.text[old.starts[hole.old_first] : old.starts[hole.old_end]],
        new.text[new.starts[hole.new_first] : new.starts[hole.new_end]],
    )


def _map_start(old: str, new: str, offset: int) -> int:
    """Map an offset at which something starts: text put in right there stays outside."""
    if len(old) * len(new) > MOST_COMPARED:
        return len(new) * offset // len(old)
    for step in Levenshtein.opcodes(old, new):
        if step.src_start <= offset < step.src_end:
            return min(step.dest_start + offset - step.src_start, step.dest_end)
    return len(new)


def _map_end(old: str, new: str, offset: int) -> int:
    """Map an offset at which something ends: text put in right there stays outside."""
    if len(old) * len(new) > MOST_COMPARED:
        return len(new) * offset // len(old)
    for step in Levenshtein.opcodes(old, new):
        if step.src_start < offset <= step.src_end:
            return min(step.dest_start + offset - step.src_start, step.dest_end)
    return 0


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _skip_space_back(text: str, end: int, start: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _replaced(links: Links, mark: Mark) -> Carried:
    """Look for a replacement: new text alone between the nearest neighbours that live on side by side."""
    hole = _hole_round(links, mark)
    if hole is None or hole.new_end - hole.new_first > LONGEST_REPLACEMENT or not _holds_only_own(links, hole):
        return GONE
    is_whole = hole.old_first >= mark.first and hole.old_end <= mark.last + 1
    start, end = _place_in_hole(links, mark, hole, is_whole=is_whole)
    if start >= end:
        return GONE
    found = links.new.text[start:end]
    is_like = _similarity(mark.words, found) >= SIMILARITY_OF_REPLACEMENT
    is_like = is_like or (_is_short(links, hole) if is_whole else _is_rewording(links, mark, hole))
    return proposed(Reason.REPLACED, start, end) if is_like else GONE


def _holds_only_own(links: Links, hole: Piece) -> bool:
    """Say whether nothing from outside the hole lives on in it."""
    own = range(hole.old_first, hole.old_end)
    return all(links.free_new[token] or links.backward[token] in own for token in range(hole.new_first, hole.new_end))


def _place_in_hole(links: Links, mark: Mark, hole: Piece, *, is_whole: bool) -> tuple[int, int]:
    new = links.new
    taken_out = links.old.words_in(hole.old_first, hole.old_end)
    start, end = new.starts[hole.new_first], new.starts[hole.new_end]
    if not is_whole or new.words_in(hole.new_first, hole.new_end) > 2 * taken_out + 2:
        start, end = _start_in_hole(links, hole, mark.start), _end_in_hole(links, hole, mark.end)
    start = _skip_space(new.text, start, end)
    return start, _skip_space_back(new.text, end, start)


def _is_short(links: Links, hole: Piece) -> bool:
    """Say whether what was taken out and what was put in are both no more than a name."""
    words = links.old.words_in(hole.old_first, hole.old_end), links.new.words_in(hole.new_first, hole.new_end)
    return max(words) <= FEW_WORDS or max(map(len, _texts_of(links, hole))) <= FEW_CHARACTERS


def _is_rewording(links: Links, mark: Mark, hole: Piece) -> bool:
    """Say whether a few marked words fell with their neighbours to about as many others, word for word."""
    old, new = links.old.words_in(hole.old_first, hole.old_end), links.new.words_in(hole.new_first, hole.new_end)
    is_few = links.old.words_in(mark.first, mark.last + 1) <= FEW_WORDS
    return is_few and max(old, new) <= MOST_WORDS_REWORDED and max(old, new) <= 2 * min(old, new)


def _hole_round(links: Links, mark: Mark) -> Piece | None:
    """Give the hole in both texts that the mark fell into, or ``None`` when its edges parted or lie far away."""
    nearest, furthest = mark.first - LONGEST_REPLACEMENT, mark.last + 1 + LONGEST_REPLACEMENT
    first = links.free_old.start_of_run(mark.first, max(0, nearest))
    end = links.free_old.end_of_run(mark.last + 1, furthest)
    if first == nearest or end == furthest:
        return None
    new_first = links.forward[first - 1] + 1 if first > 0 else 0
    new_end = links.forward[end] if end < len(links.old) else len(links.new)
    return Piece(first, end, new_first, new_end) if new_first < new_end else None


def _unclaimed_copy(links: Links, mark: Mark) -> Carried:
    """Take a last look for the exact words in new text that nothing else lives on in."""
    words, new = mark.words, links.new
    if len(words) < SHORTEST_COPY or " " not in words:
        return GONE
    if new.text.count(words) != 1 or links.old.text.count(words) != 1:
        return GONE
    start = new.text.index(words)
    first, end = new.covering(start, start + len(words))
    if any(new.is_word[token] and not links.free_new[token] for token in range(first, end)):
        return GONE
    return proposed(Reason.MOVED_FRAGMENT, start, start + len(words))
