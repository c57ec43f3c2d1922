"""Desks as nobody would write them, from one desk to another and out again: the same bytes."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotations.exports import W3C
from annotations.imports import web_annotation
from annotations.models import BiasCategory, CheckState, Claim
from annotations.operations.checking.claims import record_claim
from annotations.operations.workbench.bias import retract_tag, tag_bias
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article
from articles.operations.quotes import QuotedBefore, record_quote, retract_quote
from articles.operations.revising import Rewritten
from articles.operations.spans import Words
from articles.operations.speakers import merge_speakers
from articles.permissions import Role
from newsdesk.models import User
from tests.annotations.exchange.test_round_trip import lines, on_another_desk, take_all_in, taken_out
from tests.factories import AT, make_article, make_evidence, make_source, make_speaker
from tests.factories.checks import Cast, bring_to
from tests.factories.whole import make_person

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(
    [
        "council",
        "قال الوزير",
        "🙂🏽 emoji",
        "e\u0301t\u00e9",
        "“quoted”",
        "\\ back",
        '{"json": 1}',
        "tab\tstop",
        "العربية‏",
        "=1+1",
    ]
)
PARAGRAPH = st.lists(WORDS, min_size=2, max_size=6).map(" ".join)
TEXTS = st.lists(PARAGRAPH, min_size=2, max_size=4).map("\n\n".join)
SHARE = st.floats(0, 1, allow_nan=False)


# Desks are dear to build, so there are few, and one that fails is shown as it is.
SOME = settings(
    max_examples=6,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """What is on a desk: texts, and marks by where their words lie as shares of a text."""
    mark = st.tuples(st.sampled_from(["quote", "claim", "tag"]), SHARE, SHARE, WORDS, st.booleans())
    return {
        "texts": draw(st.lists(TEXTS, min_size=1, max_size=2)),
        "marks": draw(st.lists(mark, max_size=6)),
        "is_revised": draw(st.booleans()),
        "is_merged": draw(st.booleans()),
        "checks": draw(st.lists(st.sampled_from(CheckState.values), max_size=3)),
    }


def build(plan: dict[str, Any], *, by: User) -> None:
    """The desk of a plan, made by the acts of people."""
    speakers = [make_speaker(by=by, name=name) for name in ("Inés 🙂 Duarte", "وزير")]
    source = make_source(by=by, text="قال الوزير: 12 million 🙂.")
    for number, text in enumerate(plan["texts"]):
        article = make_article(by=by, text=f"Piece {number} 🙂\n\n{text}\n", at=AT + timedelta(minutes=number))
        for order, (kind, first, length, words, is_retracted) in enumerate(plan["marks"]):
            with suppress(QuotedBefore):  # the same words twice, by chance
                _mark(
                    article, kind, _share_of(article, first, length), words, is_retracted, order, speakers, source, by
                )
        if plan["is_revised"]:
            blocks = [Block(BlockKind.PARAGRAPH, "Nothing of it is left 🙂.", ())]
            revise(article=article, base=1, rewritten=Rewritten(article.head.headline, blocks), by=by, at=AT)
    cast = Cast(
        by,
        make_person(f"checker-{by.username}", Role.FACT_CHECKER),
        make_person(f"reviewer-{by.username}", Role.REVIEWER),
    )
    for state, claim in zip(plan["checks"], Claim.objects.filter(created_by=by, retracted_at=None), strict=False):
        bring_to(state, claim, cast)
    if plan["is_merged"]:
        kept, merged = speakers
        merge_speakers(kept=kept, merged=merged, seen_kept=1, seen_merged=1, by=by, at=AT)


def _share_of(article: Article, first: float, length: float) -> Words:
    text = article.head.text
    start = int(first * (len(text) - 1))
    end = max(start + 1, int(start + length * (len(text) - start)))
    return Words(start, end, exact=text[start:end], text_sha256=article.head.text_sha256)


def _mark(
    article: Article,
    kind: str,
    words: Words,
    said: str,
    is_retracted: bool,
    order: int,
    speakers: Any,
    source: Any,
    by: User,
) -> None:
    at = AT + timedelta(microseconds=order)
    place: dict[str, Any] = {"article": article, "base": 1, "words": words, "by": by, "at": at}
    if kind == "quote":
        quote = record_quote(**place, kind="direct", speaker=speakers[order % 2])
        if is_retracted:
            retract_quote(quote=quote, seen=1, reason=said, by=by, at=at)
    elif kind == "claim":
        claim = record_claim(**place, canonical=said)
        if is_retracted:
            make_evidence(claim, source, by=by, at=at)
    else:
        tag = tag_bias(
            **place,
            category=BiasCategory.objects.get(slug="spin"),
            secondary=[BiasCategory.objects.get(slug="labelling")],
            severity=2,
            note=said,
            neutral_alternative=said,
        )
        if is_retracted:
            retract_tag(tag=tag, seen=1, reason=said, by=by, at=at)


@SOME
@given(plan=plans(), is_used=st.booleans())
def test_a_desk_comes_out_of_another_one_as_it_went_in(plan: dict[str, Any], is_used: bool) -> None:
    with on_another_desk():
        build(plan, by=make_person("first", Role.EDITOR))
        before, annotations = taken_out(_first()), taken_out(_first(), W3C)

    with on_another_desk():
        importer = make_person("importer", Role.ADMINISTRATOR)
        own = _own_uids(importer) if is_used else set()
        results = take_all_in(before, by=importer)
        after, again = taken_out(importer), taken_out(importer, W3C)
        twice = take_all_in(before, by=importer)

    assert [each for each in results if each.status == "refused"] == []
    assert _without(after, own, before) == before
    assert _without(again, own, annotations) == annotations
    assert {each.status for each in twice} == {"known"}


@SOME
@given(plan=plans())
def test_web_annotations_come_out_of_another_desk_as_they_went_in(plan: dict[str, Any]) -> None:
    with on_another_desk():
        build(plan, by=make_person("first", Role.EDITOR))
        whole, before = taken_out(_first()), taken_out(_first(), W3C)

    with on_another_desk():
        importer = make_person("importer", Role.ADMINISTRATOR)
        take_all_in(lines(whole, "person", "article", "source"), by=importer)
        results = take_all_in(_not_assessing(before), by=importer, importer=web_annotation.IMPORTER)
        take_all_in(lines(whole, "checking"), by=importer)
        after, verdicts = taken_out(importer, W3C), take_all_in(before, by=importer, importer=web_annotation.IMPORTER)

    assert [each for each in results if each.status != "created"] == []
    assert after == before
    assert {each.status for each in verdicts} <= {"known"}


def _not_assessing(file: bytes) -> bytes:
    return b"".join(line for line in file.splitlines(keepends=True) if json.loads(line)["motivation"] != "assessing")


def _first() -> User:
    return User.objects.get(username="first")


def _own_uids(importer: User) -> set[bytes]:
    """A desk that is in use already: the lines it would give by itself."""
    build(
        {
            "texts": ["ours 🙂 one\n\nours two"],
            "marks": [("quote", 0.1, 0.5, "x", False), ("tag", 0.2, 0.4, "y", True)],
            "is_revised": True,
            "is_merged": False,
            "checks": [],
        },
        by=importer,
    )
    return {*taken_out(importer).splitlines(keepends=True), *taken_out(importer, W3C).splitlines(keepends=True)}


def _without(file: bytes, own: set[bytes], before: bytes) -> bytes:
    """A file without the lines of a desk's own, but for those that both desks would give."""
    shared = set(before.splitlines(keepends=True))
    return b"".join(line for line in file.splitlines(keepends=True) if line not in own or line in shared)
