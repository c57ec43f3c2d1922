"""What every reader hands over, whatever format the copy came in."""

from dataclasses import dataclass
from datetime import datetime

from articles.anchoring.text import Block, canonical_text


class ReadingRefused(Exception):
    """Copy that cannot be brought in.

    ``field`` names what is at fault (``text``, ``headline``, ``keep``); ``reason`` is a sentence or two for
    the person who brought it: what is wrong and what to do about it.
    """

    def __init__(self, *, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line that belonged to the page and not to the story.

    ``rule`` names the rule that removed it. ``position`` is the number of kept blocks that begin before the
    line: 0 stands right after the headline (lines from above the headline have 0 too).
    """

    text: str
    rule: str
    position: int


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """One piece as it came, normalised and not yet stored.

    What the copy does not say stays empty; nothing is guessed. ``date_basis`` is ``stated``, ``inferred``
    or ``unknown``. ``errors`` are sentences about what could not be read and did not stop the rest.
    """

    headline: str
    blocks: tuple[Block, ...]
    removed: tuple[RemovedLine, ...] = ()
    standfirst: str = ""
    byline: str = ""
    published_at: datetime | None = None
    date_basis: str = "unknown"
    language: str = ""
    outlet: str = ""
    canonical_url: str = ""
    errors: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The canonical text.

        :raises articles.anchoring.text.HeadlineMissing: the headline is blank.
        :raises articles.anchoring.text.BlockMalformed: a block is empty or holds a blank line.
        """
        return canonical_text(self.headline, self.blocks)
