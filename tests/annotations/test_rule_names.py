"""Every rule that takes a line out of a piece has a name that an editor reads."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from annotations.forms.preview import RULES
from articles.ingest import block_furniture, furniture_rules, page_labels, page_parts

FOLDER = Path(block_furniture.__file__).parent
RULE = re.compile(r"[a-z]+(?:-[a-z]+)*")
# Calls whose argument at this place names a rule.
CALLS = {"Judged": 1, "RemovedLine": 1, "fromkeys": 1}


def tables() -> Iterator[str]:
    """The rules of words, labels and parts of pages, which are written as data."""
    for table in (furniture_rules.LABELS, furniture_rules.WEAK_LABELS, furniture_rules.VOUCHERS):
        yield from table
    yield from (rule for rule, _ in furniture_rules.NOTICES)
    yield from (*page_labels.LABELS, *page_parts.NAMES, *page_parts.STEMS)
    yield from (*page_parts.TAGS.values(), *page_parts.ROLES.values())
    for module, names in (("mail_furniture", "SIGNATURE REPLY FORWARD DISCLAIMER"),
                          ("portable_furniture", "RUNNING_HEAD NUMBER")):  # fmt: skip
        yield from (getattr(import_module(f"articles.ingest.{module}"), name) for name in names.split())


def written(module: Path) -> Iterator[str]:
    """The rules that a module names where it judges."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        found: list[ast.expr | None] = []
        if isinstance(node, ast.FunctionDef) and "rule" in node.name:
            found = [one.value for one in ast.walk(node) if isinstance(one, ast.Return | ast.Yield)]
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = CALLS.get(name, len(node.args))
            found = [*node.args[place : place + 1]]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "rule":
            found = [node.value]
        for value in filter(None, found):
            for part in _results(value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value


def _results(value: ast.expr) -> Iterator[ast.expr]:
    """What an expression may come to, the condition it asks left aside."""
    if isinstance(value, ast.IfExp):
        yield from (*_results(value.body), *_results(value.orelse))
    elif isinstance(value, ast.BoolOp):
        yield from (part for each in value.values for part in _results(each))
    else:
        yield value


def test_the_rules_are_found_where_they_are_written() -> None:
    found = {rule for module in FOLDER.glob("*.py") for rule in written(module)}

    assert found >= {
        "correction-label",
        "below-story",
        "pull-quote",
        "feed-footer",
        "author-box",
        "subscription",
        "byline",
    }


def test_every_rule_has_a_name() -> None:
    found = {rule for module in FOLDER.glob("*.py") for rule in written(module) if RULE.fullmatch(str(rule))}

    assert sorted({*found, *tables()} - RULES.keys()) == []
