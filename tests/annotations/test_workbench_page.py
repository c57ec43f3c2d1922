"""The workbench: reading an article with its marks."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.models import Risk
from annotations.operations.checking.claims import retract_claim, set_risk
from articles.models import Article, ArticleState
from newsdesk.models import User
from tests.factories import (
    AT,
    make_article,
    make_check,
    make_claim,
    make_evidence,
    make_quote,
    make_source,
    make_speaker,
    make_tag,
)


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def page_of(client: Client, article: Article, asked: str = "", **headers: str) -> str:
    return client.get(f"/articles/{article.uid}/{asked}", headers=headers).content.decode()


def test_the_text_stands_on_the_page_with_its_marks(desk: Client, article: Article, alice: User) -> None:
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    make_claim(article, by=alice)
    make_tag(article, by=alice)

    page = page_of(desk, article)

    assert '<span class="q voice-1 is-direct">“We had no choice,”</span>' in page
    assert '<span class="c is-open">The repair will cost 12 million euros</span>' in page
    assert '<span class="b sev-1">reckless</span>' in page


def test_a_line_of_the_outline_draws_a_bead_for_each_of_its_claims_while_they_are_few(
    desk: Client, article: Article, alice: User
) -> None:
    for words in ("The repair", "will cost", "12 million", "euros"):
        make_claim(article, words, by=alice)

    few = outline_of(page_of(desk, article))
    make_claim(article, "The repair will cost 12 million euros", by=alice)
    many = outline_of(page_of(desk, article))

    assert few.count("#bead-open") == 4
    assert many.count("#bead-open") == 1
    assert '<span class="num small" aria-hidden="true">5</span>' in many


def outline_of(page: str) -> str:
    return page[page.index('id="rail-outline"') : page.index('id="sheet"')]


def test_nothing_people_wrote_becomes_markup(desk: Client, alice: User) -> None:
    text = "A <script>alert(1)</script> headline\n\nThe <b>bold</b> mayor said “yes & no”.\n"
    article = make_article(by=alice, text=text)
    speaker = make_speaker(by=alice, name="<i>Ines</i>")
    make_quote(article, "“yes & no”", by=alice, speaker=speaker)
    make_claim(article, "The <b>bold</b> mayor", by=alice, canonical="<u>Claim</u>")

    page = page_of(desk, article, "?mark=Q1")

    assert "<script>alert" not in page
    assert "<b>bold</b>" not in page
    assert "<i>Ines</i>" not in page
    assert "<u>Claim</u>" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_a_mark_is_selected_by_its_address(desk: Client, article: Article, alice: User) -> None:
    claim = make_claim(article, by=alice)

    page = page_of(desk, article, f"?mark={claim.uid}")

    assert f'data-uid="{claim.uid}"' in page
    assert '<mark class="run is-current" data-marks="C1">' in page


def test_only_the_selected_mark_is_inspected(desk: Client, article: Article, alice: User) -> None:
    make_claim(article, by=alice, note="seen in the inspector")
    make_claim(article, "two years", by=alice, note="left out of it")

    page = page_of(desk, article, "?mark=C1")

    assert "seen in the inspector" in page
    assert "left out of it" not in page


def test_labels_do_not_pass_on_from_retracted_marks(desk: Client, article: Article, alice: User) -> None:
    first = make_claim(article, "two years", by=alice)
    make_claim(article, by=alice)
    retract_claim(claim=first, seen=1, by=alice, at=AT)

    page = page_of(desk, article)

    assert 'data-marks="C2"' in page
    assert 'data-marks="C1"' not in page


def test_a_claim_shows_the_tone_of_its_verdict(desk: Client, article: Article, alice: User, bob: User) -> None:
    make_check(make_claim(article, by=alice), checker=bob, verdict="refuted", rating="false")

    page = page_of(desk, article)

    assert '<span class="c is-refuted">' in page


def test_a_paraphrase_says_that_it_is_one_and_stands_without_quotation_marks(
    desk: Client, article: Article, alice: User
) -> None:
    claim = make_claim(article, by=alice)
    make_evidence(claim, make_source(by=alice, basis="paraphrase", text="The council estimates much."), by=alice)

    page = page_of(desk, article, "?mark=C1")

    assert "Paraphrase, page to be confirmed" in page
    assert "<q>The council estimates much." not in page


def test_words_of_a_capture_stand_in_quotation_marks(desk: Client, article: Article, alice: User) -> None:
    claim = make_claim(article, by=alice)
    make_evidence(claim, make_source(by=alice, text="The council estimates much."), by=alice)

    page = page_of(desk, article, "?mark=C1")

    assert "<q>The council estimates much.</q>" in page


def test_a_verdict_whose_claim_was_changed_is_called_stale(
    desk: Client, article: Article, alice: User, bob: User
) -> None:
    claim = make_claim(article, by=alice)
    make_check(claim, checker=bob)
    set_risk(claim=claim, risk=Risk.HIGH, reason="People cross it daily.", seen=claim.version, by=alice, at=AT)

    page = page_of(desk, article, "?mark=C1")

    assert "This verdict has gone stale" in page


def test_a_script_gets_the_inspector_alone(desk: Client, article: Article, alice: User) -> None:
    make_claim(article, by=alice)

    part = page_of(desk, article, "?mark=C1", **{"HX-Request": "true", "HX-Target": "inspector"})

    assert part.lstrip().startswith("<aside")
    assert "<html" not in part


def test_the_removed_lines_are_listed_with_their_rules(desk: Client, alice: User) -> None:
    article = make_article(by=alice, text="Bridge closes\n\nThe bridge closes today.\n\nShare this article\n")

    page = page_of(desk, article)

    assert "1 line removed from the copy" in page
    assert "share-bar" in page


def test_a_removed_line_is_restored_as_a_new_revision(desk: Client, alice: User) -> None:
    article = make_article(by=alice, text="Bridge closes\n\nThe bridge closes today.\n\nShare this article\n")

    desk.post(f"/articles/{article.uid}/restore/", {"base": 1, "ordinal": 0})

    article.refresh_from_db()
    assert article.head.number == 2
    assert "Share this article" in article.head.text


def test_restoring_on_an_older_revision_is_a_conflict(desk: Client, alice: User) -> None:
    article = make_article(by=alice, text="Bridge closes\n\nThe bridge closes today.\n\nShare this article\n")
    desk.post(f"/articles/{article.uid}/restore/", {"base": 1, "ordinal": 0})

    response = desk.post(f"/articles/{article.uid}/restore/", {"base": 1, "ordinal": 0})

    assert response.status_code == 409
    assert "The text was saved anew in between" in response.content.decode()


def test_the_article_moves_to_its_next_state(desk: Client, article: Article) -> None:
    desk.post(f"/articles/{article.uid}/move/", {"state": "checking", "version": article.version})

    article.refresh_from_db()
    assert article.state == ArticleState.CHECKING


def test_moving_what_somebody_else_moved_is_a_conflict(desk: Client, article: Article) -> None:
    desk.post(f"/articles/{article.uid}/move/", {"state": "checking", "version": article.version})

    response = desk.post(f"/articles/{article.uid}/move/", {"state": "withdrawn", "version": article.version})

    assert response.status_code == 409


def test_an_annotator_does_not_move_articles(client: Client, article: Article, emil: User) -> None:
    client.force_login(emil)

    response = client.post(f"/articles/{article.uid}/move/", {"state": "checking", "version": article.version})

    assert response.status_code == 403


def test_an_article_one_may_not_know_of_is_not_found(client: Client, alice: User, emil: User) -> None:
    article = make_article(by=alice, state=ArticleState.INCOMING)
    client.force_login(emil)

    assert client.get(f"/articles/{article.uid}/").status_code == 404


def test_a_reader_sees_no_bias_tags_and_no_unpublished_claims(client: Client, alice: User, rana: User) -> None:
    article = make_article(by=alice, state=ArticleState.PUBLISHED)
    make_tag(article, by=alice)
    make_claim(article, by=alice)
    client.force_login(alice)
    assert "sev-1" in page_of(client, article)
    client.force_login(rana)

    page = page_of(client, article)

    assert '<span class="b sev-1">' not in page
    assert '<span class="c is-open">' not in page


def test_an_older_revision_shows_its_text_and_the_list_of_revisions(desk: Client, article: Article) -> None:
    body = article.head.text.split("\n\n", 1)[1].replace("two years", "three years")
    desk.post(
        f"/articles/{article.uid}/revise/", {"base": 1, "headline": article.head.headline, "body": body, "save": 1}
    )

    page = desk.get(f"/articles/{article.uid}/revisions/1/").content.decode()

    assert "for two years" in page
    assert f"/articles/{article.uid}/revisions/2/" in page


# session, person with roles, article, anchors, quotes, claims, checks, what they saw, tags, evidence, findings, talk
QUERIES = 12


@pytest.mark.parametrize("how_many", [1, 3])
def test_queries_do_not_grow_with_marks(
    how_many: int,
    desk: Client,
    article: Article,
    alice: User,
    bob: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    words = ["two years", "reckless", "12 million euros"][:how_many]
    for each in words:
        make_quote(article, each, by=alice, speaker=make_speaker(by=alice, name=f"Speaker {each}"))
        make_tag(article, each, by=alice)
        claim = make_claim(article, each, by=alice)
        make_evidence(claim, make_source(by=alice, title=each), by=alice)
        make_check(claim, checker=bob)
    page_of(desk, article)

    with django_assert_num_queries(QUERIES):
        page_of(desk, article)


def test_relative_dates_are_resolved_against_the_day_the_piece_came_out(desk: Client, alice: User) -> None:
    text = "Bridge closed\n\nThe bridge was closed on Tuesday. It was built last year."
    came_out: dict[str, Any] = {"published_at": datetime(2025, 5, 15, 9, tzinfo=UTC), "date_basis": "stated"}
    dated = make_article(by=alice, text=text, language="en", **came_out)
    undated = make_article(by=alice, text=text, language="en")

    page = page_of(desk, dated)

    assert '<time datetime="2025-05-13">13 May 2025</time>' in page
    assert '<time datetime="2024-01-01">1 January 2024</time> – <time datetime="2024-12-31">' in page
    assert "Dates in the text" not in page_of(desk, undated)
