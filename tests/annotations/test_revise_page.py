"""Rewriting an article on its page: consequences first, then the revision; conflicts and drafts."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from annotations.forms.paragraphs import blocks_from_body
from annotations.queries.workbench.merging import merge
from articles.anchoring.text import Block, BlockKind, InlineMark
from articles.models import Article, ArticleState, Declaration, Draft
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_quote, make_tag


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def send(
    client: Client, article: Article, old: str, new: str, *, base: int = 1, press: str = "save", **more: str
) -> Any:
    headline, body = article.head.text.replace(old, new).split("\n\n", 1)
    return client.post(
        f"/articles/{article.uid}/revise/", {"base": base, "headline": headline, "body": body, press: "1", **more}
    )


def test_the_consequences_are_shown_and_nothing_is_saved(desk: Client, article: Article, alice: User) -> None:
    make_quote(article, by=alice)
    make_claim(article, "close the harbour bridge for two years", by=alice)
    make_tag(article, "reckless", by=alice)

    response = send(desk, article, "for two years", "for three long years", press="preview")

    page = response.content.decode()
    article.refresh_from_db()
    assert "2 kept, 1 needs a look" in page
    assert "<ins>three long</ins>" in page
    assert article.head.number == 1


def test_a_new_text_is_saved_as_the_next_revision(desk: Client, article: Article) -> None:
    response = send(desk, article, "two years", "three years")

    article.refresh_from_db()
    assert response["Location"] == f"/articles/{article.uid}/"
    assert article.head.number == 2
    assert "three years" in article.head.text


def test_the_same_text_is_not_saved_again(desk: Client, article: Article) -> None:
    response = send(desk, article, "", "")

    article.refresh_from_db()
    assert "Nothing differs from the saved text" in response.content.decode()
    assert article.head.number == 1


def test_changes_to_different_paragraphs_are_put_together_and_their_consequences_shown(
    desk: Client, article: Article
) -> None:
    send(desk, article, "two years", "three years")

    response = send(desk, article, "12 million", "15 million")

    page = response.content.decode()
    assert response.status_code == 409
    assert "Alice Moreau saved revision 2 while you were writing" in page
    assert "three years" in response.context["form"]["body"].value()
    assert "15 million" in response.context["form"]["body"].value()
    assert "<ins>15</ins>" in page
    assert "<ins>three</ins>" not in page
    assert "Save as revision 3" in page
    assert '<input type="hidden" name="base" value="2"' in page
    assert article.revisions.count() == 2


def test_changes_to_one_paragraph_are_shown_side_by_side_and_looked_at_before_they_are_saved(
    desk: Client, article: Article
) -> None:
    send(desk, article, "12 million", "13 million")

    response = send(desk, article, "12 million", "15 million")

    page = response.content.decode()
    [overlap] = response.context["conflict"]["overlaps"]
    assert "13 million" in overlap.theirs[0]
    assert "15 million" in overlap.mine[0]
    assert "15 million" in response.context["form"]["body"].value()
    assert "Both of you changed the same paragraph." in page
    assert "Save as revision" not in page


def test_readers_see_a_revision_of_what_is_out_so_its_writer_says_what_changed(desk: Client, alice: User) -> None:
    article = make_article(by=alice, state=ArticleState.PUBLISHED)
    page = desk.get(f"/articles/{article.uid}/revise/").content.decode()

    preview = send(desk, article, "two years", "three years", press="preview")
    silent = send(desk, article, "two years", "three years")
    unexplained = send(desk, article, "two years", "three years", change_kind="correction")
    told: dict[str, Any] = {"change_kind": "correction", "declared_text": "It is three years, not two."}
    said = send(desk, article, "two years", "three years", **told)

    article.refresh_from_db()
    declaration = Declaration.objects.get()
    assert "This article is published" in page
    assert (preview.status_code, silent.status_code, unexplained.status_code, said.status_code) == (200, 400, 400, 302)
    assert sorted(silent.context["form"].errors) == ["change_kind", "note"]
    assert list(unexplained.context["form"].errors) == ["declared_text"]
    assert (article.state, article.head.note, article.head.number) == ("corrected", told["declared_text"], 2)
    assert (declaration.kind, declaration.revision) == ("correction", article.head)


def test_a_minor_change_is_noted_and_readers_are_told_nothing(desk: Client, alice: User) -> None:
    article = make_article(by=alice, state=ArticleState.PUBLISHED)

    send(desk, article, "two years", "2 years", change_kind="minor", note="A figure.")

    article.refresh_from_db()
    assert (article.state, article.head.note) == ("published", "A figure.")
    assert not Declaration.objects.get().is_public


def test_a_piece_that_is_not_out_is_revised_without_a_note(desk: Client, article: Article) -> None:
    page = desk.get(f"/articles/{article.uid}/revise/").content.decode()

    assert "This article is published" not in page
    assert 'name="change_kind"' not in page


@pytest.mark.parametrize(
    ("theirs", "mine", "merged", "overlaps"),
    [
        ("AXC", "ABY", "AXY", 0),
        ("AXC", "ABC", "AXC", 0),
        ("ABC", "AC", "AC", 0),
        ("NABC", "ABCM", "NABCM", 0),
        ("AXC", "AXC", "AXC", 0),
        ("AXC", "AYC", "AYC", 1),
        ("AC", "AYC", "AYC", 1),
        ("AXNC", "AYC", "AYC", 1),
        ("", "ABC", "", 0),
    ],
)
def test_two_rewritings_are_merged_paragraph_by_paragraph(theirs: str, mine: str, merged: str, overlaps: int) -> None:
    found = merge(list("ABC"), list(theirs), list(mine))

    assert ("".join(found.paragraphs), len(found.overlaps)) == (merged, overlaps)


def test_a_text_without_a_headline_is_refused_at_the_field(desk: Client, article: Article) -> None:
    response = desk.post(
        f"/articles/{article.uid}/revise/", {"base": 1, "headline": " ", "body": "Words.", "save": "1"}
    )

    assert response.status_code == 400
    assert 'id="id_headline_error"' in response.content.decode()


def test_a_nul_in_the_text_is_refused_at_the_field(desk: Client, article: Article) -> None:
    response = desk.post(
        f"/articles/{article.uid}/revise/", {"base": 1, "headline": "Bridge", "body": "Wor\x01ds.", "save": "1"}
    )

    assert response.status_code == 400
    assert "a control character" in response.content.decode()


@pytest.mark.parametrize("field", ["headline", "body"])
def test_an_override_of_direction_is_refused_at_the_field(desk: Client, article: Article, field: str) -> None:
    typed = {"base": 1, "headline": "Bridge", "body": "Words.", "save": "1", field: "Paid \u202e001\u202c euros"}

    response = desk.post(f"/articles/{article.uid}/revise/", typed)

    assert response.status_code == 400
    assert "line 1 holds a right-to-left override (U+202E)" in response.context["form"].errors[field][0]
    assert article.revisions.count() == 1


def test_a_draft_is_kept_and_offered_again(desk: Client, article: Article) -> None:
    kept = desk.post(f"/articles/{article.uid}/revise/draft/", {"base": 1, "headline": "Bridge", "body": "Half a"})

    page = desk.get(f"/articles/{article.uid}/revise/").content.decode()
    assert kept.status_code == 200
    assert "This is your draft, not the saved text" in page
    assert "Half a</textarea>" in page


def test_two_windows_of_one_person_do_not_overwrite_each_others_draft(desk: Client, article: Article) -> None:
    address = f"/articles/{article.uid}/revise/draft/"
    first = desk.post(address, {"base": 1, "headline": "Bridge", "body": "Here", "kept": ""}).json()["kept_at"]

    elsewhere = desk.post(address, {"base": 1, "headline": "Bridge", "body": "There", "kept": ""})
    nonsense = desk.post(address, {"base": 1, "headline": "Bridge", "body": "There", "kept": "2026-13-41T25:00"})
    page = desk.get(f"/articles/{article.uid}/revise/").content.decode()
    here = desk.post(address, {"base": 1, "headline": "Bridge", "body": "Here, more", "kept": first})

    assert (
        (elsewhere.status_code, elsewhere.json())
        == (nonsense.status_code, nonsense.json())
        == (409, {"kept_at": first})
    )
    assert f'name="kept" value="{first}"' in page
    assert here.status_code == 200
    assert Draft.objects.get().body == "Here, more"


def test_a_draft_is_its_authors_alone(desk: Client, article: Article, ada: User) -> None:
    desk.post(f"/articles/{article.uid}/revise/draft/", {"base": 1, "headline": "Bridge", "body": "Half a"})
    desk.force_login(ada)

    assert "Half a" not in desk.get(f"/articles/{article.uid}/revise/").content.decode()


def test_a_draft_is_thrown_away(desk: Client, article: Article) -> None:
    desk.post(f"/articles/{article.uid}/revise/draft/", {"base": 1, "headline": "Bridge", "body": "Half a"})

    desk.post(f"/articles/{article.uid}/revise/discard/")

    assert not Draft.objects.exists()


def test_only_those_who_revise_open_the_page(client: Client, article: Article, emil: User) -> None:
    client.force_login(emil)

    assert client.get(f"/articles/{article.uid}/revise/").status_code == 403


def blocks_of(article: Article, *changes: tuple[str, str]) -> str:
    """The text of an article as the editor sends it, with words replaced."""
    sent = json.dumps(article.head.blocks, ensure_ascii=False)
    for old, new in changes:
        sent = sent.replace(old, new)
    return sent


def test_the_editor_sends_kinds_and_formats(desk: Client, article: Article) -> None:
    link = {"kind": "link", "start": 0, "end": 3, "href": "https://example.org/"}
    sent = json.dumps(
        [{"kind": "heading", "text": "New", "marks": [link]}, {"kind": "caption", "text": "", "marks": []}]
    )

    response = desk.post(
        f"/articles/{article.uid}/revise/", {"base": 1, "headline": "Bridge", "blocks": sent, "save": "1"}
    )

    article.refresh_from_db()
    assert response.status_code == 302
    assert article.head.blocks == [{"kind": "heading", "text": "New", "marks": [link]}]


def test_what_would_happen_is_told_to_the_script(desk: Client, article: Article, alice: User) -> None:
    make_claim(article, by=alice)
    address = f"/articles/{article.uid}/revise/foresee/"
    typed = {"base": 1, "headline": article.head.headline}

    told = desk.post(address, {**typed, "blocks": blocks_of(article, ("12 million", "14 million"))})
    refused = desk.post(address, {**typed, "headline": " ", "blocks": blocks_of(article)})
    unread = desk.post(address, {**typed, "blocks": "[1]"})
    send(desk, article, "two years", "three years")
    stale = desk.post(address, {**typed, "blocks": blocks_of(article)})

    parts = re.findall(r'id="(foreseen-\w+)"', told.content.decode())
    assert parts == ["foreseen-bar", "foreseen-save", "foreseen-difference", "foreseen-marks"]
    assert "0 kept, 1 needs a look" in told.content.decode()
    assert (refused.status_code, unread.status_code, stale.status_code) == (422, 422, 409)
    assert "did not arrive whole" in unread.content.decode()
    assert "Alice Moreau saved revision 2" in stale.content.decode()
    assert article.revisions.count() == 2


@pytest.mark.parametrize("sent", ["[1]", "[", '[{"kind": "paragraph", "text": "a\\u0000", "marks": []}]'])
def test_what_is_no_draft_is_not_kept(desk: Client, article: Article, sent: str) -> None:
    kept = desk.post(f"/articles/{article.uid}/revise/draft/", {"base": 1, "headline": "Bridge", "blocks": sent})

    assert kept.status_code == 400
    assert not Draft.objects.exists()


def test_a_draft_keeps_what_cannot_be_saved_yet_and_is_not_offered_where_it_is_the_saved_text(
    desk: Client, article: Article
) -> None:
    address, page = f"/articles/{article.uid}/revise/draft/", f"/articles/{article.uid}/revise/"
    typed = {"base": 1, "headline": article.head.headline}
    desk.post(address, {**typed, "blocks": '[{"kind": "quotation", "text": "One\\n\\n\\u202e", "marks": []}]'})

    unfinished = desk.get(page)
    kept = unfinished.context["kept"]
    desk.post(address, {**typed, "blocks": blocks_of(article), "kept": kept})

    assert json.loads(unfinished.context["for_editor"])[0]["text"] == "One\n\n\u202e"
    assert "This is your draft" in unfinished.content.decode()
    assert "This is your draft" not in desk.get(page).content.decode()


def test_a_draft_on_an_older_revision_stands_on_top_of_the_newest(desk: Client, article: Article) -> None:
    blocks = blocks_of(article, ("12 million", "14 million"))
    send(desk, article, "two years", "three years")
    desk.post(
        f"/articles/{article.uid}/revise/draft/", {"base": 1, "headline": article.head.headline, "blocks": blocks}
    )

    response = desk.get(f"/articles/{article.uid}/revise/")

    page = response.content.decode()
    assert "on top of revision 1; the article is at revision 2 now" in page
    assert "three years" in response.context["form"]["body"].value()
    assert "<ins>14</ins>" in page
    assert "Save as revision 3" in page


HEADING = Block(BlockKind.HEADING, "Costs")
LINKED = Block(BlockKind.LIST_ITEM, "See the estimate here", (InlineMark("link", 8, 16, "https://example.org/"),))


def test_blocks_whose_words_stay_keep_their_kind_wherever_they_stand() -> None:
    blocks = blocks_from_body("See the estimate here\n\nNew words\n\nCosts", [HEADING, LINKED])

    assert blocks == [LINKED, Block(BlockKind.PARAGRAPH, "New words"), HEADING]


def test_a_rewritten_block_keeps_its_kind_and_the_links_whose_words_are_there() -> None:
    blocks = blocks_from_body("Costs\n\nRead the estimate here", [HEADING, LINKED])

    assert blocks == [
        HEADING,
        Block(BlockKind.LIST_ITEM, "Read the estimate here", (InlineMark("link", 9, 17, "https://example.org/"),)),
    ]
