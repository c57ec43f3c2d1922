"""The crowd is the same everywhere, and as uneven as a real one."""

from collections import Counter

from bench.names import Crowd


def test_two_crowds_are_alike() -> None:
    assert list(Crowd().people(50)) == list(Crowd().people(50))


def test_a_few_names_are_frequent_and_most_are_seldom() -> None:
    families = Counter(each.name.split()[-1] for each in Crowd().people(5_000))

    assert families.most_common(1)[0][1] > 50
    assert sum(count == 1 for count in families.values()) > 200
