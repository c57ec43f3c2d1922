"""What a study reads and what machines say in it, as its lead chooses it on the page: files, and rules by name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Claim, Project
from articles.models import Article, Rights
from newsdesk.models import User
from tests.factories import make_article
from tests.factories.studies import Study, begin, make_study

pytestmark = pytest.mark.django_db

FILES = "/research/naming/rounds/1/files/"
PLAIN = b"Port reopens\n\nShips came back on Monday.\n\nShare this article"
PAGE = (
    b"<html><head><title>Ferry</title></head><body><article><h1>Ferry talks fail</h1>"
    b"<p>The plan failed at once.</p></article></body></html>"
)


@pytest.fixture
def study(alice: User, carol: User) -> Study:
    return make_study(make_article(by=alice), lead=carol, is_open=False)


def upload(*files: tuple[str, bytes]) -> dict[str, Any]:
    return {"chosen": [SimpleUploadedFile(name, body) for name, body in files], "rights": "licensed"}


def carried(page: str, **more: str) -> dict[str, Any]:
    """What the page sends when its second button is pressed."""
    values: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page):
        values.setdefault(name, []).append(value)
    return {**values, "rights": "licensed", "bring-in": "1", **more}


def test_files_are_looked_at_and_their_texts_come_into_the_round_under_their_rights(
    client: Client, study: Study, carol: User
) -> None:
    client.force_login(carol)

    seen = client.post(FILES, upload(("port.txt", PLAIN), ("ferry.html", PAGE), ("empty.txt", b"")))
    assert study.round.texts.count() == 1
    brought = client.post(FILES, carried(seen.content.decode()), follow=True)

    shown = seen.content.decode()
    assert "2 texts would come in" in shown
    assert "empty.txt does not come in" in shown
    assert "2 texts are in the round." in brought.content.decode()
    articles = Article.objects.filter(revisions__in=study.project.pinned_revisions.values("revision")).order_by("pk")
    assert [(each.head.headline, each.rights) for each in articles][1:] == [
        ("Port reopens", Rights.LICENSED),
        ("Ferry talks fail", Rights.LICENSED),
    ]
    assert "Share this article" not in articles[1].head.text


def test_the_same_press_twice_brings_the_texts_in_once(client: Client, study: Study, carol: User) -> None:
    client.force_login(carol)
    sent = carried(client.post(FILES, upload(("port.txt", PLAIN))).content.decode())

    client.post(FILES, sent)
    again = client.post(FILES, sent)

    assert again.status_code == 409
    assert Article.objects.filter(head__headline="Port reopens").count() == 1


def test_only_what_was_seen_comes_in(client: Client, study: Study, carol: User) -> None:
    client.force_login(carol)
    sent = carried(client.post(FILES, upload(("port.txt", PLAIN))).content.decode(), digest="0" * 64)

    refused = client.post(FILES, sent)
    nothing = client.post(FILES, {"rights": "own"})

    assert (refused.status_code, nothing.status_code) == (422, 422)
    assert "These are not the texts you saw before." in refused.content.decode()
    assert study.round.texts.count() == 1


def test_only_who_leads_brings_files(client: Client, study: Study, carol: User, emil: User, mallory: User) -> None:
    client.force_login(carol)
    assert client.get(FILES).status_code == 200
    for person in (emil, mallory):
        client.force_login(person)

        assert client.post(FILES, upload(("port.txt", PLAIN))).status_code in {403, 404}


def make(client: Client, **values: Any) -> Any:
    desk = Project.objects.get(is_default=True)
    sent = {"name": "Picky", "slug": "picky", "codebook": desk.codebook_id, "suggestion_policy": "listed", **values}
    return client.post("/research/new/", sent)


def test_the_lead_lists_rules_by_name_and_no_other_speaks(client: Client, alice: User, carol: User, emil: User) -> None:
    article = make_article(by=alice)
    loud = make_study(article, lead=carol, readers=[emil], slug="loud", suggestion_policy="all")
    begin(loud, emil)
    heard = {claim.rule for claim in Claim.objects.filter(project=loud.project)}
    assert heard
    client.force_login(carol)
    assert "number" in client.get("/research/new/").content.decode()

    made = make(client, suggestion_rules=["number", "date"])

    picky = Project.objects.get(slug="picky")
    assert made.status_code == 302
    assert picky.suggestion_rules == ["number", "date"]
    assert "number, date" in client.get("/research/picky/").content.decode()


def test_a_list_without_a_rule_is_refused_and_without_the_policy_forgotten(client: Client, carol: User) -> None:
    client.force_login(carol)

    unlisted = make(client)
    unknown = make(client, suggestion_rules=["no-such-rule"])
    made = make(client, suggestion_policy="all", suggestion_rules=["number"])

    assert (unlisted.status_code, unknown.status_code, made.status_code) == (422, 422, 302)
    assert "List at least one rule" in unlisted.content.decode()
    assert Project.objects.get(slug="picky").suggestion_rules == []
