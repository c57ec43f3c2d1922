"""Examples of what a category means: written down, or taken from marks."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import BiasCategory, BiasExample, BiasTag
from articles.models import Access, CurrentAnchor

LONGEST = 500  # characters: an example is read at a glance


class NothingToShow(Exception):
    """The tag has no words in the newest text, or more than an example holds."""


class KeptFromOthers(Exception):
    """The words stand where not everybody who reads the codebook may see them."""


class ExampleTwice(Exception):
    """The category has this example already."""


@transaction.atomic
def give_example(
    *, category: BiasCategory, words: str, by: AbstractUser, at: datetime, is_positive: bool = True
) -> BiasExample:
    """Write down words that show what a category means or, without ``is_positive``, what it does not.

    :raises ExampleTwice: when it has them.
    """
    words = words.strip()
    if category.examples.filter(words=words, tag=None).exists():
        raise ExampleTwice(_("“%(category)s” has this example already.") % {"category": category.name})
    return BiasExample.objects.create(
        category=category, words=words, is_positive=is_positive, created_by_id=by.pk, created_at=at
    )


@transaction.atomic
def take_example(*, tag: BiasTag, by: AbstractUser, at: datetime, is_positive: bool = True) -> BiasExample:
    """Show with the words of a tag what its category means. The example is of the entry that the tag names.

    :raises NothingToShow: when the tag has no words in the newest text, or more than :data:`LONGEST` characters.
    :raises KeptFromOthers: when its article is for named people only, or its study is blind.
    :raises ExampleTwice: when they were taken before.
    """
    if tag.article.access != Access.DESK:
        raise KeptFromOthers(_("This article is for named people only, and everybody reads the codebook."))
    if tag.project.is_blind:
        raise KeptFromOthers(_("This study is blind: an example would show one reader’s mark to the others."))
    standing = CurrentAnchor.objects.filter(span=tag.span_id, revision=tag.article.head_id)
    words = standing.values_list("anchor__exact", flat=True).first() or ""
    if not words.strip():
        raise NothingToShow(_("This tag stands on no words of the newest text."))
    if len(words) > LONGEST:
        raise NothingToShow(_("These words are too long for an example. Write down the part that shows it."))
    if category_has(tag):
        raise ExampleTwice(_("These words are an example already."))
    return BiasExample.objects.create(
        category_id=tag.category_id,
        words=words,
        is_positive=is_positive,
        tag=tag,
        created_by_id=by.pk,
        created_at=at,
    )


def category_has(tag: BiasTag) -> bool:
    """Whether the words of a tag were taken as an example of its category."""
    return BiasExample.objects.filter(category=tag.category_id, tag=tag).exists()
