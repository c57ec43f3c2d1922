"""Changes say what they have seen, and words are the ones that stand there."""

from typing import Any

import pytest

from annotations.models import BiasCategory
from annotations.operations.workbench.bias import tag_bias
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, Quote
from articles.operations.revising import Rewritten, revise_article
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_evidence, make_quote, make_source, make_tag
from tests.factories.callers import call, place

BLOCKS = [{"kind": "paragraph", "text": "The council voted on Wednesday to close the harbour bridge for two years."}]


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def quote(article: Article, alice: User) -> Quote:
    return make_quote(article, by=alice)


def test_a_detail_carries_its_version_as_etag(alice: User, quote: Quote) -> None:
    assert call(alice).get(f"quotes/{quote.uid}/")["ETag"] == '"1"'


def test_a_matching_tag_lets_a_change_through(alice: User, quote: Quote) -> None:
    answer = call(alice).patch(f"quotes/{quote.uid}/", {"cue": "said"}, If_Match='"1"')

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert answer.json()["cue"] == "said"


def test_a_version_in_the_body_does_the_same(alice: User, quote: Quote) -> None:
    assert call(alice).patch(f"quotes/{quote.uid}/", {"cue": "said", "version": 1}).status_code == 200


@pytest.mark.parametrize("tag", ["1", "nonsense", "", '"1', '"1" "2"', '"1", *'])
def test_a_malformed_tag_is_a_400_that_names_the_header(alice: User, quote: Quote, tag: str) -> None:
    answer = call(alice).patch(f"quotes/{quote.uid}/", {"cue": "said"}, If_Match=tag)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["If-Match"]


def test_a_star_says_no_version(alice: User, quote: Quote) -> None:
    answer = call(alice).patch(f"quotes/{quote.uid}/", {"cue": "said"}, If_Match="*")

    assert answer.status_code == 428
    quote.refresh_from_db()
    assert quote.version == 1


@pytest.mark.parametrize("tag", ['"1"', '"0", "1"', '"a,b" ,"1"'])
def test_any_of_several_tags_may_match(alice: User, quote: Quote, tag: str) -> None:
    assert call(alice).patch(f"quotes/{quote.uid}/", {"cue": "said"}, If_Match=tag).status_code == 200


@pytest.mark.parametrize("tag", ['"2"', 'W/"1"', '"2", "3"', '"1,2"'])
def test_a_stale_tag_is_a_412_with_the_current_state(alice: User, quote: Quote, tag: str) -> None:
    answer = call(alice).patch(f"quotes/{quote.uid}/", {"cue": "said"}, If_Match=tag)

    assert answer.status_code == 412
    assert answer.json()["current"]["uid"] == str(quote.uid)
    assert answer.json()["current"]["version"] == 1


def test_a_stale_version_is_a_409_with_the_current_state(alice: User, quote: Quote) -> None:
    caller = call(alice)
    caller.patch(f"quotes/{quote.uid}/", {"cue": "said", "version": 1})

    answer = caller.patch(f"quotes/{quote.uid}/", {"cue": "shouted", "version": 1})

    assert answer.status_code == 409
    assert answer.json()["current"]["cue"] == "said"
    assert answer.json()["current"]["version"] == 2


@pytest.mark.parametrize("act", ["", "retract/"])
def test_a_change_that_says_nothing_of_what_it_saw_is_a_428(alice: User, quote: Quote, act: str) -> None:
    caller = call(alice)
    send = caller.post if act else caller.patch

    answer = send(f"quotes/{quote.uid}/{act}", {} if act else {"cue": "said"})

    assert answer.status_code == 428
    assert answer.json()["errors"][0]["field"] == "version"


def test_a_change_of_nothing_is_refused(alice: User, quote: Quote) -> None:
    assert call(alice).patch(f"quotes/{quote.uid}/", {"version": 1}).status_code == 422


def test_what_a_person_has_no_right_to_change_is_a_403(emil: User, quote: Quote) -> None:
    assert call(emil).patch(f"quotes/{quote.uid}/", {"cue": "said", "version": 1}).status_code == 403
    assert call(emil).post(f"quotes/{quote.uid}/retract/", {"version": 1}).status_code == 403


def test_a_mark_is_retracted_not_deleted(alice: User, quote: Quote) -> None:
    caller = call(alice)
    before = caller.get("quotes/").json()["results"]

    answer = caller.post(f"quotes/{quote.uid}/retract/", {"version": 1, "reason": "twice"})
    again = caller.post(f"quotes/{quote.uid}/retract/", {"version": 2})
    deleted = caller.client.delete(f"/api/v1/quotes/{quote.uid}/", headers=caller.headers)

    assert len(before) == 1
    assert (answer.status_code, again.status_code, deleted.status_code) == (200, 409, 405)
    assert answer.json()["retraction_reason"] == "twice"
    assert caller.get("quotes/").json()["results"] == []
    assert caller.get(f"quotes/{quote.uid}/").status_code == 200


WORDS = "The council voted"
KINDS: list[tuple[str, dict[str, Any]]] = [
    ("quotes/", {"kind": "indirect"}),
    ("claims/", {"canonical": "The council voted."}),
    ("bias-tags/", {"category": "loaded-language", "severity": 1}),
]


@pytest.mark.parametrize(("path", "fields"), KINDS)
def test_a_mark_is_made_where_its_words_stand(alice: User, article: Article, path: str, fields: dict[str, Any]) -> None:
    answer = call(alice).post(path, {**place(article, WORDS), **fields})

    assert answer.status_code == 201
    assert answer["ETag"] == '"1"'
    assert answer["Location"] == f"/api/v1/{path}{answer.json()['uid']}/"
    assert answer.json()["anchor"]["exact"] == WORDS
    assert call(alice).get(answer["Location"]).json() == answer.json()


@pytest.mark.parametrize(("path", "fields"), KINDS)
@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"exact": "The council vetoed"}, 422, "exact"),
        ({"text_sha256": "0" * 64}, 422, "text_sha256"),
        ({"end": 99_999}, 422, "end"),
        ({"end": 1}, 422, "end"),
        ({"base_revision": 7}, 409, "base_revision"),
        ({"start": -1}, 400, "start"),
        ({"start": "0"}, 400, "start"),
        ({"end": 2**40}, 400, "end"),
        ({"article": "here"}, 400, "article"),
        ({"article": "00000000-0000-4000-8000-000000000000"}, 404, "article"),
        ({"colour": "red"}, 400, "colour"),
    ],
)
def test_a_place_that_is_none_names_its_field(
    alice: User,
    article: Article,
    path: str,
    fields: dict[str, Any],
    change: dict[str, Any],
    status: int,
    field: str,
) -> None:
    answer = call(alice).post(path, {**place(article, WORDS), **fields, **change})

    assert answer.status_code == status
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"category": "loaded_language"}, "category"),
        ({"category": "00000000-0000-4000-8000-000000000000"}, "category"),
        ({"secondary": ["source-imbalance", "loaded_language"]}, "secondary.1"),
    ],
)
def test_a_category_that_no_codebook_has_is_a_422_that_names_the_field(
    alice: User, article: Article, wrong: dict[str, Any], field: str
) -> None:
    tag = {**place(article, WORDS), "category": "loaded-language", "severity": 1}

    answer = call(alice).post("bias-tags/", {**tag, **wrong})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_mismatch_says_which_words_stand_there(alice: User, article: Article) -> None:
    answer = call(alice).post("quotes/", {**place(article, WORDS), "kind": "direct", "exact": "x"})

    assert answer.json()["expected"] == WORDS


def test_a_mark_on_an_older_text_is_told_the_newer_one(alice: User, article: Article) -> None:
    seen = place(article, WORDS)
    blocks = [Block(BlockKind.PARAGRAPH, "Another text.")]
    revise_article(article=article, base=1, rewritten=Rewritten("Headline", blocks), by=alice, at=article.created_at)

    answer = call(alice).post("quotes/", {**seen, "kind": "direct"})

    assert answer.status_code == 409
    assert answer.json()["newest"] == 2
    assert answer.json()["current"]["text"] == "Headline\n\nAnother text."


def test_a_tag_on_the_whole_article_has_no_place(alice: User, article: Article) -> None:
    tag = {"article": str(article.uid), "level": "article", "category": "source-imbalance", "severity": 2}

    made = call(alice).post("bias-tags/", tag)
    placed = call(alice).post("bias-tags/", {**tag, "start": 0})

    assert made.status_code == 201
    assert made.json()["anchor"] is None
    assert [error["field"] for error in placed.json()["errors"]] == ["start"]


def test_secondary_categories_keep_their_order(alice: User, article: Article) -> None:
    caller = call(alice)
    slugs = [each["slug"] for each in caller.get("categories/").json()["results"]]
    second = [slug for slug in slugs if slug != "loaded-language"][:2]
    body = {**place(article, WORDS), "category": "loaded-language", "severity": 1, "secondary": second}

    made = caller.post("bias-tags/", body)
    turned = caller.patch(f"bias-tags/{made.json()['uid']}/", {"secondary": second[::-1], "version": 1})

    assert made.json()["secondary"] == second
    assert turned.json()["secondary"] == second[::-1]


def test_a_revision_on_the_newest_text_carries_the_marks(alice: User, quote: Quote, article: Article) -> None:
    caller = call(alice)
    blocks = caller.get(f"articles/{article.uid}/").json()["blocks"]
    body = {"headline": "Council closes the bridge", "blocks": blocks, "base_revision": 1}

    answer = caller.post(f"articles/{article.uid}/revise/", body)

    assert (answer.status_code, answer.json()["revision"]) == (200, 2)
    anchor = caller.get(f"articles/{article.uid}/marks/").json()["quotes"][0]["anchor"]
    assert (anchor["revision"], anchor["state"], anchor["exact"]) == (2, "anchored", "“We had no choice,”")


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({"base_revision": 3}, {}, 409),
        ({}, {}, 428),
        ({}, {"If_Match": "*"}, 428),
        ({"base_revision": 3}, {"If_Match": "*"}, 409),
        ({}, {"If_Match": "1"}, 400),
        ({}, {"If_Match": '"9"'}, 412),
        ({}, {"If_Match": '"1"'}, 200),
        ({"base_revision": 1, "headline": " "}, {}, 400),
        ({"base_revision": 1, "blocks": [{"kind": "paragraph", "text": "a\n\nb"}]}, {}, 400),
        ({"base_revision": 1, "blocks": [{"kind": "poem", "text": "a"}]}, {}, 400),
        ({"base_revision": 1, "blocks": [{"kind": "paragraph", "text": "a", "html": "<b>"}]}, {}, 400),
        ({"base_revision": 1, "blocks": ["a"]}, {}, 400),
    ],
)
def test_a_revision_is_refused_for_a_reason(
    alice: User, article: Article, change: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    body = {"headline": "Headline", "blocks": BLOCKS, **change}

    answer = call(alice).post(f"articles/{article.uid}/revise/", body, **headers)

    assert answer.status_code == status


def test_a_malformed_block_is_named_with_its_position(alice: User) -> None:
    body = {"headline": "Headline", "blocks": [*BLOCKS, {"kind": "poem", "text": "a"}]}

    answer = call(alice).post("articles/", body)

    assert [error["field"] for error in answer.json()["errors"]] == ["blocks.1.kind"]


def test_an_article_comes_in_as_copy_or_as_blocks(alice: User) -> None:
    caller = call(alice)

    copy = "Headline of the day\n\nA first sentence of a story.\n"
    pasted = caller.post("articles/", {"text": copy, "outlet": "Gazette"})
    given = caller.post("articles/", {"headline": "Headline", "blocks": BLOCKS, "state": "incoming"})
    both = caller.post("articles/", {"headline": "Headline", "blocks": BLOCKS, "text": "x"})
    neither = caller.post("articles/", {})

    assert (pasted.status_code, given.status_code, both.status_code, neither.status_code) == (201, 201, 422, 422)
    assert pasted.json()["text"] == "Headline of the day\n\nA first sentence of a story."
    assert pasted.json()["outlet"] == "Gazette"
    assert given.json()["state"] == "incoming"


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "%PDF-1.7 ..."])
def test_copy_that_cannot_be_read_names_the_text(alice: User, text: str) -> None:
    answer = call(alice).post("articles/", {"text": text})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "text"


def test_an_article_moves_only_to_a_next_state(alice: User, article: Article) -> None:
    caller = call(alice)

    leapt = caller.post(f"articles/{article.uid}/move/", {"state": "published", "version": 1})
    moved = caller.post(f"articles/{article.uid}/move/", {"state": "checking", "version": 1})

    assert leapt.status_code == 409
    assert leapt.json()["allowed"] == ["checking", "withdrawn"]
    assert (moved.status_code, moved.json()["state"]) == (200, "checking")


def test_a_restricted_article_exists_for_nobody_else(alice: User, ada: User, bob: User, article: Article) -> None:
    body = {"reason": "a minor is named", "people": [str(bob.uid)], "version": 1}
    before = call(ada).get(f"articles/{article.uid}/").status_code

    restricted = call(alice).post(f"articles/{article.uid}/restrict/", body)

    assert (before, restricted.status_code) == (200, 200)
    assert call(ada).get(f"articles/{article.uid}/").status_code == 404
    assert call(bob).get(f"articles/{article.uid}/").status_code == 200


def test_evidence_is_attached_changed_and_taken_off(alice: User, bob: User, article: Article) -> None:
    claim, source, caller = make_claim(article, by=alice), make_source(by=bob), call(bob)
    snapshot = source.snapshots.get()
    words = snapshot.text[:20]
    body = {
        "claim": str(claim.uid),
        "snapshot": str(snapshot.uid),
        "start": 0,
        "end": 20,
        "exact": words,
        "stance": "supports",
    }

    made = caller.post("evidence/", body)
    twice = caller.post("evidence/", body)
    wrong = caller.post("evidence/", {**body, "exact": "x" * 20})
    path = f"evidence/{made.json()['uid']}/"
    changed = caller.patch(path, {"stance": "context", "version": 1})
    detached = caller.post(f"{path}retract/", {"version": 2})

    codes = [answer.status_code for answer in (made, twice, wrong, changed, detached)]
    assert codes == [201, 409, 422, 200, 200]
    assert caller.get("evidence/").json()["results"] == []


def test_a_check_goes_from_a_draft_to_the_desks_verdict(alice: User, bob: User, dana: User, article: Article) -> None:
    claim, source = make_claim(article, by=alice), make_source(by=bob)
    make_evidence(claim, source, by=bob)
    checker, reviewer = call(bob), call(dana)

    check = checker.post("fact-checks/", {"claim": str(claim.uid), "checker": str(bob.uid)}).json()
    path = f"fact-checks/{check['uid']}/"
    draft = {
        "verdict": "supported",
        "rating": "rating/true",
        "reason": "The estimate says so.",
        "one_source_reason": "It is the primary record.",
        "version": check["version"],
    }
    written = checker.patch(path, draft).json()
    submitted = checker.post(f"{path}submit/", {"version": written["version"]}).json()
    own = checker.post(f"{path}review/", {"decision": "approve", "version": submitted["version"]})
    review = reviewer.post(f"{path}review/", {"decision": "approve", "version": submitted["version"]})
    approved = reviewer.get(path).json()
    published = reviewer.post(f"{path}publish/", {"version": approved["version"]})

    assert submitted["state"] == "in_review"
    assert (own.status_code, review.status_code, published.status_code) == (403, 201, 201)
    assert published.json()["rests_on"] == [check["uid"]]
    assert reviewer.get("claims/").json()["results"][0]["verdict"]["tone"] == "supported"
    assert reviewer.get("claims/").json()["results"][0]["verdict"]["is_desk"] is True


def test_speakers_are_merged(alice: User) -> None:
    caller = call(alice)
    kept = caller.post("speakers/", {"name": "Ines Duarte"}).json()
    other = caller.post("speakers/", {"name": "I. Duarte"}).json()
    body = {"merged": other["uid"], "merged_version": 1, "version": 1}

    answer = caller.post(f"speakers/{kept['uid']}/merge/", body)

    assert answer.json()["aliases"] == ["I. Duarte"]
    assert caller.get(f"speakers/{other['uid']}/").json()["merged_into"] == kept["uid"]


def test_a_tag_owns_its_place_anew(alice: User, article: Article) -> None:
    tag = make_tag(article, "reckless", by=alice)

    answer = call(alice).post(f"bias-tags/{tag.uid}/place/", _place_only(place(article, "decision was reckless")))

    assert answer.json()["anchor"]["exact"] == "decision was reckless"


def test_a_mark_whose_words_are_gone_is_said_to_stand_nowhere(alice: User, article: Article) -> None:
    tag = make_tag(article, "reckless", by=alice)
    caller, path = call(alice), f"bias-tags/{tag.uid}/unplace/"

    stale = caller.post(path, {"base_revision": 2})
    answer = caller.post(path, {"base_revision": 1})

    assert (stale.status_code, stale.json()["errors"][0]["field"]) == (409, "base_revision")
    assert (answer.json()["anchor"]["state"], answer.json()["anchor"]["exact"]) == ("orphaned", "reckless")


def test_a_tag_on_the_whole_article_has_no_place_to_lose(alice: User, article: Article) -> None:
    whole = BiasCategory.objects.get(slug="omitted-context")
    tag = tag_bias(article=article, category=whole, severity=2, level="article", by=alice, at=AT)

    answer = call(alice).post(f"bias-tags/{tag.uid}/unplace/", {"base_revision": 1})

    assert answer.status_code == 422


def test_readers_say_nothing_of_places(alice: User, rana: User, article: Article) -> None:
    tag = make_tag(article, "reckless", by=alice)

    answer = call(rana).post(f"bias-tags/{tag.uid}/unplace/", {"base_revision": 1})

    assert answer.status_code == 404


def _place_only(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "article"}
