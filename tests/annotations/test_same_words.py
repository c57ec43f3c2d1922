"""The same words in other quotes and in stored sources are found, compared, and shown to whoever may know of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import Batch, FollowUp, FollowUpKind
from annotations.operations.desk.followups import put_off_follow_ups
from annotations.operations.workbench.revising import revise
from annotations.tasks import follow_up
from articles.anchoring.text import Block
from articles.models import Quote, QuotedWords
from articles.operations.articles import restrict_article
from articles.operations.quotedwords import keep_missing_words
from articles.operations.quotes import change_quote, retract_quote
from articles.operations.revising import Rewritten
from articles.operations.sources import capture_snapshot, restrict_source
from articles.operations.spans import orphan_span, place_span
from articles.operations.speakers import merge_speakers
from articles.permissions import roles_of
from articles.search.wording import Elsewhere, same_words_elsewhere
from articles.wording import Finding, kept_keys
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote, make_source, make_speaker, words_of
from tests.factories.callers import call
from tests.factories.wires import message, receive

pytestmark = pytest.mark.django_db

SAID = "We had no choice but to close the harbour bridge for two years"
MORE = "The ministry promised to pay for all of it and then it did not"
BEGINNING = "We had no choice but to close the harbour bridge"
STATEMENT = f"Nobody wanted this. {SAID}. And I will say this much to everybody who asks me today. {MORE}. So be it."


def quoted(words: str, *, by: User, marked: str | None = None, values: Any = None, **change: Any) -> Quote:
    """A piece of its own in which somebody is quoted with ``words``."""
    article = make_article(by=by, text=f"A headline of the day\n\n“{words},” somebody said.\n", **change)
    return make_quote(article, marked or words, by=by, **(values or {}))


def findings(quote: Quote, person: User) -> list[tuple[Finding, Any]]:
    return [(each.finding, each.quote or each.snapshot) for each in same_words_elsewhere(quote, person=person)]


def test_every_kind_of_finding_is_named_the_most_serious_first(alice: User) -> None:
    ines, olga = make_speaker(by=alice), make_speaker(by=alice, name="Olga Petrova")
    ours = quoted(SAID, by=alice, values={"speaker": ines})
    rendering = quoted(
        SAID.replace("harbour", "old"), by=alice, values={"speaker": ines, "wording": "translation", "language": "pt"}
    )
    same = quoted(SAID.upper(), by=alice, values={"speaker": ines})
    cut = quoted(BEGINNING, by=alice, values={"speaker": ines})
    altered = quoted(SAID.replace("no", "little"), by=alice, values={"speaker": ines})
    others = quoted(SAID, by=alice, values={"speaker": olga})
    quoted("Nobody in this room has ever wanted any of that", by=alice)

    assert findings(ours, alice) == [
        (Finding.OTHER_PERSON, others),
        (Finding.ALTERED, altered),
        (Finding.TRUNCATED, cut),
        (Finding.RENDERING, rendering),
        (Finding.IDENTICAL, same),
    ]


def test_words_put_together_from_two_places_of_a_source_are_stitched(alice: User) -> None:
    source = make_source(by=alice, text=STATEMENT.replace(". And", ".\n\nAnd"), title="Speech")
    ours = quoted(f"{SAID}. {MORE}", by=alice)

    found = same_words_elsewhere(ours, person=alice)

    assert [(each.finding, each.snapshot) for each in found] == [(Finding.STITCHED, source.snapshots.get())]


def test_the_place_in_a_source_is_where_the_words_stand(alice: User) -> None:
    text = f"First paragraph, of nothing in particular.\n\n\nSecond. {SAID}, she said.\n\nThird."
    source = make_source(by=alice, text=text)

    [found] = same_words_elsewhere(quoted(SAID, by=alice), person=alice)

    assert found.finding == Finding.IDENTICAL
    assert source.snapshots.get().text[found.start : found.end] == found.words == SAID
    assert found.position == 1


def test_a_quote_that_goes_over_two_paragraphs_of_a_source_is_identical(alice: User) -> None:
    make_source(by=alice, text=f"Nobody wanted this. {SAID}.\n\n{MORE}. So be it.")

    assert [finding for finding, _ in findings(quoted(f"{SAID}. {MORE}", by=alice), alice)] == [Finding.IDENTICAL]


def test_a_paraphrase_by_the_desk_has_no_words_of_the_source(alice: User) -> None:
    ours = quoted(SAID, by=alice)
    make_source(by=alice, text=STATEMENT, basis="paraphrase")
    assert findings(ours, alice) == []

    make_source(by=alice, text=STATEMENT, basis="transcript")

    assert [finding for finding, _ in findings(ours, alice)] == [Finding.IDENTICAL]


def test_a_source_is_named_once_by_its_newest_snapshot(alice: User) -> None:
    source = make_source(by=alice, text=STATEMENT)
    newest = capture_snapshot(source=source, text=f"{STATEMENT} Thanks.", basis="capture", by=alice, at=AT)

    assert findings(quoted(SAID, by=alice), alice) == [(Finding.IDENTICAL, newest)]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"wording": "translation"}, {"wording": "original"}),
        ({"wording": "original"}, {"wording": "translation"}),
        ({"wording": "unknown", "language": "ru"}, {}),
        ({}, {"wording": "unknown", "language": "pt-BR"}),
    ],
    ids=["ours", "theirs", "ours by its language", "theirs by its language"],
)
def test_words_of_a_translation_are_never_called_altered(alice: User, ours: Any, theirs: Any) -> None:
    one = quoted(SAID, by=alice, language="en", values=ours)
    other = quoted(SAID.replace("no", "little"), by=alice, language="en", values=theirs)

    assert [findings(each, alice)[0][0] for each in (one, other)] == [Finding.RENDERING] * 2


def test_a_source_in_another_language_than_was_spoken_is_a_translation(alice: User) -> None:
    make_source(by=alice, text=STATEMENT, language="en")
    words = SAID.replace("no", "little")

    spoken_in = {code: quoted(words, by=alice, values={"language": code}) for code in ("en-GB", "ru")}

    found = {code: same_words_elsewhere(quote, person=alice) for code, quote in spoken_in.items()}
    of_sources = {code: each.finding for code, named in found.items() for each in named if each.snapshot}
    assert of_sources == {"en-GB": Finding.ALTERED, "ru": Finding.RENDERING}


def test_a_name_merged_into_another_is_no_other_person(alice: User) -> None:
    ines, misspelt = make_speaker(by=alice), make_speaker(by=alice, name="Ines Duarté")
    ours = quoted(SAID, by=alice, values={"speaker": ines})
    quoted(SAID, by=alice, values={"speaker": misspelt})
    assert [finding for finding, _ in findings(ours, alice)] == [Finding.OTHER_PERSON]

    merge_speakers(kept=ines, merged=misspelt, seen_kept=1, seen_merged=1, by=alice, at=AT)

    assert [finding for finding, _ in findings(ours, alice)] == [Finding.IDENTICAL]


def test_nobody_known_is_no_other_person(alice: User) -> None:
    ours = quoted(SAID, by=alice, values={"speaker": make_speaker(by=alice)})
    quoted(SAID, by=alice)

    assert [finding for finding, _ in findings(ours, alice)] == [Finding.IDENTICAL]


def test_a_headline_that_alters_its_own_story_is_found_and_marks_on_one_place_are_not(alice: User) -> None:
    altered = SAID.replace("no", "little")
    article = make_article(by=alice, text=f"“{altered}”\n\n“{SAID},” somebody said.\n")
    ours, headline = make_quote(article, SAID, by=alice), make_quote(article, altered, by=alice)
    make_quote(article, BEGINNING, by=alice)

    assert findings(ours, alice) == [(Finding.ALTERED, headline)]


def test_an_indirect_quote_is_neither_compared_nor_found(alice: User) -> None:
    ours, other = quoted(SAID, by=alice), quoted(SAID, by=alice, values={"kind": "mixed"})
    assert findings(ours, alice) == [(Finding.IDENTICAL, other)]

    change_quote(quote=other, seen=1, by=alice, at=AT, kind="indirect")

    assert findings(ours, alice) == findings(other, alice) == []
    assert not QuotedWords.objects.filter(quote=other).exists()
    change_quote(quote=other, seen=2, by=alice, at=AT, kind="direct")
    assert findings(ours, alice) == [(Finding.IDENTICAL, other)]


def test_a_retracted_quote_is_neither_compared_nor_found(alice: User) -> None:
    ours, other = quoted(SAID, by=alice), quoted(SAID, by=alice)
    assert findings(ours, alice) == [(Finding.IDENTICAL, other)]

    retract_quote(quote=other, seen=1, by=alice, at=AT)

    assert findings(ours, alice) == findings(other, alice) == []
    assert not QuotedWords.objects.filter(quote=other).exists()


def test_a_quote_without_a_place_is_neither_compared_nor_found(alice: User) -> None:
    ours, other = quoted(SAID, by=alice), quoted(SAID, by=alice)
    assert findings(ours, alice) == [(Finding.IDENTICAL, other)]

    orphan_span(span=other.span, base=1, by=alice, at=AT)

    assert findings(ours, alice) == findings(other, alice) == []


def test_three_words_are_not_looked_for(alice: User) -> None:
    ours = quoted("No choice whatsoever", by=alice)
    quoted("No choice whatsoever", by=alice)

    assert findings(ours, alice) == []


def test_a_quote_is_found_by_the_words_it_was_placed_on(alice: User) -> None:
    ours = quoted(MORE, by=alice)
    other = quoted(f"{SAID}. {MORE}", marked=SAID, by=alice)
    assert findings(ours, alice) == []

    place_span(span=other.span, base=1, words=words_of(other.article, MORE), by=alice, at=AT)

    assert findings(ours, alice) == [(Finding.IDENTICAL, other)]


def test_a_quote_is_found_by_its_words_on_the_newest_revision(alice: User) -> None:
    ours, other = quoted(f"{SAID} and not a day longer", by=alice), quoted(SAID, by=alice)
    head = other.article.head
    blocks = [Block.from_json(block) for block in head.blocks]
    longer = Block(blocks[0].kind, blocks[0].text.replace("harbour bridge", "old and crooked harbour bridge"))

    revise(article=other.article, base=1, rewritten=Rewritten(head.headline, [longer]), by=alice, at=AT)

    assert findings(ours, alice) == [(Finding.ALTERED, other)]
    assert QuotedWords.objects.get(quote=other).keys == kept_keys(SAID.replace("harbour", "old and crooked harbour"))


@pytest.mark.parametrize("kept", ["restricted", "embargoed", "incoming"])
def test_what_is_kept_from_a_person_is_not_found_and_does_not_ask(alice: User, bob: User, kept: str) -> None:
    ours, bait = quoted(SAID, by=alice), quoted(SAID, by=alice)
    assert findings(ours, bob) == [(Finding.IDENTICAL, bait)]
    assert findings(bait, bob) == [(Finding.IDENTICAL, ours)]

    KEEPING[kept](bait, alice)

    assert findings(ours, bob) == findings(bait, bob) == []
    assert findings(ours, alice) == [(Finding.IDENTICAL, bait)]


KEEPING: dict[str, Callable[[Quote, User], Any]] = {
    "restricted": lambda quote, by: restrict_article(
        article=quote.article, reason="A source of ours", people=[], seen=1, by=by, at=AT
    ),
    "embargoed": lambda quote, by: quote.article.change(seen=1, embargo_until=timezone.now() + timedelta(days=1)),
    "incoming": lambda quote, by: quote.article.change(seen=1, state="incoming"),
}


def test_the_words_of_a_held_piece_are_for_editors_alone(alice: User, bob: User) -> None:
    wire = receive(message(1, text=f"“{SAID},” somebody said."), by=alice)
    assert wire.article is not None
    article = wire.article.change(seen=wire.article.version, state="editing")
    ours, bait = quoted(SAID, by=alice), make_quote(article, SAID, by=alice)
    assert findings(ours, bob) == [(Finding.IDENTICAL, bait)]

    receive(message(2, status="canceled"), by=alice)

    assert findings(ours, bob) == findings(bait, bob) == []
    assert findings(ours, alice) == [(Finding.IDENTICAL, bait)]


def test_a_restricted_source_is_found_by_those_it_names_alone(alice: User, bob: User) -> None:
    ours, source = quoted(SAID, by=alice), make_source(by=alice, text=STATEMENT)
    assert len(findings(ours, bob)) == 1

    restrict_source(source=source, reason="Given in confidence", people=[], seen=1, by=alice, at=AT)

    assert findings(ours, bob) == []
    assert len(findings(ours, alice)) == 1


def test_however_many_alike_there_are_the_altered_one_is_found(alice: User) -> None:
    ours = quoted(SAID, by=alice)
    altered = quoted(SAID.replace("no", "little"), by=alice)
    for _ in range(12):
        quoted(SAID, by=alice)

    found = findings(ours, alice)

    assert len(found) == 13
    assert found[0] == (Finding.ALTERED, altered)


def test_however_many_there_are_few_queries_find_them_through_the_index(alice: User) -> None:
    ours = quoted(SAID, by=alice)
    for number in range(20):
        quoted(f"{SAID} and {number} more", by=alice)
        make_source(by=alice, text=f"{STATEMENT} {number}.", title=f"Speech {number}")

    assert roles_of(alice)

    with CaptureQueriesContext(connection) as queries:
        found = same_words_elsewhere(ours, person=alice)

    # the quote, all that shares keys, of it quotes, passages, the text around these, their snapshots, the quotes named
    assert (len(queries), len(found)) == (7, 26)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {queries.captured_queries[1]['sql']}")
        assert "quoted_words_by_keys" in "\n".join(line for (line,) in cursor.fetchall())


def test_what_has_no_keys_yet_gets_them_and_nothing_breaks_meanwhile(alice: User) -> None:
    ours, other = quoted(SAID, by=alice), quoted(SAID, by=alice)
    make_source(by=alice, text=STATEMENT)
    kept = {(row.quote_id, row.passage_id): row.keys for row in QuotedWords.objects.all()}
    QuotedWords.objects.all().delete()
    assert findings(ours, alice) == []

    made = keep_missing_words()

    assert made == len(kept) == 3
    assert {(row.quote_id, row.passage_id): row.keys for row in QuotedWords.objects.all()} == kept
    assert keep_missing_words() == 0
    assert (Finding.IDENTICAL, other) in findings(ours, alice)


def test_the_job_of_an_import_keeps_the_words_of_its_quotes(alice: User) -> None:
    quote = quoted(SAID, by=alice)
    QuotedWords.objects.all().delete()

    batch = Batch.objects.create(created_by=alice, created_at=quote.created_at)
    put_off_follow_ups(batch=batch, revisions=[quote.article.head_id or 0])
    follow_up(FollowUp.objects.get(kind=FollowUpKind.LIKES).pk)

    assert QuotedWords.objects.get(quote=quote).keys == kept_keys(SAID)


def test_a_mark_costs_one_row_more(alice: User) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice)

    with CaptureQueriesContext(connection) as direct:
        make_quote(article, "for two years", by=alice)
    with CaptureQueriesContext(connection) as indirect:
        make_quote(article, "for two years", by=alice, kind="indirect")

    assert len(direct) - len(indirect) == 1


def page_of(person: User, address: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(address).content.decode()


def test_the_inspector_names_three_and_leads_to_all(alice: User) -> None:
    ines, olga = make_speaker(by=alice), make_speaker(by=alice, name="Olga Petrova")
    ours = quoted(SAID, by=alice, values={"speaker": ines})
    other = quoted(SAID, by=alice, values={"speaker": olga}, outlet="The Harbour Post")
    for number in range(3):
        quoted(f"{SAID} and {number} more", by=alice, values={"speaker": ines})

    page = page_of(alice, f"/articles/{ours.article.uid}/?mark={ours.uid}")

    assert "Given to another person" in page
    assert "Olga Petrova" in page
    assert f'href="/articles/{other.article.uid}/?mark={other.uid}"' in page
    assert page.count("Cut short here") == 2
    assert f'href="/quotes/{ours.uid}/elsewhere/">Compare all 4 side by side' in page


def test_the_inspector_shows_the_difference_word_by_word(alice: User) -> None:
    ours = quoted(SAID, by=alice)
    quoted(SAID.replace("no", "little"), by=alice)

    page = page_of(alice, f"/articles/{ours.article.uid}/?mark={ours.uid}")

    assert "We had <del>little</del> <ins>no</ins> choice but to" in page
    assert "Whether both print the words as spoken is not recorded" in page


def test_the_inspector_is_silent_where_there_is_nothing(alice: User) -> None:
    ours = quoted(SAID, by=alice)

    assert "Same words elsewhere" not in page_of(alice, f"/articles/{ours.article.uid}/?mark={ours.uid}")


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_selected_quote_costs_few_queries_more_and_the_workbench_none(
    how_many: int, alice: User, django_assert_num_queries: Any
) -> None:
    ours = quoted(SAID, by=alice)
    for number in range(how_many):
        quoted(f"{SAID} and {number} more", by=alice)
    client = Client()
    client.force_login(alice)
    address = f"/articles/{ours.article.uid}/"
    client.get(address)

    with django_assert_num_queries(9):
        client.get(address)
    with django_assert_num_queries(16):  # quote, claims of it; what is looked for, quotes, passages, quotes named
        client.get(f"{address}?mark={ours.uid}")


def test_the_page_shows_every_place_beside_the_words(alice: User) -> None:
    ours = quoted(SAID, by=alice)
    quoted(SAID.replace("no", "little"), by=alice, outlet="The Harbour Post")
    make_source(by=alice, text=STATEMENT, title="Speech of the mayor")

    page = page_of(alice, f"/quotes/{ours.uid}/elsewhere/")

    assert SAID.replace("no", "little") in page
    assert "The Harbour Post" in page
    assert "Speech of the mayor" in page
    assert page.index("Altered") < page.index("The same words")


def test_nothing_people_wrote_becomes_markup_on_the_page(alice: User) -> None:
    ours = quoted(f"{SAID} <b>here</b>", by=alice)
    quoted(f"{SAID} <b>here</b> <script>", by=alice, values={"mention": "<i>somebody</i>"})

    page = page_of(alice, f"/quotes/{ours.uid}/elsewhere/")

    assert "&lt;script&gt;" in page
    assert not any(markup in page for markup in ("<b>here", "<i>somebody", " <script>"))


def test_a_page_without_findings_says_what_is_not_looked_for(alice: User) -> None:
    ours = quoted(SAID, by=alice)

    assert "fewer than four words" in page_of(alice, f"/quotes/{ours.uid}/elsewhere/")


def test_only_those_who_work_here_compare(alice: User, bob: User, rana: User, mallory: User) -> None:
    ours = quoted(SAID, by=alice, state="published")
    hidden = quoted(SAID, by=alice, state="incoming")

    def statuses(quote: Quote) -> list[int]:
        client = Client()
        found = []
        for person in (alice, bob, rana, mallory):
            client.force_login(person)
            found.append(client.get(f"/quotes/{quote.uid}/elsewhere/").status_code)
        return found

    assert statuses(ours) == [200, 200, 403, 403]
    assert statuses(hidden) == [200, 404, 404, 404]
    asked = [call(person).get(f"quotes/{ours.uid}/elsewhere/").status_code for person in (alice, bob, rana)]
    assert asked == [200, 200, 403]


def test_readers_are_told_nothing_in_the_article(alice: User, rana: User) -> None:
    ours = quoted(SAID, by=alice, state="published")
    quoted(SAID.replace("no", "little"), by=alice, state="published")
    assert "Altered" in page_of(alice, f"/articles/{ours.article.uid}/?mark={ours.uid}")

    assert "Altered" not in page_of(rana, f"/articles/{ours.article.uid}/?mark={ours.uid}")


def test_the_api_answers_with_the_difference(alice: User) -> None:
    ines = make_speaker(by=alice)
    ours = quoted(SAID, by=alice)
    other = quoted(SAID.replace("no", "little"), by=alice, values={"speaker": ines}, outlet="The Harbour Post")
    source = make_source(by=alice, text=STATEMENT)

    altered, same = call(alice).get(f"quotes/{ours.uid}/elsewhere/").json()

    assert altered["quote"] == {
        "uid": str(other.uid),
        "article": str(other.article.uid),
        "headline": "A headline of the day",
        "outlet": "The Harbour Post",
        "speaker": {"uid": str(ines.uid), "name": "Ines Duarte"},
        "wording": "unknown",
        "language": "",
        "origin": "human",
    }
    assert (altered["finding"], altered["became"], altered["cut"]) == ("altered", "altered", "")
    assert altered["difference"][:3] == [
        {"what": "kept", "words": "We had ", "is_marked": False},
        {"what": "removed", "words": "little ", "is_marked": False},
        {"what": "added", "words": "no ", "is_marked": False},
    ]
    assert (same["finding"], same["quote"], same["likeness"]) == ("identical", None, 1.0)
    start = STATEMENT.index(SAID)
    assert same["source"] == {
        "uid": str(source.uid),
        "title": source.title,
        "snapshot": str(source.snapshots.get().uid),
        "start": start,
        "end": start + len(SAID),
    }


def test_what_was_found_says_where(alice: User) -> None:
    ours, other = quoted(SAID, by=alice), quoted(SAID, by=alice)

    [found] = same_words_elsewhere(ours, person=alice)

    assert isinstance(found, Elsewhere)
    assert (found.quote, found.words, found.comparison.likeness) == (other, SAID, 1.0)
