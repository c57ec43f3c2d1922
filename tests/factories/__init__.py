"""Things for tests, made through the operations, so that every law holds: give the words, get the offsets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from annotations.models import BiasCategory, BiasTag, Claim, Evidence, FactCheck, Finding, Project, Rating, Reading
from annotations.operations.checking.claims import record_claim
from annotations.operations.checking.evidence import attach_evidence
from annotations.operations.checking.factchecks import open_check, write_check
from annotations.operations.desk.intake import bring_in
from annotations.operations.studies.readings import begin_reading, record_finding
from annotations.operations.workbench.bias import tag_bias
from articles.anchoring.selectors import find_exact
from articles.anchoring.text import sentences
from articles.ingest.readers import read
from articles.models import Article, ArticleState, Quote, Source, Speaker
from articles.operations.quotes import record_quote
from articles.operations.sources import store_source
from articles.operations.spans import Words
from articles.operations.speakers import add_speaker
from newsdesk.models import User

AT = datetime(2025, 5, 13, 12, 0, tzinfo=UTC)
TEXT = """Council votes to close the harbour bridge

The council voted on Tuesday to close the harbour bridge for two years.

“We had no choice,” mayor Ines Duarte said. Some residents said the decision was reckless.

The repair will cost 12 million euros, according to the council’s own estimate.
"""


def make_article(
    *, by: User, text: str = TEXT, state: str = ArticleState.EDITING, at: datetime = AT, **change: Any
) -> Article:
    """An article read from plain text; ``change`` sets further fields (embargo_until, outlet, …)."""
    incoming = read(text.encode(), name="pasted.txt")[0]
    article = bring_in(
        incoming=incoming,
        content=text.encode(),
        media_type="text/plain",
        reader="plain-text",
        by=by,
        at=at,
        state=state,
    )
    return article.change(seen=article.version, **change) if change else article


def words_of(article: Article, exact: str, occurrence: int = 1) -> Words:
    """Where ``exact`` stands in the newest text."""
    place = find_exact(article.head.text, exact, occurrence=occurrence)
    return Words(place.start, place.end, exact=place.exact, text_sha256=article.head.text_sha256)


def make_speaker(*, by: User, name: str = "Ines Duarte", at: datetime = AT, **values: Any) -> Speaker:
    return add_speaker(name=name, by=by, at=at, **values)


def make_quote(
    article: Article,
    exact: str = "“We had no choice,”",
    *,
    by: User,
    kind: str = "direct",
    at: datetime = AT,
    **values: Any,
) -> Quote:
    return record_quote(
        article=article, base=article.head.number, words=words_of(article, exact), kind=kind, by=by, at=at, **values
    )


def make_claim(
    article: Article,
    exact: str = "The repair will cost 12 million euros",
    *,
    by: User,
    canonical: str = "The repair of the harbour bridge will cost 12 million euros.",
    at: datetime = AT,
    **values: Any,
) -> Claim:
    return record_claim(
        article=article,
        base=article.head.number,
        words=words_of(article, exact),
        canonical=canonical,
        by=by,
        at=at,
        **values,
    )


def make_tag(
    article: Article,
    exact: str = "reckless",
    *,
    by: User,
    slug: str = "loaded-language",
    severity: int = 1,
    at: datetime = AT,
    **values: Any,
) -> BiasTag:
    return tag_bias(
        article=article,
        base=article.head.number,
        words=words_of(article, exact),
        category=BiasCategory.objects.get(slug=slug),
        severity=severity,
        by=by,
        at=at,
        **values,
    )


def make_source(
    *,
    by: User,
    title: str = "Estimate of the bridge repair",
    text: str = "The council estimates the cost of repairing the harbour bridge at 12 million euros.",
    basis: str = "capture",
    at: datetime = AT,
    **values: Any,
) -> Source:
    values = {"publisher": "City council", "published_date": date(2025, 4, 2), "language": "en", **values}
    return store_source(title=title, text=text, basis=basis, by=by, at=at, **values)


def make_evidence(
    claim: Claim, source: Source, exact: str | None = None, *, by: User, stance: str = "supports", at: datetime = AT
) -> Evidence:
    snapshot = source.snapshots.get(number=1)
    place = find_exact(snapshot.text, exact or snapshot.text)
    return attach_evidence(
        claim=claim, snapshot=snapshot, start=place.start, end=place.end, stance=stance, by=by, at=at
    )


def make_check(
    claim: Claim,
    *,
    checker: User,
    verdict: str = "supported",
    rating: str = "true",
    reason: str = "The council’s own estimate says so.",
    one_source_reason: str = "Nobody else knows.",
    at: datetime = AT,
    **values: Any,
) -> FactCheck:
    """A drafted check that goes to review as soon as one passage is attached."""
    check = open_check(claim=claim, checker=checker, by=checker, at=at)
    return write_check(
        check=check,
        seen=check.version,
        by=checker,
        at=at,
        verdict=verdict,
        rating=Rating.objects.get(scale__slug="rating", slug=rating),
        reason=reason,
        one_source_reason=one_source_reason,
        **values,
    )


def make_reading(article: Article, *, by: User, findings: int = 0, at: datetime = AT) -> Reading:
    """Somebody's reading of the newest text for the everyday desk, with nothing found in its first sentences."""
    project = Project.objects.get(is_default=True)
    reading = begin_reading(revision=article.head, project=project, by=by, at=at)
    for start, end in sentences(article.head.text)[:findings]:
        record_finding(reading=reading, words=Words(start, end), finding=Finding.NOTHING, by=by, at=at)
    return reading
