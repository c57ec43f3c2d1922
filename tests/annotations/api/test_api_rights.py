"""One truth table per noun over the cast: what each may list, see, make and change through the API."""

from dataclasses import dataclass
from typing import Any

import pgtrigger
import pytest

from annotations.operations.studies.projects import assign, create_project
from annotations.operations.workbench.comments import comment
from articles.models import Article, ArticleState
from newsdesk.models import User
from tests.factories import (
    make_article,
    make_check,
    make_claim,
    make_evidence,
    make_quote,
    make_reading,
    make_source,
    make_speaker,
    make_tag,
)
from tests.factories.callers import call, place

CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "rana", "mallory")
WORKING = {"alice", "bob", "carol", "dana", "emil", "ada"}
EDITORS = {"alice", "ada"}
MARKING = {"alice", "bob", "carol", "emil", "ada"}
CHECKING = {"alice", "bob", "ada"}
LEADING = {"alice", "carol", "ada"}
EVERYBODY = {*CAST}


@dataclass
class Desk:
    """A published article with one thing of every noun, made by alice and bob."""

    article: Article
    things: dict[str, Any]

    def body(self, noun: str) -> dict[str, Any]:
        """What a POST to the list of a noun needs."""
        words = place(self.article, "The council voted")
        snapshot = self.things["snapshots"]
        return {
            "articles": {"text": "Headline of the day\n\nA first sentence of a story.\n"},
            "speakers": {"name": "Tomas Reed"},
            "sources": {"title": "A record", "text": "What it says.", "basis": "capture"},
            "quotes": {**words, "kind": "indirect"},
            "claims": {**words, "canonical": "The council voted."},
            "bias-tags": {**words, "category": "loaded-language", "severity": 1},
            "evidence": {
                "claim": str(self.things["claims"].uid),
                "snapshot": str(snapshot.uid),
                "start": 0,
                "end": 3,
                "exact": snapshot.text[:3],
                "stance": "context",
            },
            "fact-checks": {"claim": str(self.things["claims"].uid)},
            "comments": {"article": str(self.article.uid), "text": "Is this so?"},
            "assignments": {"article": str(self.article.uid), "person": str(self.things["sources"].created_by.uid)},
            "projects": {"name": "How ministries are quoted", "slug": "ministries"},
            "readings": {"article": str(self.article.uid), "revision": 1},
        }[noun]


@pytest.fixture
def desk(alice: User, bob: User, carol: User, emil: User, request: pytest.FixtureRequest) -> Desk:
    for name in CAST:
        request.getfixturevalue(name)
    article = make_article(by=alice)
    speaker = make_speaker(by=alice)
    claim, source = make_claim(article, by=alice), make_source(by=bob)
    things = {
        "articles": article,
        "speakers": speaker,
        "quotes": make_quote(article, by=alice, speaker=speaker),
        "claims": claim,
        "bias-tags": make_tag(article, "reckless", by=alice),
        "sources": source,
        "snapshots": source.snapshots.get(),
        "evidence": make_evidence(claim, source, by=bob),
        "fact-checks": make_check(claim, checker=bob),
        "assignments": assign(article=article, person=emil, by=alice, at=article.created_at),
        "comments": comment(article=article, text="Check this.", by=alice, at=article.created_at),
        "projects": create_project(name="Verbs of saying", slug="verbs", by=carol, at=article.created_at),
        "readings": make_reading(article, by=emil),
    }
    article.refresh_from_db()
    article.change(seen=article.version, state=ArticleState.PUBLISHED)
    return Desk(article, things)


# Who finds the thing in the list and by its uid. Claims reach readers with a verdict of the desk, and this has none.
SEES: dict[str, set[str]] = {
    "articles": EVERYBODY,
    "speakers": EVERYBODY,
    "quotes": EVERYBODY,
    "claims": WORKING,
    "bias-tags": WORKING,
    "sources": WORKING,
    "snapshots": WORKING,
    "evidence": WORKING,
    "fact-checks": WORKING,
    "assignments": LEADING | {"emil"},
    "comments": WORKING,
    "projects": LEADING,
    "readings": LEADING | {"emil"},
}
# Who may make one.
MAKES: dict[str, set[str]] = {
    "articles": EDITORS,
    "speakers": MARKING,
    "sources": CHECKING,
    "quotes": MARKING,
    "claims": MARKING,
    "bias-tags": MARKING,
    "evidence": CHECKING,
    "fact-checks": CHECKING,
    "comments": WORKING,
    "assignments": LEADING,
    "projects": LEADING,
    "readings": MARKING,
}
# Who may change this one, made by alice (the source, the evidence and the check by bob), and by what.
CHANGES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "articles": ({"outlet": "Gazette"}, EDITORS),
    "speakers": ({"title": "mayor"}, CHECKING),
    "sources": ({"publisher": "The council"}, CHECKING),
    "quotes": ({"cue": "said"}, EDITORS),
    "claims": ({"priority": 3}, CHECKING),
    "bias-tags": ({"severity": 2}, EDITORS),
    "evidence": ({"stance": "context"}, CHECKING),
    "fact-checks": ({"note": "ask again"}, CHECKING),
    "projects": ({"name": "Verbs of speech"}, LEADING),
    "comments": ({"text": "Check this again."}, {"alice"}),
}


@pytest.mark.parametrize("noun", SEES)
def test_who_finds_it_in_the_list_and_by_its_uid(desk: Desk, noun: str, request: pytest.FixtureRequest) -> None:
    listed, shown = set(), {}
    uid = str(desk.things[noun].uid)
    for name in CAST:
        caller = call(request.getfixturevalue(name), "read")
        found = caller.get(f"{noun}/").json().get("results", [])
        listed |= {name} if uid in [each["uid"] for each in found] else set()
        shown[name] = caller.get(f"{noun}/{uid}/").status_code

    assert listed == SEES[noun]
    assert shown == {name: 200 if name in SEES[noun] else 404 for name in CAST}


@pytest.mark.parametrize("noun", ["sources", "snapshots", "passages"])
def test_lists_without_a_page_for_somebody_are_refused_alike(
    desk: Desk, noun: str, request: pytest.FixtureRequest
) -> None:
    answers = {name: call(request.getfixturevalue(name), "read").get(f"{noun}/") for name in CAST}

    assert {name for name, answer in answers.items() if answer.status_code == 200} == WORKING
    assert {answer.status_code for name, answer in answers.items() if name not in WORKING} == {403}
    assert "You may not see sources." in answers["rana"].json()["detail"]


@pytest.mark.parametrize("noun", MAKES)
@pytest.mark.parametrize("name", CAST)
def test_who_may_make_one(desk: Desk, noun: str, name: str, request: pytest.FixtureRequest) -> None:
    answer = call(request.getfixturevalue(name)).post(f"{noun}/", desk.body(noun))

    assert answer.status_code == (201 if name in MAKES[noun] else 403)


@pytest.mark.parametrize("noun", CHANGES)
@pytest.mark.parametrize("name", CAST)
def test_who_may_change_it(desk: Desk, noun: str, name: str, request: pytest.FixtureRequest) -> None:
    values, may = CHANGES[noun]
    thing = desk.things[noun]
    thing.refresh_from_db()
    allowed, unseen = name in may, name not in SEES[noun]

    answer = call(request.getfixturevalue(name)).patch(f"{noun}/{thing.uid}/", {**values, "version": thing.version})

    assert answer.status_code == (200 if allowed else 404 if unseen else 403)


@pytest.mark.parametrize(
    ("change", "sees"),
    [
        ({"state": "incoming"}, EDITORS),
        ({"embargo_until": "2099-01-01T00:00:00Z"}, EDITORS),
        ({"access": "restricted", "access_reason": "a minor is named"}, set()),
    ],
    ids=["incoming", "embargoed", "restricted"],
)
@pytest.mark.parametrize("noun", ["articles", "quotes", "claims", "bias-tags"])
def test_what_is_hidden_is_hidden_with_all_its_marks(
    desk: Desk, noun: str, change: dict[str, Any], sees: set[str], request: pytest.FixtureRequest
) -> None:
    thing, article = desk.things[noun], desk.article
    # emil is assigned to it, and so sees it but for the restriction
    expected = sees | {"emil"} if sees else sees
    bait = {name for name in CAST if _finds(request.getfixturevalue(name), noun, thing)}
    article.refresh_from_db()
    change_as_if_never_out(article, **change)

    found = {name for name in CAST if _finds(request.getfixturevalue(name), noun, thing)}

    assert bait == SEES[noun]
    assert found == expected


def change_as_if_never_out(article: Article, **change: Any) -> None:
    """Past the law that a piece which readers have is not taken from them in silence."""
    with pgtrigger.ignore("articles.Article:readers_are_told"):
        Article.objects.filter(pk=article.pk).update(**change, version=article.version + 1)


def _finds(person: User, noun: str, thing: Any) -> bool:
    caller = call(person, "read")
    in_list = str(thing.uid) in [each["uid"] for each in caller.get(f"{noun}/").json()["results"]]
    by_uid = caller.get(f"{noun}/{thing.uid}/").status_code == 200
    assert in_list == by_uid
    return in_list


def test_marks_of_an_article_that_is_hidden_cannot_be_made(desk: Desk, carol: User) -> None:
    article = desk.article
    article.refresh_from_db()
    change_as_if_never_out(article, state="incoming")

    answer = call(carol).post("quotes/", desk.body("quotes"))

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["field"] == "article"


def test_a_reader_gets_the_text_only_where_the_rights_allow_it(desk: Desk, rana: User, bob: User) -> None:
    path, article = f"articles/{desk.article.uid}/", desk.article
    withheld = call(rana).get(path).json()["text"]
    article.refresh_from_db()
    article.change(seen=article.version, rights="own")

    assert withheld is None
    assert call(rana).get(path).json()["text"] == article.head.text
    assert call(bob).get(path).json()["text"] == article.head.text
    assert call(rana).get(f"{path}revisions/").json()["results"] == []
    assert len(call(bob).get(f"{path}revisions/").json()["results"]) == 1
