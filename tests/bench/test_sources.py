"""The library is the same everywhere, and its words are as uneven as those of a language."""

from collections import Counter

from bench.sources import PASSAGES, Library


def test_two_libraries_are_alike() -> None:
    assert list(Library().sources(2)) == list(Library().sources(2))


def test_most_words_are_seldom_and_a_few_are_everywhere() -> None:
    passages = [passage for source in Library().sources(40) for passage in source]
    standing = Counter(word for passage in passages for word in set(passage.lower().rstrip(".").split()))

    assert len(passages) == 40 * PASSAGES
    assert sum(count == 1 for count in standing.values()) > len(standing) / 2
    assert standing["the"] > len(passages) / 2


def test_a_claim_shares_words_with_its_passage() -> None:
    library = Library()
    [passage] = next(library.sources(1))[:1]

    assert len(set(library.claim(passage).lower().split()) & set(passage.lower().split())) > 3
