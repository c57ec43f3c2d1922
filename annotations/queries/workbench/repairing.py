"""What somebody has to see of a mark whose place is not certain, to decide where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.workbench.differences import Piece, pieces_of
from annotations.queries.workbench.marks import label_of, sentence_at, sentences_of
from annotations.queries.workbench.repairs import DoubtfulMark
from articles.anchoring.fates import Reason
from articles.anchoring.text import SEPARATOR
from articles.models import Anchor, AnchorState, Article, CurrentAnchor
from articles.permissions import visible_quotes

if TYPE_CHECKING:
    from articles.permissions import Person

# Paragraphs that are shown on either side of a proposed place, and of where lost words stood.
BESIDE, BESIDE_LOST = 1, 2
# Why a place is not certain, in plain words.
WHY: dict[str, Promise] = {
    Reason.EDITED: _("The words were edited. This is where they stand now."),
    Reason.REPLACED: _("The words were replaced. These stand in their stead."),
    Reason.AMBIGUOUS: _("Words like these stand in more than one place. This is the likeliest."),
    Reason.WEAK: _("Too little around these words shows that it is the same place."),
    Reason.MOVED_FRAGMENT: _("A part of a sentence was moved, and these words with it."),
    Reason.GONE: _("The words are no longer in the text."),
}


@dataclass(frozen=True, slots=True)
class Around:
    """Words and what stands before and after them in their sentences."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A paragraph of the newest text that begins at ``start``, with the part of the proposed place that lies in it.

    :ivar is_near: the words that are lost stood about here.
    """

    start: int
    around: Around
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """One mark to decide on.

    :ivar anchor: the proposed place, or that there is none.
    :ivar confirmed: the place that was certain last, with its revision.
    :ivar pieces: what changed from the confirmed words to the proposed ones; empty where no place is proposed.
    :ivar is_whole: the blocks are the whole text.
    """

    mark: DoubtfulMark
    noun: Any
    label: str
    article: Article
    anchor: Anchor
    confirmed: Anchor
    old: Around
    blocks: Sequence[ShownBlock]
    pieces: Sequence[Piece]
    is_whole: bool

    @property
    def why(self) -> str | Promise:
        return WHY.get(self.anchor.reason, WHY[Reason.WEAK])


def show_repair(mark: DoubtfulMark, person: Person, *, is_whole: bool = False) -> Repair:
    """What somebody has to see of a mark: the words it was certain on, and those proposed for it."""
    noun = _noun(mark, person)
    article = Article.objects.select_related("head").get(uid=mark.article)
    anchor = CurrentAnchor.of(noun.span_id, article.head_id or 0)
    confirmed = (
        Anchor.objects.filter(span=noun.span_id, state=AnchorState.ANCHORED)
        .select_related("revision")
        .order_by("-revision__number", "-sequence")[0]
    )
    return Repair(
        mark=mark,
        noun=noun,
        label=label_of(noun),
        article=article,
        anchor=anchor,
        confirmed=confirmed,
        old=_in_its_sentences(confirmed),
        blocks=_blocks(article.head.text, anchor, confirmed, is_whole=is_whole),
        pieces=[] if anchor.start is None else pieces_of([confirmed.exact], [anchor.exact]),
        is_whole=is_whole,
    )


def _noun(mark: DoubtfulMark, person: Person) -> Any:
    visible: dict[str, QuerySet[Any]] = {
        "quote": visible_quotes(person).select_related("speaker__merged_into"),
        "claim": visible_claims(person),
        "bias": visible_bias_tags(person).select_related("category"),
    }
    return visible[mark.layer].get(uid=mark.uid)


def _in_its_sentences(anchor: Anchor) -> Around:
    text, start, end = anchor.revision.text, anchor.start or 0, anchor.end or 0
    spans = sentences_of(text)
    first = min(spans[sentence_at(spans, start)][0], start)
    last = max(spans[sentence_at(spans, max(end - 1, start))][1], end)
    return Around(text[first:start], text[start:end], text[end:last])


def _blocks(text: str, anchor: Anchor, confirmed: Anchor, *, is_whole: bool) -> list[ShownBlock]:
    """The paragraphs around the proposed place, or around where lost words stood."""
    paragraphs = text.split(SEPARATOR)
    starts = list(accumulate((len(each) + len(SEPARATOR) for each in paragraphs), initial=0))
    start, end = anchor.start, anchor.end
    if start is None or end is None:
        near = first = last = _where_it_stood(confirmed, paragraphs)
        beside, start, end = BESIDE_LOST, 0, 0
    else:
        near, beside = -1, BESIDE
        first = max(index for index in range(len(paragraphs)) if starts[index] <= start)
        last = max(index for index in range(len(paragraphs)) if starts[index] < end)
    shown = (
        range(len(paragraphs)) if is_whole else range(max(first - beside, 0), min(last + beside + 1, len(paragraphs)))
    )
    return [
        ShownBlock(starts[index], _part(paragraphs[index], start - starts[index], end - starts[index]), index == near)
        for index in shown
    ]


def _part(paragraph: str, start: int, end: int) -> Around:
    start, end = (min(max(offset, 0), len(paragraph)) for offset in (start, end))
    return Around(paragraph[:start], paragraph[start:end], paragraph[end:])


def _where_it_stood(confirmed: Anchor, paragraphs: Sequence[str]) -> int:
    """The index of a paragraph: as far after the nearest earlier one that both texts have as it was before."""
    before = confirmed.revision.text[: confirmed.start].split(SEPARATOR)[:-1]
    near = len(before)
    for distance, paragraph in enumerate(reversed(before), start=1):
        if paragraph in paragraphs:
            near = paragraphs.index(paragraph) + distance
            break
    return min(near, len(paragraphs) - 1)
