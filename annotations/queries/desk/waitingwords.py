"""What else waits for one person: marks in doubt, work given out, words that name them, what they were told."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Notice
from annotations.permissions import (
    visible_assignments,
    visible_claims,
    visible_mentions,
    visible_notices,
)
from annotations.queries.desk.waiting import MOST_OF_A_KIND, Waiting, claim_address, claim_labels
from annotations.queries.workbench.repairs import marks_to_repair
from articles.models import AnchorState

# Acts that show in the queue by themselves; their notices would say the same twice.
SHOWN_ANYWAY = ("assigned", "returned")


def marks_in_doubt(person: AbstractUser) -> list[Waiting]:
    """Articles the person may revise in which marks need a look or have lost their place."""
    if not person.has_perm("articles.revise_article"):
        return []
    doubtful = (
        marks_to_repair(person)
        .values("revision__article__uid", "revision__headline", "revision__number", "revision__created_at")
        .annotate(
            doubtful=Count("pk", filter=Q(anchor__state=AnchorState.NEEDS_REVIEW)),
            lost=Count("pk", filter=Q(anchor__state=AnchorState.ORPHANED)),
        )
        .order_by("revision__created_at")
    )
    return [
        Waiting(
            icon="look",
            title=_doubtful_title(row["doubtful"], row["lost"]),
            words=row["revision__headline"],
            why=_("Since revision %(number)s.") % {"number": row["revision__number"]},
            href=f"{reverse('annotations:repairs')}?article={row['revision__article__uid']}",
            article=row["revision__headline"],
            since=row["revision__created_at"],
        )
        for row in doubtful[: MOST_OF_A_KIND + 1]
    ]


def _doubtful_title(doubtful: int, lost: int) -> str:
    needs_a_look = ngettext("%(count)s mark needs a look", "%(count)s marks need a look", doubtful)
    lost_place = ngettext("%(count)s mark has lost its place", "%(count)s marks have lost their place", lost)
    said = [words % {"count": count} for words, count in ((needs_a_look, doubtful), (lost_place, lost)) if count]
    return ", ".join(said)


def assignments(person: AbstractUser) -> list[Waiting]:
    """Articles the person is asked to work on."""
    open_ones = (
        visible_assignments(person)
        .filter(person_id=person.pk, done_at=None, ended_at=None)
        .select_related("article__head", "created_by")
        .order_by(F("due_at").asc(nulls_last=True), "created_at")
    )
    return [
        Waiting(
            icon="assign",
            title=_("%(who)s asks you to work on an article") % {"who": assignment.created_by},
            words=assignment.article.head.headline,
            why=assignment.task,
            href=reverse("annotations:workbench", args=[assignment.article.uid]),
            article=assignment.article.head.headline,
            since=assignment.created_at,
            due_at=assignment.due_at,
        )
        for assignment in open_ones[: MOST_OF_A_KIND + 1]
    ]


def unread_notices(person: AbstractUser) -> list[Waiting]:
    """What the person has been told and has not put aside."""
    claims = visible_claims(person).filter(pk=OuterRef("claim"))
    unread = (
        visible_notices(person)
        .filter(Q(claim=None) | Exists(claims), read_at=None)
        .exclude(kind__in=SHOWN_ANYWAY)
        .select_related("claim__article__head")
        .order_by("-created_at")
    )
    shown = list(unread[: MOST_OF_A_KIND + 1])
    labels = claim_labels({notice.claim.article_id for notice in shown if notice.claim})
    return [_told(notice, labels) for notice in shown]


def _told(notice: Notice, labels: dict[int, str]) -> Waiting:
    kinds = {"approved": _("%(claim)s was approved"), "published": _("%(claim)s was published")}
    claim = notice.claim
    if claim is None:
        return Waiting(
            icon="at",
            title=_("A word for you"),
            why=notice.text,
            href=reverse("annotations:desk"),
            since=notice.created_at,
            aside=reverse("annotations:put-notice-aside", args=[notice.uid]),
        )
    title = kinds.get(notice.kind, _("%(claim)s: something for you"))
    return Waiting(
        icon="check" if notice.kind in kinds else "at",
        title=title % {"claim": labels[claim.pk]},
        words=claim.canonical,
        why=notice.text,
        href=claim_address(claim),
        article=claim.article.head.headline,
        since=notice.created_at,
        aside=reverse("annotations:put-notice-aside", args=[notice.uid]),
    )


def mentions(person: AbstractUser) -> list[Waiting]:
    """Open comments that name the person, until they put them aside; and what was said after a thread was resolved."""
    waiting = (
        visible_mentions(person)
        .annotate(resolved_at=Coalesce("comment__resolved_at", "comment__parent__resolved_at"))
        .filter(Q(resolved_at=None) | Q(resolved_at__lt=F("created_at")), aside_at=None, ended_at=None)
        .select_related("comment__created_by", "comment__article__head")
        .order_by("-created_at", "-pk")
    )
    return [
        Waiting(
            icon="talk",
            title=_("%(who)s mentions you") % {"who": mention.comment.created_by},
            words=mention.comment.text,
            href=reverse("annotations:open-mention", args=[mention.uid]),
            article=mention.comment.article.head.headline,
            since=mention.created_at,
            aside=reverse("annotations:put-mention-aside", args=[mention.uid]),
            is_seen=mention.seen_at is not None,
        )
        for mention in waiting[: MOST_OF_A_KIND + 1]
    ]
