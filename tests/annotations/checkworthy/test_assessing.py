"""Which sentences are worth checking, and why."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.checkworthy.assessing import LONGEST, Assessed, assess, suggest
from annotations.checkworthy.lexicon import FOLDER, known_languages
from annotations.checkworthy.weighing import WEIGHTS
from bench.checkworthy import average_precision, score
from tests.annotations.checkworthy.gold import HALVES, ROOT, read_half, read_sample


def only(text: str, language: str = "en") -> Assessed:
    [sentence] = assess(text, language_code=language)
    return sentence


def kinds(sentence: Assessed) -> set[str]:
    return {signal.kind for signal in (*sentence.reasons, *sentence.against)}


@pytest.mark.parametrize(
    ("text", "kind", "claim_type"),
    [
        ("The town has 38,000 inhabitants and a harbour.", "number", "numerical"),
        ("Wages have gone down under this president.", "comparison", "comparison"),
        ("It is the busiest crossing in the whole country.", "superlative", "comparison"),
        ("The crack was caused by salt water in the cable.", "cause", "causal"),
        ("The penal code punishes the taking of bribes.", "law", "legal"),
        ("The eastern provinces were annexed by the junta.", "contested", "event"),
        ("The company of the former mayor sold its shares.", "identity", "identity"),
        ("The police arrested the smugglers at the border.", "deed", "event"),
    ],
)
def test_what_speaks_for_a_check_is_named(text: str, kind: str, claim_type: str) -> None:
    sentence = only(text)

    assert kind in {signal.kind for signal in sentence.reasons}
    assert sentence.claim_type == claim_type


@pytest.mark.parametrize(
    ("bait", "text"),
    [
        ("Police arrested 43 people.", "Will police arrest 43 people?"),
        ("The city built 300 flats in 2023.", "The city will build 300 flats and hopes to build more."),
        ("The tax was raised by a third in May.", "I think the tax should be raised by a third."),
        ("The minister dismissed 12 officials.", "The minister declined to comment on the 12 officials."),
    ],
)
def test_questions_forecasts_opinions_and_silence_are_not_worth_it(bait: str, text: str) -> None:
    assert suggest(bait, language_code="en")

    assert suggest(text, language_code="en") == []


@pytest.mark.parametrize(
    "text",
    [
        "While the Kremlin sounds ready, the ball’s now in Ukraine’s court.",
        "The ball is in their court after the talks of last week.",
        "The jury is still out on the plan of the mayor.",
    ],
)
def test_a_figure_of_speech_is_no_statement_of_law(text: str) -> None:
    assert "law" in kinds(only("The city lost in the court of the province."))

    assert "law" not in kinds(only(text))
    assert suggest(text, language_code="en") == []


def test_reasons_point_at_their_words() -> None:
    text = "A headline of no import\n\nThe plant closed in 2021 because of a strike."

    sentence = suggest(text, language_code="en")[0]

    words = {signal.kind: text[signal.start : signal.end] for signal in sentence.reasons}
    assert (words["deed"], words["cause"], words["date"]) == ("closed", "because of", "2021")


def test_the_weightiest_reason_comes_first() -> None:
    weights = [WEIGHTS[signal.kind] for signal in only("The city built 300 flats in 2023 because of the law.").reasons]

    assert weights == sorted(weights, reverse=True)


def test_who_merely_speaks_is_no_reason() -> None:
    assert "office" in kinds(only("The president, Oskar Lindqvist, left the hall."))

    assert "office" not in kinds(only("“It was a long day,” President Oskar Lindqvist said."))


def test_a_sentence_that_is_mostly_quoted_is_its_speakers() -> None:
    quoted, told = assess(
        "“We created 300,000 jobs,” President Ann Lee said. The office counted 210,000 jobs.", language_code="en"
    )

    assert quoted.quotation is not None
    assert quoted.quotation.speaker is not None
    assert quoted.quotation.speaker.name == "Ann Lee"
    assert told.quotation is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Regierung schloss 2023 zwölf Krankenhäuser, weil das Geld fehlte."),
        ("fr", "Le gouvernement a fermé 12 hôpitaux en 2023 à cause de la loi."),
        ("es-MX", "El gobierno cerró 12 hospitales en 2023 debido a la ley."),
        ("ru", "В 2022 году погибли 300 человек в Москве."),
        ("ja", "東京で2024年に300人が死亡した。"),
        ("ar", "أعلنت الوزارة أن 300 شخص قتلوا في المدينة عام 2020 و 2021."),
        ("", "The government closed twelve hospitals in 2023 because of the law."),
    ],
)
def test_numbers_and_dates_are_found_in_every_language(language: str, text: str) -> None:
    assert {"number", "date"} <= kinds(only(text, language))


def test_german_nouns_are_no_names() -> None:
    assert "name" not in kinds(only("Das kleine Haus am Fluss gehört der alten Frau.", "de"))

    assert "name" in kinds(only("Das kleine Haus am Fluss gehört Anna Lehmann.", "de"))


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_every_kind_of_a_lexicon_has_a_weight_of_its_side(language: str) -> None:
    listed = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))

    assert all(WEIGHTS[kind] > 0 for kind in listed["for"])
    assert all(WEIGHTS[kind] < 0 for kind in listed["against"])


@pytest.mark.parametrize("kind", WEIGHTS)
def test_every_kind_is_explained(kind: str) -> None:
    reference = (ROOT / "docs" / "reference" / "checkworthiness.md").read_text(encoding="utf-8")

    assert f"| `{kind}` |" in reference


def test_what_has_no_stop_for_long_is_no_sentence() -> None:
    assert suggest("In 2021 police arrested 43 people, " * 3 + "it said.", language_code="en")

    assert assess("1,234 " * LONGEST, language_code="en") == []


@given(st.text(max_size=400), st.sampled_from(["", "en", "de", "fr", "es", "ja", "xx-YY"]))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str, language: str) -> None:
    for sentence in assess(text, language_code=language):
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert 0 <= sentence.score <= 1


@pytest.mark.parametrize("half", HALVES)
def test_the_figures_on_our_own_articles_do_not_fall(half: str) -> None:
    scored = score(read_half(half))

    assert scored.precision > 0.9
    assert scored.recall > 0.9
    assert scored.average_precision > 0.95


def test_the_better_sentences_of_the_sample_come_first() -> None:
    assert score([read_sample()]).average_precision > 0.7


def test_average_precision_is_the_one_of_the_literature() -> None:
    assert round(average_precision([(0.9, True), (0.8, False), (0.7, True)]), 2) == 0.83
    assert average_precision([]) == 0.0
