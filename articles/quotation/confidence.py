"""How likely a suggestion is right, as counted on articles that people had marked; see docs/reference/quotation.md.

Each rule, met by each form of its verb, starts from its own odds; circumstances that made it better or worse on those
articles multiply them.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from articles.quotation.quotations import Kind
from articles.quotation.rules import Rule

TABLE = Path(__file__).with_name("confidence.json")
# Less likely suggestions are not made: they would be wrong more often than an editor should be asked.
LEAST = 0.4
LEAST_SURE, MOST_SURE = 0.02, 0.98
# In words.
SHORT, LONG = 4, 30


def confidence_of(
    rule: Rule, form: str = "", *, kind: Kind = Kind.DIRECT, words: int = 10, is_plain: bool = True
) -> float:
    """The share of such suggestions that were right, between 0 and 1, to two digits.

    ``form`` is that of the verb, ``words`` the length of the content, ``is_plain`` whether the verb only says.
    """
    table = _table()
    log_odds = table["rules"].get(f"{rule}/{form}", table["rules"].get(rule, 0.0))
    for name, applies in circumstances(kind=kind, words=words, is_plain=is_plain).items():
        log_odds += applies * table["circumstances"].get(name, 0.0)
    return round(min(MOST_SURE, max(LEAST_SURE, 1 / (1 + math.exp(-log_odds)))), 2)


def circumstances(*, kind: Kind, words: int, is_plain: bool) -> dict[str, bool]:
    return {
        "short": words < SHORT,
        "long direct": words > LONG and kind is Kind.DIRECT,
        "long": words > LONG and kind is not Kind.DIRECT,
        "mixed": kind is Kind.MIXED,
        "particular verb": not is_plain and kind is not Kind.DIRECT,
    }


@cache
def _table() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return read
