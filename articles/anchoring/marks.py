"""A mark on the old text, seen as tokens."""

from dataclasses import dataclass

from articles.anchoring.links import Links
from articles.anchoring.tokens import Document


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points ``[start, end)`` of the old text, which touch its tokens ``first`` to ``last``."""

    start: int
    end: int
    first: int
    last: int
    words: str

    @classmethod
    def on(cls, document: Document, start: int, end: int) -> "Mark":
        """Find the tokens of a span."""
        first, token_end = document.covering(start, end)
        return cls(start, end, first, token_end - 1, document.text[start:end])

    def without_outer_space(self, document: Document) -> "Mark":
        """Give the mark without the white space at its ends; a mark of white space alone stays as it is."""
        words = self.words.strip()
        if not words or words == self.words:
            return self
        start = self.start + len(self.words) - len(self.words.lstrip())
        return Mark.on(document, start, start + len(words))

    def is_linked_whole(self, links: Links) -> bool:
        """Say whether all tokens of the mark stand side by side in the new text."""
        image = links.forward[self.first]
        whole = range(image, image + self.last - self.first + 1)
        return image >= 0 and links.forward[self.first : self.last + 1] == list(whole)

    def start_within(self, old: Document, new: Document, image: int) -> int:
        """Say how far inside the image of its first token the mark starts; 0 when that token was respelled."""
        return self.start - old.starts[self.first] if old.tokens[self.first] == new.tokens[image] else 0

    def end_within(self, old: Document, new: Document, image: int) -> int:
        """Say how far before the end of the image of its last token the mark ends."""
        return old.starts[self.last + 1] - self.end if old.tokens[self.last] == new.tokens[image] else 0
