"""Who a mention stands for in a text."""

import pytest

from articles.quotation.extract import extract


def last_speaker(text: str) -> tuple[str | None, str]:
    """The name the last quotation is given to, and why there is none."""
    quotation = extract(text, language_code="en")[-1]
    if quotation.speaker is None:
        return None, quotation.why_unattributed
    return quotation.speaker.name, quotation.speaker.why_unresolved


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amina Diallo opened the bridge. Diallo said it was safe.", "Amina Diallo"),
        ("Amina Diallo met Tom Ray. “It is safe,” she said.", "Amina Diallo"),
        ("Amina Diallo met Tom Ray. “It is safe,” he said.", "Tom Ray"),
        ("Tom Ray is dead. Mrs Ray said it was a shame. Her name is Ann Ray.", "Ann Ray"),
        ("Ann Ray, a lawyer, met Tom Hill. The lawyer said it was over.", "Ann Ray"),
        ("A spokeswoman, Ann Ray, said it was over.", "Ann Ray"),
        ("The Ministry of Fisheries said it was over.", "Ministry of Fisheries"),
        ("Lin Yaqing runs it. Lin said it was over.", "Lin Yaqing"),
        ("Helen Achebe KC said it was over.", "Helen Achebe"),
        ("Ann Ray, who runs the port, said it was over.", "Ann Ray"),
        ("Two men met Ann Ray, saying that it was over. She said it was not.", "Ann Ray"),
        ("“Tom Ray is a fool,” Ann Lee said. “He will go.”", "Ann Lee"),
    ],
)
def test_a_mention_is_given_its_full_name(text: str, name: str) -> None:
    assert last_speaker(text)[0] == name


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Residents said it was over.", "no name stands for it in this text"),
        ("A spokesman said it was over.", "no name stands for it in this text"),
        ("I said it was over.", "the writer speaks"),
        ("“It is over and it will stay over.”", "no speaker stands near"),
        ("Asked whether it was over, they left the room.", "the sentence does not say who"),
    ],
)
def test_where_nobody_is_named_the_reason_is_given(text: str, why: str) -> None:
    assert last_speaker(text) == (None, why)


def test_names_within_quotation_marks_are_never_antecedents() -> None:
    text = "Ann Lee came. “I saw Eva Hill,” a guard said. She said it was late."

    assert last_speaker(text)[0] == "Ann Lee"


def test_who_asks_in_an_interview_is_not_quoted() -> None:
    text = "Bells\n\nEva Hill casts bells.\n\nQ: Is it hot?\n\nA: It is very hot.\n\nQ: And loud?\n\nA: Only once."

    found = extract(text, language_code="en")

    assert [text[quotation.start : quotation.end] for quotation in found] == ["It is very hot.", "Only once."]
    assert {quotation.speaker.name for quotation in found if quotation.speaker} == {"Eva Hill"}
