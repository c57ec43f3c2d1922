"""Articles in work, each with how far its text, its claims and its bias have been looked at.

The workbench draws one article with all its marks; this reads several together and only what a line of the desk
shows. What counts as checked, sourced or opinion is decided by the workbench alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from django.contrib.auth.models import AbstractUser

from annotations.models import Finding, SentenceFinding
from annotations.permissions import visible_evidence
from annotations.queries.checking.verdicts import NOT_CHECKABLE, OPEN, TONES, verdicts_of
from annotations.queries.desk.articles import ArticleRow, live_bias_tags, live_claims, rows_of
from annotations.queries.workbench.marks import ShownClaim, ShownMark, ShownMarks, ShownQuote, Standing
from annotations.queries.workbench.page import Coverage, Workbench
from annotations.queries.workbench.presence import Present, present_on
from articles.models import Article, ArticleState, CurrentAnchor, Origin, Quote
from articles.permissions import visible_articles

MOST_IN_WORK = 5
STATES = (ArticleState.CHECKING, ArticleState.EDITING)

# The order in which beads stand on their string.
BEADS = (*TONES.values(), OPEN, NOT_CHECKABLE)


@dataclass(frozen=True, slots=True)
class InWork:
    """An article in work.

    :ivar tones: of its claims, in the order of beads.
    :ivar in_doubt: how many of its marks need a look or have no place in its newest text.
    :ivar present: who else has it open now.
    """

    row: ArticleRow
    coverage: Coverage
    tones: tuple[str, ...]
    in_doubt: int
    present: Sequence[Present] = ()

    @property
    def claims_by_tone(self) -> list[tuple[str, int]]:
        counts = Counter(self.tones)
        return [(tone, counts[tone]) for tone in BEADS if counts[tone]]


def articles_in_work(person: AbstractUser) -> list[InWork]:
    """The newest articles being edited or checked that a person may know of, at most :data:`MOST_IN_WORK`.

    The number of queries does not depend on how many there are.
    """
    # One state at a time: that is the order of an index, which two states together are not.
    by_state = [_newest_in(state, person) for state in STATES]
    newest = merge(*by_state, key=lambda article: (article.received_at, article.pk), reverse=True)
    articles = list(islice(newest, MOST_IN_WORK))
    if not articles:
        return []
    marks, present = _Marks(articles, person), present_on(articles, person)
    return [
        InWork(
            row,
            marks.coverage_of(row.article),
            marks.tones_of(row.article),
            marks.doubts_about(row.article),
            present.get(row.article.pk, ()),
        )
        for row in rows_of(articles, person=person)
    ]


def _newest_in(state: str, person: AbstractUser) -> list[Article]:
    articles = visible_articles(person).filter(state=state).select_related("head", "created_by")
    return list(articles.order_by("-received_at", "-pk")[:MOST_IN_WORK])


class _Marks:
    """The live marks of several articles on their newest texts, as far as coverage and beads need them."""

    def __init__(self, articles: Collection[Article], person: AbstractUser) -> None:
        self._keys = [article.pk for article in articles]
        self._person = person
        self._standings = self._read_standings([article.head_id for article in articles])
        self._claims = self._read_claims()
        self._quotes = self._read_quotes()
        self._tagged = self._read_tagged()
        self._evidence = self._read_evidence()
        self._opinions = self._read_opinions()

    def coverage_of(self, article: Article) -> Coverage:
        workbench = Workbench(
            article=article,
            revision=article.head,
            marks=ShownMarks(quotes=self._quotes[article.pk], claims=self._claims[article.pk], tags=()),
            evidence=self._evidence,
            opinions=self._opinions[article.head_id],
        )
        return workbench.coverage

    def tones_of(self, article: Article) -> tuple[str, ...]:
        decided = (claim.verdict.tone for claim in self._claims[article.pk] if not claim.is_suggested)
        return tuple(sorted(decided, key=BEADS.index))

    def doubts_about(self, article: Article) -> int:
        marks: Iterable[ShownMark] = (*self._claims[article.pk], *self._quotes[article.pk])
        standings = [mark.standing for mark in marks] + self._tagged[article.pk]
        return sum(standing is not None and standing.fate in {"look", "lost"} for standing in standings)

    def _read_standings(self, heads: Collection[int]) -> dict[int, Standing]:
        rows = CurrentAnchor.objects.filter(revision__in=heads).values_list(
            "span_id", "anchor__start", "anchor__end", "anchor__exact", "anchor__state", "anchor__reason"
        )
        return {row[0]: Standing(*row) for row in rows}

    def _read_claims(self) -> defaultdict[int, list[ShownClaim]]:
        live = live_claims(self._person).filter(article__in=self._keys, project__is_default=True)
        rows = list(live.values_list("pk", "uid", "article_id", "span_id", "origin", "checkable").order_by("pk"))
        verdicts = verdicts_of([row[0] for row in rows])
        found: defaultdict[int, list[ShownClaim]] = defaultdict(list)
        for pk, uid, article, span, origin, checkable in rows:
            found[article].append(
                ShownClaim(
                    pk=pk,
                    uid=uid,
                    label="",
                    standing=self._standings.get(span),
                    is_suggested=origin == Origin.SUGGESTED,
                    canonical="",
                    claim_type="",
                    claimant_kind="",
                    claimant="",
                    checkable=checkable,
                    verdict=verdicts[pk],
                )
            )
        return found

    def _read_quotes(self) -> defaultdict[int, list[ShownQuote]]:
        live = Quote.objects.live().filter(article__in=self._keys)
        found: defaultdict[int, list[ShownQuote]] = defaultdict(list)
        for quote in live.only("uid", "article_id", "span_id", "origin", "kind", "speaker_id").order_by("pk"):
            found[quote.article_id].append(
                ShownQuote(
                    pk=quote.pk,
                    uid=quote.uid,
                    label="",
                    standing=self._standings.get(quote.span_id),
                    is_suggested=quote.origin == Origin.SUGGESTED,
                    kind=quote.kind,
                    speaker=quote.speaker_id,
                    speaker_uid=None,
                    name="",
                    voice=0,
                )
            )
        return found

    def _read_tagged(self) -> defaultdict[int, list[Standing | None]]:
        live = live_bias_tags(self._person).filter(article__in=self._keys, project__is_default=True)
        found: defaultdict[int, list[Standing | None]] = defaultdict(list)
        for article, span in live.exclude(span=None).values_list("article_id", "span_id"):
            found[article].append(self._standings.get(span))
        return found

    def _read_evidence(self) -> dict[int, Counter[str]]:
        attached = visible_evidence(self._person).filter(claim__article__in=self._keys, detached_at=None)
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for claim, stance in attached.values_list("claim_id", "stance"):
            found[claim][stance] += 1
        return dict(found)

    def _read_opinions(self) -> defaultdict[int, list[tuple[int, int]]]:
        """The sentences that readers of the everyday desk called opinion, by what each said last."""
        said = SentenceFinding.objects.filter(
            reading__revision__article__in=self._keys, reading__project__is_default=True
        ).order_by("reading_id", "start", "sequence")
        last = {
            (reading, start): (revision, start, end, finding)
            for reading, revision, start, end, finding in said.values_list(
                "reading_id", "reading__revision_id", "start", "end", "finding"
            )
        }
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for revision, start, end, finding in last.values():
            if finding == Finding.OPINION:
                found[revision].append((start, end))
        return found
