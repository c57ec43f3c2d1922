"""Whatever the text: spans stand in it, in order, apart; the rules never fail; what comes later changes nothing."""

import itertools

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.quotation.extract import extract
from tests.articles.quotation.gold import read_half

ARTICLES = [article.text for article in read_half("training")]
PIECES = (
    "Ann Lee", "the mayor", "she", "He", "said", "told reporters", "that", "whether", "denied", "according to", "asked",
    "“We will go,”", "“no”", "'Yes.'", '"Never', "«Oui»", "„Nein“", "”", "“", "''", "—", "- ", ",", ", ", ".", ": ",
    "?!", "\n\n", "\n", "(", ")", "the plan", "was", "closed", "and", "but", "who", "on Monday", "Q: ", "A: ", "LEE: ",
    "U.S. ", "😀", "قال", "هو", "\u202e", "\u0301", "\ue000", "\ue001", "Mr. ", "it's", "O'Brien", "1,000", "🇺🇦",
    " ", " ", " ", " ",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
LANGUAGES = st.sampled_from(["en", "", "de"])


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=300)), LANGUAGES)
@example("“" * 400, "en")
@example("SAID THE MAYOR: “NO", "en")
def test_quotations_stand_in_the_text_in_order_and_apart(text: str, language: str) -> None:
    found = extract(text, language_code=language)

    spans = [(quotation.start, quotation.end) for quotation in found]
    assert spans == sorted(set(spans))
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_what_a_quotation_names_stands_in_the_text(text: str) -> None:
    for quotation in extract(text, language_code="en"):
        parts = [*quotation.verbatim, *filter(None, (quotation.cue, quotation.attribution))]
        assert all(0 <= part.start < part.end <= len(text) for part in parts)
        assert all(quotation.start <= part.start and part.end <= quotation.end for part in quotation.verbatim)
        if quotation.speaker:
            assert text[slice(*quotation.speaker.where)] == quotation.speaker.mention
            assert bool(quotation.speaker.name) != bool(quotation.speaker.why_unresolved)
        else:
            assert quotation.why_unattributed
        assert 0 < quotation.confidence < 1


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ARTICLES), st.sampled_from(ARTICLES))
def test_an_unrelated_text_further_down_changes_no_words(article: str, other: str) -> None:
    before = [(found.start, found.end, found.kind) for found in extract(article, language_code="en")]
    together = extract(f"{article}\n\nThe road is long.\n\n{other}", language_code="en")

    assert [(found.start, found.end, found.kind) for found in together if found.end <= len(article)] == before


def test_a_pile_of_marks_is_not_read() -> None:
    assert extract("“a” " * 500, language_code="en")

    assert extract("“a” " * 50_000, language_code="en") == []
