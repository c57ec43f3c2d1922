from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import Assignment, Codebook, Guidelines, Notice, PinnedRevision, Project, SuggestionPolicy
from annotations.operations.checking.claims import everyday_desk
from articles.models import Admission, Article, Ground, Revision

CHANGEABLE = frozenset(
    {
        "name",
        "slug",
        "guidelines",
        "suggestion_policy",
        "suggestion_rules",
        "is_blind",
        "consent_note",
        "data_note",
        "offers_time",
    }
)
# What stands in the addresses of pages where the slug of a study would.
TAKEN_BY_PAGES = frozenset({"codebooks", "datasets", "new"})
# What would make the readings of a round others than they began.
KEPT_IN_ROUNDS = frozenset({"is_blind", "suggestion_policy", "suggestion_rules"})


class AssignedBefore(Exception):
    """The person has this article open already."""


class RoundIsOpen(Exception):
    """People are reading a round of the study, so what they read under stays as it is."""


class SlugTaken(Exception):
    """Another project, or a page of the desk, is found under this slug."""


@transaction.atomic
def assign(
    *,
    article: Article,
    person: AbstractUser,
    by: AbstractUser,
    at: datetime,
    task: str = "",
    due_at: datetime | None = None,
    project: Project | None = None,
    **place: Any,
) -> Assignment:
    """Ask somebody to work on an article; while they are, they may see it though it is incoming or embargoed.

    :param place: within a study, its ``round``, the ``position`` in it, and when it ``times_out_at``.

    :raises AssignedBefore: when they have it open already.
    """
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                project=project or everyday_desk(),
                article=article,
                person_id=person.pk,
                task=task,
                due_at=due_at,
                **place,
                created_by_id=by.pk,
                created_at=at,
            )
    except IntegrityError as error:
        if "assignment_open_once" in str(error):
            raise AssignedBefore(f"{person} works on this article already.") from error
        raise
    Admission.objects.get_or_create(
        article=article,
        person_id=person.pk,
        ground=Ground.ASSIGNED,
        defaults={"created_by_id": by.pk, "created_at": at},
    )
    Notice.objects.create(uid=uuid.uuid4(), person_id=person.pk, kind="assigned", text=task, created_at=at)
    return assignment


@transaction.atomic
def create_project(
    *,
    name: str,
    slug: str,
    by: AbstractUser,
    at: datetime,
    codebook: Codebook | None = None,
    guidelines: str = "",
    suggestion_policy: str = SuggestionPolicy.ALL,
    suggestion_rules: Sequence[str] = (),
    is_blind: bool = False,
    **notes: Any,
) -> Project:
    """Set up a study beside the everyday desk.

    :param notes: the ``consent_note``, the ``data_note``, and whether it ``offers_time``.
    :param codebook: the version its marks will rest on from first to last; the everyday desk's unless given.
    :raises SlugTaken: when another project has the slug.
    """
    _refuse_taken(slug)
    project = Project.objects.create(
        name=name,
        slug=slug,
        codebook=codebook or everyday_desk().codebook,
        guidelines=guidelines,
        suggestion_policy=suggestion_policy,
        suggestion_rules=list(suggestion_rules),
        is_blind=is_blind,
        **notes,
        created_by_id=by.pk,
        created_at=at,
    )
    _keep_guidelines(project, by=by, at=at)
    return project


def _keep_guidelines(project: Project, *, by: AbstractUser, at: datetime) -> None:
    """Append what annotators are told as the next version, unless it is what they were told before."""
    newest = project.guideline_versions.order_by("-number").first()
    if project.guidelines != (newest.text if newest else ""):
        Guidelines.objects.create(
            project=project,
            number=newest.number + 1 if newest else 1,
            text=project.guidelines,
            created_by_id=by.pk,
            created_at=at,
        )


def _refuse_taken(slug: str, project: Project | None = None) -> None:
    if slug in TAKEN_BY_PAGES:
        raise SlugTaken(_("A page of the desk has the address “%(slug)s”. Choose another.") % {"slug": slug})
    others = Project.objects.exclude(pk=project.pk) if project else Project.objects.all()
    if others.filter(slug=slug).exists():
        raise SlugTaken(_("Another project has the slug “%(slug)s”. Choose another.") % {"slug": slug})


@transaction.atomic
def pin_revision(*, project: Project, revision: Revision, by: AbstractUser, at: datetime) -> PinnedRevision:
    """Have a study read this revision, whatever the newsroom does to the article later. Pinning twice is once."""
    return PinnedRevision.objects.get_or_create(project=project, revision=revision)[0]


@transaction.atomic
def change_project(*, project: Project, seen: int, by: AbstractUser, at: datetime, **values: Any) -> Project:
    """Change how a project works, not which codebook its marks rest on, nor which project is the everyday desk.

    New guidelines become the next version; readings keep the one that they were begun under.

    :raises RoundIsOpen: when blindness or suggestions would change while a round is open.
    :raises SlugTaken: when another project has the slug.
    :raises Stale: when somebody changed it since version ``seen``.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of a project: {', '.join(sorted(unknown))}")
    if "slug" in values:
        _refuse_taken(values["slug"], project)
    differs = {name for name in KEPT_IN_ROUNDS & set(values) if values[name] != getattr(project, name)}
    if differs and project.rounds.filter(opened_at__isnull=False, closed_at=None).exists():
        raise RoundIsOpen(_("A round is open: blindness and suggestions stay as its readers began. Close it first."))
    project.change(seen=seen, **values)
    _keep_guidelines(project, by=by, at=at)
    return project


@transaction.atomic
def finish_assignment(*, assignment: Assignment, seen: int, by: AbstractUser, at: datetime) -> Assignment:
    """Say that an assignment is done.

    :raises Stale: when somebody changed it since version ``seen``.
    """
    return assignment.change(seen=seen, done_at=at)


@transaction.atomic
def take_back_assignment(
    *, assignment: Assignment, seen: int, by: AbstractUser, at: datetime, reason: str = ""
) -> Assignment:
    """Take an assignment back; what it let the person see is closed again.

    :raises Stale: when somebody changed it since version ``seen``.
    """
    assignment.change(seen=seen, ended_at=at, ended_reason=reason)
    still_there = Assignment.objects.filter(
        article=assignment.article_id, person_id=assignment.person_id, ended_at=None
    ).exists()
    if not still_there:
        Admission.objects.filter(
            article=assignment.article_id, person_id=assignment.person_id, ground=Ground.ASSIGNED
        ).delete()
    return assignment
