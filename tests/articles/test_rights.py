"""Whoever is refused is told what they were about to do, and what it takes."""

import pytest
import rules

import annotations.permissions  # noqa: F401 - names the rights of its app
from articles.permissions import Role
from articles.rights import ACTS, REASONS, refusal, roles_with
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_quote

OURS = sorted(name for name in rules.permissions.permissions if name.startswith(("articles.", "annotations.")))


@pytest.mark.parametrize("right", OURS)
def test_every_right_says_in_words_what_it_lets_people_do(right: str) -> None:
    assert right in ACTS


def test_only_rights_that_exist_have_words() -> None:
    assert {*ACTS, *REASONS} <= set(OURS)


def test_a_refusal_names_the_act_and_the_roles(rana: User) -> None:
    assert refusal(rana, "articles.bring_in") == (
        "You may not bring in articles. It takes the role editor or administrator, "
        "which an administrator of the desk can give you."
    )


def test_a_refusal_of_what_is_anothers_says_so(alice: User, emil: User) -> None:
    quote = make_quote(make_article(by=alice), by=alice)

    assert refusal(emil, "articles.change_quote", quote) == (
        "You may change or retract a quote only where it is yours. Otherwise it takes the role editor or administrator."
    )


def test_whoever_wrote_a_check_is_told_that_a_second_person_is_needed(alice: User, bob: User) -> None:
    check = make_check(make_claim(make_article(by=alice), by=alice), checker=bob)

    assert "a second person has to review it" in refusal(bob, "annotations.review_factcheck", check)


def test_roles_are_those_that_are_enough_without_any_part_in_the_thing() -> None:
    assert roles_with("articles.change_quote") == {*Role} - {Role.READER, Role.REVIEWER, Role.COUNSEL}
    assert roles_with("articles.merge_speakers") == {Role.EDITOR, Role.ADMINISTRATOR}
