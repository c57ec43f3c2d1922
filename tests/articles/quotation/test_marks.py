"""Quotation marks of many houses, balanced and not."""

import pytest

from articles.quotation.extract import extract
from articles.quotation.marks import marked_passages


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said: “We go.”", ["“We go.”"]),
        ('He said: "We go."', ['"We go."']),
        ("He said: ''We go.''", ["''We go.''"]),
        ("He said: ``We go.''", ["``We go.''"]),
        ("He said: ‘We don’t go.’", ["‘We don’t go.’"]),
        ("He said: 'We don't go.'", ["'We don't go.'"]),
        ("Er sagte: „Wir gehen.“", ["„Wir gehen.“"]),
        ("Er sagte: »Wir gehen.«", ["»Wir gehen.«"]),
        ("Il a dit : « On y va. »", ["« On y va. »"]),
        ("Powiedział: „Idziemy”.", ["„Idziemy”"]),
        ("彼は「行きます」と言った。", ["「行きます」"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("‘He said “no” to me,’ she said.", ["‘He said “no” to me,’"]),
        ('The board is 5\'10" wide and 6" deep.', []),
        ("Rock 'n' roll in the '90s.", []),
    ],
)
def test_passages_are_found_with_their_marks(text: str, words: list[str]) -> None:
    assert [text[passage.start : passage.end] for passage in marked_passages(text)] == words


def test_a_mark_left_open_closes_with_its_paragraph() -> None:
    text = "“We go, she said.\n\nThe road is long."

    assert [text[passage.start : passage.end] for passage in marked_passages(text)] == ["“We go, she said."]


def test_words_go_on_in_the_next_paragraph_under_the_same_speaker() -> None:
    text = "“We go tomorrow,” Ann Lee said. “We take the road.\n\n“We come back on Friday.”"

    found = extract(text, language_code="en")

    assert [text[quotation.start : quotation.end] for quotation in found][-1] == "“We come back on Friday.”"
    assert {quotation.speaker.name for quotation in found if quotation.speaker} == {"Ann Lee"}
    assert [passage.goes_on for passage in marked_passages(text)] == [False, False, True]


@pytest.mark.parametrize("language", ["", "de", "fr", "zz"])
def test_a_language_without_lexicon_yields_direct_quotations_without_speakers(language: str) -> None:
    text = "Die Lage ist ernst. „Wir bauen die Brücke wieder auf“, sagte Amina Diallo der Zeitung am Montag."

    [quotation] = extract(text, language_code=language)

    assert text[quotation.start : quotation.end] == "„Wir bauen die Brücke wieder auf“"
    assert quotation.speaker is None
    assert quotation.why_unattributed == "there is no lexicon for the language of this text"
