"""The page of a claim: evidence, verdicts, reviews, publication, and who may do what."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import DeskVerdict, Evidence, FactCheck, Rating, Review
from annotations.operations.claims import change_claim, retract_claim, set_risk
from annotations.operations.factchecks import log_search, review_check, send_to_review, write_check
from annotations.queries.paging import read_page
from annotations.views.conflicts import Sides
from articles.models import ArticleState
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source

TAG = "Paraphrase, page to be confirmed"


@pytest.fixture
def claim(alice: User, bob: User) -> Any:
    return make_claim(make_article(by=alice), by=bob)


@pytest.fixture
def evidence(claim: Any, bob: User) -> Any:
    return make_evidence(claim, make_source(by=bob), by=bob)


@pytest.fixture
def drafted(claim: Any, evidence: Any, bob: User) -> Any:
    return make_check(claim, checker=bob, one_source_reason="Nobody else knows what the repair costs.")


@pytest.fixture
def in_review(drafted: Any, bob: User, at: datetime) -> Any:
    return send_to_review(check=drafted, seen=drafted.version, by=bob, at=at)


@pytest.fixture
def approved(in_review: Any, dana: User, at: datetime) -> Any:
    review_check(check=in_review, seen=in_review.version, decision="approve", by=dana, at=at)
    return in_review


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(claim: Any) -> str:
    return reverse("annotations:claim", args=[claim.uid])


def draft(**change: Any) -> Any:
    rating = Rating.objects.get(scale__slug="rating", slug=change.pop("rating", "true"))
    values = {"verdict": "supported", "rating": rating.pk, "reason": "The estimate says so.", "version": 0, **change}
    return {f"check-{name}": value for name, value in values.items()}


def test_the_page_shows_the_words_in_their_sentence_and_leads_into_the_text(bob: User, claim: Any) -> None:
    answer = signed_in(bob).get(page_of(claim))

    text = answer.content.decode()
    assert (
        '<mark class="run" data-marks="C1"><span class="c is-open">The repair will cost 12 million euros</span></mark>'
        in text
    )
    assert f"{reverse('annotations:workbench', args=[claim.article.uid])}?mark={claim.uid}" in text


def test_whoever_may_not_know_of_the_article_gets_a_404(alice: User, bob: User, rana: User, mallory: User) -> None:
    claim = make_claim(make_article(by=alice, state=ArticleState.INCOMING), by=alice)

    answers = [signed_in(person).get(page_of(claim)).status_code for person in (alice, bob, rana, mallory)]

    assert answers == [200, 404, 404, 404]


def test_nobody_sees_a_claim_without_signing_in(claim: Any) -> None:
    answer = Client().get(page_of(claim))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_only_the_source_s_own_words_stand_in_quotation_marks(bob: User, claim: Any) -> None:
    make_evidence(claim, make_source(by=bob, text="Twelve million, the council wrote."), by=bob)
    make_evidence(claim, make_source(by=bob, text="The paper said about twelve.", basis="paraphrase"), by=bob)

    text = signed_in(bob).get(page_of(claim)).content.decode()

    assert "“Twelve million, the council wrote.”" in text
    assert "“The paper said about twelve.”" not in text
    assert TAG in text


def test_a_source_later_than_the_claim_is_warned_of(alice: User, bob: User, at: datetime) -> None:
    claim = make_claim(make_article(by=alice), by=bob, claim_date=at.date(), date_basis="stated")
    client = signed_in(bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    before = client.get(page_of(claim)).content.decode()
    late = make_source(by=bob, text="In June it became 14 million.", published_date=at.date().replace(month=6))
    make_evidence(claim, late, by=bob)

    after = client.get(page_of(claim)).content.decode()

    assert "Later than the claim" not in before
    assert "Later than the claim" in after


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


def test_a_first_draft_opens_a_check(bob: User, claim: Any) -> None:
    signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), {**draft(), "act": "keep"})

    check = FactCheck.objects.get()
    assert (check.checker, check.state, check.verdict, check.authors) == (bob, "drafted", "supported", [bob.pk])


def test_a_rating_that_contradicts_the_verdict_is_refused_at_its_field(bob: User, claim: Any) -> None:
    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), {**draft(rating="false"), "act": "keep"}
    )

    assert answer.status_code == 422
    assert "does not stand for" in answer.context["check_form"].errors["rating"][0]
    assert not FactCheck.objects.exists()


def test_a_draft_without_evidence_is_kept_but_not_sent(bob: User, claim: Any) -> None:
    answer = signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), {**draft(), "act": "send"})

    check = FactCheck.objects.get()
    assert answer.status_code == 422
    assert "Attach at least one passage" in answer.content.decode()
    assert (check.state, check.reason) == ("drafted", "The estimate says so.")
    assert answer.context["check_form"]["version"].value() == str(check.version)


def test_two_writers_of_one_draft_see_both_sides(
    bob: User, alice: User, claim: Any, drafted: Any, at: datetime
) -> None:
    write_check(check=drafted, seen=drafted.version, by=alice, at=at, reason="Alice mended it.")

    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), {**draft(reason="Bob mended it.", version=2)}
    )

    conflict = answer.context["conflict"]
    assert answer.status_code == 409
    assert conflict.both == [Sides("Reason, as readers will see it", "Alice mended it.", "Bob mended it.")]
    drafted.refresh_from_db()
    assert drafted.reason == "Alice mended it."


def test_after_a_conflict_the_seen_version_is_written_over(
    bob: User, alice: User, claim: Any, drafted: Any, at: datetime
) -> None:
    current = write_check(check=drafted, seen=drafted.version, by=alice, at=at, reason="Alice mended it.")
    answer = {**draft(reason="Bob mended it."), "version": current.version, "resolution": "yours"}

    signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), answer)

    drafted.refresh_from_db()
    assert drafted.reason == "Bob mended it."


def test_a_search_logged_meanwhile_is_no_conflict(bob: User, claim: Any, drafted: Any, at: datetime) -> None:
    seen = drafted.version
    log_search(check=drafted, query="bridge", found=1, by=bob, at=at)

    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), draft(reason="Written on.", version=seen)
    )

    drafted.refresh_from_db()
    assert (answer.status_code, drafted.reason) == (302, "Written on.")


def test_who_wrote_the_draft_is_neither_offered_a_review_nor_heard(bob: User, claim: Any, in_review: Any) -> None:
    client = signed_in(bob)

    page = client.get(page_of(claim))
    answer = client.post(
        reverse("annotations:check-review", args=[in_review.uid]),
        {"decision": "approve", "version": in_review.version},
    )

    assert page.context["cards"][0]["review_form"] is None
    assert answer.status_code == 403
    assert "You wrote to this fact check, so a second person has to review it." in answer.content.decode()
    assert not Review.objects.exists()


def test_a_second_person_approves(dana: User, claim: Any, in_review: Any) -> None:
    client = signed_in(dana)

    offered = client.get(page_of(claim)).context["cards"][0]["review_form"]
    client.post(
        reverse("annotations:check-review", args=[in_review.uid]), {"decision": "approve", "version": in_review.version}
    )

    in_review.refresh_from_db()
    assert offered is not None
    assert in_review.state == "approved"


def test_a_draft_is_returned_only_with_a_reason(dana: User, in_review: Any) -> None:
    address = reverse("annotations:check-review", args=[in_review.uid])

    answer = signed_in(dana).post(address, {"decision": "return", "version": in_review.version})

    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_a_reviewer_of_an_older_draft_sees_what_changed(dana: User, bob: User, in_review: Any, at: datetime) -> None:
    seen = in_review.version
    rewritten = write_check(check=in_review, seen=seen, by=bob, at=at, reason="Rewritten.")
    send_to_review(check=rewritten, seen=rewritten.version, by=bob, at=at)

    answer = signed_in(dana).post(
        reverse("annotations:check-review", args=[in_review.uid]), {"decision": "approve", "version": seen}
    )

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The council’s own estimate says so." in text
    assert "Rewritten." in text
    assert not Review.objects.exists()


def test_high_risk_asks_for_two_second_persons(
    alice: User, dana: User, claim: Any, in_review: Any, at: datetime
) -> None:
    set_risk(claim=claim, risk="high", reason="People may lose their homes.", seen=claim.version, by=alice, at=at)

    signed_in(dana).post(
        reverse("annotations:check-review", args=[in_review.uid]), {"decision": "approve", "version": in_review.version}
    )
    page = signed_in(dana).get(page_of(claim))

    in_review.refresh_from_db()
    assert in_review.state == "in_review"
    assert "Second persons who agree: 1 of 2" in page.content.decode()
    assert "People may lose their homes." in page.content.decode()


def test_an_editor_publishes_what_was_approved(alice: User, claim: Any, approved: Any) -> None:
    answer = signed_in(alice).post(
        reverse("annotations:check-publish", args=[approved.uid]),
        {"version": approved.version, "dissent": "Carol found the figure too low."},
    )

    verdict = DeskVerdict.objects.get()
    page = signed_in(alice).get(page_of(claim)).content.decode()
    assert answer.status_code == 302
    assert (verdict.rating.slug, verdict.dissent) == ("true", "Carol found the figure too low.")
    assert "Carol found the figure too low." in page


def test_what_rests_on_paraphrases_alone_is_not_published_and_says_why(
    alice: User, bob: User, dana: User, claim: Any, at: datetime
) -> None:
    make_evidence(claim, make_source(by=bob, basis="paraphrase"), by=bob)
    check = make_check(claim, checker=bob, one_source_reason="The only record.")
    check = send_to_review(check=check, seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)

    answer = signed_in(alice).post(reverse("annotations:check-publish", args=[check.uid]), {"version": check.version})

    assert answer.status_code == 422
    assert "rests on a capture or a transcript" in answer.content.decode()
    assert not DeskVerdict.objects.exists()


def test_checks_that_disagree_stand_beside_each_other(alice: User, claim: Any, drafted: Any) -> None:
    make_check(claim, checker=alice, verdict="refuted", rating="false")

    page = signed_in(alice).get(page_of(claim))

    assert len(page.context["cards"]) == 2
    assert "The checkers disagree" in page.content.decode()


def test_a_changed_restatement_makes_the_verdict_stale_and_shows_the_difference(
    alice: User, claim: Any, drafted: Any, at: datetime
) -> None:
    client = signed_in(alice)
    before = client.get(page_of(claim)).content.decode()
    old = claim.canonical
    change_claim(claim=claim, seen=1, by=alice, at=at, canonical="The repair costs 13 million.")

    after = client.get(page_of(claim)).content.decode()

    assert "The verdict is stale" not in before
    assert "The claim has been changed since the verdict." in after
    assert f"<del>{old}</del> <ins>The repair costs 13 million.</ins>" in after


def test_a_claim_is_changed_with_the_version_that_was_seen(alice: User, claim: Any) -> None:
    address = reverse("annotations:claim-change", args=[claim.uid])
    form = signed_in(alice).get(address).context["form"]
    values = {name: value for name, value in form.initial.items() if value is not None}

    answer = signed_in(alice).post(address, {**values, "canonical": "Restated.", "priority": 3})

    claim.refresh_from_db()
    assert answer.status_code == 302
    assert (claim.canonical, claim.priority, claim.version) == ("Restated.", 3, 2)


def test_a_claim_changed_meanwhile_is_a_conflict_and_nothing_is_lost(
    alice: User, bob: User, claim: Any, at: datetime
) -> None:
    address = reverse("annotations:claim-change", args=[claim.uid])
    initial = signed_in(alice).get(address).context["form"].initial
    values = {name: value for name, value in initial.items() if value is not None}
    change_claim(claim=claim, seen=1, by=bob, at=at, canonical="Bob’s words.")

    answer = signed_in(alice).post(address, {**values, "canonical": "Alice’s words."})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bob’s words." in text
    assert "Alice’s words." in text
    claim.refresh_from_db()
    assert claim.canonical == "Bob’s words."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"risk": "high"}, "risk_reason"),
        ({"claimant_kind": "speaker"}, "speaker"),
        ({"claim_date": "2025-05-13"}, "date_basis"),
        ({"checkable": "no"}, "checkable_reason"),
        ({"same_as": f"/claims/{uuid4()}/"}, "same_as"),
        ({"canonical": " "}, "canonical"),
    ],
)
def test_a_change_that_breaks_a_law_names_its_field(alice: User, claim: Any, change: Any, field: Any) -> None:
    address = reverse("annotations:claim-change", args=[claim.uid])
    initial = signed_in(alice).get(address).context["form"].initial
    values = {name: value for name, value in initial.items() if value is not None}

    answer = signed_in(alice).post(address, {**values, **change})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_a_retracted_claim_takes_no_evidence_and_no_verdict(alice: User, bob: User, claim: Any, at: datetime) -> None:
    snapshot = make_source(by=bob).snapshots.get()
    retract_claim(claim=claim, seen=1, by=alice, at=at, reason="Never said.")
    client = signed_in(bob)

    page = client.get(page_of(claim))
    attached = client.post(
        reverse("annotations:evidence-new", args=[claim.uid]),
        {"snapshot": snapshot.uid, "passage": 0, "stance": "supports"},
    )
    written = client.post(reverse("annotations:check-write", args=[claim.uid]), draft())

    assert "Never said." in page.content.decode()
    assert (page.context["may_write"], page.context["may_attach"]) == (False, False)
    assert (attached.status_code, written.status_code) == (409, 409)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("claim-change", {"alice", "bob", "ada"}),
        ("evidence-new", {"alice", "bob", "ada"}),
    ],
)
def test_without_the_right_pages_of_a_claim_answer_403(
    alice: User,
    bob: User,
    carol: User,
    dana: User,
    emil: User,
    ada: User,
    claim: Any,
    evidence: Any,
    name: Any,
    may: Any,
) -> None:
    cast = {"alice": alice, "bob": bob, "carol": carol, "dana": dana, "emil": emil, "ada": ada}
    address = reverse(f"annotations:{name}", args=[claim.uid])

    answers = {who: signed_in(person).get(address).status_code for who, person in cast.items()}

    assert answers == {who: 200 if who in may else 403 for who in cast}


def test_publishing_is_for_editors_reviewers_and_administrators(
    alice: User, bob: User, carol: User, dana: User, emil: User, ada: User, approved: Any
) -> None:
    cast = {"bob": bob, "carol": carol, "emil": emil}
    address = reverse("annotations:check-publish", args=[approved.uid])

    answers = {who: signed_in(person).post(address, {"version": 0}).status_code for who, person in cast.items()}
    allowed = [signed_in(person).post(address, {"version": 0}).status_code for person in (alice, dana, ada)]

    assert set(answers.values()) == {403}
    assert allowed == [409, 409, 409]


def test_the_page_asks_as_many_questions_for_five_passages_as_for_one(
    bob: User, claim: Any, evidence: Any, drafted: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(bob)
    with django_assert_num_queries(26):
        client.get(page_of(claim))
    for number in range(4):
        make_evidence(claim, make_source(by=bob, text=f"Estimate {number} of the bridge repair."), by=bob)

    with django_assert_num_queries(26):
        client.get(page_of(claim))


@pytest.mark.parametrize("claims", [1, 3])
def test_the_list_asks_the_same_questions_for_any_number_of_claims(
    alice: User, claims: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(claims):
        make_check(make_claim(make_article(by=alice), by=alice), checker=alice)
    client = signed_in(alice)

    with django_assert_num_queries(7):
        answer = client.get(reverse("annotations:claim-list"))

    assert len(answer.context["rows"]) == claims


def test_the_most_pressing_claims_come_first_and_pages_do_not_overlap(alice: User, monkeypatch: Any) -> None:
    article = make_article(by=alice)
    for priority in (1, 3, 2):
        make_claim(article, by=alice, priority=priority, canonical=f"Priority {priority}")
    monkeypatch.setitem(read_page.__kwdefaults__, "size", 2)
    client = signed_in(alice)

    first = client.get(reverse("annotations:claim-list"))
    second = client.get(reverse("annotations:claim-list") + first.context["later_href"])
    back = client.get(reverse("annotations:claim-list") + second.context["earlier_href"])

    names = [[row.claim.priority for row in answer.context["rows"]] for answer in (first, second, back)]
    assert names == [[3, 2], [1], [3, 2]]
    assert (first.context["earlier_href"], second.context["later_href"]) == ("", "")


def test_the_list_is_narrowed_by_what_claims_show(alice: User, bob: User, claim: Any, drafted: Any) -> Any:
    make_claim(claim.article, "Some residents", by=alice, canonical="Residents complained.", priority=3)
    client, address = signed_in(bob), reverse("annotations:claim-list")

    def found(**asked: Any) -> Any:
        return [row.label for row in client.get(address, asked).context["rows"]]

    assert found() == ["C2", "C1"]
    assert found(verdict="supported") == ["C1"]
    assert found(verdict="open") == ["C2"]
    assert found(verdict="refuted") == []
    assert found(stage="drafted") == ["C1"]
    assert found(words="compl") == ["C2"]
    assert found(priority="3") == ["C2"]


def test_retracted_claims_leave_the_list(alice: User, claim: Any, at: datetime) -> None:
    client, address = signed_in(alice), reverse("annotations:claim-list")
    before = len(client.get(address).context["rows"])
    retract_claim(claim=claim, seen=1, by=alice, at=at)

    after = len(client.get(address).context["rows"])

    assert (before, after) == (1, 0)


def test_readers_see_a_published_verdict_and_not_how_it_came_about(
    alice: User, rana: User, claim: Any, approved: Any
) -> None:
    claim.article.change(seen=claim.article.version, state=ArticleState.PUBLISHED)
    before = signed_in(rana).get(page_of(claim)).status_code
    signed_in(alice).post(reverse("annotations:check-publish", args=[approved.uid]), {"version": approved.version})

    answer = signed_in(rana).get(page_of(claim))

    text = answer.content.decode()
    assert (before, answer.status_code) == (404, 200)
    assert "The council’s own estimate says so." in text
    assert "Bob Tanaka" not in text
