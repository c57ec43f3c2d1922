"""What waits for one person: checks to write or to review, marks to look at, verdicts gone stale, work given out.

Each kind of waiting thing is found by one function in :data:`FINDERS`; a further kind is one more function.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import CheckState, Claim, Decision, DeskVerdict, FactCheck, Notice, Review
from annotations.permissions import (
    visible_assignments,
    visible_claims,
    visible_fact_checks,
    visible_hand_overs,
    visible_mentions,
    visible_notices,
)
from annotations.queries.checking.verdicts import gone_stale
from annotations.queries.workbench.repairs import marks_to_repair
from articles.models import AnchorState

# Of each kind, so that somebody who comes back from a holiday still gets a page; the oldest wait at the top of a kind.
MOST_OF_A_KIND = 20
# How many of a person's own verdicts are looked at for staleness, newest first.
VERDICTS_WATCHED = 200

UNWRITTEN = (CheckState.ASSIGNED, CheckState.GATHERING)
# Acts that show in the queue by themselves; their notices would say the same twice.
SHOWN_ANYWAY = ("assigned", "returned")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody.

    :ivar icon: a sign of the sprite.
    :ivar title: what it is, beginning with the label of its claim where it has one.
    :ivar why: what is asked, or what somebody said about it.
    :ivar words: an excerpt of copy that belongs to the title, shown as such.
    :ivar since: how long it has waited is counted from here; None where nobody noted it.
    :ivar due_at: when it should be done; None without a time.
    :ivar aside: where a form that takes it away is sent; empty where it goes by being done.
    :ivar is_seen: the person has opened it before.
    """

    icon: str
    title: str
    href: str
    since: datetime | None
    words: str = ""
    why: str | Promise = ""
    article: str = ""
    due_at: datetime | None = None
    aside: str = ""
    is_seen: bool = False

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that waits, late things first. ``is_cut`` where there is more of a kind than is shown."""

    waiting: list[Waiting]
    late: int
    is_cut: bool

    def __len__(self) -> int:
        return len(self.waiting)


def queue_of(person: AbstractUser, *, now: datetime | None = None, by_article: bool = False) -> Queue:
    """What waits for a person: late things first and the latest of them on top, then the newest; or article by
    article.
    """
    now = now or timezone.now()
    kinds = [find(person) for find in FINDERS]
    waiting = [thing for kind in kinds for thing in kind[:MOST_OF_A_KIND]]
    waiting.sort(key=lambda thing: thing.since or now, reverse=True)
    waiting.sort(key=lambda thing: (not thing.is_late(now), thing.due_at if thing.is_late(now) else now))
    if by_article:
        waiting.sort(key=lambda thing: (thing.article == "", thing.article))
    return Queue(
        waiting=waiting,
        late=sum(thing.is_late(now) for thing in waiting),
        is_cut=any(len(kind) > MOST_OF_A_KIND for kind in kinds),
    )


def returned_checks(person: AbstractUser) -> list[Waiting]:
    """Drafts that a reviewer sent back to their checker."""
    checks = _with_newest_review(_checks_of(person).filter(state=CheckState.DRAFTED)).filter(
        newest_decision=Decision.RETURN
    )
    shown = list(checks.order_by("returned_at")[: MOST_OF_A_KIND + 1])
    labels = claim_labels({check.claim.article_id for check in shown})
    return [
        Waiting(
            icon="back",
            title=_("%(claim)s returned") % {"claim": labels[check.claim_id]},
            words=check.claim.canonical,
            why=_("%(reviewer)s: %(reason)s") % {"reviewer": check.returned_by, "reason": check.returned_because},
            href=_claim_address(check.claim),
            article=check.claim.article.head.headline,
            since=check.returned_at,
            due_at=check.due_at,
        )
        for check in shown
    ]


def assigned_checks(person: AbstractUser) -> list[Waiting]:
    """Claims given to the person, or taken up by them, that have no draft yet; and drafts they have not sent on."""
    checks = _with_newest_review(_checks_of(person).filter(state__in=[*UNWRITTEN, CheckState.DRAFTED])).exclude(
        state=CheckState.DRAFTED, newest_decision=Decision.RETURN
    )
    shown = list(checks.order_by(F("due_at").asc(nulls_last=True), "created_at")[: MOST_OF_A_KIND + 1])
    labels = claim_labels({check.claim.article_id for check in shown})
    return [
        Waiting(
            icon="note" if check.state == CheckState.DRAFTED else "assign",
            title=_assigned_title(check, labels[check.claim_id]),
            words=check.claim.canonical,
            why=_assigned_why(check),
            href=_claim_address(check.claim),
            article=check.claim.article.head.headline,
            since=check.created_at,
            due_at=check.due_at,
        )
        for check in shown
    ]


def _assigned_title(check: Any, claim: str) -> str:
    if check.state == CheckState.DRAFTED:
        return _("%(claim)s is drafted, not sent") % {"claim": claim}
    if check.state == CheckState.ASSIGNED:
        return _("%(claim)s assigned to you") % {"claim": claim}
    return _("%(claim)s is being checked by you") % {"claim": claim}


def _assigned_why(check: Any) -> str:
    if check.state == CheckState.DRAFTED:
        return _("It goes to a second person when you send it to review.")
    return _("Find a passage that speaks to it, then draft a verdict.")


def checks_to_review(person: AbstractUser) -> list[Waiting]:
    """Drafts in review that the person wrote nothing of and has not decided on in this version."""
    if not person.has_perm("annotations.review_factcheck"):
        return []
    decided = Review.objects.filter(
        fact_check=OuterRef("pk"), created_by_id=person.pk, version_seen=OuterRef("version")
    )
    checks = (
        visible_fact_checks(person)
        .filter(~Exists(decided), state=CheckState.IN_REVIEW)
        .exclude(authors__contains=[person.pk])
        .select_related("claim__article__head", "checker", "rating")
        .only(*_SHOWN_OF_A_CHECK, "rating__name")
    )
    shown = list(checks.order_by("created_at")[: MOST_OF_A_KIND + 1])
    labels = claim_labels({check.claim.article_id for check in shown})
    sent = _changed_at(shown)
    return [
        Waiting(
            icon="both",
            title=_("%(claim)s waits for your review") % {"claim": labels[check.claim_id]},
            words=check.claim.canonical,
            why=_("%(checker)s: %(rating)s")
            % {"checker": check.checker, "rating": check.rating.name if check.rating else ""},
            href=_claim_address(check.claim),
            article=check.claim.article.head.headline,
            since=sent.get(check.pk, check.created_at),
        )
        for check in shown
    ]


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


def stale_verdicts(person: AbstractUser) -> list[Waiting]:
    """Claims whose verdict the person gave or drafted and under which something has changed since."""
    checked = (
        FactCheck.objects.filter(checker_id=person.pk)
        .exclude(Q(verdict="") | Q(state=CheckState.WITHDRAWN))
        .order_by("-pk")
        .values_list("claim_id", flat=True)
    )
    said = DeskVerdict.objects.filter(created_by_id=person.pk).order_by("-pk").values_list("claim_id", flat=True)
    # Keys first: a person's own verdicts are few, and all claims are many.
    theirs = list(checked[:VERDICTS_WATCHED].union(said[:VERDICTS_WATCHED]))
    watched = (
        visible_claims(person)
        .filter(pk__in=theirs, retracted_at=None)
        .select_related("article__head")
        .only("uid", "canonical", "checkable", "article__head__headline", "article__uid")
        .order_by("-pk")[:VERDICTS_WATCHED]
    )
    claims = {claim.pk: claim for claim in watched}
    stale = gone_stale(claims)
    labels = claim_labels({claims[key].article_id for key in stale})
    return [
        Waiting(
            icon="stale",
            title=_("%(claim)s went stale") % {"claim": labels[key]},
            words=claims[key].canonical,
            why=" ".join([*(str(reason.label) for reason in shown.stale), _standing_as(shown.rating)]),
            href=_claim_address(claims[key]),
            article=claims[key].article.head.headline,
            since=None,
        )
        for key, shown in stale.items()
    ]


def _standing_as(rating: str) -> str:
    return _("It stands as “%(rating)s”.") % {"rating": rating} if rating else ""


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
        href=_claim_address(claim),
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


def hand_overs(person: AbstractUser) -> list[Waiting]:
    """Checks that were handed to the person, until they acknowledge the note."""
    given = (
        visible_hand_overs(person)
        .filter(receiver_id=person.pk, acknowledged_at=None, fact_check__checker_id=person.pk)
        .select_related("giver", "fact_check__claim__article__head")
        .order_by("created_at")
    )
    shown = list(given[: MOST_OF_A_KIND + 1])
    labels = claim_labels({each.fact_check.claim.article_id for each in shown})
    return [
        Waiting(
            icon="assign",
            title=_("%(who)s hands %(claim)s over to you")
            % {"who": each.giver, "claim": labels[each.fact_check.claim_id]},
            words=each.fact_check.claim.canonical,
            why=each.note,
            href=reverse("annotations:check-plan", args=[each.fact_check.uid]),
            article=each.fact_check.claim.article.head.headline,
            since=each.created_at,
            due_at=each.fact_check.due_at,
        )
        for each in shown
    ]


FINDERS = (
    hand_overs,
    returned_checks,
    assigned_checks,
    checks_to_review,
    stale_verdicts,
    marks_in_doubt,
    assignments,
    mentions,
    unread_notices,
)

# What a row of the queue shows of a check. Texts stay in the database.
_SHOWN_OF_A_CHECK = (
    "state",
    "version",
    "due_at",
    "created_at",
    "authors",
    "checker__name",
    "checker__username",
    "claim__uid",
    "claim__canonical",
    "claim__article__uid",
    "claim__article__head__headline",
)


def _checks_of(person: AbstractUser) -> Any:
    checks = visible_fact_checks(person).filter(checker_id=person.pk, claim__retracted_at=None)
    return checks.select_related("claim__article__head", "checker").only(*_SHOWN_OF_A_CHECK)


def _with_newest_review(checks: QuerySet[Any]) -> Any:
    newest = Review.objects.filter(fact_check=OuterRef("pk")).order_by("-created_at", "-pk")
    return checks.annotate(
        newest_decision=Coalesce(Subquery(newest.values("decision")[:1]), Value("")),
        returned_at=Subquery(newest.values("created_at")[:1]),
        returned_because=Subquery(newest.values("reason")[:1]),
        returned_by=Subquery(newest.values("created_by__name")[:1]),
    )


def _changed_at(checks: Collection[FactCheck]) -> dict[int, datetime]:
    """When each check was changed last, out of its history."""
    history: Any = FactCheck._meta.get_field("events").related_model
    changes = history.objects.filter(pgh_obj__in=[check.pk for check in checks]).order_by("pgh_obj_id", "-pgh_id")
    return dict(changes.distinct("pgh_obj_id").values_list("pgh_obj_id", "pgh_created_at"))


def claim_labels(articles: Collection[int]) -> dict[int, str]:
    """``C1``, ``C2`` … of every claim of these articles, by key; retracted ones keep their number."""
    ranked = Claim.objects.filter(article__in=articles, project__is_default=True).annotate(
        rank=Window(RowNumber(), partition_by=F("article_id"), order_by=F("pk").asc())
    )
    return {key: f"C{rank}" for key, rank in ranked.values_list("pk", "rank")}


def _claim_address(claim: Claim) -> str:
    return reverse("annotations:claim", args=[claim.uid])
