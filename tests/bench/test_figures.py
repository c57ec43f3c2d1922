"""Ratios and percentiles, and how they are shown."""

import json

import pytest

from bench.figures import Figure, median, percentile, table


def test_the_ratio_of_a_time_is_how_many_times_its_floor_it_takes() -> None:
    figure = Figure("list", value=6.0, unit="ms", floor=2.0)

    assert figure.ratio == 3.0


def test_the_ratio_of_a_rate_is_how_many_times_faster_the_floor_is() -> None:
    figure = Figure("clients", value=300.0, unit="per s", floor=900.0)

    assert figure.ratio == 3.0


@pytest.mark.parametrize(
    "figure",
    [
        Figure("memory", value=6.0, unit="MiB"),
        Figure("list", value=6.0, unit="ms", floor=0.0),
        Figure("clients", value=0.0, unit="per s", floor=900.0),
    ],
)
def test_there_is_no_ratio_without_something_to_divide_by(figure: Figure) -> None:
    assert figure.ratio is None


def test_percentiles_are_values_that_were_measured() -> None:
    # The worked example of the nearest-rank method.
    values = [35, 20, 15, 50, 40]

    assert [percentile(values, share) for share in (0.05, 0.3, 0.4, 0.5, 1.0)] == [15, 20, 20, 35, 50]
    assert percentile(range(1, 101), 0.95) == 95


def test_the_median_of_an_even_number_is_the_lower_middle() -> None:
    assert median([4, 1, 3, 2]) == 2


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_programs_get_name_value_unit_floor_and_ratio() -> None:
    figures = [Figure("list", 6.0, "ms", 2.0, "≤ 25"), Figure("memory", 6.0, "MiB")]

    written = json.loads(json.dumps([figure.to_json() for figure in figures]))

    assert written == [
        {"name": "list", "value": 6.0, "unit": "ms", "floor": 2.0, "ratio": 3.0},
        {"name": "memory", "value": 6.0, "unit": "MiB", "floor": None, "ratio": None},
    ]


def test_people_get_a_table_in_columns() -> None:
    shown = table([Figure("list-p50", 6.0, "ms", 2.0, "≤ 25"), Figure("memory", 186.4, "MiB")])

    assert shown.splitlines() == [
        "name      value  unit  floor  ratio  aim",
        "list-p50   6.00  ms     2.00    3.0  ≤ 25",
        "memory      186  MiB       –      –",
    ]
