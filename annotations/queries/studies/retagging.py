"""Tags whose entry reads otherwise in the version of the codebook that their project uses now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from annotations.models import BiasCategory, BiasTag, KeptTag, Project, SecondaryCategory
from annotations.permissions import visible_bias_tags
from annotations.queries.studies.codebooks import reads_the_same, rewritten
from annotations.queries.workbench.differences import Piece
from articles.anchoring.text import sentences
from articles.models import CurrentAnchor
from articles.permissions import articles_with_text_for

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class ToTagAgain:
    """A tag that waits.

    :ivar words: what it stands on; empty for a tag on the whole article, or without a place.
    :ivar before: the words before it in its sentence, with ``after``.
    :ivar now: the entry of its slug in the version in use; None where that has none.
    :ivar definition: what became of the definition, word by word.
    :ivar secondary: names of further categories; ``going`` of those that the version in use has no more.
    """

    tag: BiasTag
    words: str
    before: str
    after: str
    now: BiasCategory | None
    definition: Sequence[Piece]
    secondary: Sequence[str]
    going: Sequence[str]


@dataclass(frozen=True, slots=True)
class RetagQueue:
    """What waits in a project, oldest first, and the entries that can be given instead."""

    project: Project
    rows: Sequence[ToTagAgain]
    total: int
    entries: Sequence[BiasCategory]


def tags_to_tag_again(project: Project, person: Person) -> QuerySet[BiasTag]:
    """The live tags of a project with an entry that the version in use has not, or has with another meaning.

    Left out are those that somebody has kept under a version whose entry reads as the one in use.
    """
    condition = _waiting(project)
    tags: QuerySet[BiasTag] = visible_bias_tags(person).live().decided().filter(project=project)
    return tags.filter(condition) if condition is not None else tags.none()


def _waiting(project: Project) -> Q | None:
    """Of tags: the condition for waiting; None where no entry of any version reads otherwise."""
    name = project.codebook.name
    entries = BiasCategory.objects.filter(codebook__name=name).only(
        "slug", "codebook_id", "name", "family", "definition", "levels"
    )
    now: dict[str, BiasCategory] = {}
    others: dict[str, list[BiasCategory]] = defaultdict(list)
    for entry in entries:
        if entry.codebook_id == project.codebook_id:
            now[entry.slug] = entry
        others[entry.slug].append(entry)
    waiting: Q | None = None
    for slug, versions in others.items():
        condition = _waiting_under(slug, versions, now.get(slug), project)
        if condition is not None:
            waiting = condition if waiting is None else waiting | condition
    return waiting


def _waiting_under(slug: str, versions: Sequence[BiasCategory], now: BiasCategory | None, project: Project) -> Q | None:
    same = [entry for entry in versions if now is not None and reads_the_same(entry, now)]
    changed = [entry.pk for entry in versions if entry not in same]
    if not changed:
        return None
    holding = [entry.codebook_id for entry in same] or [project.codebook_id]
    kept = KeptTag.objects.filter(tag=OuterRef("pk"), codebook__in=holding)
    further = SecondaryCategory.objects.filter(tag=OuterRef("pk"), category__in=changed)
    return (Q(category__in=changed) | Q(Exists(further))) & ~Q(Exists(kept))


def retag_queue(project: Project, person: Person) -> RetagQueue:
    """The first tags that wait, with their words; those of a text that a hold keeps from the person without."""
    waiting = tags_to_tag_again(project, person).order_by("pk")
    standing = CurrentAnchor.objects.filter(span=OuterRef("span"), revision=OuterRef("article__head"))
    readable = articles_with_text_for(person).filter(pk=OuterRef("article"))
    rows: Any = (
        waiting.select_related("article__head", "category__codebook", "created_by", "project")
        .prefetch_related("secondary__category")
        .annotate(
            start=Subquery(standing.values("anchor__start")[:1]),
            end=Subquery(standing.values("anchor__end")[:1]),
            is_readable=Exists(readable),
        )[:MOST_LISTED]
    )
    entries = list(project.codebook.categories.order_by("order"))
    now = {entry.slug: entry for entry in entries}
    return RetagQueue(project, [_row(tag, now) for tag in rows], waiting.count(), entries)


def _row(tag: Any, now: dict[str, BiasCategory]) -> ToTagAgain:
    entry = now.get(tag.category.slug)
    before, words, after = _in_context(tag) if tag.is_readable and tag.start is not None else ("", "", "")
    secondary = [each.category for each in tag.secondary.all()]
    return ToTagAgain(
        tag=tag,
        words=words,
        before=before,
        after=after,
        now=entry,
        definition=rewritten(tag.category.definition, entry.definition) if entry else (),
        secondary=[each.name for each in secondary],
        going=[each.name for each in secondary if each.slug not in now],
    )


def _in_context(tag: Any) -> tuple[str, str, str]:
    """The words with the rest of the sentences they stand in."""
    text = tag.article.head.text
    around = [each for each in sentences(text) if each[0] < tag.end and each[1] > tag.start] or [(tag.start, tag.end)]
    first, last = around[0][0], around[-1][1]
    return text[first : tag.start], text[tag.start : tag.end], text[tag.end : last]
