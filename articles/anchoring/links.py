"""The growing correspondence between the tokens of an old and a new text."""

from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from articles.anchoring.tokens import Document, Vocabulary

# Not -1: that would seem to stand right before the first token.
UNLINKED = -2


class Piece(NamedTuple):
    """Old tokens ``[old_first, old_end)`` beside new tokens ``[new_first, new_end)``."""

    old_first: int
    old_end: int
    new_first: int
    new_end: int


class Flags(bytearray):
    """A yes (1) or no (0) for every token of a text, in which runs of yes are found quickly."""

    def start_of_run(self, end: int, furthest: int = 0) -> int:
        """Give where the run of yes that ends before token ``end`` starts, but no token before ``furthest``."""
        return max(furthest, self.rfind(0, furthest, end) + 1)

    def end_of_run(self, start: int, furthest: int | None = None) -> int:
        """Give where the run of yes that starts at token ``start`` ends, but no token after ``furthest``."""
        end = len(self) if furthest is None else min(furthest, len(self))
        no = self.find(0, start, end)
        return end if no < 0 else no


class Links:
    """One-to-one links between equal tokens of two texts.

    ``forward`` gives the new token of each old one and ``backward`` the reverse, or ``UNLINKED``. ``pinned``
    flags the old tokens of sentences that stand once in either text, ``moved`` those linked out of their
    order. ``free_old`` and ``free_new`` flag the tokens without a counterpart; ``loose_old`` those that left a
    hole where they stood, because they have none or one out of order, and ``loose_new`` likewise those that
    stand where nothing stood.
    """

    def __init__(self, old: str, new: str) -> None:
        vocabulary = Vocabulary()
        self.old = Document.of(old, vocabulary)
        self.new = Document.of(new, vocabulary)
        self.forward = [UNLINKED] * len(self.old)
        self.backward = [UNLINKED] * len(self.new)
        self.pinned = Flags(len(self.old))
        self.moved = Flags(len(self.old))
        self.free_old, self.loose_old = (Flags(b"\1" * len(self.old)) for _ in range(2))
        self.free_new, self.loose_new = (Flags(b"\1" * len(self.new)) for _ in range(2))

    def link(self, old_first: int, new_first: int, length: int, *, moved: bool = False) -> None:
        """Link a run of old tokens to a run of new ones, ``moved`` when that breaks the order of the texts."""
        old_end, new_end = old_first + length, new_first + length
        self.forward[old_first:old_end] = range(new_first, new_end)
        self.backward[new_first:new_end] = range(old_first, old_end)
        self.free_old[old_first:old_end] = self.free_new[new_first:new_end] = bytes(length)
        if moved:
            self.moved[old_first:old_end] = b"\1" * length
        else:
            self.loose_old[old_first:old_end] = self.loose_new[new_first:new_end] = bytes(length)

    def can_link(self, old: int, new: int) -> bool:
        """Say whether two tokens of the texts are equal and both still free."""
        return bool(self.free_old[old] and self.free_new[new]) and self.old.code[old] == self.new.code[new]

    def common_run(self, old: int, new: int) -> Piece:
        """Give the longest run of equal free tokens round a pair that can be linked."""
        before = self._equal_before(Piece(self.free_old.start_of_run(old), old, self.free_new.start_of_run(new), new))
        after = self._equal_after(Piece(old, self.free_old.end_of_run(old), new, self.free_new.end_of_run(new)))
        return Piece(old - before, old + after, new - before, new + after)

    def link_equal_ends(self, gap: Piece, *, moved: bool) -> Piece:
        """Link the free tokens with which both sides of a gap start and end alike; give what is left between."""
        old, old_end, new, new_end = gap
        free_old_end, free_new_end = (
            self.free_old.end_of_run(old, old_end), self.free_new.end_of_run(new, new_end),
        )  # fmt: skip
        length = self._equal_after(Piece(old, free_old_end, new, free_new_end))
        self.link(old, new, length, moved=moved)
        old, new = old + length, new + length
        free_old, free_new = self.free_old.start_of_run(old_end, old), self.free_new.start_of_run(new_end, new)
        length = self._equal_before(Piece(free_old, old_end, free_new, new_end))
        self.link(old_end - length, new_end - length, length, moved=moved)
        return Piece(old, old_end - length, new, new_end - length)

    def _equal_after(self, piece: Piece) -> int:
        return Prefix.similarity(
            self.old.code[piece.old_first : piece.old_end], self.new.code[piece.new_first : piece.new_end]
        )

    def _equal_before(self, piece: Piece) -> int:
        return Postfix.similarity(
            self.old.code[piece.old_first : piece.old_end], self.new.code[piece.new_first : piece.new_end]
        )
