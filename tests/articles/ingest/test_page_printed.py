"""Names of a byline come without what is printed round them."""

import pytest

from articles.ingest.page_printed import names_in


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee in Oslo", "Ann Lee"),
        ("Von Karl Beer, Redakteur", "Karl Beer"),
        ("Jane Doe, Political Editor", "Jane Doe"),
        ("Ann Lee | 3 May 2020", "Ann Lee"),
        ("Por Nuria Olmedo, 05 dic 2021", "Nuria Olmedo"),
        ("Jo Fenn, Ray Ott", "Jo Fenn, Ray Ott"),
        ("Reporter Ann Lee", "Reporter Ann Lee"),
        ("desk@harbour.example", ""),
    ],
)
def test_a_byline_keeps_its_names_alone(byline: str, names: str) -> None:
    assert names_in(byline) == names
