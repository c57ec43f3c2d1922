"""Quotes that the rules propose, and what people decide on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import (
    Article,
    CurrentAnchor,
    Origin,
    ProposedSpeaker,
    QuotationRun,
    Quote,
    Speaker,
    Stale,
)
from articles.operations.deciding import (
    NothingToDecide,
    accept_quotes_above,
    accept_suggestion,
    reject_suggestion,
)
from articles.operations.placing import place_mark
from articles.operations.quotes import AlreadyRetracted, QuotedBefore, change_quote, retract_quote
from articles.operations.revising import Rewritten
from articles.operations.suggesting import PROPOSER, SUGGEST, suggest_among, suggest_for, suggest_quotes
from articles.permissions import roles_of
from articles.quotation import VERSION
from newsdesk.models import User
from tests.factories import make_article, make_quote, make_speaker, words_of

pytestmark = pytest.mark.django_db

TEXT = """Bridge to close for two years

The harbour bridge will close in March, Mayor Ines Duarte said on Tuesday.

“We had no choice,” Duarte said. “The steel is tired.”

Critics of the plan met in the evening.
"""


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, text=TEXT)


@pytest.fixture
def suggested(article: Article, alice: User, at: datetime) -> list[Quote]:
    return suggest_quotes(article=article, by=alice, at=at)


def words(quote: Quote) -> str:
    return CurrentAnchor.of(quote.span_id, Article.objects.get(pk=quote.article_id).head_id or 0).exact


def rewrite(article: Article, *paragraphs: str, by: User, at: datetime) -> None:
    article.refresh_from_db()
    blocks = [Block(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs]
    rewritten = Rewritten(article.head.headline, blocks)
    revise(article=article, base=article.head.number, rewritten=rewritten, by=by, at=at)


def paragraphs_of(article: Article) -> list[str]:
    return [block["text"] for block in article.head.blocks]


def test_quotes_are_proposed_with_what_proposed_them(suggested: list[Quote], article: Article) -> None:
    assert [words(quote) for quote in suggested] == [
        "The harbour bridge will close in March",
        "“We had no choice,”",
        "“The steel is tired.”",
    ]
    assert {(quote.origin, quote.proposer, quote.proposer_version) for quote in suggested} == {
        (Origin.SUGGESTED, PROPOSER, VERSION)
    }
    assert all(quote.rule and quote.confidence for quote in suggested)


def test_a_suggestion_says_whom_the_text_gives_the_words_to(suggested: list[Quote]) -> None:
    proposals = ProposedSpeaker.objects.filter(quote__in=suggested)

    assert {(each.name, each.title) for each in proposals} == {("Ines Duarte", "Mayor")}
    assert [quote.mention for quote in suggested][1] == "Duarte"


def test_a_speaker_who_is_known_by_that_whole_name_is_proposed(article: Article, alice: User, at: datetime) -> None:
    duarte = make_speaker(by=alice, name="Inês Duarte")
    make_speaker(by=alice, name="Paulo Duarte")

    assert {quote.speaker for quote in suggest_quotes(article=article, by=alice, at=at)} == {duarte}


def test_a_name_that_several_bear_is_not_guessed(article: Article, alice: User, at: datetime) -> None:
    for affiliation in ("Porto", "Lisbon"):
        make_speaker(by=alice, name="Ines Duarte", affiliation=affiliation)

    assert {quote.speaker for quote in suggest_quotes(article=article, by=alice, at=at)} == {None}


def test_of_several_who_bear_a_name_the_printed_title_tells_which(article: Article, alice: User, at: datetime) -> None:
    mayor = make_speaker(by=alice, name="Ines Duarte", title="mayor")
    make_speaker(by=alice, name="Ines Duarte", title="singer")

    assert {quote.speaker for quote in suggest_quotes(article=article, by=alice, at=at)} == {mayor}


def test_the_rules_read_a_revision_once(article: Article, suggested: list[Quote], alice: User, at: datetime) -> None:
    again = suggest_quotes(article=article, by=alice, at=at)

    assert again == []
    assert Quote.objects.filter(article=article).count() == len(suggested) == 3
    assert QuotationRun.objects.get().revision == article.head


def test_words_that_people_marked_are_not_proposed(article: Article, alice: User, at: datetime) -> None:
    make_quote(article, "We had no choice", by=alice)

    proposed = suggest_quotes(article=article, by=alice, at=at)

    assert "“We had no choice,”" not in [words(quote) for quote in proposed]
    assert len(proposed) == 2


def test_bringing_a_piece_in_and_rewriting_it_have_its_quotes_looked_for(
    article: Article, alice: User, at: datetime
) -> None:
    jobs = ProcrastinateJob.objects.filter(task_name=SUGGEST, args={"article": str(article.uid)})
    assert jobs.count() == 1

    rewrite(article, *paragraphs_of(article), "“I disagree,” Karim Haddad said.", by=alice, at=at)

    assert jobs.count() == 2


def test_a_job_proposes_in_the_name_of_whoever_saved_the_text(article: Article, bob: User, at: datetime) -> None:
    rewrite(article, *paragraphs_of(article), "“I disagree,” Karim Haddad said.", by=bob, at=at)

    suggest_for(uid=article.uid, at=at)

    assert set(Quote.objects.values_list("created_by", flat=True)) == {bob.pk}


def test_a_job_for_an_article_that_is_unknown_does_nothing(at: datetime) -> None:
    suggest_for(uid=UUID(int=7), at=at)

    assert not Quote.objects.exists()


def test_many_articles_are_read_and_none_twice(article: Article, alice: User, at: datetime) -> None:
    other = make_article(by=alice, text=TEXT)
    suggest_quotes(article=other, by=alice, at=at)

    for _ in range(2):
        suggest_among(first=article.head_id or 0, last=other.head_id or 0, at=at)

    assert Quote.objects.filter(article=article).count() == Quote.objects.filter(article=other).count() == 3


def test_accepting_a_suggestion_records_who_decided(suggested: list[Quote], bob: User, at: datetime) -> None:
    later = at + timedelta(hours=1)

    quote = accept_suggestion(mark=suggested[1], seen=1, by=bob, at=later)

    quote.refresh_from_db()
    assert (quote.origin, quote.decided_by, quote.decided_at) == (Origin.ACCEPTED, bob, later)


def test_a_new_speaker_is_added_with_the_first_quote_and_found_for_the_next(
    suggested: list[Quote], bob: User, at: datetime
) -> None:
    assert not Speaker.objects.exists()

    accepted = [accept_suggestion(mark=quote, seen=1, by=bob, at=at) for quote in suggested]

    duarte = Speaker.objects.get()
    assert (duarte.name, duarte.title, duarte.created_by) == ("Ines Duarte", "Mayor", bob)
    assert {quote.speaker for quote in accepted} == {duarte}


def test_where_several_may_be_meant_a_quote_is_accepted_without_a_speaker(
    suggested: list[Quote], alice: User, at: datetime
) -> None:
    for affiliation in ("Porto", "Lisbon"):
        make_speaker(by=alice, name="Ines Duarte", affiliation=affiliation)

    quote = accept_suggestion(mark=suggested[0], seen=1, by=alice, at=at)

    assert (quote.speaker, Speaker.objects.count()) == (None, 2)


def test_a_suggestion_is_decided_once(suggested: list[Quote], alice: User, at: datetime) -> None:
    reject_suggestion(mark=suggested[0], seen=1, by=alice, at=at)

    with pytest.raises(NothingToDecide):
        accept_suggestion(mark=suggested[0], seen=2, by=alice, at=at)
    with pytest.raises(NothingToDecide):
        reject_suggestion(mark=suggested[0], seen=2, by=alice, at=at)


def test_what_people_made_is_no_suggestion(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)

    with pytest.raises(NothingToDecide):
        reject_suggestion(mark=quote, seen=1, by=alice, at=at)


def test_a_suggestion_that_was_retracted_is_not_accepted(suggested: list[Quote], alice: User, at: datetime) -> None:
    retract_quote(quote=suggested[0], seen=1, by=alice, at=at)

    with pytest.raises(AlreadyRetracted):
        accept_suggestion(mark=suggested[0], seen=2, by=alice, at=at)


def test_of_two_who_decide_at_once_the_second_is_told(
    suggested: list[Quote], alice: User, bob: User, at: datetime
) -> None:
    theirs = Quote.objects.get(pk=suggested[0].pk)
    reject_suggestion(mark=suggested[0], seen=1, by=alice, at=at)

    with pytest.raises(Stale):
        accept_suggestion(mark=theirs, seen=1, by=bob, at=at)


def test_a_suggestion_of_what_somebody_recorded_meanwhile_is_refused(
    article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    make_quote(article, by=alice, speaker=make_speaker(by=alice))

    with pytest.raises(QuotedBefore):
        accept_suggestion(mark=suggested[1], seen=1, by=alice, at=at)


def test_changing_a_suggestion_corrects_it(suggested: list[Quote], bob: User, at: datetime) -> None:
    quote = change_quote(quote=suggested[0], seen=1, by=bob, at=at, kind="mixed")

    assert (quote.origin, quote.decided_by_id) == (Origin.CORRECTED, bob.pk)


def test_putting_a_suggestion_on_other_words_corrects_it_and_confirming_its_place_does_not(
    article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    place_mark(mark=suggested[1], base=1, words=words_of(article, "“We had no choice,”"), by=alice, at=at)
    assert suggested[1].origin == Origin.SUGGESTED

    place_mark(mark=suggested[1], base=1, words=words_of(article, "We had no choice"), by=alice, at=at)

    suggested[1].refresh_from_db()
    assert suggested[1].origin == Origin.CORRECTED


def test_accepting_in_bulk_takes_what_is_sure_and_says_that_nobody_looked(
    article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    for quote, confidence in zip(suggested, (0.95, 0.8, 0.5), strict=True):
        quote.change(seen=1, confidence=confidence)

    accepted = accept_quotes_above(article=article, confidence=0.8, by=alice, at=at)

    origins = [Quote.objects.get(pk=quote.pk).origin for quote in suggested]
    assert origins == [Origin.ACCEPTED_IN_BULK, Origin.ACCEPTED_IN_BULK, Origin.SUGGESTED]
    assert accepted == suggested[:2]
    assert not Quote.objects.by_people().exists()


def test_what_was_decided_is_not_proposed_again_on_later_revisions(
    article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    reject_suggestion(mark=suggested[0], seen=1, by=alice, at=at)
    accept_suggestion(mark=suggested[1], seen=1, by=alice, at=at)
    retract_quote(quote=suggested[2], seen=1, by=alice, at=at)

    rewrite(article, "It rained.", *paragraphs_of(article), "“I disagree,” Karim Haddad said.", by=alice, at=at)
    proposed = suggest_quotes(article=article, by=alice, at=at)

    assert [words(quote) for quote in proposed] == ["“I disagree,”"]


def test_words_that_were_rejected_stay_rejected_when_they_come_back(
    article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    before = paragraphs_of(article)
    for quote in suggested:
        reject_suggestion(mark=quote, seen=1, by=alice, at=at)
    rewrite(article, before[0], before[2], "It rained.", by=alice, at=at)
    suggest_quotes(article=article, by=alice, at=at)

    rewrite(article, *before, "It rained a lot.", by=alice, at=at)

    assert suggest_quotes(article=article, by=alice, at=at) == []


def test_suggestions_whose_words_are_gone_are_taken_back(
    article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    rewrite(article, "Nobody said anything about it in the end.", by=alice, at=at)

    suggest_quotes(article=article, by=alice, at=at)

    assert all(quote.retracted_at for quote in Quote.objects.filter(pk__in=[quote.pk for quote in suggested]))


def test_proposing_costs_as_much_for_one_quote_as_for_three(alice: User, at: datetime) -> None:
    costs = []
    roles_of(alice)  # asked for once per person
    for text in ("Headline\n\n“We had no choice,” Ines Duarte said.\n", TEXT):
        article = make_article(by=alice, text=text)
        with CaptureQueriesContext(connection) as asked:
            assert suggest_quotes(article=article, by=alice, at=at)
        costs.append(len(asked))

    assert costs == [15, 15]
