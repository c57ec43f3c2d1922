"""Taking a newer version of a codebook: what is tagged from now on, and what of the old tags is looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import BiasCategory, BiasTag, Claim, Codebook, KeptTag, Project, Reading
from annotations.operations.workbench.bias import change_tag
from articles.models import Stale


class NotALaterVersion(Exception):
    """A project goes on to a later version of its own codebook, and to nothing else."""


class StudyBegun(Exception):
    """A study in which somebody has read or marked keeps its version to the end."""


class TagUpToDate(Exception):
    """The tag names an entry of the version in use, so there is nothing to keep it from."""


@transaction.atomic
def adopt_codebook(*, project: Project, codebook: Codebook, seen: int, by: AbstractUser, at: datetime) -> Project:
    """Have a project tag under a later version of its codebook. No tag changes: each goes on naming the entry it was
    made under, and those whose entry reads otherwise now wait to be looked at again.

    :raises NotALaterVersion: when it is not a later version of the same codebook.
    :raises StudyBegun: when it is a study in which somebody has begun.
    :raises Stale: when somebody changed the project since version ``seen``.
    """
    held = Project.objects.select_for_update(of=("self",)).select_related("codebook").get(pk=project.pk)
    now = held.codebook
    if codebook.name != now.name or codebook.number <= now.number:
        raise NotALaterVersion(_("“%(project)s” uses %(codebook)s. Choose a later version of it.") % _named(held))
    if not held.is_default and _has_begun(held):
        raise StudyBegun(
            _("People have begun to work in “%(project)s”, so it keeps %(codebook)s. Set up a new study for the other.")
            % _named(held)
        )
    return project.change(seen=seen, codebook=codebook)


def _named(project: Project) -> dict[str, str]:
    return {"project": project.name, "codebook": str(project.codebook)}


def _has_begun(project: Project) -> bool:
    return any(model._base_manager.filter(project=project).exists() for model in (Reading, BiasTag, Claim))


@transaction.atomic
def keep_tag(*, tag: BiasTag, seen: int, by: AbstractUser, at: datetime) -> KeptTag:
    """Say that a tag still holds, though its entry reads otherwise in the version in use. Doing so twice is once.

    :raises TagUpToDate: when its entries are of that version.
    :raises Stale: when somebody changed the tag since version ``seen``.
    """
    held = BiasTag.objects.select_for_update(of=("self",)).select_related("category", "project").get(pk=tag.pk)
    if held.version != seen:
        raise Stale(held, seen=seen)
    codebook = held.project.codebook_id
    if held.category.codebook_id == codebook and not held.secondary.exclude(category__codebook=codebook).exists():
        raise TagUpToDate(_("This tag is of the version in use."))
    kept, _is_new = KeptTag.objects.get_or_create(
        tag=held, codebook_id=codebook, defaults={"created_by_id": by.pk, "created_at": at}
    )
    return kept


@transaction.atomic
def tag_again(*, tag: BiasTag, category: BiasCategory, seen: int, by: AbstractUser, at: datetime) -> BiasTag:
    """Give a tag an entry of the version in use. Its further categories go on under their slugs; those that the new
    version has no more are left out. What it was before stays in its history, and undo brings it back.

    :raises CategoryOfAnotherCodebook: when the entry is of another version.
    :raises Stale: when somebody changed the tag since version ``seen``.
    :raises AlreadyRetracted: when it was retracted.
    """
    slugs = list(tag.secondary.order_by("position").values_list("category__slug", flat=True))
    entries = {entry.slug: entry for entry in BiasCategory.objects.filter(codebook=tag.project.codebook_id)}
    going_on = [entries[slug] for slug in slugs if slug in entries and slug != category.slug]
    return change_tag(tag=tag, seen=seen, category=category, secondary=going_on, by=by, at=at)


def under_its_own_entries(mark: object, values: dict[str, Any]) -> dict[str, Any]:
    """What somebody changes of a mark, where the categories that go on under their slugs are those it has already.

    Whoever puts a severity right has not looked at the tag under a later version of the codebook.
    """
    if not isinstance(mark, BiasTag) or "category" not in values:
        return values
    if mark.category.codebook_id == values["category"].codebook_id:
        return values
    own = {mark.category.slug: mark.category}
    own |= {each.category.slug: each.category for each in mark.secondary.select_related("category")}
    secondary = [own.get(each.slug, each) for each in values.get("secondary", ())]
    return {**values, "category": own.get(values["category"].slug, values["category"]), "secondary": secondary}
