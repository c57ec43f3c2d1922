"""What people who only read are told: what the desk has said, and nothing of what it is working on.

Every absence has its bait: somebody who works here sees on the same page what the reader must not.
"""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Claim
from annotations.operations.checking.claims import change_claim
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, ArticleState, Quote
from articles.operations.declaring import Declared
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_quote, make_source, make_speaker
from tests.factories.callers import call


@pytest.fixture
def article(alice: User) -> Any:
    return make_article(by=alice, state=ArticleState.PUBLISHED)


@pytest.fixture
def said(alice: User, bob: User, dana: User, article: Article, at: datetime) -> Any:
    """A claim that carries a verdict of the desk."""
    claim = make_claim(article, by=bob, priority=3)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = make_check(claim, checker=bob, one_source_reason="The only record.")
    check = send_to_review(check=check, seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)
    publish_verdict(check=check, seen=check.version, by=alice, at=at)
    return claim


@pytest.fixture
def unsaid(alice: User, article: Article) -> Any:
    """A claim whose check is in progress."""
    claim = make_claim(
        article, "close the harbour bridge for two years", by=alice, canonical="It closes for two years."
    )
    make_check(claim, checker=alice, verdict="refuted", rating="false", reason="It closes for one.")
    return claim


def suggest(mark: Claim | Quote) -> None:
    """Turn a mark into one that a machine proposed and nobody decided."""
    mark.change(seen=mark.version, origin="suggested", proposer="quotation", proposer_version="1", rule="said")


def page(person: User, address: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(address).content.decode()


def pages_of(article: Article, claim: Claim) -> list[str]:
    """Every page on which an article or its claims are shown, and the search."""
    return [
        reverse("annotations:desk"),
        reverse("annotations:article-list"),
        reverse("annotations:workbench", args=[article.uid]),
        f"{reverse('annotations:workbench', args=[article.uid])}?mark={claim.uid}",
        reverse("annotations:claim-list"),
        reverse("annotations:claim", args=[claim.uid]),
        reverse("annotations:speaker-list"),
        f"{reverse('annotations:search')}?q=closes",
    ]


def test_a_check_in_progress_is_on_no_page_of_a_reader(
    alice: User, rana: User, article: Article, said: Any, unsaid: Any
) -> None:
    addresses = pages_of(article, said)
    bait = "".join(page(alice, address) for address in addresses)

    read = "".join(page(rana, address) for address in addresses)

    for internal in (unsaid.canonical, str(unsaid.uid), "Drafted"):
        assert internal in bait
        assert internal not in read
    assert said.canonical in read


def test_a_second_check_on_what_is_published_shows_to_nobody_who_reads(
    alice: User, rana: User, article: Article, said: Any, at: datetime
) -> None:
    make_check(said, checker=alice, verdict="refuted", rating="false", reason="It was dearer.")
    make_evidence(said, make_source(by=alice, text="It cost 14 million."), by=alice, at=at.replace(year=2026))
    addresses = pages_of(article, said)
    bait = "".join(page(alice, address) for address in addresses)

    read = "".join(page(rana, address) for address in addresses)

    for internal in ("It was dearer.", "It cost 14 million.", "tag-stale", "high priority", "Passages"):
        assert internal in bait
        assert internal not in read


def test_suggestions_are_drawn_for_those_who_decide_them_alone(
    alice: User, rana: User, article: Article, said: Any
) -> None:
    quote = make_quote(article, by=alice, speaker=make_speaker(by=alice))
    address = reverse("annotations:workbench", args=[article.uid])
    decided = page(rana, address)
    suggest(quote)

    bait, read = page(alice, address), page(rana, address)

    assert str(quote.uid) in decided
    assert str(quote.uid) in bait
    assert str(quote.uid) not in read
    assert str(said.uid) in read


def test_a_reader_gets_neither_removed_lines_nor_notes_nor_earlier_revisions(alice: User, rana: User) -> None:
    text = "Council votes\n\n“No,” she said.\n\nShare this article"
    article = make_article(by=alice, text=text, state=ArticleState.PUBLISHED)
    quote = make_quote(article, "“No,”", by=alice, note="Ask her again.")
    address = f"{reverse('annotations:workbench', args=[article.uid])}?mark={quote.uid}"
    revision = reverse("annotations:revision", args=[article.uid, 1])
    client = Client()
    client.force_login(rana)
    bait = page(alice, address)

    read = page(rana, address)

    for internal in ("Share this article", "Ask her again."):
        assert internal in bait
        assert internal not in read
    assert "Council votes" in page(alice, revision)
    assert client.get(revision).status_code == 404


def test_a_reader_cannot_find_out_by_filtering(bob: User, rana: User, said: Any) -> None:
    make_check(said, checker=bob, verdict="refuted", rating="false")
    address = f"{reverse('annotations:claim-list')}?stage=published&stage=drafted"
    bait = page(bob, address)

    read = page(rana, f"{reverse('annotations:claim-list')}?stage=in_review")

    assert "A check is" in bait
    assert "A check is" not in read
    assert said.canonical in read


def test_whoever_is_only_suggested_as_a_speaker_is_unknown_to_readers(
    alice: User, rana: User, article: Article
) -> None:
    speaker = make_speaker(by=alice)
    quote = make_quote(article, by=alice, speaker=speaker)
    address = reverse("annotations:speaker-list")
    decided = page(rana, address)
    suggest(quote)

    bait, read = page(alice, address), page(rana, address)

    assert speaker.name in decided
    assert speaker.name in bait
    assert speaker.name not in read


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/claims/", "No claim has a published verdict yet"),
        ("/speakers/", "Nobody speaks in what is published yet"),
        ("/search/?q=bridge", "Only what is published is searched for you"),
    ],
)
def test_an_empty_list_tells_a_reader_why_and_what_to_do(rana: User, alice: User, address: str, why: str) -> None:
    read, worked = page(rana, address), page(alice, address)

    assert why in read
    assert ("ask an administrator for your role" in read) == ("search" not in address)
    assert why not in worked


def test_where_the_rights_do_not_let_it_out_readers_get_the_marked_words_and_one_sentence_around(
    alice: User, rana: User
) -> None:
    text = "Council votes\n\nFirst. Second. Third. Fourth. Fifth.\n\nSixth. Seventh."
    article = make_article(
        by=alice, text=text, state=ArticleState.PUBLISHED, canonical_url="https://courier.example/council"
    )
    make_quote(article, "Third.", by=alice)
    address = reverse("annotations:workbench", args=[article.uid])
    bait = page(alice, address)

    read = page(rana, address)

    for word in ("First", "Fifth", "Sixth", "Seventh"):
        assert word in bait
        assert word not in read
    for word in ("Council votes", "Second", "Third", "Fourth", "https://courier.example/council"):
        assert word in read


@pytest.mark.parametrize(
    ("rights", "end", "is_whole"),
    [
        ("own", None, True),
        ("public_domain", None, True),
        ("licensed", None, True),
        ("licensed", "2999-01-01", True),
        ("licensed", "2020-01-01", False),
        ("quotation_only", None, False),
        ("unknown", None, False),
    ],
)
def test_the_whole_text_goes_to_readers_by_its_rights_and_the_page_before_publishing_says_so(
    alice: User, rana: User, rights: str, end: str | None, is_whole: bool
) -> None:
    text = "Council votes\n\nNobody marked these words."
    article = make_article(by=alice, text=text, state=ArticleState.APPROVED, rights=rights, rights_end_date=end)
    asked = page(alice, reverse("annotations:publish-article", args=[article.uid]))
    article.change(seen=article.version, state=ArticleState.PUBLISHED)

    read = page(rana, reverse("annotations:workbench", args=[article.uid]))

    assert ("Nobody marked these words." in read) is is_whole
    assert ("Readers see the whole text." in asked) is is_whole
    assert f"Rights: {article.get_rights_display()}" in asked


@pytest.mark.parametrize("end", ["in place", "lost"])
def test_readers_are_told_that_a_verdict_was_given_on_earlier_words(
    alice: User, rana: User, article: Article, said: Any, at: datetime, end: str
) -> None:
    before = page(rana, reverse("annotations:claim", args=[said.uid]))
    new = article.head.text.replace("12 million euros", "30 million euros")
    if end == "lost":
        new = "Council votes\n\nNothing is said of the price."
    headline, *blocks = new.split("\n\n")
    rewritten = Rewritten(headline, [Block(BlockKind.PARAGRAPH, block) for block in blocks])
    revise(article=article, base=1, rewritten=rewritten, by=alice, at=at, declared=Declared("update"))

    on_claim = page(rana, reverse("annotations:claim", args=[said.uid]))
    on_article = page(rana, reverse("annotations:workbench", args=[article.uid]))
    over_rest = call(rana).get(f"claims/{said.uid}/").json()["verdict"]

    words = "The repair will cost 12 million euros"
    assert "given on earlier words" not in before
    for read in (on_claim, on_article):
        assert "given on earlier words, being looked at again" in read
        assert f'<q dir="auto">{words}</q>' in read
    assert "No verdict on this article yet" not in on_article
    assert over_rest["is_desk"] is True
    assert set(over_rest["stale"]) & {"words", "place"}
    assert over_rest["given_on"] == words


def test_a_changed_restatement_is_told_to_readers_and_a_changed_priority_is_not(
    alice: User, rana: User, said: Any, at: datetime
) -> None:
    address = reverse("annotations:claim", args=[said.uid])
    former = said.canonical
    change_claim(claim=said, seen=said.version, by=alice, at=at, priority=1)
    bait, ranked = page(alice, address), page(rana, address)
    change_claim(claim=said, seen=said.version, by=alice, at=at, canonical="The repair costs 13 million.")

    read = page(rana, address)

    assert "The verdict is stale" in bait
    assert "given on earlier words" not in ranked
    assert "given on earlier words, being looked at again" in read
    assert f'<q dir="auto">{former}</q>' in read
