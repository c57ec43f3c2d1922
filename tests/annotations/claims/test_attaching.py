"""Attaching passages to a claim, changing their stance, taking them off, and logging searches."""

from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Evidence
from newsdesk.models import User
from tests.factories import make_source
from tests.factories.pages import page_of, signed_in


def test_a_passage_found_with_the_claim_is_attached_with_its_place_in_the_search(bob: User, claim: Any) -> None:
    source = make_source(by=bob)
    snapshot = source.snapshots.get()
    client = signed_in(bob)
    found = client.get(page_of(claim)).context["page"].found[0]

    answer = client.post(
        reverse("annotations:evidence-new", args=[claim.uid]),
        {"snapshot": snapshot.uid, "passage": 0, "stance": "refutes", "found_query": "12 million", "found_rank": 1},
    )

    evidence = Evidence.objects.get()
    assert found.found.passage.snapshot == snapshot
    assert answer.status_code == 302
    assert (evidence.excerpt, evidence.stance) == (snapshot.text, "refutes")
    assert (evidence.found_query, evidence.found_rank) == ("12 million", 1)


def test_selected_words_are_attached_at_their_offsets_in_code_points(bob: User, claim: Any) -> None:
    snapshot = make_source(by=bob, text="🌉 One costs twelve. 🌉 The other costs twelve million.").snapshots.get()
    start = snapshot.text.rindex("costs")

    signed_in(bob).post(
        reverse("annotations:evidence-new", args=[claim.uid]),
        {"snapshot": snapshot.uid, "start": start, "end": start + 12, "exact": "costs twelve", "stance": "supports"},
    )

    evidence = Evidence.objects.get()
    assert (evidence.start, evidence.end, evidence.excerpt) == (start, start + 12, "costs twelve")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("thirteen million", "do not stand in the text"),
        ("bridge", "2 times"),
        ("", "Select words in the text"),
    ],
)
def test_words_that_cannot_be_placed_are_refused_at_their_field(bob: User, claim: Any, words: Any, said: Any) -> None:
    snapshot = make_source(by=bob, text="One bridge is closed. The other bridge is open.").snapshots.get()

    answer = signed_in(bob).post(
        reverse("annotations:evidence-new", args=[claim.uid]),
        {"snapshot": snapshot.uid, "exact": words, "stance": "context"},
    )

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors["exact"])
    assert not Evidence.objects.exists()


def test_the_same_words_are_not_attached_twice(bob: User, claim: Any, evidence: Any) -> None:
    answer = signed_in(bob).post(
        reverse("annotations:evidence-new", args=[claim.uid]),
        {"snapshot": evidence.snapshot.uid, "passage": 0, "stance": "context"},
    )

    assert answer.status_code == 409
    assert Evidence.objects.count() == 1


def test_a_stance_changed_meanwhile_is_a_conflict_with_both_sides(
    bob: User, alice: User, claim: Any, evidence: Any
) -> None:
    address = reverse("annotations:evidence-stance", args=[evidence.uid])
    signed_in(alice).post(address, {"stance": "refutes", "version": 1})

    answer = signed_in(bob).post(address, {"stance": "context", "version": 1})

    assert answer.status_code == 409
    assert "Alice Moreau changed this passage meanwhile. It now says: Refutes. You meant: Gives context." in (
        answer.content.decode()
    )
    evidence.refresh_from_db()
    assert evidence.stance == "refutes"


def test_detached_evidence_leaves_the_page_and_stays_in_the_history(bob: User, claim: Any, evidence: Any) -> None:
    client = signed_in(bob)

    client.post(reverse("annotations:evidence-detach", args=[evidence.uid]), {"version": 1})

    page = client.get(page_of(claim))
    assert page.context["page"].attached == []
    assert any("Bob Tanaka detached" in entry.text for entry in page.context["history"])


def test_a_search_is_logged_with_the_searcher_s_own_check_and_no_other(
    bob: User, alice: User, claim: Any, drafted: Any
) -> None:
    address = reverse("annotations:evidence-search", args=[claim.uid])

    signed_in(alice).post(address, {"q": "repair"})
    answer = signed_in(bob).post(address, {"q": "harbour bridge"})

    drafted.refresh_from_db()
    assert [entry["query"] for entry in drafted.search_log] == ["harbour bridge"]
    assert answer.headers["Location"] == f"{page_of(claim)}?q=harbour+bridge#evidence"
