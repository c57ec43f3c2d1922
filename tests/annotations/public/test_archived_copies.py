"""A cited passage in its stored text: as much of it as the rights let out."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Source
from articles.operations.captures import keep_capture
from articles.operations.sources import change_source, store_source
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_evidence
from tests.factories.published import judge, make_published

TEXT = "First. Second. It costs 12 million. Fourth. Fifth."
CITED = "It costs 12 million."


def store(by: User, content: bytes = b"the file", **values: Any) -> Source:
    capture = keep_capture(content=content, media_type="application/pdf", name="estimate.pdf", by=by, at=AT)
    told = {"publisher": "City council", "obtained_from": "a clerk", **values}
    return store_source(title="Estimate", text=TEXT, basis="capture", capture=capture, by=by, at=AT, **told)


def cite(source: Source, *, alice: User, bob: User, dana: User) -> str:
    """The address of the archived copy of a source that a published verdict cites."""
    article = make_published(by=alice)
    claim = make_claim(article, by=bob)
    evidence = make_evidence(claim, source, CITED, by=bob)
    judge(claim, checker=bob, reviewer=dana, editor=alice)
    return f"/read/{article.slug}/sources/{evidence.uid}/"


@pytest.mark.parametrize(("rights", "is_whole"), [("own", True), ("public_domain", True), ("unknown", False)])
def test_the_whole_copy_and_its_bytes_go_out_where_the_rights_let_them(
    alice: User, bob: User, dana: User, rights: str, is_whole: bool
) -> None:
    here = cite(store(bob, rights=rights), alice=alice, bob=bob, dana=dana)

    page, saved = Client().get(here).content.decode(), Client().get(f"{here}copy/")

    assert f'<mark class="cited">{CITED}</mark>' in page
    for word in ("Second.", "Fourth."):
        assert word in page
    for word in ("First.", "Fifth."):
        assert (word in page) is is_whole
    assert (f"{here}copy/" in page) is is_whole
    assert saved.status_code == (200 if is_whole else 404)
    assert "a clerk" not in page


def test_bytes_are_saved_and_never_shown(alice: User, bob: User, dana: User) -> None:
    saved = Client().get(f"{cite(store(bob, rights='own'), alice=alice, bob=bob, dana=dana)}copy/")

    assert saved.content == b"the file"
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"] == 'attachment; filename="estimate.pdf"'
    assert saved["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert saved["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_holds_something_else_as_well_stays(alice: User, bob: User, dana: User) -> None:
    source = store(bob, rights="own")
    here = cite(source, alice=alice, bob=bob, dana=dana)
    bait = Client().get(f"{here}copy/").status_code
    other = store(bob, rights="own")
    change_source(source=other, seen=other.version, by=bob, at=AT, rights="quotation_only")

    assert (bait, Client().get(f"{here}copy/").status_code) == (200, 404)


def test_passages_that_no_published_verdict_cites_are_not_there(alice: User, bob: User, dana: User) -> None:
    source = store(bob, rights="own")
    here = cite(source, alice=alice, bob=bob, dana=dana)
    draft = make_evidence(make_claim(make_article(by=alice), by=bob), source, CITED, by=bob)
    slug = here.split("/")[2]

    assert Client().get(here).status_code == 200
    assert Client().get(f"/read/{slug}/sources/{draft.uid}/").status_code == 404
