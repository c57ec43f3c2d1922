"""The table of roles says what the permissions say."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import rules

from articles.operations.articles import NEXT_STATES
from articles.permissions import Asker, Role
from articles.rights import ACTS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "roles.md"
SOMEBODY_ELSES = SimpleNamespace(is_suggested=False, created_by_id=2, checker_id=2, authors=frozenset({2}))


def stands_for(right: str, role: Role) -> str:
    """What the table says of a role and a right: about everything, about one's own, or not at all."""
    asker = Asker(pk=1, roles=frozenset({role}))
    if not rules.has_perm(right, asker, None):
        return "–"
    return "yes" if rules.has_perm(right, asker, SOMEBODY_ELSES) else "own"


def rows() -> dict[str, list[str]]:
    """Cells of the table by the name of their right."""
    lines = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return {cells[0].strip("`"): cells[2:] for cells in lines if cells[0].startswith("`")}


def test_the_table_has_a_row_for_every_right() -> None:
    assert set(rows()) == set(ACTS)


@pytest.mark.parametrize("right", sorted(ACTS))
def test_every_row_says_what_the_code_does(right: str) -> None:
    assert rows()[right] == [stands_for(right, role) for role in Role]


def test_the_table_of_states_says_where_an_article_may_go() -> None:
    page = PAGE.read_text(encoding="utf-8")

    for state, following in NEXT_STATES.items():
        assert f"| {state} | {', '.join(following)} |" in page
