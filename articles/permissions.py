"""Who may do what with articles, speakers, quotes and sources, and who may know of them at all.

A predicate answers for one thing; ``visible_to`` answers for all of them in one query. Pages, lists, counts,
search, API, admin and exports start from the same two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import rules
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, AnonymousUser, Group
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from articles.models import (
    PUBLIC_KINDS,
    Access,
    Act,
    Admission,
    Article,
    ArticleState,
    ChangeKind,
    Declaration,
    Draft,
    Feed,
    FeedEntry,
    FetchRequest,
    Ground,
    Hold,
    Origin,
    OutletRequest,
    PlacedAs,
    Quote,
    Rights,
    Source,
    SourceAdmission,
    Speaker,
)

if TYPE_CHECKING:
    from articles.models.act import ActQuerySet
    from articles.models.article import ArticleQuerySet
    from articles.models.feed import FeedQuerySet
    from articles.models.hold import HoldQuerySet
    from articles.models.quote import QuoteQuerySet
    from articles.models.source import SourceQuerySet
    from articles.models.speaker import SpeakerQuerySet

    Person: TypeAlias = "AbstractUser | AnonymousUser | Asker"


class Role(StrEnum):
    """What somebody is on the desk, as names of Groups. One person may have several."""

    READER = "reader"
    ANNOTATOR = "annotator"
    EDITOR = "editor"
    FACT_CHECKER = "fact-checker"
    REVIEWER = "reviewer"
    RESEARCHER = "researcher"
    ADMINISTRATOR = "administrator"
    COUNSEL = "counsel"


WORKING = frozenset(Role) - {Role.READER}
SEES_ALL = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
OUT_FOR_READERS = (ArticleState.PUBLISHED, ArticleState.CORRECTED)


def roles_of(person: Person) -> frozenset[str]:
    """The roles of a person, asked of the database once per person object; none when not signed in."""
    if isinstance(person, Asker):
        return person.roles
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    known: frozenset[str] | None = getattr(person, "_roles", None)
    if known is None:
        known = remember_roles(person, person.groups.values_list("name", flat=True))
    return known


def remember_roles(person: AbstractUser, names: Iterable[str]) -> frozenset[str]:
    """Note the roles of a person on the object, for the length of a request; whoever knows them may spare a query."""
    known = frozenset(names)
    setattr(person, "_roles", known)  # noqa: B010 - a name that Django's model does not have
    return known


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody reduced to what visibility depends on, so that a query can be written once for all with the same roles
    (:func:`articles.models.statement.written_once`)."""

    pk: int
    roles: frozenset[str]


def has_role(*roles: Role) -> rules.Predicate:
    """A predicate: the person has one of ``roles``."""
    wanted = frozenset(roles)

    @rules.predicate(name=f"has_role:{'|'.join(sorted(wanted))}")
    def holds(person: Person) -> bool:
        return bool(wanted & roles_of(person))

    return holds


# Conditions over articles under which the desk tells a person nothing about one; other apps add theirs.
APART: list[Callable[[Person], Q]] = []


def keep_apart(condition: Callable[[Person], Q]) -> None:
    """Let a condition take articles out of what a person sees, though they may know of them."""
    APART.append(condition)


def visible_articles(person: Person) -> ArticleQuerySet:
    """The articles a person may know of and is told about: everything that hangs on an article starts from here."""
    articles = known_articles(person)
    if roles_of(person) & WORKING:
        for condition in APART:
            articles = articles.filter(~condition(person))
    return articles


def known_articles(person: Person) -> ArticleQuerySet:
    """The articles a person may know of, also those of which the desk tells them nothing for now."""
    articles = Article.objects.filter(_not_kept_from(person))
    roles = roles_of(person)
    if roles & SEES_ALL:
        return articles
    past_embargo = Q(embargo_until=None) | Q(embargo_until__lte=Now())
    if roles & WORKING:
        # Everything but incoming and embargoed pieces, and those too for whoever is assigned to them.
        return articles.filter((~Q(state=ArticleState.INCOMING) & past_embargo) | _admitted(person, Ground.ASSIGNED))
    # Readers, and people without a role, see what is out and not held.
    return _out_for_readers(person).exclude(_held())


def _out_for_readers(person: Person) -> ArticleQuerySet:
    past_embargo = Q(embargo_until=None) | Q(embargo_until__lte=Now())
    return Article.objects.filter(_not_kept_from(person), past_embargo, state__in=OUT_FOR_READERS)


def _held() -> Exists:
    return Exists(Hold.objects.standing().of_articles().filter(article=OuterRef("pk")))


def people_who_know_of(article: Article) -> QuerySet[Any]:
    """Everybody who works here and may know of an article: what :func:`visible_articles` says, from the other side."""
    people = get_user_model()._default_manager.filter(is_active=True)
    admitted = Admission.objects.filter(article=article, person=OuterRef("pk"))
    if article.access != Access.DESK:
        people = people.filter(Exists(admitted.filter(ground=Ground.NAMED)))
    roles = Group.objects.filter(user=OuterRef("pk"))
    works = Q(Exists(roles.filter(name__in=WORKING)))
    is_embargoed = article.embargo_until is not None and article.embargo_until > timezone.now()
    if article.state == ArticleState.INCOMING or is_embargoed:
        is_assigned = Q(Exists(admitted.filter(ground=Ground.ASSIGNED)))
        return people.filter(Q(Exists(roles.filter(name__in=SEES_ALL))) | (works & is_assigned))
    return people.filter(works)


def articles_with_text_for(person: Person) -> ArticleQuerySet:
    """The visible articles whose words may leave the desk with this person: a held text stays with the editors."""
    articles = visible_articles(person)
    return articles if roles_of(person) & SEES_ALL else articles.exclude(_held())


def articles_kept_by_a_hold(person: Person) -> ArticleQuerySet:
    """What a reader would read if nothing held it: in its place there is a notice."""
    return Article.objects.none() if roles_of(person) & WORKING else _out_for_readers(person).filter(_held())


def articles_taken_back(person: Person) -> ArticleQuerySet:
    """Pieces that readers had and that were retracted: in the place of each they get what was wrong with it."""
    past_embargo = Q(embargo_until=None) | Q(embargo_until__lte=Now())
    retracted = Declaration.objects.filter(revision=OuterRef("head"), kind=ChangeKind.RETRACTION)
    taken_back = Article.objects.filter(_not_kept_from(person), past_embargo, state=ArticleState.WITHDRAWN)
    return taken_back.filter(Exists(retracted)).exclude(_held())


def visible_declarations(person: Person) -> QuerySet[Declaration]:
    """What changes of visible articles were said to be; readers see what they are told."""
    declarations = Declaration.objects.filter(article__in=visible_articles(person))
    if roles_of(person) & WORKING:
        return declarations
    taken_back = Declaration.objects.filter(article__in=articles_taken_back(person))
    return (declarations | taken_back).filter(kind__in=PUBLIC_KINDS)


def visible_outlet_requests(person: Person) -> QuerySet[OutletRequest]:
    """What was asked of outlets about visible articles: readers are told, too."""
    return OutletRequest.objects.filter(article__in=visible_articles(person))


def goes_out_in_full(text: Article | Source) -> bool:
    """Whether the rights let readers have the whole text today; else they get the marked words and what is around."""
    if text.rights in {Rights.OWN, Rights.PUBLIC_DOMAIN}:
        return True
    ended = text.rights_end_date is not None and text.rights_end_date < timezone.now().date()
    return text.rights == Rights.LICENSED and not ended


def may_read_in_full(person: Person, article: Any) -> bool:
    """Whether a person gets the whole text: all who work here do, and everybody where the rights allow it.

    The text of a held article is for editors alone.

    :param article: annotated with ``is_held``.
    """
    if article.is_held and not roles_of(person) & SEES_ALL:
        return False
    return bool(roles_of(person) & WORKING) or goes_out_in_full(article)


def visible_holds(person: Person) -> HoldQuerySet:
    """What holds or held the visible articles, for those who work here."""
    if not roles_of(person) & WORKING:
        return Hold.objects.none()
    return Hold.objects.filter(article__in=visible_articles(person))


def _not_kept_from(person: Person) -> Q:
    """Open to the desk, or restricted with this person named. Nobody's role opens a restriction."""
    return Q(access=Access.DESK) | _admitted(person, Ground.NAMED)


def _admitted(person: Person, ground: Ground) -> Q:
    return Q(Exists(Admission.objects.filter(article=OuterRef("pk"), person_id=person.pk, ground=ground)))


def visible_quotes(person: Person) -> QuoteQuerySet:
    """The quotes of the articles a person may know of; readers see those that stand and that people have decided."""
    quotes = Quote.objects.filter(article__in=visible_articles(person))
    return quotes if roles_of(person) & WORKING else quotes.live().exclude(origin=Origin.SUGGESTED)


def visible_speakers(person: Person) -> SpeakerQuerySet:
    """Everybody who is quoted, for those who work here; for readers, whoever speaks in what they may read."""
    if roles_of(person) & WORKING:
        return Speaker.objects.all()
    heard = visible_quotes(person).filter(retracted_at=None)
    speaks = Exists(heard.filter(speaker=OuterRef("pk")))
    spoke_under_this_name = Exists(heard.filter(speaker__merged_into=OuterRef("pk")))
    return Speaker.objects.filter(Q(speaks) | Q(spoke_under_this_name))


def visible_sources(person: Person) -> SourceQuerySet:
    """The sources a person may know of: all that are open to the desk, and those they are named in.

    Readers see none: what a verdict cites is quoted with the verdict.
    """
    if not roles_of(person) & WORKING:
        return Source.objects.none()
    named = Exists(SourceAdmission.objects.filter(source=OuterRef("pk"), person_id=person.pk))
    return Source.objects.filter(Q(access=Access.DESK) | Q(named))


def visible_acts(person: Person) -> ActQuerySet:
    """What somebody did is theirs to see; administrators see what everybody did, in the articles they may know of."""
    own = Q(person_id=person.pk, article__in=known_articles(person))
    if Role.ADMINISTRATOR not in roles_of(person):
        return Act.objects.filter(own)
    return Act.objects.filter(own | Q(article__in=visible_articles(person)))


def visible_drafts(person: Person) -> QuerySet[Draft]:
    """A draft is its author's alone."""
    return Draft.objects.filter(author_id=person.pk)


def visible_fetch_requests(person: Person) -> QuerySet[FetchRequest]:
    """What somebody asked for is theirs alone; a source they may no longer know of takes its requests along."""
    own = FetchRequest.objects.filter(created_by_id=person.pk)
    return own.filter(Q(source=None) | Q(source__in=visible_sources(person)))


def visible_feeds(person: Person) -> FeedQuerySet:
    """The feeds, for those who keep them: an entry names pieces that nobody else may know of yet."""
    return Feed.objects.all() if roles_of(person) & SEES_ALL else Feed.objects.none()


def visible_feed_entries(person: Person) -> QuerySet[FeedEntry]:
    """What feeds brought, without the articles that are kept from this person."""
    entries = FeedEntry.objects.filter(feed__in=visible_feeds(person))
    return entries.filter(Q(article=None) | Q(article__in=visible_articles(person)))


@rules.predicate
def made_by_them(person: Person, noun: Any) -> bool:
    """The person made this thing; true without a thing, so that a page may offer what it is for."""
    return noun is None or noun.created_by_id == person.pk


@rules.predicate
def awaits_decision(person: Person, mark: Any) -> bool:
    """Nobody has decided on what a machine proposed, so it is nobody's own yet."""
    return mark is not None and mark.is_suggested


@rules.predicate
def stopped_it_in_their_role(person: Person, held: Any) -> bool:
    """What counsel stopped counsel lifts; editors lift what editors stopped, and what providers did."""
    if held is None:
        return True
    if getattr(held, "placed_as", "") == PlacedAs.COUNSEL:
        return Role.COUNSEL in roles_of(person)
    return bool(roles_of(person) & SEES_ALL)


@rules.predicate
def did_not_agree_yet(person: Person, hold: Any) -> bool:
    """Of the two who put back what was pulled, this person is not the first; the database holds the same."""
    return hold is None or getattr(hold, "agreed_by_id", None) != person.pk


def roles_to_stop_in(person: Person) -> list[PlacedAs]:
    """In which roles a person may stop a piece or a verdict."""
    roles = roles_of(person)
    able = {
        PlacedAs.EDITOR: bool(roles & SEES_ALL),
        PlacedAs.COUNSEL: Role.COUNSEL in roles,
        PlacedAs.REVIEWER: bool(roles & {Role.REVIEWER, *SEES_ALL}),
    }
    return [role for role in PlacedAs if able[role]]


is_administrator = has_role(Role.ADMINISTRATOR)
is_working = has_role(*WORKING)
edits = has_role(Role.EDITOR, Role.ADMINISTRATOR)
counsels = has_role(Role.COUNSEL)
pulls = has_role(Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR)
marks = has_role(Role.ANNOTATOR, Role.EDITOR, Role.FACT_CHECKER, Role.RESEARCHER, Role.ADMINISTRATOR)
keeps_sources = has_role(Role.EDITOR, Role.FACT_CHECKER, Role.ADMINISTRATOR)

rules.add_perm("articles.bring_in", edits)
rules.add_perm("articles.keep_feeds", edits)
rules.add_perm("articles.revise_article", edits)
rules.add_perm("articles.change_article", edits)
rules.add_perm("articles.ask_outlet", keeps_sources)
rules.add_perm("articles.restrict_article", edits)
rules.add_perm("articles.acknowledge_hold", is_working)
rules.add_perm("articles.stop", edits | counsels)
rules.add_perm("articles.pull", pulls)
rules.add_perm("articles.lift_hold", (edits | counsels) & stopped_it_in_their_role)
rules.add_perm("articles.put_back", pulls & did_not_agree_yet)
rules.add_perm("articles.record_quote", marks)
rules.add_perm("articles.decide_suggestion", marks)
rules.add_perm("articles.change_quote", edits | (marks & (made_by_them | awaits_decision)))
rules.add_perm("articles.repair_anchor", marks)
rules.add_perm("articles.compare_words", is_working)
rules.add_perm("articles.add_speaker", marks)
rules.add_perm("articles.change_speaker", edits | has_role(Role.FACT_CHECKER))
rules.add_perm("articles.merge_speakers", edits)
rules.add_perm("articles.view_sources", is_working)
rules.add_perm("articles.store_source", keeps_sources)
rules.add_perm("articles.change_source", keeps_sources)
