"""Codebooks: an edit is a version of its own, so that no tag ever changes its meaning."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import BiasCategory, BiasExample, Codebook

# What a category says of itself; its place in the list is its order.
FIELDS = ("slug", "name", "family", "definition", "levels", "maps_to")


@dataclass(frozen=True, slots=True)
class CategoryText:
    """A category as somebody writes it: ``levels`` are values of :class:`~annotations.models.Level`."""

    slug: str
    name: str
    family: str
    definition: str
    levels: Sequence[str]
    maps_to: str = ""


class CodebookStale(Exception):
    """The codebook has another newest version (``newest``, 0 for none) than the one that was written on."""

    def __init__(self, name: str, *, newest: int) -> None:
        self.newest = newest
        super().__init__(
            _("The newest version of “%(name)s” is %(newest)s. Load it, and send your categories with base %(newest)s.")
            % {"name": name, "newest": newest}
        )


class CategoryTwice(Exception):
    """Two categories have one slug, by which tags and imports name them."""


class CodebookUnchanged(Exception):
    """The categories say what the version before says."""


@transaction.atomic
def write_codebook(
    *,
    name: str,
    categories: Sequence[CategoryText],
    base: int,
    by: AbstractUser,
    at: datetime,
    change_note: str = "",
) -> Codebook:
    """Keep the next version of the codebook called ``name``. Projects, the everyday desk too, keep the one they have.

    Categories that go on under their slug take their examples along.

    :param categories: in their order, which is that of the page and of the letters that choose them.
    :param base: the number of the version that these were written on; 0 for the first of its name.
    :raises CodebookStale: when that is not the newest.
    :raises CategoryTwice: when a slug stands twice.
    :raises CodebookUnchanged: when nothing differs from the version before.
    """
    _refuse_twice(categories)
    newest = Codebook.objects.filter(name=name).order_by("-number").first()
    if base != (newest.number if newest else 0):
        raise CodebookStale(name, newest=newest.number if newest else 0)
    if newest is not None and _texts_of(newest) == [_as_kept(category) for category in categories]:
        raise CodebookUnchanged(_("Nothing differs from version %(number)s.") % {"number": newest.number})
    codebook = _begin_version(name, base + 1, change_note, by, at)
    BiasCategory.objects.bulk_create(
        BiasCategory(uid=uuid.uuid4(), codebook=codebook, order=order, **_as_kept(category))
        for order, category in enumerate(categories, start=1)
    )
    if newest is not None:
        _take_examples_along(newest, codebook)
    return codebook


def _begin_version(name: str, number: int, change_note: str, by: AbstractUser, at: datetime) -> Codebook:
    try:
        with transaction.atomic():
            return Codebook.objects.create(
                uid=uuid.uuid4(),
                name=name,
                number=number,
                change_note=change_note.strip(),
                created_by_id=by.pk,
                created_at=at,
            )
    except IntegrityError as error:
        if "codebook_version_once" in str(error):  # somebody was quicker by less than a second
            raise CodebookStale(name, newest=number) from error
        raise


def _take_examples_along(old: Codebook, new: Codebook) -> None:
    """Give each category the examples that its namesake had; they stay with whoever gave them."""
    entries = {category.slug: category for category in new.categories.all()}
    examples = BiasExample.objects.filter(category__codebook=old, category__slug__in=entries).order_by("pk")
    BiasExample.objects.bulk_create(
        BiasExample(
            category=entries[example.category.slug],
            words=example.words,
            is_positive=example.is_positive,
            tag_id=example.tag_id,
            created_by_id=example.created_by_id,
            created_at=example.created_at,
        )
        for example in examples.select_related("category")
    )


def _as_kept(category: CategoryText) -> dict[str, object]:
    return {**asdict(category), "levels": list(dict.fromkeys(category.levels))}


def _texts_of(codebook: Codebook) -> list[dict[str, object]]:
    return [dict(row) for row in codebook.categories.order_by("order").values(*FIELDS)]


def _refuse_twice(categories: Sequence[CategoryText]) -> None:
    twice = [slug for slug, count in Counter(category.slug for category in categories).items() if count > 1]
    if twice:
        raise CategoryTwice(
            _("The slug “%(slug)s” stands there twice. Give each category its own.") % {"slug": twice[0]}
        )
