"""What is said about a piece, as the workbench shows it: threads, and how many wait on each mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from annotations.mentions import pieces_of
from annotations.models import BiasTag, Claim, Comment, Mention
from annotations.permissions import people_told_of, visible_comments
from articles.models import Anchor, Article, Quote
from articles.models.statement import written_once
from articles.permissions import WORKING, Asker, roles_of

if TYPE_CHECKING:
    from annotations.queries.workbench.marks import ShownMark, ShownMarks
    from articles.permissions import Person

# More would not be read on one page; the rest are found over the API.
MOST_THREADS = 100
MOST_OFFERED = 8
STATES = ("open", "resolved", "all")


@dataclass(frozen=True, slots=True)
class About:
    """What a thread hangs on: the key of a span, or of a tag without words; neither where it is the whole piece."""

    span: int | None = None
    tag: int | None = None

    @classmethod
    def of(cls, mark: ShownMark) -> About:
        return cls(span=mark.standing.span) if mark.standing else cls(tag=mark.pk)


@dataclass(frozen=True, slots=True)
class Talk:
    """How many threads there are, open ones and all of them, by what they are about."""

    opened: Mapping[About, int] = field(default_factory=Counter)
    every: Mapping[About, int] = field(default_factory=Counter)

    @property
    def open_count(self) -> int:
        return sum(self.opened.values())

    def open_on(self, mark: ShownMark) -> int:
        """How many open threads a mark has."""
        return self.opened.get(About.of(mark), 0)


@dataclass(slots=True)
class Thread:
    """A remark with its answers, oldest first.

    :ivar mark: the mark it is about where that stands on the page; None for the whole piece and for what is gone.
    :ivar words: what the mark stood on, where it is gone.
    :ivar typed: what somebody has typed as an answer and could not be saved, with ``problem`` saying why.
    """

    root: Comment
    answers: Sequence[Comment]
    mark: ShownMark | None = None
    words: str = ""
    typed: str = ""
    problem: str = ""

    def __iter__(self) -> Any:
        yield self.root
        yield from self.answers

    @property
    def is_about_a_lost_mark(self) -> bool:
        return self.mark is None and (self.root.span_id is not None or self.root.tag_id is not None)

    @property
    def last(self) -> Comment:
        """The newest of its comments: the only one that its writer may still put right."""
        return self.answers[-1] if self.answers else self.root


def talk_on(article: Article, person: Person) -> Talk:
    """How much is said about an article and its marks, as far as the person may read it; one query."""
    roles = roles_of(person)
    if not roles & WORKING:
        return Talk()
    opened: Counter[About] = Counter()
    every: Counter[About] = Counter()
    for span, tag, resolved_at in _thread_rows(article.pk, person.pk or 0, roles=roles):
        about = About(span, tag)
        every[about] += 1
        opened[about] += resolved_at is None
    return Talk(opened, every)


@written_once
def _thread_rows(article: int, person: int, *, roles: frozenset[str]) -> QuerySet[Comment, Any]:
    threads = visible_comments(Asker(person, roles)).filter(article=article, parent=None)
    return threads.values_list("span_id", "tag_id", "resolved_at")


def threads_on(mark: ShownMark, article: Article, person: Person) -> list[Thread]:
    """The threads on one mark: open ones first, then by age; one query."""
    about = About.of(mark)
    comments = visible_comments(person).filter(article=article, span=about.span, tag=about.tag)
    return [Thread(thread.root, thread.answers, mark) for thread in _threads_of(comments)]


def threads_on_claim(claim: Claim, person: Person) -> list[Thread]:
    """The threads on a claim, for its page: open ones first, then by age; one query."""
    return _threads_of(visible_comments(person).filter(article=claim.article_id, span=claim.span_id))


def threads_in(article: Article, marks: ShownMarks, person: Person, *, state: str = "open") -> list[Thread]:
    """The threads of a whole article, those of the given state, at most :data:`MOST_THREADS`; at most two queries.

    A thread whose mark was retracted or lost its place is there like every other, with the words it stood on.
    """
    comments = visible_comments(person).filter(article=article)
    if state != "all":
        is_resolved = Q(resolved_at__isnull=False) | Q(parent__resolved_at__isnull=False)
        comments = comments.filter(is_resolved if state == "resolved" else ~is_resolved)
    threads = _threads_of(comments)[:MOST_THREADS]
    standing = {About.of(mark): mark for mark in marks}
    for thread in threads:
        thread.mark = standing.get(About(thread.root.span_id, thread.root.tag_id))
    lost = {thread.root.span_id for thread in threads if thread.is_about_a_lost_mark} - {None}
    words = _last_words_of(lost) if lost else {}
    for thread in threads:
        thread.words = words.get(thread.root.span_id, "") if thread.is_about_a_lost_mark else ""
    return threads


def _threads_of(comments: QuerySet[Comment]) -> list[Thread]:
    named = Mention.objects.filter(comment=OuterRef("pk"), ended_at=None).order_by("pk")
    rows: QuerySet[Any] = comments.select_related("created_by", "resolved_by").annotate(
        named=ArraySubquery(named.values_list(Lower("person__username")))
    )
    answers: dict[int | None, list[Any]] = {}
    for row in rows.order_by("pk"):
        row.pieces = pieces_of(row.text, dict.fromkeys(row.named, 0))
        answers.setdefault(row.parent_id, []).append(row)
    threads = [Thread(root, answers.get(root.pk, [])) for root in answers.get(None, [])]
    return sorted(threads, key=lambda thread: thread.root.resolved_at is not None)


def _last_words_of(spans: Collection[Any]) -> dict[int | None, str]:
    """What spans stood on last, whatever became of their marks."""
    anchors = Anchor.objects.filter(span__in=spans).order_by("span", "-revision__number", "-sequence").distinct("span")
    return dict(anchors.values_list("span_id", "exact"))


def live_mark_of(remark: Comment) -> Any:
    """The quote, claim or tag that a comment is about, while it stands; else None."""
    if remark.tag_id is not None:
        return BiasTag.objects.live().filter(pk=remark.tag_id).first()
    if remark.span_id is None:
        return None
    found = (model.objects.live().filter(span=remark.span_id).first() for model in (Quote, Claim, BiasTag))
    return next((mark for mark in found if mark is not None), None)


def people_to_mention(article: Article, begun: str, *, person: Person) -> list[Any]:
    """Those who would see a comment on an article, by how their name or one of its words begins; a few."""
    people = people_told_of(article).exclude(pk=person.pk)
    if begun:
        people = people.filter(
            Q(username__istartswith=begun) | Q(name__istartswith=begun) | Q(name__icontains=f" {begun}")
        )
    return list(people.order_by(F("name").asc(), "pk")[:MOST_OFFERED])


def keep_typed(threads: Iterable[Thread], uid: str, *, typed: str, problem: str) -> None:
    """Put what could not be saved back where it was typed."""
    for thread in threads:
        if str(thread.root.uid) == uid:
            thread.typed, thread.problem = typed, problem
