"""The growing correspondence between the tokens of an old and a new text."""

from typing import NamedTuple

from articles.anchoring.tokens import Document, Vocabulary

# Not -1: that would seem to stand right before the first token.
UNLINKED = -2


class Piece(NamedTuple):
    """Old tokens ``[old_first, old_end)`` beside new tokens ``[new_first, new_end)``."""

    old_first: int
    old_end: int
    new_first: int
    new_end: int


class Links:
    """One-to-one links between equal tokens of two texts.

    ``forward`` gives the new token of each old one and ``backward`` the reverse, or ``UNLINKED``. ``pinned``
    marks the old tokens of sentences that stand once in either text, ``moved`` those linked out of their
    order.
    """

    def __init__(self, old: str, new: str) -> None:
        vocabulary = Vocabulary()
        self.old = Document.of(old, vocabulary)
        self.new = Document.of(new, vocabulary)
        self.forward = [UNLINKED] * len(self.old)
        self.backward = [UNLINKED] * len(self.new)
        self.pinned = bytearray(len(self.old))
        self.moved = bytearray(len(self.old))

    def link(self, old_first: int, new_first: int, length: int, *, moved: bool = False) -> None:
        """Link a run of old tokens to a run of new ones, ``moved`` when that breaks the order of the texts."""
        self.forward[old_first : old_first + length] = range(new_first, new_first + length)
        self.backward[new_first : new_first + length] = range(old_first, old_first + length)
        if moved:
            self.moved[old_first : old_first + length] = b"\1" * length

    def can_link(self, old: int, new: int) -> bool:
        """Say whether two tokens exist, are equal and are both still free."""
        return (
            0 <= old < len(self.old)
            and 0 <= new < len(self.new)
            and self.forward[old] == UNLINKED
            and self.backward[new] == UNLINKED
            and self.old.code[old] == self.new.code[new]
        )

    def common_run(self, old: int, new: int) -> Piece:
        """Give the longest run of equal free tokens round a pair that can be linked."""
        before = 0
        while self.can_link(old - before - 1, new - before - 1):
            before += 1
        after = 1
        while self.can_link(old + after, new + after):
            after += 1
        return Piece(old - before, old + after, new - before, new + after)

    def is_unlinked_old(self, token: int) -> bool:
        """Say whether an old token has no counterpart."""
        return self.forward[token] == UNLINKED

    def is_unlinked_new(self, token: int) -> bool:
        """Say whether a new token has no counterpart."""
        return self.backward[token] == UNLINKED

    def is_free_old(self, token: int) -> bool:
        """Say whether an old token leaves a hole where it stood: it has no counterpart, or one out of order."""
        return self.forward[token] == UNLINKED or bool(self.moved[token])

    def is_free_new(self, token: int) -> bool:
        """Say whether a new token stands where nothing stood: it has no counterpart, or one out of order."""
        counterpart = self.backward[token]
        return counterpart == UNLINKED or bool(self.moved[counterpart])
