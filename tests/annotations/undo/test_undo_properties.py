"""Whatever one person does, undoing all of it leaves the marks as they were, and redoing all of it as they became."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotations.models import BiasCategory, BiasTag, Claim
from annotations.operations.checking.claims import change_claim, record_claim, retract_claim
from annotations.operations.workbench.bias import change_tag, retract_tag, tag_bias
from annotations.operations.workbench.undo import NothingToRedo, NothingToUndo, redo, undo
from articles.models import Article, CurrentAnchor, Quote
from articles.operations.placing import place_mark, unplace_mark
from articles.operations.quotes import change_quote, record_quote, retract_quote
from articles.operations.spans import Words
from newsdesk.models import User
from tests.factories import make_article

NOON = datetime(2025, 5, 13, 12, 0, tzinfo=UTC)
steps = st.lists(
    st.tuples(
        st.sampled_from(["record", "change", "resize", "unplace", "retract", "undo", "redo"]),
        st.sampled_from(["quote", "claim", "tag"]),
        st.integers(0, 5),
        st.integers(0, 200),
        st.integers(1, 30),
    ),
    max_size=10,
)


class Desk:
    """One article, one person, and what they can do there."""

    def __init__(self, article: Article, person: User) -> None:
        self.article = article
        self.act: dict[str, Any] = {"by": person, "at": NOON}
        self.category = BiasCategory.objects.get(slug="loaded-language")

    def do(self, verb: str, kind: str, which: int, start: int, length: int) -> None:
        if verb in {"undo", "redo"}:
            with suppress(NothingToUndo, NothingToRedo):
                (undo if verb == "undo" else redo)(**self.act)
            return
        words = Words(start, start + length)
        if verb == "record":
            self.record(kind, words)
            return
        marks = self.marks(kind)
        if not marks:
            return
        mark = marks[which % len(marks)]
        if verb == "resize":
            place_mark(mark=mark, base=1, words=words, **self.act)
        elif verb == "unplace":
            unplace_mark(mark=mark, base=1, **self.act)
        else:
            self.rewrite(verb, kind, mark, str(start))

    def record(self, kind: str, words: Words) -> None:
        act: dict[str, Any] = {"article": self.article, "base": 1, "words": words, **self.act}
        if kind == "quote":
            record_quote(kind="direct", **act)
        elif kind == "claim":
            record_claim(canonical="It costs 12 million.", **act)
        else:
            tag_bias(category=self.category, severity=1, **act)

    def rewrite(self, verb: str, kind: str, mark: Any, note: str) -> None:
        act = {"seen": mark.version, **self.act}
        if kind == "quote":
            retract_quote(quote=mark, **act) if verb == "retract" else change_quote(quote=mark, note=note, **act)
        elif kind == "claim":
            retract_claim(claim=mark, **act) if verb == "retract" else change_claim(claim=mark, note=note, **act)
        else:
            retract_tag(tag=mark, **act) if verb == "retract" else change_tag(tag=mark, note=note, **act)

    def marks(self, kind: str) -> list[Any]:
        kinds: dict[str, Any] = {"quote": Quote, "claim": Claim, "tag": BiasTag}
        return list(kinds[kind].objects.filter(retracted_at=None).order_by("pk"))

    def stands(self) -> list[tuple[Any, ...]]:
        """All marks that stand, with what they say and where."""
        return [
            (mark.uid, mark.note, anchor.start, anchor.end, anchor.state)
            for kind in ("quote", "claim", "tag")
            for mark in self.marks(kind)
            for anchor in [CurrentAnchor.of(mark.span_id, self.article.head_id or 0)]
        ]


@pytest.fixture
def desk(alice: User) -> Desk:
    return Desk(make_article(by=alice), alice)


@given(steps=steps)
# Without shrinking, which would take minutes: each step is some twenty statements.
@settings(max_examples=20, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_undoing_all_leads_to_the_beginning_and_redoing_all_to_the_end(
    desk: Desk, steps: list[tuple[str, str, int, int, int]]
) -> None:
    with transaction.atomic():
        began = desk.stands()
        for step in steps:
            desk.do(*step)
        while True:
            try:
                redo(**desk.act)
            except NothingToRedo:
                break
        became = desk.stands()

        undone = 0
        while True:
            try:
                undo(**desk.act)
            except NothingToUndo:
                break
            undone += 1
        begins = desk.stands()
        for _ in range(undone):
            redo(**desk.act)

        assert begins == began
        assert desk.stands() == became
        transaction.set_rollback(True)
