"""Evidence search: what a query finds, for whom, and where its words stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Passage, PassageWords
from articles.operations.passagewords import count_words, index_missing_passages
from articles.operations.sources import capture_snapshot, change_source, restrict_source
from articles.search.asking import MOST_CHARACTERS
from articles.search.narrowing import Narrowed
from articles.search.passages import find_passages
from articles.search.reranking import Ranked
from newsdesk.models import User
from tests.factories import AT, make_source

CLAIM = "The repair of the harbour bridge will cost 12 million euros."


def found(query: str, *, person: User, **how: Any) -> list[str]:
    return [each.passage.text for each in find_passages(query, person=person, **how).passages]


def test_a_stored_source_is_found_in_the_transaction_that_stores_it(bob: User) -> None:
    with transaction.atomic():
        make_source(by=bob, text="The council estimates the cost at 12 million euros.")

        assert found(CLAIM, person=bob) == ["The council estimates the cost at 12 million euros."]


def test_the_passage_with_the_most_telling_words_comes_first(bob: User) -> None:
    texts = [
        "The harbour was busy on Sunday.",
        "Repairing the harbour bridge costs 12 million euros.",
        "Nobody sings here.",
        "The bridge is closed.",
    ]
    make_source(by=bob, text="\n\n".join(texts))
    count_words(at=AT)

    first, *others = found(CLAIM, person=bob)

    assert first == texts[1]
    assert set(others) == {texts[0], texts[3]}


def test_what_was_found_says_where_which_words_matched_in_the_snapshot(bob: User) -> None:
    source = make_source(by=bob, text="🌉 First paragraph.\n\nThe BRIDGES cost 12.5 million, the bridge’s owner said.")
    text = source.snapshots.get().text

    [answer] = find_passages("bridge costs 12.5 million", person=bob).passages

    assert (answer.rank, answer.words) == (1, ["BRIDGES", "cost", "12.5", "million", "bridge"])
    assert [text[place.start : place.end] for place in answer.places] == [
        "BRIDGES",
        "cost",
        "12.5",
        "million",
        "bridge",
    ]
    assert "".join(words for words, _matched in answer.parts) == answer.passage.text
    assert [words for words, matched in answer.parts if matched] == answer.words


def test_typographic_marks_are_no_letters(bob: User) -> None:
    make_source(by=bob, text="“Bridges” – the council’s… co\u00adst „Brücke“")

    [answer] = find_passages("bridge council cost brücke", person=bob).passages

    assert answer.words == ["Bridges", "council", "co\u00adst", "Brücke"]


def test_markup_in_a_passage_moves_no_offset(bob: User) -> None:
    make_source(by=bob, text="<b>Closed</b> &amp; <i>empty</i>: the bridge <https://bridge.example/a-bridge>")

    [answer] = find_passages("bridge", person=bob).passages

    assert [answer.passage.text[match.start : match.end] for match in answer.matches] == ["bridge", "bridge", "bridge"]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("de", "Die Brücken im Hafen wurden gesperrt.", "gesperrte Brücke"),
        ("fr", "Les ponts du port sont fermés.", "un pont fermé"),
        ("es", "Los puentes del puerto fueron cerrados.", "un puente cerrado"),
        ("ru", "Мосты в порту закрыты.", "закрытый мост"),
        ("tr", "Köprülerin onarımı pahalı.", "köprüler için onarımlar"),
        ("ar", "وقال المجلس إن الجسر مغلق.", "إغلاق جسر المجلس"),
        ("ja", "市議会は橋の閉鎖を決めた。", "橋の閉鎖"),
        ("zh-Hans", "市议会决定关闭大桥。", "关闭大桥"),
        ("ko", "시의회가 다리를 폐쇄했다.", "다리 폐쇄"),
        ("it", "I PERCHÉ del ponte", "perche"),
    ],
)
def test_other_forms_of_a_word_are_found_in_every_language(bob: User, language: str, text: str, query: str) -> None:
    make_source(by=bob, text=text, language=language)
    make_source(by=bob, text="Nobody sings.", language=language)

    [answer] = find_passages(query, person=bob, language=language).passages

    assert answer.passage.text == text
    assert answer.words


def test_a_name_is_found_in_sources_of_all_languages(bob: User) -> None:
    for language, text in [("en", "Mayor Duarte spoke."), ("de", "Duarte schwieg."), ("tr", "Duarte konuştu.")]:
        make_source(by=bob, text=text, language=language)

    assert set(found("the Duarte", person=bob, language="en")) == {
        "Mayor Duarte spoke.",
        "Duarte schwieg.",
        "Duarte konuştu.",
    }


def test_small_words_of_the_query_s_language_find_nothing_in_another(bob: User) -> None:
    make_source(by=bob, text="„The Bridge“ ist ein Film.", language="de")

    assert found("the cat", person=bob, language="en") == []
    assert found("the cat", person=bob, language="de") == ["„The Bridge“ ist ein Film."]


def test_a_changed_language_reads_the_words_anew(bob: User) -> None:
    source = make_source(by=bob, text="Die Brücken sind gesperrt.", language="")
    before = found("Brücke", person=bob, language="de")

    change_source(source=source, seen=1, by=bob, at=AT, language="de")

    assert (before, found("Brücke", person=bob, language="de")) == ([], ["Die Brücken sind gesperrt."])


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (" ".join(f"word{number} bridge" for number in range(5_000)), 1),
        ("bridge " * 10_000, 1),
        ("the of and to a in is", 0),
        ("", 0),
        ("   \n", 0),
        ("q", 0),
        ("x", 1),
        ("الجسر", 0),
        ("' & | ! :* <-> () \\", 0),
        ("'bridge' & ! | :* <-> closed\\", 1),
        ("bridge\x00closed", 1),
        ("bridge \ud800", 1),
        ("🌉", 0),
    ],
)
def test_every_query_has_an_answer(bob: User, query: str, count: int) -> None:
    make_source(by=bob, text="The bridge is closed: x marks the place.")

    answer = find_passages(query, person=bob)

    assert len(answer.passages) == count
    assert answer.is_cut is (len(query) > MOST_CHARACTERS)


@pytest.mark.parametrize(("query", "has_words"), [("the of and", False), ("!?", False), ("zebra", True)])
def test_an_answer_says_whether_there_was_anything_to_ask_for(bob: User, query: str, has_words: bool) -> None:
    make_source(by=bob)

    assert find_passages(query, person=bob).has_words is has_words


def test_a_restricted_source_is_found_by_whoever_is_named_alone(alice: User, bob: User, rana: User) -> None:
    source = make_source(by=bob, text="The bridge is closed.")
    before = [found("bridge", person=person) for person in (alice, bob, rana)]

    restrict_source(source=source, reason="At risk", people=[], seen=source.version, by=bob, at=AT)

    assert before == [["The bridge is closed."], ["The bridge is closed."], []]
    assert [found("bridge", person=person) for person in (alice, bob, rana)] == [[], ["The bridge is closed."], []]


def test_what_is_hidden_takes_no_place_of_what_is_not(alice: User, bob: User) -> None:
    for number in range(50):
        hidden = make_source(by=bob, text=f"Harbour bridge repair: 12 million euros, cost {number}.")
        restrict_source(source=hidden, reason="At risk", people=[], seen=hidden.version, by=bob, at=AT)
    make_source(by=bob, text="A bridge somewhere else.")

    assert found(CLAIM, person=alice, limit=2) == ["A bridge somewhere else."]
    assert len(found(CLAIM, person=bob, limit=60)) == 51


def test_only_the_newest_snapshot_is_searched_unless_the_past_is_asked_for(bob: User) -> None:
    source = make_source(by=bob, text="The bridge costs 12 million.")
    capture_snapshot(source=source, text="The bridge costs 14 million.", basis="capture", by=bob, at=AT)

    newest = found("bridge", person=bob)
    everything = found("bridge", person=bob, narrowed=Narrowed(is_past_included=True))

    assert newest == ["The bridge costs 14 million."]
    assert set(everything) == {"The bridge costs 12 million.", "The bridge costs 14 million."}


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        (Narrowed(), ["old", "new", "undated"]),
        (Narrowed(publisher="CITY council"), ["old"]),
        (Narrowed(kind="report"), ["new"]),
        (Narrowed(language="de"), ["undated"]),
        (Narrowed(words="harbour rep"), ["new"]),
        (Narrowed(published_until=date(2025, 4, 2)), ["old", "undated"]),
        (Narrowed(published_from=date(2025, 4, 3)), ["new"]),
        (Narrowed(source=uuid4()), []),
        (Narrowed(publisher="city council", kind="report"), []),
    ],
)
def test_a_search_is_narrowed(bob: User, narrowed: Narrowed, expected: Sequence[str]) -> None:
    make_source(by=bob, text="Bridge, old.", publisher="City Council", published_date=date(2025, 4, 2))
    make_source(
        by=bob,
        text="Bridge, new.",
        title="Harbour report",
        publisher="",
        kind="Report",
        published_date=date(2025, 6, 1),
    )
    make_source(by=bob, text="Bridge, undated.", publisher="", published_date=None, language="de-AT")

    texts = found("bridge", person=bob, narrowed=narrowed)

    assert {text.removeprefix("Bridge, ").rstrip(".") for text in texts} == set(expected)


def test_a_search_within_one_source(bob: User) -> None:
    wanted = make_source(by=bob, text="A bridge.")
    make_source(by=bob, text="Another bridge.")

    assert found("bridge", person=bob, narrowed=Narrowed(source=wanted.uid)) == ["A bridge."]


def backwards(_query: str, passages: Sequence[Ranked], /) -> Sequence[float]:
    """A fake model: what words rank last comes first."""
    return [-passage.score for passage in passages]


def test_another_order_comes_from_what_the_settings_name(bob: User, settings: Any) -> None:
    make_source(by=bob, text="Harbour bridge repair.\n\nA bridge that is somewhere else entirely.")
    usual = found(CLAIM, person=bob)

    settings.EVIDENCE_RERANKER = f"{__name__}.backwards"
    answer = find_passages(CLAIM, person=bob)

    assert [each.passage.text for each in answer.passages] == usual[::-1]
    assert [each.rank for each in answer.passages] == [1, 2]


def test_what_is_in_no_index_is_made_up_for(bob: User) -> None:
    make_source(by=bob, text="The bridge is closed.")
    make_source(by=bob, text="الجسر مغلق", language="ar")
    PassageWords.objects.all().delete()
    before = found("bridge", person=bob)

    counted = index_missing_passages()

    assert (before, counted) == ([], 2)
    assert found("bridge", person=bob) == ["The bridge is closed."]
    assert found("جسر", person=bob, language="ar") == ["الجسر مغلق"]


def test_a_search_asks_as_much_for_ten_passages_as_for_one(bob: User) -> None:
    counts = []
    for _ in range(2):
        make_source(by=bob, text="\n\n".join(f"Bridge {number}." for number in range(5)))
        with CaptureQueriesContext(connection) as queries:
            find_passages("bridge", person=bob)
        counts.append(len(queries))

    assert Passage.objects.count() == 10
    assert counts == [6, 5]  # the roles are asked for once
