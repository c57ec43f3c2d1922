from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import BiasCategory, BiasTag, Level, Polarity, Project, SecondaryCategory, Voice
from annotations.operations.checking.claims import everyday_desk
from annotations.operations.studies.apart import refuse_outside_reading, refuse_to_touch, span_within
from articles.models import Article, Origin, Verb
from articles.operations.acts import ALONE, Difference, Noted, difference, note_act
from articles.operations.quotes import note_mark, refuse_retracted, restore_mark, retract_mark
from articles.operations.spans import Words

CHANGEABLE = frozenset(
    {"category", "severity", "polarity", "target", "voice", "neutral_alternative", "confidence", "note"}
)


class LevelNotOffered(Exception):
    """The codebook does not offer the category at this level."""

    def __init__(self, category: BiasCategory, level: str) -> None:
        self.category = category
        offered = ", ".join(str(Level(each).label) for each in category.levels)
        super().__init__(
            _("“%(category)s” is not used for this: %(level)s. The codebook offers it for: %(offered)s.")
            % {"category": category.name, "level": Level(level).label, "offered": offered}
        )


class CategoryOfAnotherCodebook(Exception):
    """A tag takes all its categories from the codebook version of its project."""


@transaction.atomic
def tag_bias(
    *,
    article: Article,
    category: BiasCategory,
    severity: int,
    by: AbstractUser,
    at: datetime,
    base: int | None = None,
    words: Words | None = None,
    project: Project | None = None,
    level: str = Level.SPAN,
    secondary: Sequence[BiasCategory] = (),
    polarity: int = Polarity.NEITHER,
    target: str = "",
    voice: str = Voice.AUTHOR,
    neutral_alternative: str = "",
    confidence: float | None = None,
    note: str = "",
    noted: Noted | None = ALONE,
) -> BiasTag:
    """Tag words, a sentence or the whole article. ``base`` and ``words`` are for all levels but the article.

    :raises LevelNotOffered: when the codebook does not offer the category at this level.
    :raises CategoryOfAnotherCodebook: when a category is not of the project's codebook.

    Further raises as ``mark_span``.
    """
    project = project or everyday_desk()
    _refuse_foreign(project, [category, *secondary])
    if level == Level.ARTICLE and Level.ARTICLE not in category.levels:
        raise LevelNotOffered(category, level)
    if level == Level.ARTICLE:
        span = None
        refuse_outside_reading(project, article=article, by=by)
    elif words is None or base is None:
        raise TypeError("a tag on words needs words and the revision they were marked in")
    else:
        span = span_within(project, article=article, base=base, words=words, by=by, at=at)
    tag = BiasTag.objects.create(
        project=project,
        article=article,
        span=span,
        level=level,
        category=category,
        severity=severity,
        polarity=polarity,
        target=target,
        voice=voice,
        neutral_alternative=neutral_alternative,
        confidence=confidence,
        note=note,
        created_by_id=by.pk,
        created_at=at,
    )
    _write_secondary(tag, secondary)
    note_act(tag, Verb.RECORD, article=article.pk, was=0, now=1, by=by, at=at, noted=noted)
    return tag


def _refuse_foreign(project: Project, categories: Sequence[BiasCategory]) -> None:
    for category in categories:
        if category.codebook_id != project.codebook_id:
            raise CategoryOfAnotherCodebook(f"{category.name} is not in the codebook of {project.name}.")


def _newly_named(tag: BiasTag, category: BiasCategory | None, secondary: Sequence[BiasCategory]) -> list[BiasCategory]:
    """The categories that a tag does not have yet: those it was made with stay its own in later versions."""
    had = {tag.category_id, *tag.secondary.values_list("category", flat=True)} if secondary else {tag.category_id}
    return [each for each in (category, *secondary) if each is not None and each.pk not in had]


def _write_secondary(tag: BiasTag, categories: Sequence[BiasCategory]) -> None:
    SecondaryCategory.objects.bulk_create(
        SecondaryCategory(tag=tag, category=category, position=position) for position, category in enumerate(categories)
    )


@transaction.atomic
def change_tag(
    *,
    tag: BiasTag,
    seen: int,
    by: AbstractUser,
    at: datetime,
    secondary: Sequence[BiasCategory] | None = None,
    noted: Noted | None = ALONE,
    **values: Any,
) -> BiasTag:
    """Change a tag; ``secondary`` replaces all secondary categories when given. Changing a suggestion corrects it.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyRetracted: when it was retracted.
    :raises CategoryOfAnotherCodebook: when a category that it gets is not of the project's codebook.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of a tag: {', '.join(sorted(unknown))}")
    refuse_retracted(tag)
    refuse_to_touch(tag, by=by)
    if noted is None or noted.undoes is None:  # what is taken back returns to what it was
        _refuse_foreign(tag.project, _newly_named(tag, values.get("category"), secondary or ()))
    written = {**values, **tag.decided(Origin.CORRECTED, by=by, at=at)}
    changed = difference(tag, written)
    tag.change(seen=seen, **written)
    if secondary is not None:
        changed = _with_secondary(changed, tag, secondary)
        tag.secondary.all().delete()
        _write_secondary(tag, secondary)
    note_mark(tag, Verb.CHANGE, by=by, at=at, noted=noted, changed=changed)
    return tag


def _with_secondary(changed: Difference, tag: BiasTag, secondary: Sequence[BiasCategory]) -> Difference:
    """The difference, and the secondary categories where they are others."""
    before, after = list(tag.secondary.values_list("category", flat=True)), [each.pk for each in secondary]
    if before == after:
        return changed
    return Difference({**changed.before, "secondary": before}, {**changed.after, "secondary": after})


@transaction.atomic
def retract_tag(
    *, tag: BiasTag, seen: int, by: AbstractUser, at: datetime, reason: str = "", noted: Noted | None = ALONE
) -> BiasTag:
    """Take a tag back.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyRetracted: when it was retracted before.
    """
    refuse_to_touch(tag, by=by)
    retract_mark(tag, seen=seen, by=by, at=at, reason=reason, noted=noted)
    return tag


@transaction.atomic
def restore_tag(*, tag: BiasTag, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE) -> BiasTag:
    """Let a retracted tag stand again, as it was.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises NotRetracted: when it stands.
    """
    refuse_to_touch(tag, by=by)
    restore_mark(tag, seen=seen, by=by, at=at, noted=noted)
    return tag
