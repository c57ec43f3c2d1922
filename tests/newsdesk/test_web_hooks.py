"""Other programs are told what happens: signed, tried again, logged, and of nothing that is kept from them."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.operations.readers.corrections import request_correction
from articles.fetching.refusals import FetchRefused
from articles.models import Article
from articles.operations.publishing import publish_revision
from articles.operations.telling import TELL_HOOKS
from newsdesk.hooks import BACK_OFF, DELIVER, add_hook, deliver, end_hook, secret_of, send_anew, tell_of
from newsdesk.models import User, WebHook, WebHookAttempt, WebHookDelivery
from tests.articles.fetching.web import INSIDE, Page, Web
from tests.factories import make_article
from tests.factories.callers import call

ADDRESS = "https://paper.example/told"
PUBLISHED = "article.published"


@pytest.fixture
def hook(ada: User, at: datetime) -> WebHook:
    return add_hook(address=ADDRESS, events=[PUBLISHED], by=ada, at=at)


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, state="published")


def tell(article: Article, at: datetime) -> None:
    tell_of(event=PUBLISHED, noun=article.uid, happened_at=at, at=at)


def told(article: Article, at: datetime) -> WebHookDelivery:
    """The delivery of an event about the article to the one hook there is."""
    tell(article, at)
    return WebHookDelivery.objects.get()


def jobs(task: str) -> list[Any]:
    return list(ProcrastinateJob.objects.filter(task_name=task).order_by("id"))


def test_letting_a_text_out_enqueues_the_telling_of_it_in_the_same_transaction(alice: User, at: datetime) -> None:
    article = make_article(by=alice)

    with transaction.atomic():
        publish_revision(article=article, revision=article.head, by=alice, at=at)
        transaction.set_rollback(True)
    none = jobs(TELL_HOOKS)
    publish_revision(article=article, revision=article.head, by=alice, at=at)

    assert none == []
    [job] = jobs(TELL_HOOKS)
    assert job.args == {"event": PUBLISHED, "noun": str(article.uid), "at": at.isoformat()}


def test_a_request_of_a_reader_is_told(alice: User, ada: User, at: datetime) -> None:
    article = make_article(by=alice, state="published")
    add_hook(address=ADDRESS, events=["correction.requested"], by=ada, at=at)
    request = request_correction(article=article, revision=article.head, text="Two years?", at=at)

    tell_of(event="correction.requested", noun=request.uid, happened_at=at, at=at)

    assert WebHookDelivery.objects.get().noun == request.uid


def test_a_message_is_signed_with_the_secret_of_its_hook_and_the_time(
    hook: WebHook,
    article: Article,
    web: Web,
    at: datetime,
) -> None:
    web.add("paper.example/told", Page(status=204))
    delivery = told(article, at)

    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)

    [asked] = web.asked
    headers = {name.lower(): value for name, value in asked.headers.items()}
    signed = f"{delivery.uid}.{int(at.timestamp())}.".encode() + asked.content
    key = base64.b64decode(secret_of(hook).removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(at.timestamp()))


def test_a_message_names_what_happened_and_nothing_of_it(
    hook: WebHook,
    article: Article,
    web: Web,
    at: datetime,
) -> None:
    web.add("paper.example/told", Page())
    delivery = told(article, at)

    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)

    said = json.loads(web.asked[0].content)
    assert said["type"] == PUBLISHED
    assert said["data"].keys() == {"uid", "address"}
    assert said["data"]["address"].endswith(f"/api/v1/articles/{article.uid}/")


def test_what_was_answered_is_logged(hook: WebHook, article: Article, web: Web, at: datetime) -> None:
    web.add("paper.example/told", Page(status=200))
    delivery = told(article, at)

    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)
    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.ended_at) == ("delivered", 1, at)
    assert [attempt.status for attempt in delivery.attempts.all()] == [200]
    assert len(web.asked) == 1


@pytest.mark.parametrize("status", [301, 404, 500, 503])
def test_another_answer_than_yes_is_tried_again_later(
    hook: WebHook,
    article: Article,
    web: Web,
    at: datetime,
    status: int,
) -> None:
    web.add("paper.example/told", Page(status=status, headers={"Location": "https://other.example/"}))
    delivery = told(article, at)

    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("waiting", 1)
    again = jobs(DELIVER)[-1]
    assert again.args == {"uid": str(delivery.uid), "tries": 1}
    assert again.scheduled_at is not None
    assert web.targets() == ["paper.example/told"]


def test_it_has_failed_after_the_last_try_and_may_be_sent_anew(
    hook: WebHook,
    article: Article,
    ada: User,
    web: Web,
    at: datetime,
) -> None:
    delivery = told(article, at)
    web.add("paper.example/told", Page(status=500))
    for tries in range(len(BACK_OFF) + 1):
        deliver(uid=delivery.uid, tries=tries, at=at, sender=web.send)
    delivery.refresh_from_db()
    failed = delivery.state

    send_anew(delivery=delivery, by=ada, at=at)
    web.add("paper.example/told", Page(status=200))
    deliver(uid=delivery.uid, tries=len(BACK_OFF) + 1, at=at, sender=web.send)

    delivery.refresh_from_db()
    assert (failed, delivery.state) == ("failed", "delivered")
    assert delivery.attempts.count() == len(BACK_OFF) + 2


def test_an_address_inside_is_not_connected(hook: WebHook, article: Article, web: Web, at: datetime) -> None:
    web.names["paper.example"] = [[INSIDE]]
    delivery = told(article, at)

    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)

    assert web.dialled == []
    assert "private address" in delivery.attempts.get().reason


def test_no_hook_is_made_for_an_address_that_the_desk_would_not_connect(ada: User, at: datetime) -> None:
    with pytest.raises(FetchRefused):
        add_hook(address="https://paper.example:9200/", events=[PUBLISHED], by=ada, at=at)

    assert not WebHook.objects.exists()


def test_of_an_embargoed_piece_nobody_is_told_before_its_time(hook: WebHook, article: Article, at: datetime) -> None:
    until = at + timedelta(hours=2)
    Article.objects.filter(pk=article.pk).update(embargo_until=until, version=article.version + 1)

    tell(article, at)
    before = WebHookDelivery.objects.count()
    tell_of(event=PUBLISHED, noun=article.uid, happened_at=at, at=until)

    again = jobs(TELL_HOOKS)[-1]
    assert again.args["at"] == at.isoformat()
    assert again.scheduled_at is not None
    assert (before, WebHookDelivery.objects.count()) == (0, 1)


def restrict(article: Article, by: User) -> None:
    Article.objects.filter(pk=article.pk).update(
        access="restricted", access_reason="A source is in danger.", version=article.version + 1
    )


def test_of_a_restricted_piece_nobody_is_told_who_was_not_named(
    hook: WebHook, article: Article, alice: User, at: datetime
) -> None:
    tell(article, at)
    bait = WebHookDelivery.objects.count()
    restrict(article, alice)

    tell_of(event=PUBLISHED, noun=article.uid, happened_at=at + timedelta(hours=1), at=at)

    assert (bait, WebHookDelivery.objects.count()) == (1, 1)


def test_what_was_restricted_since_is_withheld(
    hook: WebHook,
    article: Article,
    alice: User,
    web: Web,
    at: datetime,
) -> None:
    web.add("paper.example/told", Page())
    delivery = told(article, at)
    restrict(article, alice)

    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)

    delivery.refresh_from_db()
    assert delivery.state == "withheld"
    assert web.asked == []


def test_nothing_is_sent_for_somebody_whose_account_is_closed(
    hook: WebHook,
    article: Article,
    ada: User,
    web: Web,
    at: datetime,
) -> None:
    delivery = told(article, at)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)

    assert web.asked == []


def test_a_hook_that_ended_is_told_nothing(hook: WebHook, article: Article, ada: User, at: datetime) -> None:
    end_hook(hook=hook, by=ada, at=at)

    tell(article, at)

    assert not WebHookDelivery.objects.exists()


def test_telling_twice_is_once(hook: WebHook, article: Article, at: datetime) -> None:
    tell(article, at)
    tell(article, at)

    assert WebHookDelivery.objects.count() == 1
    assert len(jobs(DELIVER)) == 1


def test_the_database_knows_no_secret(hook: WebHook) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(h)::text FROM newsdesk_webhook h")
        stored = cursor.fetchone()[0]

    assert secret_of(hook).startswith("whsec_")
    assert secret_of(hook).removeprefix("whsec_") not in stored


def test_attempts_are_written_once(hook: WebHook, article: Article, at: datetime) -> None:
    attempt = WebHookAttempt.objects.create(delivery=told(article, at), at=at, status=200)

    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        WebHookAttempt.objects.filter(pk=attempt.pk).update(status=500)


def test_a_hook_asks_for_events_that_there_are(ada: User, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WebHook.objects.create(address=ADDRESS, events=["weather"], created_by=ada, created_at=at)


def test_hooks_are_made_and_ended_over_the_api(ada: User) -> None:
    caller = call(ada)
    made = caller.post("web-hooks/", {"address": ADDRESS, "events": [PUBLISHED]})
    there = made["Location"]

    ended = caller.post(f"{there}end/")

    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert ended.json()["ended_at"] is not None


def test_hooks_take_an_administrator_and_the_scope(alice: User, ada: User) -> None:
    body = {"address": ADDRESS, "events": [PUBLISHED]}

    assert call(alice).post("web-hooks/", body).status_code == 403
    assert call(alice).get("web-hooks/").status_code == 403
    assert "“admin”" in call(ada, "read", "annotate").post("web-hooks/", body).json()["detail"]


def test_deliveries_are_listed_with_their_attempts_and_sent_anew(
    hook: WebHook,
    article: Article,
    ada: User,
    web: Web,
    at: datetime,
) -> None:
    web.add("paper.example/told", Page(status=204))
    delivery = told(article, at)
    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)
    caller = call(ada)

    [listed] = caller.get(f"web-hook-deliveries/?hook={hook.uid}&state=delivered").json()["results"]
    anew = caller.post(f"web-hook-deliveries/{delivery.uid}/send-anew/")
    twice = caller.post(f"web-hook-deliveries/{delivery.uid}/send-anew/")

    assert [attempt["status"] for attempt in listed["attempts"]] == [204]
    assert anew.json()["state"] == "waiting"
    assert twice.status_code == 409


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_page_adds_shows_and_ends_hooks(ada: User) -> None:
    client = signed_in(ada)

    added = client.post("/account/web-hooks/", {"address": ADDRESS, "events": [PUBLISHED]}, follow=True)
    hook = WebHook.objects.get()
    ended = client.post(f"/account/web-hooks/{hook.uid}/end/", follow=True)

    assert secret_of(hook) in added.content.decode()
    assert ADDRESS not in ended.content.decode().partition("Another address")[0].rpartition("Who is told")[2]
    assert "Web hooks" in client.get("/account/").content.decode()


def test_the_page_says_why_an_address_is_refused(ada: User) -> None:
    answer = signed_in(ada).post(
        "/account/web-hooks/", {"address": "https://paper.example:9200/", "events": [PUBLISHED]}
    )

    assert answer.status_code == 422
    assert "port 9200" in answer.content.decode()


def test_the_page_shows_attempts_and_sends_anew(
    hook: WebHook, article: Article, ada: User, web: Web, at: datetime
) -> None:
    web.add("paper.example/told", Page(status=204))
    delivery = told(article, at)
    deliver(uid=delivery.uid, tries=0, at=at, sender=web.send)
    client = signed_in(ada)

    before = client.get("/account/web-hooks/").content.decode()
    client.post(f"/account/web-hooks/deliveries/{delivery.uid}/anew/")

    delivery.refresh_from_db()
    assert "204" in before
    assert delivery.state == "waiting"


def test_the_page_is_for_administrators_and_shows_one_s_own(hook: WebHook, alice: User) -> None:
    assert signed_in(alice).get("/account/web-hooks/").status_code == 403
    assert "Web hooks" not in signed_in(alice).get("/account/").content.decode()
