"""Every error that claims, tags, projects and comments can answer with, raised once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from annotations.models import BiasCategory, BiasTag, Codebook, Notice, Project
from annotations.operations.checking.claims import (
    QuoteWithoutPlace,
    change_claim,
    claim_from_quote,
    retract_claim,
    set_risk,
)
from annotations.operations.studies.projects import AssignedBefore, assign, change_project
from annotations.operations.workbench.bias import (
    CategoryOfAnotherCodebook,
    LevelNotOffered,
    change_tag,
    retract_tag,
    tag_bias,
)
from annotations.operations.workbench.revising import NoSuchRemovedLine, restore_removed
from articles.models import Article, CurrentAnchor, Span, Stale
from articles.operations.quotes import AlreadyRetracted
from articles.operations.spans import StaleRevision, orphan_span
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_speaker, make_tag


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def foreign(alice: User) -> BiasCategory:
    """A category of another codebook than the everyday desk's."""
    codebook = Codebook.objects.create(uid=uuid.uuid4(), name="Another", number=1, created_at=AT)
    return BiasCategory.objects.create(
        uid=uuid.uuid4(),
        codebook=codebook,
        order=1,
        slug="from-elsewhere",
        name="From elsewhere",
        family="lexical",
        definition="Somebody else’s.",
        levels=["span"],
    )


def test_a_claim_of_a_quote_copies_its_place_and_its_speaker(alice: User, article: Article) -> None:
    speaker = make_speaker(by=alice)
    quote = make_quote(article, by=alice, speaker=speaker)

    claim = claim_from_quote(quote=quote, base=1, canonical="There was no choice.", by=alice, at=AT)

    place, copied = (CurrentAnchor.of(mark.span_id, article.head_id) for mark in (quote, claim))
    assert (copied.start, copied.end) == (place.start, place.end)
    assert (claim.quote, claim.speaker, claim.claimant_kind) == (quote, speaker, "speaker")
    assert claim.span != quote.span


def test_a_quote_that_stands_nowhere_makes_no_claim(alice: User, article: Article) -> None:
    quote = make_quote(article, by=alice)
    orphan_span(span=quote.span, base=1, by=alice, at=AT)

    with pytest.raises(QuoteWithoutPlace):
        claim_from_quote(quote=quote, base=1, canonical="There was no choice.", by=alice, at=AT)


def test_high_risk_needs_its_reason(alice: User, article: Article) -> None:
    claim = make_claim(article, by=alice)

    set_risk(claim=claim, risk="high", reason="Could cost a life", seen=1, by=alice, at=AT)

    assert (claim.risk, claim.risk_reason) == ("high", "Could cost a life")


def test_a_whole_article_is_tagged_only_with_what_the_codebook_offers_for_it(alice: User, article: Article) -> None:
    of_articles = BiasCategory.objects.get(slug="omitted-context")
    of_words = BiasCategory.objects.get(slug="loaded-language")

    tag = tag_bias(article=article, category=of_articles, severity=2, level="article", by=alice, at=AT)
    with (
        pytest.raises(LevelNotOffered, match=r"whole article\. The codebook offers it for: words"),
        transaction.atomic(),
    ):
        tag_bias(article=article, category=of_words, severity=2, level="article", by=alice, at=AT)

    assert tag.span is None
    assert BiasTag.objects.count() == 1


def test_a_tag_on_words_needs_words(alice: User, article: Article) -> None:
    with pytest.raises(TypeError):
        tag_bias(article=article, category=BiasCategory.objects.all()[0], severity=1, by=alice, at=AT)


def test_a_tag_takes_its_categories_from_one_codebook(alice: User, article: Article, foreign: BiasCategory) -> None:
    tag = make_tag(article, by=alice)

    with pytest.raises(CategoryOfAnotherCodebook):
        change_tag(tag=tag, seen=1, by=alice, at=AT, category=foreign)
    with pytest.raises(CategoryOfAnotherCodebook), transaction.atomic():
        make_tag(article, by=alice, secondary=[foreign])

    assert BiasTag.objects.count() == Span.objects.count() == 1


def test_further_categories_keep_their_order_and_are_replaced_as_a_whole(alice: User, article: Article) -> None:
    spin, labelling = (BiasCategory.objects.get(slug=slug) for slug in ("spin", "labelling"))
    tag = make_tag(article, by=alice, secondary=[spin, labelling])
    before = [each.category.slug for each in tag.secondary.order_by("position")]

    change_tag(tag=tag, seen=1, by=alice, at=AT, secondary=[labelling])
    kept = [each.category.slug for each in tag.secondary.order_by("position")]
    change_tag(tag=tag, seen=2, by=alice, at=AT, severity=3)

    assert (before, kept) == (["spin", "labelling"], ["labelling"])
    assert tag.secondary.count() == 1


RETRACTIONS: list[tuple[str, Callable[..., Any], Callable[..., Any], Callable[..., Any]]] = [
    ("claim", make_claim, retract_claim, change_claim),
    ("tag", make_tag, retract_tag, change_tag),
]


@pytest.mark.parametrize(("name", "make", "retract", "change"), RETRACTIONS, ids=["claim", "tag"])
def test_what_is_retracted_stays_and_does_not_change_any_more(
    alice: User,
    article: Article,
    name: str,
    make: Callable[..., Any],
    retract: Callable[..., Any],
    change: Callable[..., Any],
) -> None:
    mark = make(article, by=alice)

    retract(**{name: mark}, seen=1, by=alice, at=AT, reason="Wrong")

    for act in (retract, change):
        with pytest.raises(AlreadyRetracted):
            act(**{name: mark}, seen=2, by=alice, at=AT)
    assert not type(mark).objects.live().exists()
    assert type(mark).objects.get().retraction_reason == "Wrong"


@pytest.mark.parametrize(("name", "make", "retract", "change"), RETRACTIONS, ids=["claim", "tag"])
def test_stale_changes_and_unknown_fields_are_refused(
    alice: User,
    article: Article,
    name: str,
    make: Callable[..., Any],
    retract: Callable[..., Any],
    change: Callable[..., Any],
) -> None:
    mark = make(article, by=alice)

    for act in (retract, change):
        with pytest.raises(Stale):
            act(**{name: mark}, seen=9, by=alice, at=AT)
    with pytest.raises(TypeError, match="origin"):
        change(**{name: mark}, seen=1, by=alice, at=AT, origin="suggested")
    assert mark.version == 1


def test_a_project_changes_under_its_version(alice: User) -> None:
    project = Project.objects.get(is_default=True)

    change_project(project=project, seen=1, by=alice, at=AT, guidelines="Read slowly.")

    with pytest.raises(Stale):
        change_project(project=project, seen=1, by=alice, at=AT, guidelines="Read fast.")
    with pytest.raises(TypeError, match="codebook"):
        change_project(project=project, seen=2, by=alice, at=AT, codebook=project.codebook)


def test_somebody_is_asked_once_and_told_of_it(alice: User, bob: User, article: Article) -> None:
    assign(article=article, person=bob, task="Check the cost", by=alice, at=AT)

    with pytest.raises(AssignedBefore):
        assign(article=article, person=bob, by=alice, at=AT)

    assert [(notice.person, notice.text) for notice in Notice.objects.all()] == [(bob, "Check the cost")]


SHARED = """A headline of some length

First paragraph of the story, long enough to be one.

Share on Facebook

Second paragraph of the story, long enough to be one.
"""


def test_a_removed_line_comes_back_where_it_stood(alice: User) -> None:
    article = make_article(by=alice, text=SHARED)
    claim = make_claim(article, "Second paragraph of the story", by=alice)
    removed = [line["text"] for line in article.head.removed]

    revision = restore_removed(article=article, base=1, ordinal=0, by=alice, at=AT)

    assert removed == ["Share on Facebook"]
    assert [block["text"] for block in revision.blocks][1] == "Share on Facebook"
    assert revision.removed == []
    assert CurrentAnchor.of(claim.span_id, revision.pk).state == "anchored"


@pytest.mark.parametrize("ordinal", [-1, 1, 99])
def test_a_line_that_is_not_removed_cannot_come_back(alice: User, ordinal: int) -> None:
    article = make_article(by=alice, text=SHARED)

    with pytest.raises(NoSuchRemovedLine):
        restore_removed(article=article, base=1, ordinal=ordinal, by=alice, at=AT)


@pytest.mark.parametrize("base", [0, 2])
def test_a_line_comes_back_only_into_the_newest_text(alice: User, base: int) -> None:
    article = make_article(by=alice, text=SHARED)

    with pytest.raises(StaleRevision):
        restore_removed(article=article, base=base, ordinal=0, by=alice, at=AT)
