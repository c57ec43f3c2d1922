"""Who may judge on the desk: claims, tags, evidence, checks, verdicts, comments. Visibility follows the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotations.models import (
    Assignment,
    Batch,
    BiasExample,
    BiasTag,
    BlindRound,
    Claim,
    Comment,
    CorrectionRequest,
    DeskVerdict,
    Evidence,
    ExportFile,
    FactCheck,
    HandOver,
    KeptTag,
    LaterSource,
    Mention,
    MethodsPage,
    Notice,
    Presence,
    ReaderContact,
    Reading,
    Reply,
    Review,
    Translation,
)
from annotations.models.factcheck import OVER
from annotations.models.presence import HEARD_OF
from annotations.permissions.studies import of_studies, reads_blind
from articles.models import Hold
from articles.permissions import (
    SEES_ALL,
    WORKING,
    Role,
    awaits_decision,
    edits,
    has_role,
    is_administrator,
    is_working,
    made_by_them,
    marks,
    people_who_know_of,
    roles_of,
    visible_articles,
    visible_sources,
)
from articles.rights import name_rights

if TYPE_CHECKING:
    from annotations.models.batch import BatchQuerySet
    from annotations.models.claim import ClaimQuerySet
    from annotations.models.factcheck import EvidenceQuerySet
    from articles.models import Article
    from articles.models.noun import MarkQuerySet
    from articles.permissions import Person


WRITES_CHECKS = (Role.FACT_CHECKER, Role.EDITOR, Role.ADMINISTRATOR)


def visible_claims(person: Person) -> ClaimQuerySet:
    """The desk's claims of visible articles; readers see those that carry a verdict of the desk."""
    claims = Claim.objects.filter(article__in=visible_articles(person), project__is_default=True)
    if roles_of(person) & WORKING:
        return claims
    held = Hold.objects.standing().filter(span=OuterRef("span"))
    return claims.filter(~Exists(held), desk_verdicts__isnull=False).distinct()


def visible_bias_tags(person: Person) -> MarkQuerySet:
    """The desk's tags of visible articles, for those who work here."""
    if not roles_of(person) & WORKING:
        return BiasTag.objects.none()
    return BiasTag.objects.filter(article__in=visible_articles(person), project__is_default=True)


def all_visible_claims(person: Person) -> ClaimQuerySet:
    """The claims of the desk and of studies. Whatever counts or lists for the desk takes :func:`visible_claims`."""
    if not roles_of(person) & WORKING:
        return visible_claims(person)
    return Claim.objects.filter(_of_the_desk(person) | of_studies(person))


def all_visible_tags(person: Person) -> MarkQuerySet:
    """The tags of the desk and of studies. Whatever counts or lists for the desk takes :func:`visible_bias_tags`."""
    if not roles_of(person) & WORKING:
        return BiasTag.objects.none()
    return BiasTag.objects.filter(_of_the_desk(person) | of_studies(person))


def _of_the_desk(person: Person) -> Q:
    """Of marks: the desk's on visible articles, asked row by row: one of them is looked up more often than all."""
    return Q(project__is_default=True) & Q(Exists(visible_articles(person).filter(pk=OuterRef("article"))))


def visible_examples(person: Person) -> QuerySet[BiasExample]:
    """Examples in codebooks: those written down, and those taken from visible articles.

    Whoever reads an article blind does not see what others tagged there.
    """
    seen = Q(tag__article__in=visible_articles(person)) & ~reads_blind(person, "tag__article")
    return BiasExample.objects.filter(Q(tag=None) | seen)


def visible_kept_tags(person: Person) -> QuerySet[KeptTag]:
    """Which visible tags were kept in a later version of their codebook."""
    return KeptTag.objects.filter(tag__in=visible_bias_tags(person))


def visible_evidence(person: Person) -> EvidenceQuerySet:
    """Evidence of visible claims out of visible sources."""
    return Evidence.objects.filter(claim__in=visible_claims(person), snapshot__source__in=visible_sources(person))


def visible_fact_checks(person: Person) -> QuerySet[FactCheck]:
    """The checks of visible claims, for those who work here; of a claim that is judged blind, what nobody has drafted
    anything of yet, and one's own.
    """
    if not roles_of(person) & WORKING:
        return FactCheck.objects.none()
    checks = FactCheck.objects.filter(claim__in=visible_claims(person))
    return checks.filter(~is_drafted_blind() | Q(checker_id=person.pk) | Q(authors__contains=[person.pk]))


def is_drafted_blind() -> Q:
    """Of checks: those with something drafted on a claim that is judged blind; what is over was seen before."""
    in_progress = BlindRound.objects.filter(claim=OuterRef("claim"), ended_at=None)
    return Q(Exists(in_progress)) & ~Q(state__in=OVER) & ~Q(verdict="", reason="", note="")


def visible_hand_overs(person: Person) -> QuerySet[HandOver]:
    """How visible checks changed hands."""
    return HandOver.objects.filter(fact_check__in=visible_fact_checks(person))


def people_who_check(article: Article) -> QuerySet[Any]:
    """Everybody with an open account who may write checks and may know of an article."""
    roles = Group.objects.filter(user=OuterRef("pk"), name__in=WRITES_CHECKS)
    return people_who_know_of(article).filter(Exists(roles))


def visible_reviews(person: Person) -> QuerySet[Review]:
    return Review.objects.filter(fact_check__in=visible_fact_checks(person))


def visible_replies(person: Person) -> QuerySet[Reply]:
    """Who was asked about visible claims and what they said, for those who work here."""
    if not roles_of(person) & WORKING:
        return Reply.objects.none()
    return Reply.objects.filter(claim__in=visible_claims(person))


def visible_blind_rounds(person: Person) -> QuerySet[BlindRound]:
    """Which visible claims are or were judged blind, for those who work here."""
    if not roles_of(person) & WORKING:
        return BlindRound.objects.none()
    return BlindRound.objects.filter(claim__in=visible_claims(person))


def visible_translations(person: Person) -> QuerySet[Translation]:
    return Translation.objects.filter(evidence__in=visible_evidence(person))


def visible_later_sources(person: Person) -> QuerySet[LaterSource]:
    """What was stored after visible claims had been judged, for who may know of the source."""
    return LaterSource.objects.filter(claim__in=visible_claims(person), snapshot__source__in=visible_sources(person))


def every_methods_page(_person: Person) -> QuerySet[MethodsPage]:
    """How the desk checks is no secret."""
    return MethodsPage.objects.all()


def visible_desk_verdicts(person: Person) -> QuerySet[DeskVerdict]:
    """What the desk said of visible claims; readers see it too, once the article is out."""
    return DeskVerdict.objects.filter(claim__in=visible_claims(person))


def visible_comments(person: Person) -> QuerySet[Comment]:
    """What is said about visible articles, for those who work here; where somebody is blind, their own words alone."""
    if not roles_of(person) & WORKING:
        return Comment.objects.none()
    others = ~(reads_blind(person) | _is_about_a_blind_mark())
    return Comment.objects.filter(Q(created_by_id=person.pk) | others, article__in=visible_articles(person))


def visible_mentions(person: Person) -> QuerySet[Mention]:
    """Where somebody is named, while they may read it; a mention is for one person alone."""
    return Mention.objects.filter(person_id=person.pk, comment__in=visible_comments(person))


def _is_about_a_blind_mark() -> Q:
    """Of comments: those on a mark of a blind study."""
    claims = Claim.objects.filter(span=OuterRef("span"), project__is_blind=True)
    tags = BiasTag.objects.filter(Q(span=OuterRef("span")) | Q(pk=OuterRef("tag")), project__is_blind=True)
    return Q(Exists(claims)) | Q(Exists(tags))


def others_present(person: Person) -> QuerySet[Presence]:
    """Who else has what open just now, for somebody who may know of it; nobody where one of the two reads blind."""
    blind = {"person": OuterRef("person"), "project__is_blind": True, "round__closed_at": None}
    assigned = Assignment.objects.filter(article=OuterRef("article"), ended_at=None, **blind)
    reading = Reading.objects.filter(
        revision__article=OuterRef("article"),
        created_by=OuterRef("person"),
        project__is_blind=True,
        round__closed_at=None,
    )
    heard = Presence.objects.filter(heard_at__gt=Now() - HEARD_OF).exclude(person_id=person.pk)
    return heard.filter(~Exists(assigned), ~Exists(reading), ~reads_blind(person))


def visible_presence(person: Person) -> QuerySet[Presence]:
    """Who else has visible articles open, for those who work here."""
    if not roles_of(person) & WORKING:
        return Presence.objects.none()
    return others_present(person).filter(article__in=visible_articles(person))


def people_told_of(article: Article, *, is_kept: bool = False) -> QuerySet[Any]:
    """Those who would see a comment on an article, other than its writer.

    :param is_kept: the comment is on a mark of a blind study, where nobody does.
    """
    people = people_who_know_of(article)
    if is_kept:
        return people.none()
    blind = {"project__is_blind": True, "round__closed_at": None}
    assigned = Assignment.objects.filter(article=article, person=OuterRef("pk"), ended_at=None, **blind)
    reading = Reading.objects.filter(revision__article=article, created_by=OuterRef("pk"), **blind)
    return people.exclude(Exists(assigned)).exclude(Exists(reading))


def visible_notices(person: Person) -> QuerySet[Notice]:
    """A notice is for one person alone."""
    return Notice.objects.filter(person_id=person.pk)


def visible_correction_requests(person: Person) -> QuerySet[CorrectionRequest]:
    """What readers ask to be put right in visible articles, for those who work here."""
    if not roles_of(person) & WORKING:
        return CorrectionRequest.objects.none()
    return CorrectionRequest.objects.filter(article__in=visible_articles(person))


def visible_reader_contacts(person: Person) -> QuerySet[ReaderContact]:
    """How readers can be answered, for those who answer them alone."""
    if not rules.has_perm("annotations.see_reader_contact", person):
        return ReaderContact.objects.none()
    return ReaderContact.objects.filter(request__in=visible_correction_requests(person))


def visible_batches(person: Person) -> BatchQuerySet:
    """What is brought in at once is seen by those who see what comes in."""
    if not roles_of(person) & SEES_ALL:
        return Batch.objects.none()
    return Batch.objects.all()


def visible_export_files(person: Person) -> QuerySet[ExportFile]:
    """One's own: what is in a file is what its maker may know of."""
    return ExportFile.objects.filter(created_by_id=person.pk)


@rules.predicate
def checks_it(person: Person, check: Any) -> bool:
    """The person is the checker of this check, or nobody is yet."""
    return check is None or check.checker_id in {None, person.pk}


@rules.predicate
def did_not_write_it(person: Person, check: Any) -> bool:
    """The person has written nothing of this check; the database holds the same."""
    return check is None or person.pk not in check.authors


checks = has_role(*WRITES_CHECKS)
reviews = has_role(Role.REVIEWER, Role.EDITOR, Role.FACT_CHECKER, Role.ADMINISTRATOR)
leads = has_role(Role.RESEARCHER, Role.EDITOR, Role.ADMINISTRATOR)

rules.add_perm("annotations.record_claim", marks)
rules.add_perm("annotations.change_claim", edits | (marks & (made_by_them | awaits_decision)) | checks)
rules.add_perm("annotations.tag_bias", marks)
rules.add_perm("annotations.change_biastag", edits | (marks & (made_by_them | awaits_decision)))
rules.add_perm("annotations.attach_evidence", checks)
rules.add_perm("annotations.detach_evidence", edits | (checks & made_by_them))
rules.add_perm("annotations.write_factcheck", edits | (checks & checks_it))
rules.add_perm("annotations.assign_check", edits | (checks & checks_it))
rules.add_perm("annotations.assign_to_others", edits)
rules.add_perm("annotations.review_factcheck", reviews & did_not_write_it)
rules.add_perm("annotations.begin_blind_round", checks)
rules.add_perm("annotations.end_blind_round", edits)
rules.add_perm("annotations.hear", checks)
rules.add_perm("annotations.write_methods", edits)
rules.add_perm("annotations.publish_verdict", has_role(Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR))
rules.add_perm("annotations.comment", is_working)
rules.add_perm("annotations.change_comment", is_working & made_by_them)
rules.add_perm("annotations.read_for_study", marks)
rules.add_perm("annotations.assign", leads)
rules.add_perm("annotations.lead_project", leads)
rules.add_perm("annotations.write_codebook", leads)
rules.add_perm("annotations.adjudicate", leads)
rules.add_perm("annotations.release_dataset", leads)
rules.add_perm("annotations.take_out", is_working)
rules.add_perm("annotations.see_insights", is_working)
# What comes in bears the names of other people, so it takes whoever answers for the accounts.
rules.add_perm("annotations.take_in", is_administrator)
rules.add_perm("annotations.decide_correction", edits)
rules.add_perm("annotations.see_reader_contact", edits)
rules.add_perm("annotations.administer", is_administrator)

name_rights(
    {
        "annotations.record_claim": _("record claims"),
        "annotations.change_claim": _("change or retract a claim"),
        "annotations.tag_bias": _("tag bias"),
        "annotations.change_biastag": _("change or retract a bias tag"),
        "annotations.attach_evidence": _("attach evidence"),
        "annotations.detach_evidence": _("detach evidence"),
        "annotations.write_factcheck": _("write a fact check"),
        "annotations.assign_check": _("take a check, plan it or hand it over"),
        "annotations.assign_to_others": _("give checks to others"),
        "annotations.review_factcheck": _("review a fact check"),
        "annotations.begin_blind_round": _("have claims judged blind"),
        "annotations.end_blind_round": _("end a blind round before its time"),
        "annotations.hear": _("ask for replies and record them"),
        "annotations.write_methods": _("write the methods page and the scale of ratings"),
        "annotations.publish_verdict": _("publish verdicts"),
        "annotations.comment": _("comment, answer, resolve"),
        "annotations.change_comment": _("change a comment"),
        "annotations.read_for_study": _("submit readings"),
        "annotations.assign": _("hand out work"),
        "annotations.lead_project": _("lead projects"),
        "annotations.write_codebook": _("write codebooks"),
        "annotations.adjudicate": _("settle what readers labelled differently"),
        "annotations.release_dataset": _("release datasets"),
        "annotations.take_out": _("take out exports"),
        "annotations.see_insights": _("see the figures of the desk"),
        "annotations.take_in": _("take in annotations of other desks and tools"),
        "annotations.decide_correction": _("decide on what readers ask to be put right"),
        "annotations.see_reader_contact": _("see how a reader can be answered"),
        "annotations.administer": _("administer the desk"),
    },
    reasons={
        "annotations.change_comment": _("Somebody else wrote this comment. Answer it instead."),
        "annotations.review_factcheck": _("You wrote to this fact check, so a second person has to review it."),
    },
)
