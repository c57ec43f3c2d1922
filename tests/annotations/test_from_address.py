"""A story by its address: asked for, waited for, looked at, and only then saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, FetchRequest, FetchState
from articles.operations.captures import keep_capture
from articles.operations.fetching import ask_for_copy
from newsdesk.models import User
from tests.factories import make_source

ADDRESS = "https://paper.example/otters.html"
PAGE = """<!doctype html><html lang="en"><head><title>Otters hold hands</title>
<meta property="og:site_name" content="The Paper"><meta name="author" content="Ann Smith"></head>
<body><article><h1>Otters hold hands</h1>
<p>Otters hold hands while they sleep so that they do not drift apart, a biologist of the coast station said.</p>
<p>The station has counted four hundred of them this year, twice as many as in the year before it was founded.</p>
</article></body></html>"""


@pytest.fixture
def desk(alice: User, client: Client) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def asked(alice: User, at: datetime) -> FetchRequest:
    return ask_for_copy(url=ADDRESS, by=alice, at=at)


def arrive(request: FetchRequest, content: str = PAGE, media_type: str = "text/html") -> str:
    """Let the page come, and give the address where it is looked at."""
    capture = keep_capture(
        content=content.encode(),
        media_type=media_type,
        name="otters.html",
        url=ADDRESS,
        by=request.created_by,
        at=request.created_at,
    )
    request.change(seen=request.version, state=FetchState.FETCHED, capture=capture, ended_at=request.created_at)
    return f"{reverse('annotations:bring-in')}?fetched={request.uid}"


def page_of(request: FetchRequest) -> str:
    return reverse("annotations:fetch", args=[request.uid])


def test_asking_leads_to_a_page_that_waits(desk: Client) -> None:
    answer = desk.post(reverse("annotations:fetch-article"), {"url": ADDRESS})

    assert answer.status_code == 302
    assert answer["Location"] == page_of(FetchRequest.objects.get())


@pytest.mark.parametrize(
    ("address", "reason"),
    [("", "Give the address"), ("ftp://paper.example/", "begin with http"), ("http://a@b.example/", "user name")],
)
def test_an_address_that_is_not_fetched_says_why_in_place(desk: Client, address: str, reason: str) -> None:
    answer = desk.post(reverse("annotations:fetch-article"), {"url": address})

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not FetchRequest.objects.exists()


def test_the_page_that_waits_asks_again_with_and_without_scripts(desk: Client, asked: FetchRequest) -> None:
    page = desk.get(page_of(asked)).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'hx-trigger="every 1s"' in page


def test_the_page_that_waits_leads_on_when_the_story_is_there(desk: Client, asked: FetchRequest) -> None:
    use = arrive(asked)

    assert desk.get(page_of(asked))["Location"] == use
    assert desk.get(page_of(asked), headers={"HX-Request": "true"})["HX-Redirect"] == use


def test_a_fetched_story_is_looked_at_before_it_is_saved(desk: Client, asked: FetchRequest) -> None:
    answer = desk.get(arrive(asked))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Otters hold hands" in page
    assert 'value="The Paper"' in page
    assert not Article.objects.exists()


def shown_fields(answer: Any) -> dict[str, Any]:
    """What the form of the page would send."""
    form = answer.context["form"]
    known = {field.html_name: field.value() for field in form if field.value() is not None}
    return known | {"once": form.once_key, "digest": form.preview.digest, "save": "1"}


def test_a_fetched_story_is_saved_with_its_bytes_and_its_address(desk: Client, asked: FetchRequest) -> None:
    shown = desk.get(arrive(asked))

    answer = desk.post(reverse("annotations:bring-in"), shown_fields(shown))

    article = Article.objects.get()
    assert answer["Location"] == reverse("annotations:workbench", args=[article.uid])
    assert (article.canonical_url, article.outlet) == (ADDRESS, "The Paper")
    asked.refresh_from_db()
    assert article.head.capture == asked.capture


def test_what_came_and_cannot_be_read_says_so(desk: Client, asked: FetchRequest) -> None:
    answer = desk.get(arrive(asked, content="\x00\x01\x02", media_type="application/octet-stream"))

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_refusal_is_shown_with_its_remedy_and_another_try(desk: Client, asked: FetchRequest, at: datetime) -> None:
    reason = "paper.example has a fault of its own now (503). Try again later."
    asked.change(seen=1, state=FetchState.REFUSED, reason=reason, is_temporary=True, ended_at=at)
    page = desk.get(page_of(asked)).content.decode()
    assert reason in page
    assert 'http-equiv="refresh"' not in page

    desk.post(reverse("annotations:retry-fetch", args=[asked.uid]))

    asked.refresh_from_db()
    assert (asked.state, asked.tries) == (FetchState.QUEUED, 2)


def test_a_refusal_for_good_offers_no_other_try(desk: Client, asked: FetchRequest, at: datetime) -> None:
    asked.change(seen=1, state=FetchState.REFUSED, reason="There is no such page.", ended_at=at)

    page = desk.get(page_of(asked)).content.decode()

    assert "Try again" not in page
    assert reverse("annotations:bring-in") in page


def test_a_request_is_canceled(desk: Client, asked: FetchRequest) -> None:
    desk.post(reverse("annotations:stop-fetch", args=[asked.uid]))

    asked.refresh_from_db()
    assert asked.state == FetchState.CANCELED
    assert "Try again" in desk.get(page_of(asked)).content.decode()


def test_canceling_what_has_come_leads_to_it(desk: Client, asked: FetchRequest) -> None:
    arrive(asked)

    answer = desk.post(reverse("annotations:stop-fetch", args=[asked.uid]), follow=True)

    assert answer.redirect_chain[-1][0].endswith(f"?fetched={asked.uid}")


def test_nobody_else_sees_what_somebody_asked_for(ada: User, client: Client, asked: FetchRequest) -> None:
    use = arrive(asked)
    client.force_login(ada)

    assert client.get(page_of(asked)).status_code == 404
    assert client.get(use).status_code == 422
    assert client.post(reverse("annotations:stop-fetch", args=[asked.uid])).status_code == 404


def test_who_may_bring_nothing_in_asks_for_nothing(bob: User, client: Client) -> None:
    client.force_login(bob)

    assert client.post(reverse("annotations:fetch-article"), {"url": ADDRESS}).status_code == 403
    assert client.post(reverse("annotations:fetch-source"), {"url": ADDRESS}).status_code == 302


def test_a_text_of_a_source_is_asked_for_and_leads_back_to_the_source(bob: User, client: Client) -> None:
    source = make_source(by=bob)
    client.force_login(bob)
    client.post(reverse("annotations:fetch-snapshot", args=[source.uid]), {"url": ADDRESS})
    request = FetchRequest.objects.get()
    arrive(request)

    answer = client.get(page_of(request))

    assert answer["Location"] == f"{reverse('annotations:snapshot-new', args=[source.uid])}?fetched={request.uid}"
