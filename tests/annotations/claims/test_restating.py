"""How a claim reads alone: proposed from the article, confirmed by a person."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.models import Claim
from annotations.operations.checking.claims import change_claim
from annotations.operations.desk.suggesting import suggest_claims
from annotations.queries.checking.restating import proposed_restatement
from annotations.restating import restate
from articles.models import Article, DateBasis, Origin
from newsdesk.models import User
from tests.factories import make_article, make_claim
from tests.factories.callers import call

PUBLISHED = date(2025, 5, 13)
TEXT = """Mayor opens school

Mayor Ines Duarte opened a school in Porto last week. She said her plan had cost 3 million euros since 2021.

Duarte dismissed 40 teachers on Monday because of a new law. Paulo Reis said he had warned of it.
"""


def proposed(text: str, words: str, *, published: date | None = PUBLISHED, language: str = "en") -> str:
    start = text.index(words)
    return restate(text, start, start + len(words), language_code=language, published=published).text


@pytest.mark.parametrize(
    ("words", "restated"),
    [
        ("She said her plan had cost 3 million", "Ines Duarte said her plan had cost 3 million"),
        ("her plan had cost", "Ines Duarte’s plan had cost"),
        ("Duarte dismissed 40 teachers on Monday", "Ines Duarte dismissed 40 teachers on Monday (12 May 2025)"),
        ("opened a school in Porto last week", "opened a school in Porto last week (5 May 2025 to 11 May 2025)"),
        ("Mayor Ines Duarte opened a school", "Mayor Ines Duarte opened a school"),
        ("Paulo Reis said he had warned of it", "Paulo Reis said he had warned of it"),
    ],
)
def test_who_and_when_are_filled_in_from_the_article(words: str, restated: str) -> None:
    assert proposed(TEXT, words) == restated


def test_without_a_day_of_publication_no_day_is_filled_in() -> None:
    assert proposed(TEXT, "teachers on Monday", published=None) == "teachers on Monday"


def test_names_within_quotation_marks_are_left_as_they_were_said() -> None:
    text = "Ann Lee left. “She told Lee,” said Bo Falk."

    assert proposed(text, "“She told Lee,”") == "She told Lee"


def test_other_languages_have_their_days_in_digits_and_no_names() -> None:
    text = "Anna Lehmann kam am Montag. Lehmann ging gestern."

    assert proposed(text, "Lehmann ging gestern", language="de") == "Lehmann ging gestern (2025-05-12)"


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_any_stretch_can_be_restated(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))

    restated = restate(text, start, end, language_code="en", published=PUBLISHED)

    assert all(start <= each.start < each.end <= end for each in restated.filled_in)


@pytest.fixture
def article(alice: User, at: datetime) -> Article:
    return make_article(by=alice, text=TEXT, language="en", published_at=at, date_basis=DateBasis.STATED)


@pytest.fixture
def claim(article: Article, alice: User) -> Claim:
    words = "Duarte dismissed 40 teachers on Monday"
    return make_claim(article, words, by=alice, canonical=words)


RESTATED = "Ines Duarte dismissed 40 teachers on Monday (12 May 2025)"


@pytest.mark.django_db
def test_nothing_is_proposed_once_a_person_has_restated_the_claim(
    claim: Claim, article: Article, alice: User, at: datetime
) -> None:
    assert proposed_restatement(claim, article.head) is not None

    change_claim(claim=claim, seen=1, by=alice, at=at, canonical="The mayor dismissed 40 teachers.")

    assert proposed_restatement(claim, article.head) is None


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["", "bench"])
def test_the_proposal_is_shown_and_taken(
    client: Client, claim: Claim, article: Article, alice: User, back: str
) -> None:
    client.force_login(alice)
    here = f"/articles/{article.uid}/?mark={claim.uid}" if back else f"/claims/{claim.uid}/"
    shown = client.get(here).content.decode()
    form = {"version": 1, "canonical": RESTATED, "back": back}

    unread = client.post(f"/claims/{claim.uid}/restate/", {**form, "canonical": "Another"})
    stale = client.post(f"/claims/{claim.uid}/restate/", {**form, "version": 5})
    taken = client.post(f"/claims/{claim.uid}/restate/", form)

    assert "Proposed restatement" in shown
    assert RESTATED in shown
    assert (unread.status_code, stale.status_code) == (409, 409)
    assert taken["Location"] == here
    assert Claim.objects.get().canonical == RESTATED


@pytest.mark.django_db
def test_taking_the_proposal_corrects_a_suggestion(client: Client, article: Article, alice: User, at: datetime) -> None:
    suggested = suggest_claims(article=article, by=alice, at=at)
    claim = next(each for each in suggested if each.canonical.startswith("Duarte"))
    restatement = proposed_restatement(claim, article.head)
    assert restatement is not None
    client.force_login(alice)

    client.post(f"/claims/{claim.uid}/restate/", {"version": 1, "canonical": restatement.text})

    stands = Claim.objects.get(pk=claim.pk)
    assert (stands.origin, stands.canonical) == (Origin.CORRECTED, f"{RESTATED} because of a new law.")


@pytest.mark.django_db
def test_who_may_not_change_the_claim_may_not_restate_it(client: Client, claim: Claim, dana: User) -> None:
    client.force_login(dana)

    answer = client.post(f"/claims/{claim.uid}/restate/", {"version": 1, "canonical": RESTATED})

    assert answer.status_code in {403, 404}
    assert Claim.objects.get().canonical != RESTATED


@pytest.mark.django_db
def test_the_proposal_is_told_over_the_api(claim: Claim, alice: User, at: datetime) -> None:
    told = call(alice).get(f"claims/{claim.uid}/restatement/").json()
    change_claim(claim=claim, seen=1, by=alice, at=at, canonical="Restated.")
    empty = call(alice).get(f"claims/{claim.uid}/restatement/").json()

    assert told["text"] == RESTATED
    assert [(each["words"], each["is_date"]) for each in told["filled_in"]] == [("Duarte", False), ("on Monday", True)]
    assert empty == {"text": "", "filled_in": []}


def new_claim_form(article: Article, **typed: str) -> dict[str, str]:
    head = article.head
    whole = {"base": str(head.number), "text_sha256": head.text_sha256, "canonical": "", "claimant_kind": "author"}
    return {**whole, "restate": "yes", **typed}


@pytest.mark.django_db
def test_a_restatement_is_proposed_before_a_claim_is_saved(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    typed = {"words": "Duarte dismissed 40 teachers on Monday", "speaker": "Nobody known"}

    answer = client.post(f"/articles/{article.uid}/marks/claim/", new_claim_form(article, **typed))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f">\n{RESTATED}</textarea>" in page
    assert '<q dir="auto">Duarte</q>' in page
    assert 'value="Nobody known"' in page
    assert not Claim.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"words": "opened a school in Porto"}, 200, "Nothing is to be filled in"),
        ({"words": "Words that stand nowhere"}, 422, "These words do not stand in the text."),
        ({"start": "0", "end": "9999", "exact": "Mayor"}, 422, "Other words stand there"),
        ({"base": "7", "words": "opened a school"}, 409, "The text was saved as revision 1"),
    ],
)
def test_words_that_cannot_be_restated_are_told_of(
    client: Client, article: Article, alice: User, typed: dict[str, str], status: int, said: str
) -> None:
    client.force_login(alice)

    answer = client.post(f"/articles/{article.uid}/marks/claim/", new_claim_form(article, **typed))

    assert answer.status_code == status
    assert said in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("claimant", ["author", "speaker"])
def test_a_speaker_nobody_knows_is_told_of_whoever_claims(
    client: Client, article: Article, alice: User, claimant: str
) -> None:
    client.force_login(alice)
    form = new_claim_form(article, words="opened a school", canonical="So.", speaker="Nobody", claimant_kind=claimant)
    del form["restate"]

    answer = client.post(f"/articles/{article.uid}/marks/claim/", form)

    assert answer.status_code == 400
    assert "Nobody here is called “Nobody”" in answer.content.decode()
