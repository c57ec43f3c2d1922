"""Pieces that are out and checks that everybody may read, made through the operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from annotations.models import Claim, DeskVerdict
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from articles.models import Article, ArticleState, Source
from articles.operations.articles import move_article
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source


def publish(article: Article, *, by: User, at: datetime = AT) -> Article:
    """Let an article out, whatever state it is in."""
    article.change(seen=article.version, state=ArticleState.APPROVED)
    return move_article(article=article, state=ArticleState.PUBLISHED, seen=article.version, by=by, at=at)


def make_published(*, by: User, at: datetime = AT, rights: str = "own", **values: Any) -> Article:
    """A piece that is out, whole unless ``rights`` say otherwise."""
    return publish(make_article(by=by, rights=rights, **values), by=by, at=at)


def judge(
    claim: Claim,
    *,
    checker: User,
    reviewer: User,
    editor: User,
    source: Source | None = None,
    correction_note: str = "",
    at: datetime = AT,
    **values: Any,
) -> DeskVerdict:
    """A verdict of the desk on a claim; the first one on a claim rests on a passage of a captured source."""
    if not claim.evidence.attached().exists():
        make_evidence(claim, source or make_source(by=checker), by=checker, at=at)
    check = make_check(claim, checker=checker, at=at, **values)
    check = send_to_review(check=check, seen=check.version, by=checker, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=at)
    return publish_verdict(check=check, seen=check.version, by=editor, at=at, correction_note=correction_note)


def make_judged(article: Article, *, checker: User, reviewer: User, editor: User, **values: Any) -> Claim:
    """A claim of an article with a verdict of the desk."""
    claim = make_claim(article, by=checker)
    judge(claim, checker=checker, reviewer=reviewer, editor=editor, **values)
    return claim
