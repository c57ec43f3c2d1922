"""Names of a byline come without what is printed round them."""

import pytest

from articles.ingest.byline_names import people_in
from articles.ingest.printed_dates import printed_moment


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee in Oslo", "Ann Lee"),
        ("Von Karl Beer, Redakteur", "Karl Beer"),
        ("Jane Doe, Political Editor", "Jane Doe"),
        ("Ann Lee | 3 May 2020", "Ann Lee"),
        ("Por Nuria Olmedo, 05 dic 2021", "Nuria Olmedo"),
        ("Jo Fenn, Ray Ott", "Jo Fenn, Ray Ott"),
        ("Reporter Ann Lee", "Ann Lee"),
        ("desk@harbour.example", ""),
    ],
)
def test_a_byline_keeps_its_names_alone(byline: str, names: str) -> None:
    assert ", ".join(people_in(byline)) == names


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("입력2021.05.06. 오후 2:47", "2021-05-06T14:47:00+00:00"),
        ("प्रकाशित: 31 अक्टूबर 2021, 18:45", "2021-10-31T18:45:00+00:00"),
        ("tisdag 3 augusti 2025 kl 6:12", "2025-08-03T06:12:00+00:00"),
        ("5. března 2020", "2020-03-05T00:00:00+00:00"),
        ("6:45 pm, May 3, 2020", "2020-05-03T18:45:00+00:00"),
    ],
)
def test_days_are_read_in_the_language_that_prints_them(line: str, iso: str) -> None:
    moment = printed_moment(line)

    assert moment is not None
    assert moment.isoformat() == iso
