"""Evidence on the page of a claim: in its context, translated where it is foreign, warned of where it is too late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Claim, Evidence, Translation
from annotations.operations.checking.evidence import AlreadyDetached, detach_evidence, translate_evidence
from articles.operations.captures import keep_capture
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_evidence, make_source
from tests.factories.callers import call
from tests.factories.pages import page_of, signed_in

GERMAN = "Der Rat schätzt die Kosten. Die Brücke kostet zwölf Millionen Euro. Das sagt er im April."
PASSAGE = "Die Brücke kostet zwölf Millionen Euro."
ENGLISH = "The bridge costs twelve million euros."


@pytest.fixture
def claim(alice: User, bob: User) -> Claim:
    article = make_article(by=alice)
    article.change(seen=article.version, language="en")
    return make_claim(article, by=bob, claim_date=date(2025, 4, 1), date_basis="stated")


@pytest.fixture
def foreign(claim: Claim, bob: User) -> Evidence:
    source = make_source(by=bob, text=GERMAN, language="de", title="Schätzung")
    return make_evidence(claim, source, PASSAGE, by=bob)


def test_foreign_evidence_asks_for_its_translation_and_shows_it_with_its_translator(
    claim: Claim, foreign: Evidence, bob: User
) -> None:
    client = signed_in(bob)
    before = client.get(page_of(claim)).content.decode()
    prefix = f"translation-{foreign.pk}"
    fields = {f"{prefix}-language": "en", f"{prefix}-text": ENGLISH, f"{prefix}-translator": "Eve Lindqvist"}

    after = client.post(reverse("annotations:evidence-translate", args=[foreign.uid]), fields, follow=True)

    page = after.content.decode()
    assert "not translated yet" in before
    assert "not translated yet" not in page
    assert f'lang="en" dir="auto">{ENGLISH}' in page
    assert "Translated by Eve Lindqvist" in page
    assert PASSAGE in page


def test_the_newest_translation_counts_and_earlier_ones_stay(claim: Claim, foreign: Evidence, bob: User) -> None:
    for text in ("The bridge costs a lot.", ENGLISH):
        translate_evidence(evidence=foreign, language="en", text=text, translator="Eve", by=bob, at=AT)

    page = signed_in(bob).get(page_of(claim)).content.decode()

    assert ENGLISH in page
    assert "The bridge costs a lot." not in page
    assert Translation.objects.count() == 2


def test_a_translation_without_a_translator_comes_back_with_what_was_typed(
    claim: Claim, foreign: Evidence, bob: User
) -> None:
    prefix = f"translation-{foreign.pk}"
    fields = {f"{prefix}-language": "en", f"{prefix}-text": ENGLISH}

    answer = signed_in(bob).post(reverse("annotations:evidence-translate", args=[foreign.uid]), fields)

    assert answer.status_code == 422
    assert ENGLISH in answer.content.decode()
    assert not Translation.objects.exists()


def test_what_was_detached_is_not_translated(foreign: Evidence, bob: User) -> None:
    detach_evidence(evidence=foreign, seen=1, by=bob, at=AT)

    with pytest.raises(AlreadyDetached):
        translate_evidence(evidence=foreign, language="en", text=ENGLISH, translator="Eve", by=bob, at=AT)


def test_evidence_in_the_language_of_the_article_needs_no_translation(claim: Claim, bob: User) -> None:
    make_evidence(claim, make_source(by=bob, language="en-GB"), by=bob)

    page = signed_in(bob).get(page_of(claim)).content.decode()

    assert "not translated yet" not in page
    assert "Translate it" not in page


def test_a_translation_over_the_api(claim: Claim, foreign: Evidence, bob: User, dana: User) -> None:
    body = {"language": "en", "text": ENGLISH, "translator": "Eve Lindqvist"}

    answer = call(bob).post(f"evidence/{foreign.uid}/translate/", body)
    refused = call(dana).post(f"evidence/{foreign.uid}/translate/", body)
    nobodys = call(bob).post(f"evidence/{foreign.uid}/translate/", body | {"translator": ""})

    assert answer.json()["translation"]["translator"] == "Eve Lindqvist"
    assert (refused.status_code, nobodys.status_code) == (403, 400)


def test_a_passage_stands_in_its_context_with_the_text_it_is_of(claim: Claim, foreign: Evidence, bob: User) -> None:
    page = signed_in(bob).get(page_of(claim)).content.decode()

    context = page.split("In its context")[1].split("</details>")[0]
    assert "Der Rat schätzt die Kosten." in context
    assert f'<mark class="match">{PASSAGE}</mark>' in context
    assert "Das sagt er im April." in context
    assert foreign.snapshot.text_sha256 in context
    assert "captured text" in context
    assert "2025-05-13T12:00:00" in context


def test_long_texts_show_a_part_from_word_to_word(claim: Claim, bob: User) -> None:
    long = f"{'before ' * 80}The middle counts. {'after ' * 80}".strip()
    make_evidence(claim, make_source(by=bob, text=long), "The middle counts.", by=bob)

    page = signed_in(bob).get(page_of(claim)).content.decode()

    context = page.split("In its context")[1].split("</details>")[0]
    words = context.split("<mark")[0].split("… ")[1].split() + context.split("</mark>")[1].split(" …")[0].split()
    assert set(words) == {"before", "after"}


@pytest.mark.parametrize(
    ("published", "warned"), [(date(2025, 3, 31), False), (date(2025, 4, 1), False), (date(2025, 4, 2), True)]
)
def test_a_source_later_than_the_claim_is_warned_of(claim: Claim, bob: User, published: date, warned: bool) -> None:
    evidence = make_evidence(claim, make_source(by=bob, published_date=published), by=bob)

    page = signed_in(bob).get(page_of(claim)).content.decode()

    assert ("Later than the claim" in page) is warned
    assert evidence.published_before_claim is not warned


def test_the_file_as_it_came_is_only_ever_saved(claim: Claim, bob: User, rana: User) -> None:
    capture = keep_capture(
        content=b"<script>alert(1)</script>", media_type="text/html", name="estimate.html", by=bob, at=AT
    )
    source = make_source(by=bob, capture=capture)
    make_evidence(claim, source, by=bob)
    page = signed_in(bob).get(page_of(claim)).content.decode()
    address = reverse("articles:capture", args=[capture.uid])

    file = signed_in(bob).get(address)

    assert address in page
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file["Content-Type"] == "application/octet-stream"
    assert signed_in(rana).get(address).status_code == 404


def test_a_restricted_source_hands_its_file_to_the_named_alone(claim: Claim, bob: User, alice: User) -> None:
    capture = keep_capture(content=b"Estimate", media_type="text/plain", name="estimate.txt", by=bob, at=AT)
    source = make_source(by=bob, capture=capture)
    address = reverse("articles:capture", args=[capture.uid])
    bait = signed_in(alice).get(address).status_code

    source.change(seen=source.version, access="restricted", access_reason="A source at risk")

    assert (bait, signed_in(alice).get(address).status_code) == (200, 404)


def test_several_passages_of_one_source_answer_a_question_each(claim: Claim, bob: User) -> None:
    snapshot = make_source(by=bob, text="It was asked in March.\n\nIt costs 12 million.").snapshots.get()
    client = signed_in(bob)
    for position, question in enumerate(("When was it asked?", "What does it cost?")):
        fields: dict[str, Any] = {
            "snapshot": str(snapshot.uid),
            "passage": position,
            "stance": "context",
            "question": question,
        }
        client.post(reverse("annotations:evidence-new", args=[claim.uid]), fields)

    page = client.get(page_of(claim)).content.decode()

    assert Evidence.objects.filter(snapshot=snapshot).count() == 2
    assert "When was it asked?" in page
    assert "What does it cost?" in page
