"""Which way texts run."""

import pytest

from articles.anchoring.direction import direction_of


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The council met.", "ltr"),
        ("", "ltr"),
        ("12 – 13", "ltr"),
        ("صوّت المجلس يوم الثلاثاء.", "rtl"),
        ("BBC: قالت وزيرة المالية إن العجز انخفض", "rtl"),
        ("The minister said “سلام” to the council.", "ltr"),
        ("שלום עולם", "rtl"),
        ("𞤀𞤣𞤤𞤢𞤥", "rtl"),
        ("Жители Москвы", "ltr"),
    ],
)
def test_the_letters_of_a_text_say_which_way_it_runs(text: str, direction: str) -> None:
    assert direction_of(text) == direction
