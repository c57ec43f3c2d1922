"""What an editor decides about the lines of a piece that a reader has read, whatever the format.

Every function takes the article as it was read and answers a new one. Nothing is lost: a line that is taken out
stands among the removed lines with the rule :data:`BY_HAND`, and the headline that makes way becomes a paragraph.

Lines of the story are numbered: 0 is the headline, ``k`` the ``k``-th block, counted from 1. Removed lines are
numbered from 0, by themselves.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from articles.anchoring.text import Block, BlockKind, block_ranges
from articles.ingest.record import IncomingAnnotation, IncomingArticle, ReadingRefused, RemovedLine

BY_HAND = "by-hand"

# In code points, as every reader holds it.
LONGEST_HEADLINE = 300


@dataclass(frozen=True, slots=True)
class Choices:
    """Lines to take out of the story, and the line that is its headline (0: the one that was read)."""

    removed: frozenset[int] = frozenset()
    headline: int = 0

    def apply(self, article: IncomingArticle) -> IncomingArticle:
        """Give the piece as the editor wants it.

        :raises ReadingRefused: there is no such line (``remove``, ``headline``), nothing would be left of the story
            (``remove``), or the line cannot be a headline (``headline``).
        """
        if self == Choices():
            return article
        lines = story_lines(article)
        self._check(lines)
        headline = " ".join(lines[self.headline].text.split("\n"))
        return _rebuilt(article, lines, headline=headline, chosen=self.headline, taken_out=self.removed)

    def _check(self, lines: tuple[Block, ...]) -> None:
        missing = [number for number in sorted({self.headline, *self.removed}) if not 0 <= number < len(lines)]
        if missing:
            at_fault = "headline" if missing == [self.headline] else "remove"
            raise ReadingRefused(
                field=at_fault,
                reason=f"There is no line {missing[0]}: the piece has lines 0 to {len(lines) - 1}, the headline first. "
                "Look at the preview again.",
            )
        if self.headline in self.removed:
            raise ReadingRefused(field="remove", reason="The headline stays. Make another line the headline first.")
        if not may_be_headline(lines[self.headline].text):
            raise ReadingRefused(
                field="headline", reason=f"A headline has at most {LONGEST_HEADLINE} characters. Choose a shorter line."
            )
        if len(self.removed) == len(lines) - 1:
            raise ReadingRefused(
                field="remove", reason="Nothing of the story would be left below its headline. Put a line back."
            )


def may_be_headline(text: str) -> bool:
    """Whether a line is short enough to be one."""
    return len(text) <= LONGEST_HEADLINE


def story_lines(article: IncomingArticle) -> tuple[Block, ...]:
    """The headline, as the paragraph it would be if another line took its place, then the blocks."""
    return (Block(BlockKind.PARAGRAPH, article.headline), *article.blocks)


def restore(article: IncomingArticle, ordinals: Collection[int]) -> IncomingArticle:
    """Put removed lines back, each as a paragraph of its own where it stood.

    For readers that know no better place: one that joins wrapped lines reads again without the rule instead.

    :raises ReadingRefused: there is no such removed line (``keep``).
    """
    unknown = sorted(ordinal for ordinal in set(ordinals) if not 0 <= ordinal < len(article.removed))
    if unknown:
        raise ReadingRefused(
            field="keep",
            reason=f"There is no removed line {unknown[0]}: {len(article.removed)} lines were removed, counted from 0. "
            "Look at the preview again.",
        )
    if not ordinals:
        return article
    return _rebuilt(article, story_lines(article), headline=article.headline, restored=ordinals)


def same_lines(numbers: Iterable[int], *, before: IncomingArticle, after: IncomingArticle) -> frozenset[int]:
    """Where lines of one reading stand in another reading of the same bytes.

    A line is known by its words and by how many equal ones stand above it; one that is gone is left out.
    """
    places = {line: number for number, line in enumerate(_counted(story_lines(after)))}
    known = _counted(story_lines(before))
    return frozenset(places[known[number]] for number in numbers if number < len(known) and known[number] in places)


def _counted(lines: Iterable[Block]) -> list[tuple[str, int]]:
    """Each line's words, with how many lines above it say the same."""
    seen: dict[str, int] = {}
    counted = []
    for line in lines:
        counted.append((line.text, seen.get(line.text, 0)))
        seen[line.text] = seen.get(line.text, 0) + 1
    return counted


@dataclass(slots=True)
class _Rebuilding:
    """The piece as it grows, line by line in reading order.

    :ivar places: by line number, the place of each kept line in the new piece, its headline being 0.
    """

    blocks: list[Block] = field(default_factory=list)
    removed: list[RemovedLine] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)

    def keep(self, block: Block, number: int | None = None) -> None:
        self.blocks.append(block)
        if number is not None:
            self.places[number] = len(self.blocks)

    def take_out(self, text: str, rule: str) -> None:
        self.removed.append(RemovedLine(text, rule, len(self.blocks)))


def _rebuilt(
    article: IncomingArticle,
    lines: tuple[Block, ...],
    *,
    headline: str,
    chosen: int = 0,
    taken_out: Collection[int] = (),
    restored: Collection[int] = (),
) -> IncomingArticle:
    new = _Rebuilding(places={chosen: 0})
    furniture = _by_position(article.removed)
    for number, line in enumerate(lines):
        if number in taken_out:
            new.take_out(line.text, BY_HAND)
        elif number != chosen:
            new.keep(line, number)
        for ordinal, left_out in furniture.get(number, ()):
            if ordinal in restored:
                new.keep(Block(BlockKind.PARAGRAPH, left_out.text))
            else:
                new.take_out(left_out.text, left_out.rule)
    built = replace(article, headline=headline, blocks=tuple(new.blocks), removed=tuple(new.removed))
    return _with_annotations(article, built, new.places)


def _by_position(removed: tuple[RemovedLine, ...]) -> dict[int, list[tuple[int, RemovedLine]]]:
    """Removed lines with their ordinals, by the number of the line they follow."""
    found: dict[int, list[tuple[int, RemovedLine]]] = {}
    for ordinal, line in enumerate(removed):
        found.setdefault(line.position, []).append((ordinal, line))
    return found


def _with_annotations(article: IncomingArticle, built: IncomingArticle, places: Mapping[int, int]) -> IncomingArticle:
    """Carry annotations with their lines; one whose line is gone, or that spans several lines, is named and left."""
    before, after = (block_ranges(piece.headline, piece.blocks) for piece in (article, built))
    moved = [(*before[number], after[place][0] - before[number][0]) for number, place in places.items()]
    carried = [_carried(annotation, moved) for annotation in article.annotations]
    kept = tuple(annotation for annotation in carried if annotation is not None)
    lost = len(carried) - len(kept)
    said = (f"{lost} of {len(carried)} annotations stood in lines that the editor changed, and were left out.",)
    return replace(built, annotations=kept, errors=article.errors + said if lost else article.errors)


def _carried(annotation: IncomingAnnotation, moved: Iterable[tuple[int, int, int]]) -> IncomingAnnotation | None:
    """The annotation where its line stands now; ``moved`` gives start, end and shift of every kept line."""
    for start, end, shift in moved:
        if start <= annotation.start and annotation.end <= end:
            return replace(annotation, start=annotation.start + shift, end=annotation.end + shift)
    return None
