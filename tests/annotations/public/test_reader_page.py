"""A published piece as everybody reads it: its text, its checks, what was corrected, and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from annotations.operations.checking.claims import change_claim
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article
from articles.operations.articles import open_removed_lines, restrict_article
from articles.operations.declaring import Declared, declare
from articles.operations.holds import lift_holds
from articles.operations.publishing import AddressTaken, change_address
from articles.operations.revising import Rewritten
from articles.operations.sources import restrict_source
from newsdesk.models import User
from tests.factories import AT, TEXT, make_article, make_claim, make_evidence, make_quote, make_source, make_tag
from tests.factories.callers import call
from tests.factories.pages import signed_in
from tests.factories.published import judge, make_judged, make_published, publish
from tests.factories.wires import message, receive

LATER = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)


def read(slug: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/read/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def rewrite(article: Any, former: str, new: str, *, by: User) -> None:
    headline, *blocks = article.head.text.replace(former, new).split("\n\n")
    rewritten = Rewritten(headline, [Block(BlockKind.PARAGRAPH, block) for block in blocks])
    revise(article=article, base=article.head.number, rewritten=rewritten, by=by, at=LATER, declared=Declared("minor"))


def test_a_stranger_reads_the_text_the_verdict_why_and_what_it_rests_on(article: Any, claim: Any) -> None:
    page = read(article.slug)

    assert "<h1" in page
    assert "Council votes to close the harbour bridge" in page
    assert '<span class="c is-supported">The repair will cost 12 million euros</span>' in page
    assert f'href="#check-{claim.uid}"' in page
    assert "The council’s own estimate says so." in page
    assert "“The council estimates the cost of repairing the harbour bridge at 12 million euros.”" in page
    assert "City council" in page
    assert "Archived copy" in page


def test_a_page_costs_the_same_for_one_check_and_for_three(
    article: Any, alice: User, bob: User, dana: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for words in ("The repair will cost 12 million euros", "The council voted on Tuesday", "for two years"):
        claim = make_claim(article, words, by=bob, canonical=f"It is said: {words}.")
        judge(claim, checker=bob, reviewer=dana, editor=alice)

        with django_assert_num_queries(14):
            read(article.slug)


def test_only_words_of_the_source_itself_stand_in_quotation_marks(
    article: Any, claim: Any, alice: User, bob: User, dana: User
) -> None:
    noted = make_source(by=bob, text="About twelve million.", basis="paraphrase", publisher="Town", title="Minutes")
    make_evidence(claim, noted, by=bob)
    judge(claim, checker=alice, reviewer=dana, editor=alice, correction_note="A source more.")

    page = read(article.slug)

    assert '<p class="words" dir="auto">About twelve million.</p>' in page
    assert "“About twelve million.”" not in page
    assert "Paraphrase, page to be confirmed" in page


def test_a_corrected_verdict_says_what_was_corrected_and_when(
    article: Any, claim: Any, alice: User, dana: User
) -> None:
    judge(
        claim,
        checker=alice,
        reviewer=dana,
        editor=alice,
        verdict="refuted",
        rating="false",
        reason="It was 14 million.",
        correction_note="We had read the draft of the estimate.",
        at=LATER,
    )

    page = read(article.slug)

    assert "We had read the draft of the estimate." in page
    assert "1 June 2025" in page
    assert "It was rated True before." in page
    assert "It was 14 million." in page


def test_where_the_rights_forbid_it_only_the_marked_words_with_a_sentence_around_go_out(
    alice: User, bob: User, dana: User
) -> None:
    text = "Council votes\n\nFirst. Second. Third is said. Fourth. Fifth.\n\nSixth. Seventh."
    article = make_published(
        by=alice, text=text, rights="quotation_only", canonical_url="https://courier.example/council"
    )
    claim = make_claim(article, "Third is said.", by=bob, canonical="The third is said.")
    judge(claim, checker=bob, reviewer=dana, editor=alice)
    free = make_published(by=alice, text=text)
    bait = read(free.slug)

    page = read(article.slug)

    for word in ("First", "Fifth", "Sixth", "Seventh"):
        assert word in bait
        assert word not in page
    for word in ("Council votes", "Second", "Third", "Fourth", "https://courier.example/council"):
        assert word in page


def test_a_later_text_is_what_readers_have_and_a_verdict_on_other_words_says_so(
    article: Any, claim: Any, alice: User
) -> None:
    rewrite(article, "12 million euros", "30 million euros", by=alice)

    page = read(article.slug)

    assert "30 million euros" in page
    assert "given on earlier words, being looked at again" in page
    assert '<q dir="auto">The repair will cost 12 million euros</q>' in page


def test_words_that_were_judged_in_a_draft_readers_never_had_are_not_quoted(alice: User, bob: User, dana: User) -> None:
    article = make_article(by=alice, rights="own")
    claim = make_judged(article, checker=bob, reviewer=dana, editor=alice)
    rewrite(article, "12 million euros", "30 million euros", by=alice)
    publish(article, by=alice)

    page = read(article.slug)

    assert claim.canonical in page
    assert "given on earlier words, being looked at again" in page
    assert "<q dir" not in page


def test_a_claim_that_somebody_is_rewriting_reads_as_it_was_judged(article: Any, claim: Any, alice: User) -> None:
    former = claim.canonical
    change_claim(claim=claim, seen=claim.version, by=alice, at=AT, canonical="The repair costs a fortune.")

    for address in (f"/read/{article.slug}/", f"/embed/claims/{claim.uid}/", "/read/feed.atom"):
        page = Client().get(address).content.decode()
        assert former in page
        assert "a fortune" not in page


def test_a_piece_keeps_its_address_and_former_ones_lead_on(article: Any, alice: User) -> None:
    former = article.slug
    change_address(article=article, slug="harbour-bridge", seen=article.version, by=alice, at=AT)

    answer = Client().get(f"/read/{former}/")
    change_address(article=article, slug=former, seen=article.version, by=alice, at=AT)

    assert (answer.status_code, answer["Location"]) == (301, "/read/harbour-bridge/")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert Client().get("/read/harbour-bridge/")["Location"] == f"/read/{former}/"


def test_an_address_never_passes_on_to_another_piece(article: Any, alice: User) -> None:
    former = article.slug
    change_address(article=article, slug="harbour-bridge", seen=article.version, by=alice, at=AT)
    other = make_published(by=alice)

    for slug in (former, "harbour-bridge"):
        with pytest.raises(AddressTaken):
            change_address(article=other, slug=slug, seen=other.version, by=alice, at=AT)


def test_a_withdrawn_piece_becomes_a_notice_with_nothing_of_it(article: Any, claim: Any, alice: User) -> None:
    former = article.slug
    change_address(article=article, slug="harbour-bridge-shut", seen=article.version, by=alice, at=AT)
    declare(article=article, kind="retraction", text="It was wrong.", seen=article.version, by=alice, at=AT)

    here = f"/read/{article.slug}/"
    answers = [Client().get(each) for each in (here, f"/read/{former}/", f"{here}claims/{claim.uid}/")]

    for answer in answers:
        page = answer.content.decode()
        assert answer.status_code == 410
        assert "This piece was withdrawn" in page
        assert "harbour bridge" not in page
        assert "noindex" in page


@pytest.mark.parametrize("end", ["embargoed", "restricted", "never out"])
def test_what_is_not_for_everybody_is_not_there(alice: User, end: str) -> None:
    later = timezone.now() + timedelta(hours=1)
    article = make_article(by=alice, embargo_until=later if end == "embargoed" else None)
    here = f"/read/{article.slug}/"
    if end != "never out":
        publish(article, by=alice)
    if end == "restricted":
        bait = Client().get(here).content
        restrict_article(article=article, reason="At risk", people=[], seen=article.version, by=alice, at=AT)
        assert b"harbour bridge" in bait

    for who in (Client(), signed_in(alice)):
        answer = who.get(here)
        assert answer.status_code == 404
        assert b"harbour bridge" not in answer.content
        assert b"harbour bridge" not in who.get("/read/").content


def test_nobody_who_works_here_is_named_unless_the_desk_says_so(article: Any, claim: Any, settings: Settings) -> None:
    silent = read(article.slug)
    settings.NAME_CHECKERS = True

    named = read(article.slug)

    for name in ("Bob Tanaka", "Dana Whitlock"):
        assert name in named
        assert name not in silent


def test_a_demonstration_says_so_and_stays_out_of_search_engines_and_claimreview(
    alice: User, bob: User, dana: User
) -> None:
    article = make_published(by=alice, is_demonstration=True)
    claim = make_judged(article, checker=bob, reviewer=dana, editor=alice)

    page = read(article.slug)
    index = Client().get("/read/").content.decode()

    assert "sample material" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "ld+json" not in page
    assert claim.canonical in page
    assert '<meta name="robots" content="noindex">' in index
    assert claim.canonical not in Client().get("/read/feed.atom").content.decode()


def test_what_people_work_on_is_on_no_page_for_everybody(
    article: Any, claim: Any, alice: User, bob: User, emil: User
) -> None:
    unsaid = make_claim(article, "for two years", by=alice, canonical="It closes for two years.")
    make_tag(article, by=emil, note="Too harsh.")
    make_quote(article, by=alice, note="Ask her again.")
    make_evidence(claim, make_source(by=bob, text="It cost 14 million."), by=bob, at=LATER)
    memo = make_source(by=bob, text="A secret memo.", title="Memo")
    make_evidence(claim, memo, by=bob)
    restrict_source(source=memo, reason="At risk", people=[], seen=memo.version, by=bob, at=AT)
    addresses = [
        "/read/",
        f"/read/{article.slug}/",
        f"/read/{article.slug}/claims/{claim.uid}/",
        f"/embed/claims/{claim.uid}/",
        "/read/feed.atom",
        "/api/v1/claims:search?query=harbour+bridge+closes",
    ]
    read_by_all = "".join(Client().get(address).content.decode() for address in addresses)

    for internal in (
        unsaid.canonical,
        str(unsaid.uid),
        "Too harsh.",
        "Ask her again.",
        "It cost 14 million.",
        "A secret memo.",
        "loaded",
        "Bob",
        "Dana",
    ):
        assert internal not in read_by_all
    assert claim.canonical in read_by_all
    for address in (f"/read/{article.slug}/claims/{unsaid.uid}/", f"/embed/claims/{unsaid.uid}/"):
        assert Client().get(address).status_code == 404


def test_the_same_page_goes_to_everybody_and_sets_no_cookie(article: Any, claim: Any, alice: User) -> None:
    client = Client()
    client.force_login(alice)
    client.cookies["theme"] = "dark"

    answer, mine = Client().get(f"/read/{article.slug}/"), client.get(f"/read/{article.slug}/")

    assert answer.content == mine.content
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert TEXT.splitlines()[2][:20] in answer.content.decode()


def test_the_api_changes_an_address_and_refuses_one_that_is_taken(article: Any, alice: User, bob: User) -> None:
    other = make_published(by=alice)
    path = f"articles/{article.uid}/address/"

    taken = call(alice).post(path, {"slug": other.slug, "version": article.version})
    malformed = call(alice).post(path, {"slug": "a b/c", "version": article.version})
    refused = call(bob).post(path, {"slug": "harbour-bridge", "version": article.version})
    done = call(alice).post(path, {"slug": "harbour-bridge", "version": article.version})

    assert [answer.status_code for answer in (taken, malformed, refused, done)] == [409, 400, 403, 200]
    assert read("harbour-bridge")


def test_notes_on_the_wording_are_given_only_where_the_desk_says_so_and_the_whole_text_is_out(
    article: Any, alice: User, emil: User, settings: Settings
) -> None:
    make_tag(article, by=emil, note="Too harsh.", neutral_alternative="hasty")
    part = make_published(by=alice, rights="quotation_only")
    make_tag(part, by=emil, neutral_alternative="hasty")
    silent = read(article.slug)
    settings.PUBLIC_BIAS_NOTES = True

    given, withheld = read(article.slug), read(part.slug)

    assert "hasty" in given
    assert "Loaded language" in given
    for page in (silent, withheld):
        assert "hasty" not in page
    for internal in ("Too harsh.", "Emil"):
        assert internal not in given


def test_a_held_piece_becomes_a_notice_until_it_is_let_go(alice: User) -> None:
    receive(message(1), by=alice)
    article = Article.objects.select_related("head").get()
    open_removed_lines(article=article, seen=article.version, by=alice, at=AT)
    publish(article, by=alice)
    bait = read(article.slug)
    receive(message(2, status="canceled"), by=alice)

    held = read(article.slug)
    article.refresh_from_db()
    lift_holds(article=article, seen=article.version, by=alice, at=AT)

    assert article.head.headline in bait
    assert "This piece is not available" in held
    assert article.head.headline not in held
    assert "noindex" in held
    assert article.head.headline in read(article.slug)


def test_checks_given_on_earlier_words_cost_one_query_together(
    article: Any, claim: Any, alice: User, bob: User, dana: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = make_claim(article, "for two years", by=bob, canonical="It takes two years.")
    judge(other, checker=bob, reviewer=dana, editor=alice)
    rewrite(article, "12 million euros", "30 million euros", by=alice)
    with django_assert_num_queries(15):
        read(article.slug)
    rewrite(article, "for two years", "for three years", by=alice)

    with django_assert_num_queries(15):
        page = read(article.slug)

    assert page.count("given on earlier words") == 2
