"""Marking with a key, making a mark longer, and saying of a sentence that it was read."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import BiasTag, Claim, SentenceFinding
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, CurrentAnchor, Quote
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_speaker, words_of


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def counted(article: Article, exact: str) -> dict[str, Any]:
    words = words_of(article, exact)
    return {
        "base": article.head.number,
        "start": words.start,
        "end": words.end,
        "exact": exact,
        "text_sha256": article.head.text_sha256,
    }


def at_once(client: Client, article: Article, layer: str, words: str, **more: Any) -> Any:
    return client.post(f"/articles/{article.uid}/marks/{layer}/at-once/", {**counted(article, words), **more})


@pytest.mark.parametrize(
    ("exact", "kind"), [("We had no choice", "direct"), ("“We had no choice,”", "direct"), ("The council", "indirect")]
)
def test_a_quote_says_itself_whether_it_is_direct(desk: Client, article: Article, exact: str, kind: str) -> None:
    answer = at_once(desk, article, "quote", exact)

    quote = Quote.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"uid": str(quote.uid), "label": "Q1"}
    assert quote.kind == kind


def test_a_claim_takes_words_and_speaker_from_the_quote_around_it(desk: Client, article: Article, alice: User) -> None:
    speaker = make_speaker(by=alice)
    quote = make_quote(article, "“We had no choice,”", by=alice, speaker=speaker)
    make_quote(article, "The council voted", by=alice)

    answer = at_once(desk, article, "claim", "We had no choice,")

    claim = Claim.objects.get()
    assert answer.json()["label"] == "C1"
    assert (claim.quote, claim.speaker, claim.claimant_kind) == (quote, speaker, "speaker")
    assert claim.canonical == "We had no choice"


def test_a_tag_needs_a_category_of_the_codebook(desk: Client, article: Article) -> None:
    refused = at_once(desk, article, "bias", "reckless", category="no-such-thing")
    made = at_once(desk, article, "bias", "reckless", category="labelling")

    assert refused.status_code == 400
    assert refused.json() == {"problem": "Choose what kind of bias it is."}
    assert made.json()["label"] == "B1"
    assert BiasTag.objects.get().category.slug == "labelling"


def test_labels_go_on_where_marks_were_retracted(desk: Client, article: Article, alice: User) -> None:
    make_quote(article, "The council voted", by=alice)

    assert at_once(desk, article, "quote", "We had no choice").json()["label"] == "Q2"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"exact": "Other words"}, 422),
        ({"text_sha256": "0" * 64}, 422),
        ({"end": "999999"}, 422),
        ({"start": "-1"}, 400),
        ({"start": "", "end": ""}, 400),
        ({"base": "7"}, 409),
        ({"base": "x"}, 400),
    ],
)
def test_words_that_stand_elsewhere_are_refused(
    desk: Client, article: Article, wrong: dict[str, str], status: int
) -> None:
    answer = at_once(desk, article, "quote", "The council voted", **wrong)

    assert answer.status_code == status
    assert answer.json()["problem"]
    assert not Quote.objects.exists()


@pytest.mark.parametrize("layer", ["quote", "claim", "bias"])
def test_whoever_only_reads_marks_nothing(client: Client, rana: User, article: Article, layer: str) -> None:
    client.force_login(rana)

    answer = at_once(client, article, layer, "The council voted", category="labelling")

    assert answer.status_code in {403, 404}
    assert not (Quote.objects.exists())
    assert not (Claim.objects.exists())
    assert not (BiasTag.objects.exists())


def resize(client: Client, article: Article, uid: Any, words: str, **more: Any) -> Any:
    address = f"/articles/{article.uid}/marks/claim/{uid}/resize/"
    return client.post(address, {**counted(article, words), **more})


def test_a_mark_is_put_on_fewer_words_and_stays_the_same_mark(desk: Client, article: Article, alice: User) -> None:
    claim = make_claim(article, "12 million euros", by=alice)

    answer = resize(desk, article, claim.uid, "12 million")

    claim.refresh_from_db()
    assert answer.status_code == 200
    assert CurrentAnchor.of(claim.span_id, article.head_id).exact == "12 million"
    assert claim.retracted_at is None


def test_a_mark_is_not_resized_on_a_text_that_is_not_the_newest(desk: Client, article: Article, alice: User) -> None:
    claim = make_claim(article, "12 million euros", by=alice)
    old = counted(article, "12 million")
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in article.head.text.split("\n\n")[1:]]
    revise(article=article, base=1, rewritten=Rewritten("Another headline", blocks), by=alice, at=AT)

    answer = resize(desk, article, claim.uid, "12 million", **old)

    assert answer.status_code == 409
    article.refresh_from_db()
    assert CurrentAnchor.of(claim.span_id, article.head_id).exact == "12 million euros"


def say(client: Client, article: Article, exact: str, finding: str) -> Any:
    return client.post(f"/articles/{article.uid}/findings/", {**counted(article, exact), "finding": finding})


HEADLINE = "Council votes to close the harbour bridge"


def test_a_sentence_is_called_opinion_and_taken_back(desk: Client, article: Article) -> None:
    said = say(desk, article, HEADLINE, "opinion")
    taken_back = say(desk, article, HEADLINE, "")
    again = say(desk, article, HEADLINE, "")

    assert (said.status_code, taken_back.status_code, again.status_code) == (200, 200, 409)
    assert list(SentenceFinding.objects.order_by("sequence").values_list("finding", flat=True)) == ["opinion", ""]


def say_without_script(client: Client, article: Article, sentence: str, finding: str, base: int = 1) -> Any:
    sent = {"base": base, "sentence": sentence, "finding": finding}
    return client.post(f"/articles/{article.uid}/findings/numbered/", sent)


def test_without_a_script_a_sentence_is_called_opinion_by_its_number(desk: Client, article: Article) -> None:
    said = say_without_script(desk, article, "2", "opinion")
    page = desk.get(said["Location"]).content.decode()
    taken_back = say_without_script(desk, article, "2", "")

    assert (said.status_code, taken_back.status_code) == (302, 302)
    assert "Sentence 2: opinion." in page
    assert "<li>2: opinion</li>" in page
    assert list(SentenceFinding.objects.order_by("sequence").values_list("finding", flat=True)) == ["opinion", ""]


@pytest.mark.parametrize(
    ("sentence", "finding", "base", "status", "why"),
    [
        ("0", "opinion", 1, 400, "There is no sentence 0 here: they go from 1 to"),
        ("99", "nothing", 1, 400, "There is no sentence 99 here"),
        ("²", "nothing", 1, 400, "There is no sentence ² here"),
        ("1", "nonsense", 1, 400, "Say of a whole sentence"),
        ("1", "opinion", 7, 409, "The text was saved anew in between."),
        ("1", "", 1, 409, "Nothing was saved"),
    ],
)
def test_what_cannot_be_said_of_a_numbered_sentence_says_why(
    desk: Client, article: Article, sentence: str, finding: str, base: int, status: int, why: str
) -> None:
    answer = say_without_script(desk, article, sentence, finding, base)

    assert answer.status_code == status
    assert why in answer.content.decode()
    assert not SentenceFinding.objects.exists()


@pytest.mark.parametrize(("exact", "finding"), [("Council votes", "opinion"), (HEADLINE, "nonsense")])
def test_findings_are_about_whole_sentences_and_known_words(
    desk: Client, article: Article, exact: str, finding: str
) -> None:
    answer = say(desk, article, exact, finding)

    assert answer.status_code in {400, 422}
    assert not SentenceFinding.objects.exists()


def test_another_readers_finding_is_not_shown_as_ones_own(
    client: Client, desk: Client, article: Article, alice: User, ada: User
) -> None:
    say(desk, article, HEADLINE, "nothing")
    own = desk.get(f"/articles/{article.uid}/").content.decode()
    desk.force_login(ada)
    others = desk.get(f"/articles/{article.uid}/").content.decode()

    assert '"findings": [[0, "nothing"]]' in own
    assert '"findings": []' in others
