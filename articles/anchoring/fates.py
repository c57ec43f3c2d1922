"""What can become of a mark when the text under it is edited."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How sure the place is."""

    ANCHORED = "anchored"
    """The same words, at a place that is certain."""
    NEEDS_REVIEW = "needs_review"
    """A proposed place: the words changed, or the place is likely but not certain."""
    ORPHANED = "orphaned"
    """No honest place in the new text."""


class Reason(StrEnum):
    """Why a mark is in its state."""

    SAME = "same"
    COSMETIC = "cosmetic"
    MOVED = "moved"
    EDITED = "edited"
    REPLACED = "replaced"
    AMBIGUOUS = "ambiguous"
    WEAK = "weak"
    MOVED_FRAGMENT = "moved_fragment"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a mark stands in the new text, in code points; both offsets are ``None`` when it is orphaned."""

    state: State
    reason: Reason
    start: int | None
    end: int | None

    def shifted(self, distance: int) -> "Carried":
        """Give the same fate ``distance`` code points further on."""
        if self.start is None or self.end is None:
            return self
        return Carried(self.state, self.reason, self.start + distance, self.end + distance)


GONE = Carried(State.ORPHANED, Reason.GONE, None, None)


def anchored(reason: Reason, start: int, end: int) -> Carried:
    """Say that the mark stands at ``[start, end)`` for certain."""
    return Carried(State.ANCHORED, reason, start, end)


def proposed(reason: Reason, start: int, end: int) -> Carried:
    """Say that a person should look whether the mark belongs at ``[start, end)``."""
    return Carried(State.NEEDS_REVIEW, reason, start, end)
