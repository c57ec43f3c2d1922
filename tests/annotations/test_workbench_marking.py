"""Marking words on the workbench, changing marks and taking them back."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import BiasTag, Claim
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import AnchorState, Article, CurrentAnchor, Quote, Speaker
from articles.operations.quotes import change_quote
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_speaker, make_tag, words_of


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def counted(article: Article, exact: str) -> dict[str, Any]:
    """The words as the page's script sends them."""
    words = words_of(article, exact)
    return {
        "base": article.head.number,
        "start": words.start,
        "end": words.end,
        "exact": exact,
        "text_sha256": article.head.text_sha256,
    }


def mark(client: Client, article: Article, layer: str, **values: Any) -> Any:
    return client.post(f"/articles/{article.uid}/marks/{layer}/", values)


def rewrite(article: Article, by: User, old: str, new: str) -> None:
    headline, *texts = article.head.text.replace(old, new).split("\n\n")
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
    revise(article=article, base=article.head.number, rewritten=Rewritten(headline, blocks), by=by, at=AT)


QUOTE = {"kind": "direct", "wording": "unknown"}
CLAIM = {
    "canonical": "The bridge will be closed for two years.",
    "claimant_kind": "author",
    "date_basis": "unknown",
    "claim_type": "event",
    "checkable": "yes",
    "priority": "2",
}
TAG = {"category": "loaded-language", "severity": "2", "level": "span", "polarity": "0", "voice": "author"}


def test_selected_words_become_a_quote_with_its_speaker(desk: Client, article: Article, alice: User) -> None:
    speaker = make_speaker(by=alice)

    response = mark(
        desk, article, "quote", **counted(article, "“We had no choice,”"), **QUOTE, speaker="ines DUARTE", cue="said"
    )

    quote = Quote.objects.get()
    assert response["Location"] == f"/articles/{article.uid}/?mark={quote.uid}"
    assert (quote.speaker, quote.cue) == (speaker, "said")
    assert CurrentAnchor.of(quote.span_id, article.head_id).exact == "“We had no choice,”"


def test_a_name_nobody_has_is_refused_with_the_remedy(desk: Client, article: Article) -> None:
    response = mark(desk, article, "quote", **counted(article, "“We had no choice,”"), **QUOTE, speaker="Inez Duarte")

    assert response.status_code == 400
    assert "tick the box to add it" in response.content.decode()
    assert not Quote.objects.exists()


def test_a_new_name_is_added_when_the_person_says_so(desk: Client, article: Article) -> None:
    mark(
        desk,
        article,
        "quote",
        **counted(article, "“We had no choice,”"),
        **QUOTE,
        speaker="Inez D.",
        is_new_speaker="on",
    )

    assert Quote.objects.get().speaker == Speaker.objects.get(name="Inez D.")


def test_typed_words_are_looked_up_in_the_text(desk: Client, article: Article) -> None:
    mark(desk, article, "claim", base=1, words="for two years", **CLAIM)

    claim = Claim.objects.get()
    assert CurrentAnchor.of(claim.span_id, article.head_id).exact == "for two years"


def test_words_that_stand_there_twice_ask_which(desk: Client, article: Article) -> None:
    response = mark(desk, article, "claim", base=1, words="harbour bridge", **CLAIM)

    assert response.status_code == 422
    assert "The words stand in the text 2 times. Say which one: 1 to 2." in response.content.decode()


def test_the_second_of_two_is_marked(desk: Client, article: Article) -> None:
    mark(desk, article, "claim", base=1, words="harbour bridge", occurrence=2, **CLAIM)

    anchor = CurrentAnchor.of(Claim.objects.get().span_id, article.head_id)
    assert anchor.start == article.head.text.rindex("harbour bridge")


def test_words_that_do_not_stand_there_are_refused(desk: Client, article: Article) -> None:
    response = mark(desk, article, "claim", base=1, words="a tunnel", **CLAIM)

    assert response.status_code == 422
    assert "These words do not stand in the text" in response.content.decode()


def test_other_words_than_the_page_saw_are_refused(desk: Client, article: Article) -> None:
    words = {**counted(article, "two years"), "exact": "two weeks"}

    response = mark(desk, article, "claim", **words, **CLAIM)

    assert response.status_code == 422
    assert not Claim.objects.exists()


def test_offsets_outside_the_text_are_refused(desk: Client, article: Article) -> None:
    words = {**counted(article, "two years"), "start": 100_000, "end": 100_009}

    assert mark(desk, article, "claim", **words, **CLAIM).status_code == 422


def test_offsets_are_counted_in_code_points(desk: Client, alice: User) -> None:
    article = make_article(by=alice, text="Bridge 🌉 closes\n\nThe 🌉 bridge, café\u0301 and all, closes today.\n")
    start = article.head.text.index("closes today")

    mark(desk, article, "claim", base=1, start=start, end=start + 12, exact="closes today", **CLAIM)

    assert CurrentAnchor.of(Claim.objects.get().span_id, article.head_id).exact == "closes today"


def test_a_sentence_level_tag_takes_the_whole_sentence(desk: Client, article: Article) -> None:
    mark(desk, article, "bias", **counted(article, "reckless"), **{**TAG, "level": "sentence"})

    tag = BiasTag.objects.get()
    assert tag.span is not None
    exact = CurrentAnchor.of(tag.span.pk, article.head_id).exact
    assert exact == "Some residents said the decision was reckless."


def test_a_tag_on_the_whole_article_needs_no_words(desk: Client, article: Article) -> None:
    mark(desk, article, "bias", base=1, **{**TAG, "category": "omitted-context", "level": "article"})

    assert BiasTag.objects.get().span is None


def test_a_category_the_codebook_does_not_offer_for_articles_is_refused(desk: Client, article: Article) -> None:
    response = mark(desk, article, "bias", base=1, **{**TAG, "level": "article"})

    assert response.status_code == 400
    assert not BiasTag.objects.exists()


def test_no_category_is_chosen_for_the_annotator(desk: Client, article: Article) -> None:
    form = desk.get(f"/articles/{article.uid}/?new=bias").context["form"]

    answer = mark(desk, article, "bias", **{**TAG, "category": ""}, **counted(article, "reckless"))

    assert form["category"].value() in {None, ""}
    assert form.fields["category"].choices[0][0] == ""
    assert "Choose what kind of bias it is" in answer.content.decode()
    assert not BiasTag.objects.exists()


def test_a_tag_that_leans_says_towards_whom(desk: Client, article: Article) -> None:
    response = mark(desk, article, "bias", **counted(article, "reckless"), **{**TAG, "polarity": "-1"})

    assert "Say towards whom or what the words lean" in response.content.decode()


def test_a_text_saved_meanwhile_is_a_conflict_that_keeps_what_was_typed(
    desk: Client, article: Article, alice: User
) -> None:
    typed = counted(article, "two years")
    rewrite(article, alice, "Some residents", "Many residents")

    response = mark(desk, article, "claim", **typed, **CLAIM)

    page = response.content.decode()
    assert response.status_code == 409
    assert "The text was saved as revision 2 while you were marking" in page
    assert "Your words stand there too" in page
    assert CLAIM["canonical"] in page
    assert '<input type="hidden" name="base" value="2"' in page


def test_a_claim_made_of_a_quote_keeps_the_link(desk: Client, article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)

    mark(desk, article, "claim", **counted(article, "“We had no choice,”"), **CLAIM, quote=str(quote.uid))

    assert Claim.objects.get().quote == quote


def test_the_form_of_a_claim_begins_with_the_quote_and_its_speaker(desk: Client, article: Article, alice: User) -> None:
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    words = words_of(article, "“We had no choice,”")

    page = desk.get(f"/articles/{article.uid}/?new=claim&start={words.start}&end={words.end}").content.decode()

    assert "We had no choice</textarea>" in page
    assert 'value="Ines Duarte"' in page


@pytest.mark.parametrize(
    ("sentence", "words", "kind"),
    [
        ("“We had no choice,” she said.", "“We had no choice,”", "direct"),
        ("“We had no choice,” she said.", "had no choice", "direct"),
        ("“We had no choice,” she said.", "she said", "indirect"),
        ('The mayor called it "a mess" today.', 'called it "a mess"', "direct"),
        ('The mayor called it "a mess" today.', "a mess", "direct"),
        ('The mayor called it "a mess" today.', "today", "indirect"),
        ("„Wir gehen“, sagte sie.", "gehen", "direct"),
        ("„Wir gehen“, sagte sie.", "sagte sie", "indirect"),
        ("Residents said the plan was late.", "the plan was late", "indirect"),
    ],
)
def test_words_in_quotation_marks_are_proposed_as_a_direct_quote(
    desk: Client, alice: User, sentence: str, words: str, kind: str
) -> None:
    article = make_article(by=alice, text=f"Headline\n\n{sentence}\n")
    start = article.head.text.index(words)

    page = desk.get(f"/articles/{article.uid}/?new=quote&start={start}&end={start + len(words)}")

    assert page.context["form"].initial["kind"] == kind


def test_somebody_without_a_role_marks_nothing(client: Client, alice: User, rana: User) -> None:
    article = make_article(by=alice, state="published")
    client.force_login(rana)

    assert mark(client, article, "quote", **counted(article, "two years"), **QUOTE).status_code == 403


def change(client: Client, article: Article, quote: Quote, **values: Any) -> Any:
    return client.post(f"/articles/{article.uid}/marks/quote/{quote.uid}/change/", {**QUOTE, **values})


def test_what_is_said_of_a_mark_is_changed(desk: Client, article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)

    change(desk, article, quote, version=1, kind="mixed", cue="said")

    quote.refresh_from_db()
    assert (quote.kind, quote.cue, quote.version) == ("mixed", "said", 2)


def test_two_people_changing_one_mark_see_both_sides(desk: Client, article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)
    change_quote(quote=quote, seen=1, by=alice, at=AT, cue="insisted")

    response = change(desk, article, quote, version=1, cue="whispered")

    page = response.content.decode()
    assert response.status_code == 409
    assert "insisted" in page
    assert "whispered" in page


def test_one_side_of_a_conflict_is_saved_over_the_other(desk: Client, article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)
    change_quote(quote=quote, seen=1, by=alice, at=AT, cue="insisted")

    change(desk, article, quote, version=["1", "2"], cue="whispered", resolution="yours")

    quote.refresh_from_db()
    assert quote.cue == "whispered"


def test_a_mark_is_retracted_with_its_reason(desk: Client, article: Article, alice: User) -> None:
    tag = make_tag(article, by=alice)

    desk.post(f"/articles/{article.uid}/marks/bias/{tag.uid}/retract/", {"version": 1, "reason": "It is neutral."})

    tag.refresh_from_db()
    assert tag.retraction_reason == "It is neutral."
    assert tag.retracted_by_id == alice.pk


def test_retracting_what_somebody_changed_is_a_conflict(desk: Client, article: Article, alice: User) -> None:
    tag = make_tag(article, by=alice)

    response = desk.post(f"/articles/{article.uid}/marks/bias/{tag.uid}/retract/", {"version": 9})

    tag.refresh_from_db()
    assert response.status_code == 409
    assert tag.retracted_at is None


def test_an_annotator_leaves_the_marks_of_others_alone(
    client: Client, article: Article, alice: User, emil: User
) -> None:
    tag = make_tag(article, by=alice)
    client.force_login(emil)

    response = client.post(f"/articles/{article.uid}/marks/bias/{tag.uid}/retract/", {"version": 1})

    assert response.status_code == 403


@pytest.fixture
def doubtful(article: Article, alice: User) -> Claim:
    """A claim whose words were edited."""
    claim = make_claim(article, "close the harbour bridge for two years", by=alice)
    rewrite(article, alice, "bridge for two years", "bridge for three long years")
    return claim


def test_a_mark_that_needs_a_look_shows_the_proposed_place(desk: Client, article: Article, doubtful: Claim) -> None:
    page = desk.get(f"/articles/{article.uid}/?mark={doubtful.uid}").content.decode()

    assert CurrentAnchor.of(doubtful.span_id, article.head_id).state == AnchorState.NEEDS_REVIEW
    assert "Accept this place" in page


def test_a_proposed_place_is_accepted(desk: Client, article: Article, doubtful: Claim) -> None:
    proposed = CurrentAnchor.of(doubtful.span_id, article.head_id)

    desk.post(
        f"/articles/{article.uid}/marks/claim/{doubtful.uid}/place/",
        {"base": 2, "start": proposed.start, "end": proposed.end, "text_sha256": article.head.text_sha256},
    )

    assert CurrentAnchor.of(doubtful.span_id, article.head_id).state == AnchorState.ANCHORED


def test_a_mark_is_said_to_have_no_place_and_is_still_listed(desk: Client, article: Article, doubtful: Claim) -> None:
    desk.post(f"/articles/{article.uid}/marks/claim/{doubtful.uid}/unplace/", {"base": 2})

    page = desk.get(f"/articles/{article.uid}/").content.decode()
    assert CurrentAnchor.of(doubtful.span_id, article.head_id).state == AnchorState.ORPHANED
    assert "Marks without a place" in page


def test_placing_on_an_older_text_is_a_conflict(desk: Client, article: Article, doubtful: Claim) -> None:
    response = desk.post(
        f"/articles/{article.uid}/marks/claim/{doubtful.uid}/place/", {"base": 1, "start": 0, "end": 5}
    )

    assert response.status_code == 409
