"""The formula and the candidates of evidence search."""

from __future__ import annotations

from math import isclose, log

import pytest
from django.db import connection

from articles.models import LexemeCount, PassageCount, PassageWords
from articles.operations.passagewords import count_words
from articles.search.asking import MOST_LEXEMES, Asked, Term, read_query
from articles.search.ranking import FREQUENCY, MOST_CANDIDATES, candidates, rank, ranking_statement
from newsdesk.models import User
from tests.factories import AT, make_source


@pytest.mark.django_db
def test_the_server_tells_every_frequency_by_ts_rank() -> None:
    frequency = FREQUENCY.format(vector="vector::tsvector", lexeme="'a'::tsquery")
    vectors = ["a:" + ",".join(map(str, range(1, count + 1))) for count in range(1, 256)]

    with connection.cursor() as cursor:
        numbered = "unnest(%s::text[]) WITH ORDINALITY v (vector, place)"
        cursor.execute(f"SELECT {frequency} FROM {numbered} ORDER BY place", [vectors])
        told = [int(row[0]) for row in cursor.fetchall()]
        cursor.execute(f"SELECT {frequency} FROM (SELECT 'b:1' AS vector) v")
        absent = cursor.fetchone()[0]

    assert told == list(range(1, 256))
    assert absent < 1


def test_scores_are_those_of_the_formula(alice: User) -> None:
    texts = ["The bridge bridge is closed.", "A bridge costs twelve million euros.", "Nobody sings."]
    for text in texts:
        make_source(by=alice, text=text)
    count_words(at=AT)

    [asked] = read_query("bridge costs", language="en")
    scores = dict(rank([asked], most=10))

    # two of three passages have "bridg" (twice in the first, once in the second); one has "cost"
    lengths = dict(PassageWords.objects.values_list("pk", "length"))
    keys = sorted(lengths)
    mean = sum(lengths.values()) / 3
    bridge, cost = log(1 + 1.5 / 2.5), log(1 + 2.5 / 1.5)
    expected = {
        keys[0]: bridge * 2 / (2 + 1.2 * (0.25 + 0.75 * lengths[keys[0]] / mean)),
        keys[1]: (bridge + cost) / (1 + 1.2 * (0.25 + 0.75 * lengths[keys[1]] / mean)),
    }
    assert scores.keys() == expected.keys()
    assert all(isclose(scores[key], expected[key], rel_tol=1e-6) for key in expected)


def test_counts_are_made_anew_only_where_they_moved(alice: User) -> None:
    make_source(by=alice, text="The bridge is closed.")
    make_source(by=alice, text="The bridge is open.")
    first = count_words(at=AT)

    again = count_words(at=AT)

    assert (first, again) == (["english"], [])
    assert PassageCount.objects.get(pk="english").passages == 2
    assert LexemeCount.objects.get(lexeme="bridg").passages == 2


def test_each_configuration_reads_a_query_in_its_own_way(alice: User) -> None:
    make_source(by=alice, text="The bridge is closed.")
    make_source(by=alice, text="Die Brücke ist gesperrt.", language="de")
    make_source(by=alice, text="Köprü kapatıldı.", language="tr")

    asked = {each.configuration: {term.lexeme for term in each.terms} for each in read_query("The bridges Köprüler")}

    assert asked == {
        "english": {"bridg", "köprüler"},
        "german": {"bridg", "koprul"},  # not "the", which the language of the query leaves out
        "folded": {"the", "bridges", "bridg", "kopruler", "kopru"},
    }


def test_of_very_many_words_the_rarest_count(alice: User) -> None:
    make_source(by=alice)
    LexemeCount.objects.create(configuration="english", lexeme="bridg", passages=900)

    [asked] = read_query("bridge " + " ".join(f"word{number}" for number in range(3_000)))

    assert len(asked.terms) == MOST_LEXEMES
    assert "bridg" not in {term.lexeme for term in asked.terms}


def terms(*passages: int) -> list[Term]:
    return [Term(f"w{number}", count) for number, count in enumerate(passages)]


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ((1, 40), "'w0' | 'w1'"),
        ((4_000, 4_000), "'w0'"),
        ((12_000, 30_000), "'w0'"),
        ((30_000, 40_000), "('w0' & 'w1')"),
        ((30_000,), "'w0'"),
    ],
)
def test_candidates_are_bounded(passages: tuple[int, ...], expected: str) -> None:
    assert candidates([Asked("english", 1_000_000, 100.0, terms(*passages))]).query == expected


def test_pairs_are_tried_until_there_are_enough() -> None:
    asked = Asked("english", 1_000_000, 100.0, terms(4_000, 30_000, 40_000, 50_000))

    # expected in both: 4 * 30,000 * 40,000 / 1,000,000 = 4,800, then 6,000, which would be too many
    assert candidates([asked]).query == "'w0' | ('w1' & 'w2')"


def test_a_language_of_few_sources_has_few_candidates() -> None:
    many = Asked("english", 990_000, 100.0, [Term("bridg", 3_000)])
    few = Asked("german", 10_000, 100.0, [Term("brucke", 400), Term("zwolf", 450)])

    assert candidates([many, few]).query == "'bridg' | 'brucke'"


def test_of_very_common_words_not_every_passage_is_scored() -> None:
    common = Asked("english", 1_000_000, 100.0, terms(400_000, 600_000))
    usual = Asked("english", 1_000_000, 100.0, terms(40, 600_000))

    assert (ranking_statement([common], most=10)[1][:2]) == ["('w0' & 'w1')", MOST_CANDIDATES]
    assert MOST_CANDIDATES not in ranking_statement([usual], most=10)[1]


def test_very_common_words_find_passages_all_the_same(alice: User) -> None:
    make_source(by=alice, text="The bridge is closed.")
    PassageCount.objects.update(passages=1_000_000)
    LexemeCount.objects.create(configuration="english", lexeme="bridg", passages=900_000)

    assert len(rank(read_query("bridge", language="en"), most=10)) == 1


def test_quotes_and_operators_in_a_lexeme_are_letters() -> None:
    assert Term("o'neil\\", 1).quoted == "'o''neil\\\\'"
