"""Codebooks and adjudication in a browser: tags looked at again and disagreement settled by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from annotations.models import BiasExample, BiasTag, Codebook, KeptTag, Project, Settlement
from annotations.operations.studies.codebooks import FIELDS, CategoryText, write_codebook
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import AT, make_article, make_tag
from tests.factories.rounds import make_round, make_round_reading, make_study

pytestmark = pytest.mark.django_db(transaction=True)

Look = Callable[[Page], None]


def test_a_round_is_settled_by_keys_alone(
    signed_in: OpenPage,
    alice: User,
    carol: User,
    emil: User,
    assert_accessible: Look,
    assert_no_sideways_scroll: Look,
) -> None:
    article, study = make_article(by=alice), make_study(by=carol, is_blind=True)
    for person, category in ((alice, "spin"), (emil, "labelling")):
        make_tag(article, "reckless", by=person, project=study)
        make_tag(article, "We had no choice", by=person, project=study, slug=category)
    make_tag(article, "harbour", by=emil, project=study, slug="euphemism")
    closed = make_round(study, [article], by=carol)
    for person in (alice, emil):
        make_round_reading(closed, article, by=person)
    page = signed_in(carol)
    page.goto("/research/framing/rounds/1/adjudicate/")
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    page.keyboard.press("m")
    expect(page.get_by_text("1 question merged.")).to_be_visible()
    page.keyboard.press("y")
    page.keyboard.type("A place has its name")
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    expect(page.locator("#question mark").first).to_have_text("We had no choice")
    page.keyboard.press("b")
    expect(page.get_by_text("Everything is settled")).to_be_visible()

    assert [(each.decided, each.reason) for each in Settlement.objects.order_by("pk")] == [
        ("agreed", ""),
        ("neither", "A place has its name"),
        ("taken", ""),
    ]
    assert Settlement.objects.latest("pk").labels.get().category.slug == "labelling"


def test_tags_are_looked_at_again_by_keys_and_one_becomes_an_example(
    signed_in: OpenPage,
    alice: User,
    assert_accessible: Look,
    assert_no_sideways_scroll: Look,
) -> None:
    article = make_article(by=alice)
    example, kept, again = (make_tag(article, words, by=alice) for words in ("reckless", "close", "no choice"))
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/?mark={example.uid}")
    page.keyboard.press("s")
    expect(page.get_by_text("These words are an example in the codebook.")).to_be_visible()
    second = _next_version(alice)
    page.goto(f"/research/codebooks/{second.uid}/")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Use version 2").click()
    expect(page.locator("[data-retag]")).to_have_count(3)
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("k")
    expect(page.locator("[data-retag]")).to_have_count(2)
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("r")
    expect(page.locator("[data-retag]")).to_have_count(1)

    assert BiasExample.objects.filter(words="reckless").count() == 2
    assert KeptTag.objects.get().tag == kept
    assert BiasTag.objects.get(pk=again.pk).category.codebook == second


def _next_version(by: User) -> Codebook:
    codebook = Project.objects.get(is_default=True).codebook
    texts = [CategoryText(**row) for row in codebook.categories.order_by("order").values(*FIELDS)]
    changed = [replace(texts[0], definition="A charged word where a plain one would do."), *texts[1:]]
    return write_codebook(name=codebook.name, categories=changed, base=1, by=by, at=AT, change_note="Say it shorter.")
