"""One sentence for every rule, with the words it finds and whom it gives them to."""

from pathlib import Path

import pytest

from articles.quotation.extract import extract
from articles.quotation.rules import Rule

ROOT = Path(__file__).parents[3]
# Text, the words found, the speaker's mention.
EXAMPLES: dict[Rule, tuple[str, str, str | None]] = {
    Rule.POST_POSED: ("“We will rebuild it,” the mayor said.", "“We will rebuild it,”", "the mayor"),
    Rule.INVERTED: ("“We will rebuild it,” said Amina Diallo, the mayor.", "“We will rebuild it,”", "Amina Diallo"),
    Rule.INTERRUPTED: ("“The bridge,” Diallo said, “will be rebuilt.”", "“will be rebuilt.”", "Diallo"),
    Rule.UNLISTED_VERB: ("“It was a cold year for us,” Diallo reminisced.", "“It was a cold year for us,”", "Diallo"),
    Rule.ACCORDING_TO: ("According to Diallo, the bridge was closed.", "the bridge was closed", "Diallo"),
    Rule.AS_SAID: ("As Diallo noted, the bridge was closed in May.", "the bridge was closed in May", "Diallo"),
    Rule.INTRODUCED: ("Diallo said: “We will rebuild it.”", "“We will rebuild it.”", "Diallo"),
    Rule.THAT_CLAUSE: ("Diallo said on Monday that the bridge was closed.", "the bridge was closed", "Diallo"),
    Rule.BARE_CLAUSE: ("Diallo said the bridge was closed.", "the bridge was closed", "Diallo"),
    Rule.LOOSE_CLAUSE: ("Diallo said no to every plan.", "no to every plan", "Diallo"),
    Rule.RELATIVE_CLAUSE: ("It is a plan that Diallo said would cost too much.", "would cost too much", "Diallo"),
    Rule.QUESTION: ("Diallo asked whether the bridge was safe.", "whether the bridge was safe", "Diallo"),
    Rule.INFINITIVE: ("Diallo promised to rebuild the bridge.", "to rebuild the bridge", "Diallo"),
    Rule.ADDRESSED_THAT_CLAUSE: ("Diallo told reporters that it was closed.", "it was closed", "Diallo"),
    Rule.ADDRESSED_BARE_CLAUSE: ("Diallo told reporters the bridge was closed.", "the bridge was closed", "Diallo"),
    Rule.ADDRESSED_QUESTION: ("Diallo asked engineers why it was closed.", "why it was closed", "Diallo"),
    Rule.ADDRESSED_INFINITIVE: ("Diallo urged drivers to stay away.", "drivers to stay away", "Diallo"),
    Rule.OBJECT: ("Diallo announced a new bridge.", "a new bridge", "Diallo"),
    Rule.PREDICATE: ("Diallo called the plan “reckless”.", "the plan “reckless”", "Diallo"),
    Rule.GERUND: ("Diallo denied knowing about the cracks.", "knowing about the cracks", "Diallo"),
    Rule.NOUN: ("Diallo issued a warning that the bridge was closed.", "the bridge was closed", "Diallo"),
    Rule.ASKED: ("Asked whether it was safe, Diallo left the room.", "whether it was safe", None),
    Rule.TOLD: (
        "The bridge had been closed for a year, the court was told.",
        "The bridge had been closed for a year",
        None,
    ),
    Rule.STANDING_ALONE: ("“No,” Diallo said. “We will rebuild it.”", "“We will rebuild it.”", "Diallo"),
    Rule.IN_PASSING: (
        "Diallo held up a letter: “It is the worst bridge in the whole county.”",
        "“It is the worst bridge in the whole county.”",
        "Diallo",
    ),
    Rule.TRANSCRIPT: (
        "Q: Is it safe?\n\nDiallo: It is safe now.\n\nDiallo: I walk it daily.",
        "It is safe now.",
        "Diallo",
    ),
    Rule.MARKS_ONLY: (
        "Die Brücke ist zu. „Wir bauen sie wieder auf“, sagte Diallo.",
        "„Wir bauen sie wieder auf“",
        None,
    ),
    Rule.DIALOGUE: ("— Le pont est fermé, dit-elle.\n\n— Pour longtemps ?", "Le pont est fermé, dit-elle.", None),
}


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_finds_its_words_and_their_speaker(rule: Rule) -> None:
    text, words, mention = EXAMPLES[rule]

    found = {text[quotation.start : quotation.end]: quotation for quotation in extract(text, language_code=_code(rule))}

    speaker = found[words].speaker
    assert found[words].rule == rule
    assert (speaker.mention if speaker else None) == mention


def _code(rule: Rule) -> str:
    return {Rule.MARKS_ONLY: "de", Rule.DIALOGUE: "fr"}.get(rule, "en")


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_described(rule: Rule) -> None:
    reference = (ROOT / "docs" / "reference" / "quotation.md").read_text(encoding="utf-8")

    assert f"| `{rule}` |" in reference


@pytest.mark.parametrize(
    "text",
    [
        "The firm wrote off the debt in May.",
        "Federal rules subject the plan to a report.",
        "He worked for a group called “The Bridge Builders of the North”.",
        "The so-called “Old Bridge” is closed.",
        "Diallo believes the bridge is safe.",
        "Diallo has not said when.",
    ],
)
def test_what_nobody_said_is_no_quotation(text: str) -> None:
    bait = f"{text} Diallo said the road was open."

    assert [bait[found.start : found.end] for found in extract(bait, language_code="en")] == ["the road was open"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Diallo said the bridge was closed, adding that it would open.", "the bridge was closed"),
        ("Diallo said the bridge was closed and called the builder a liar.", "the bridge was closed"),
        ("Diallo said the bridge was closed, but Ray said it was open.", "the bridge was closed"),
        ("When Diallo said that the bridge was closed, the drivers laughed.", "the bridge was closed"),
        ("“The bridge is closed,” Diallo said, casting doubt on the plan.", "“The bridge is closed,”"),
    ],
)
def test_the_narrator_ends_reported_words(text: str, words: str) -> None:
    first = extract(text, language_code="en")[0]

    assert text[first.start : first.end] == words
