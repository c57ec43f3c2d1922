"""Versions of codebooks: what one says, how two differ, and where each is used."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

from annotations.models import BiasCategory, BiasExample, Codebook, Level, Project
from annotations.permissions import visible_bias_tags, visible_examples, visible_projects
from annotations.queries.workbench.differences import Piece, pieces_of

if TYPE_CHECKING:
    from articles.permissions import Person

# What a category means; where it stands and what others call it changes no tag.
MEANING = ("name", "family", "definition", "levels")
WORDS = re.compile(r"\w+")
COMPARED = (*MEANING, "maps_to")


@dataclass(frozen=True, slots=True)
class Entry:
    """A category of one version, as its page shows it."""

    category: BiasCategory
    levels: Sequence[str]
    positive: Sequence[BiasExample]
    negative: Sequence[BiasExample]
    tags: int


@dataclass(frozen=True, slots=True)
class Family:
    """Categories of one family, in the order of the codebook."""

    name: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a codebook with its neighbours.

    :ivar versions: all of its name, newest first.
    :ivar projects: those that use this version, as far as the person may know of them.
    """

    codebook: Codebook
    families: Sequence[Family]
    versions: Sequence[Codebook]
    projects: Sequence[Project]

    @property
    def newest(self) -> Codebook:
        return self.versions[0]

    @property
    def before(self) -> Codebook | None:
        """The version before this one."""
        return next((each for each in self.versions if each.number < self.codebook.number), None)

    @property
    def count(self) -> int:
        return sum(len(family.entries) for family in self.families)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that reads otherwise, word by word."""

    name: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A category that came, went, moved or reads otherwise.

    :ivar what: ``in``, ``out``, ``changed`` or ``moved``.
    """

    what: str
    category: BiasCategory
    fields: Sequence[FieldChange] = ()
    was_at: int = 0


@dataclass(frozen=True, slots=True)
class CodebookDifference:
    """How a later version differs from an earlier one, in the order of the later; what went stands last."""

    earlier: Codebook
    later: Codebook
    changes: Sequence[EntryChange] = field(default_factory=tuple)
    unchanged: int = 0


def newest_codebooks() -> list[Codebook]:
    """The newest version of every codebook, by name."""
    return list(Codebook.objects.order_by("name", "-number").distinct("name").select_related("created_by"))


def versions_of(name: str) -> list[Codebook]:
    return list(Codebook.objects.filter(name=name).select_related("created_by").order_by("-number"))


def projects_using(codebooks: Sequence[Codebook], person: Person) -> Mapping[int, list[Project]]:
    """The projects of each of these versions, by its key."""
    found: dict[int, list[Project]] = defaultdict(list)
    for project in visible_projects(person).filter(codebook__in=codebooks).order_by("-is_default", "name"):
        found[project.codebook_id].append(project)
    return found


def show_version(codebook: Codebook, person: Person) -> Version:
    """A version with its examples and how often each category was used, as far as the person may see that."""
    used = visible_bias_tags(person).live().decided().filter(category__codebook=codebook, project__is_blind=False)
    counts = Counter(dict(used.order_by().values_list("category").annotate(Count("pk"))))
    examples: dict[int, list[BiasExample]] = defaultdict(list)
    for example in visible_examples(person).filter(category__codebook=codebook).order_by("pk"):
        examples[example.category_id].append(example)
    entries = [
        Entry(
            category=category,
            levels=[str(Level(level).label) for level in category.levels],
            positive=[each for each in examples[category.pk] if each.is_positive],
            negative=[each for each in examples[category.pk] if not each.is_positive],
            tags=counts[category.pk],
        )
        for category in codebook.categories.order_by("order")
    ]
    families = [Family(name, list(each)) for name, each in groupby(entries, key=lambda entry: entry.category.family)]
    return Version(
        codebook=codebook,
        families=families,
        versions=versions_of(codebook.name),
        projects=projects_using([codebook], person)[codebook.pk],
    )


def difference_between(earlier: Codebook, later: Codebook) -> CodebookDifference:
    """What a later version says otherwise. Categories are the same where their slugs are."""
    old = {category.slug: category for category in earlier.categories.order_by("order")}
    new = list(later.categories.order_by("order"))
    kept = [category.slug for category in new if category.slug in old]
    stayed = _in_old_order(kept, [slug for slug in old if slug in set(kept)])
    changes = [change for each in new if (change := _change(old.get(each.slug), each, stayed)) is not None]
    slugs = {category.slug for category in new}
    gone = [EntryChange("out", category) for slug, category in old.items() if slug not in slugs]
    return CodebookDifference(earlier, later, [*changes, *gone], unchanged=len(new) - len(changes))


def _in_old_order(new: Sequence[str], old: Sequence[str]) -> frozenset[str]:
    """The slugs that keep their place among the others: what is put in or out moves nothing."""
    return frozenset(slug for slug, before in zip(new, old, strict=True) if slug == before)


def _change(old: BiasCategory | None, new: BiasCategory, stayed: frozenset[str]) -> EntryChange | None:
    if old is None:
        return EntryChange("in", new)
    fields = [
        FieldChange(_name_of(name), rewritten(_said(old, name), _said(new, name)))
        for name in COMPARED
        if _said(old, name) != _said(new, name)
    ]
    if fields:
        return EntryChange("changed", new, fields)
    return None if new.slug in stayed else EntryChange("moved", new, was_at=old.order)


def rewritten(old: str, new: str) -> list[Piece]:
    """What became of a text, word by word; one that hardly shares words with the other is taken out whole."""
    pieces = pieces_of([old], [new])
    same = sum(len(WORDS.findall(piece.words)) for piece in pieces if piece.what == "same")
    if 2 * same < len(WORDS.findall(old)) and 2 * same < len(WORDS.findall(new)):
        return [Piece("out", old), Piece("in", new)]
    return pieces


def _name_of(field: str) -> str:
    found = BiasCategory._meta.get_field(field)
    assert isinstance(found, models.Field)
    return str(found.verbose_name)


def _said(category: BiasCategory, name: str) -> str:
    """A field as it is read."""
    value = getattr(category, name)
    return ", ".join(str(Level(level).label) for level in value) if name == "levels" else str(value)


def reads_the_same(one: BiasCategory, other: BiasCategory) -> bool:
    """Whether two entries mean the same, so that a tag of one holds for the other."""
    return all(getattr(one, name) == getattr(other, name) for name in MEANING)
