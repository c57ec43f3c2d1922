"""Comments over the API: threads, changes with the version seen, who is named."""

from typing import Any

import pytest

from annotations.operations.workbench.comments import comment, resolve_comment
from articles.models import Article
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_tag
from tests.factories.callers import call


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def test_a_comment_on_a_mark_is_found_by_the_mark(article: Article, alice: User, bob: User) -> None:
    claim, caller = make_claim(article, by=alice), call(bob)
    make_quote(article, by=alice)
    comment(article=article, text="On the whole piece", by=alice, at=AT)

    made = caller.post(
        "comments/", {"article": str(article.uid), "span": str(claim.span.uid), "text": "@alice, who says so?"}
    )

    assert made.status_code == 201
    assert [each["uid"] for each in made.json()["mentions"]] == [str(alice.uid)]
    found = caller.get(f"comments/?mark={claim.uid}").json()["results"]
    assert [each["uid"] for each in found] == [made.json()["uid"]]
    named = caller.get(f"comments/?mentioned={alice.uid}").json()["results"]
    assert [each["uid"] for each in named] == [made.json()["uid"]]


def test_a_thread_is_listed_with_its_answers_and_by_whether_it_is_resolved(article: Article, alice: User) -> None:
    root = comment(article=article, text="Who counted?", by=alice, at=AT)
    answer = comment(article=article, parent=root, text="We did.", by=alice, at=AT)
    other = comment(article=article, text="Another matter", by=alice, at=AT)
    resolve_comment(comment=root, seen=1, by=alice, at=AT)
    caller = call(alice)

    def uids(asked: str) -> set[str]:
        return {each["uid"] for each in caller.get(f"comments/?{asked}").json()["results"]}

    assert uids(f"thread={root.uid}") == {str(root.uid), str(answer.uid)}
    assert uids("resolved=true") == {str(root.uid), str(answer.uid)}
    assert uids("resolved=false") == {str(other.uid)}


def test_a_change_names_the_version_it_saw(article: Article, alice: User) -> None:
    path, caller = f"comments/{comment(article=article, text='Who?', by=alice, at=AT).uid}/", call(alice)

    blind = caller.patch(path, {"text": "Who counted?"})
    stale = caller.patch(path, {"text": "Who counted?"}, If_Match='"7"')
    changed = caller.patch(path, {"text": "Who counted?"}, If_Match='"1"')

    assert [blind.status_code, stale.status_code, changed.status_code] == [428, 412, 200]
    assert (changed.json()["text"], changed.json()["version"]) == ("Who counted?", 2)
    assert changed.json()["edited_at"] is not None


def test_a_thread_is_resolved_and_opened_again(article: Article, alice: User, bob: User) -> None:
    path, caller = f"comments/{comment(article=article, text='Who?', by=alice, at=AT).uid}/", call(bob)

    resolved = caller.post(f"{path}resolve/", {"version": 1})
    twice = caller.post(f"{path}resolve/", {"version": 2})
    opened = caller.post(f"{path}reopen/", {"version": 2})

    assert resolved.json()["resolved_by"]["uid"] == str(bob.uid)
    assert twice.status_code == 409
    assert opened.json()["resolved_by"] is None


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"text": "@nobody, look"}, 422, "text"),
    ({"text": "  "}, 400, "text"),
    ({"text": "x" * 10_001}, 400, "text"),
    ({"text": "Here", "span": "claim", "parent": "root"}, 422, "parent"),
    ({"text": "Here", "span": "elsewhere"}, 404, "span"),
    ({"text": "Here", "span": "claim", "tag": "tag"}, 400, "tag"),
]


@pytest.mark.parametrize(
    ("body", "status", "field"), REFUSED, ids=[f"{status}-{n}" for n, (_, status, _f) in enumerate(REFUSED)]
)
def test_what_cannot_be_said_is_refused_at_its_field(
    article: Article, alice: User, body: dict[str, Any], status: int, field: str
) -> None:
    things = {
        "claim": make_claim(article, by=alice).span.uid,
        "tag": make_tag(article, by=alice).uid,
        "elsewhere": make_claim(make_article(by=alice), by=alice).span.uid,
        "root": comment(article=article, text="Who?", by=alice, at=AT).uid,
    }
    named = {name: str(things.get(value, value)) for name, value in body.items()}

    answer = call(alice).post("comments/", {"article": str(article.uid), **named})

    assert answer.status_code == status
    assert field in [error["field"] for error in answer.json()["errors"]]


def test_mentions_are_ones_own_and_put_aside(article: Article, alice: User, bob: User, ada: User) -> None:
    comment(article=article, text="@bob, look", by=alice, at=AT)
    caller = call(bob)
    [mention] = caller.get("mentions/?aside=false").json()["results"]

    answer = caller.post(f"mentions/{mention['uid']}/aside/")

    assert answer.json()["aside_at"] is not None
    assert caller.get("mentions/?aside=false").json()["results"] == []
    assert call(ada).get("mentions/").json()["results"] == []
