"""A check on other people's pages, and how programs learn to put it there."""

from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from articles.operations.declaring import declare
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim
from tests.factories.pages import page_of, signed_in
from tests.factories.published import make_judged, make_published


def address_of(article: Any, claim: Any, settings: Settings) -> str:
    return f"{settings.PUBLIC_URL}/read/{article.slug}/claims/{claim.uid}/"


def test_a_frame_shows_one_check_and_may_stand_anywhere(claim: Any) -> None:
    answer = Client().get(f"/embed/claims/{claim.uid}/")

    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert claim.canonical in page
    assert "The council’s own estimate says so." in page
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups" in policy
    assert "X-Frame-Options" not in answer
    assert "<script" not in page
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"


def test_every_other_page_still_stands_in_no_frame(article: Any, claim: Any) -> None:
    answer = Client().get(f"/read/{article.slug}/")

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_frame_tells_nothing_of_what_is_out_no_more(article: Any, claim: Any, alice: User) -> None:
    unsaid = make_claim(article, "for two years", by=alice, canonical="It takes two years.")
    bait = Client().get(f"/embed/claims/{claim.uid}/").status_code
    declare(article=article, kind="retraction", text="It was wrong.", seen=article.version, by=alice, at=AT)

    answers = [Client().get(f"/embed/claims/{each.uid}/") for each in (claim, unsaid)]

    assert bait == 200
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert "frame-ancestors *" in answers[0]["Content-Security-Policy"]


def test_a_demonstration_says_so_in_its_frame(alice: User, bob: User, dana: User) -> None:
    article = make_published(by=alice, is_demonstration=True)
    claim = make_judged(article, checker=bob, reviewer=dana, editor=alice)

    assert "sample material" in Client().get(f"/embed/claims/{claim.uid}/").content.decode()


def test_oembed_answers_the_frame_of_a_check_as_json(article: Any, claim: Any, settings: Settings) -> None:
    answer = Client().get("/oembed", {"url": address_of(article, claim, settings), "maxwidth": "400"})

    told = answer.json()
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 400)
    assert told["title"] == f"True: {claim.canonical}"
    assert f'src="{settings.PUBLIC_URL}/embed/claims/{claim.uid}/"' in told["html"]
    assert 'sandbox="allow-popups' in told["html"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_oembed_answers_the_same_as_xml(article: Any, claim: Any, settings: Settings) -> None:
    asked = {"url": address_of(article, claim, settings)}

    xml = ElementTree.fromstring(Client().get("/oembed", {**asked, "format": "xml"}).content)

    told = Client().get("/oembed", asked).json()
    assert xml.tag == "oembed"
    assert {each.tag: each.text for each in xml} == {name: str(value) for name, value in told.items()}


def test_oembed_knows_a_piece_a_check_in_it_and_a_frame(article: Any, claim: Any, settings: Settings) -> None:
    here = settings.PUBLIC_URL

    kinds = [
        Client().get("/oembed", {"url": address}).json()["type"]
        for address in (
            f"{here}/read/{article.slug}/",
            f"{here}/read/{article.slug}/#check-{claim.uid}",
            f"{here}/embed/claims/{claim.uid}/",
        )
    ]

    assert kinds == ["link", "rich", "rich"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404),
        ({"url": "https://elsewhere.example/read/x/"}, 404),
        ({"url": "HERE/read/nothing/"}, 404),
        ({"url": "HERE/articles/"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": "HERE/read/nothing/", "format": "yaml"}, 501),
    ],
)
def test_oembed_refuses_what_is_no_published_check(
    db: None, settings: Settings, asked: dict[str, str], status: int
) -> None:
    here = {name: value.replace("HERE", settings.PUBLIC_URL) for name, value in asked.items()}

    assert Client().get("/oembed", here).status_code == status


def test_oembed_tells_nothing_of_a_claim_without_a_verdict(
    article: Any, claim: Any, alice: User, settings: Settings
) -> None:
    unsaid = make_claim(article, "for two years", by=alice, canonical="It takes two years.")

    assert Client().get("/oembed", {"url": address_of(article, unsaid, settings)}).status_code == 404
    assert Client().get("/oembed", {"url": address_of(article, claim, settings)}).status_code == 200


def test_pages_tell_programs_where_to_ask_and_people_what_to_copy(article: Any, claim: Any, settings: Settings) -> None:
    address = address_of(article, claim, settings)

    page = Client().get(f"/read/{article.slug}/claims/{claim.uid}/").content.decode()

    assert 'type="application/json+oembed"' in page
    assert quote(address, safe="") in page
    assert f"&lt;iframe src=&quot;{settings.PUBLIC_URL}/embed/claims/{claim.uid}/" in page


def test_the_page_of_a_claim_gives_the_code_once_its_check_is_out(
    article: Any, claim: Any, alice: User, bob: User, dana: User, settings: Settings
) -> None:
    draft = make_judged(make_article(by=alice), checker=bob, reviewer=dana, editor=alice)

    out, kept = (signed_in(alice).get(page_of(each)).content.decode() for each in (claim, draft))

    code = f"&lt;iframe src=&quot;{settings.PUBLIC_URL}/embed/claims/"
    assert code in out
    assert address_of(article, claim, settings) in out
    assert code not in kept
