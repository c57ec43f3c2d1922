"""What an open workbench is told: who else is there, and what they have changed since it last asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from annotations.models import Claim, Presence
from annotations.models.presence import HEARD_OF, KEPT_FRESH
from annotations.operations.checking.claims import change_claim, retract_claim
from annotations.operations.studies.projects import assign, create_project
from annotations.operations.workbench.comments import comment
from annotations.operations.workbench.presence import LEAVING, be_present, forget_presence, leave
from annotations.permissions import visible_presence
from annotations.queries.workbench.live import changed_marks, look_at
from articles.models import Article
from articles.operations.articles import restrict_article
from articles.operations.placing import place_mark
from articles.permissions import Role
from newsdesk.models import User
from tests.factories import (
    AT,
    make_article,
    make_check,
    make_claim,
    make_evidence,
    make_quote,
    make_source,
    make_tag,
    words_of,
)
from tests.factories.whole import make_person


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def be_there(article: Article, *people: User, since: timedelta = timedelta()) -> None:
    """Have people open an article, ``since`` ago and still."""
    for person in people:
        be_present(article=article.pk, by=person, at=timezone.now() - since)


# who is there


# the role of somebody who looks: whether they see that Bob has a piece open, by where it stands
SEES = {
    "nobody": (False, False, False),
    Role.READER: (False, False, False),
    Role.ANNOTATOR: (True, False, True),
    Role.EDITOR: (True, True, True),
    Role.FACT_CHECKER: (True, False, True),
    Role.REVIEWER: (True, False, True),
    Role.RESEARCHER: (True, False, True),
    Role.ADMINISTRATOR: (True, True, True),
    Role.COUNSEL: (True, False, True),
}


@pytest.mark.parametrize("role", SEES)
def test_presence_is_seen_by_those_who_work_here_and_see_the_piece(article: Article, bob: User, role: str) -> None:
    person = make_person("somebody", *([] if role == "nobody" else [Role(role)]))
    be_there(article, bob)
    found = []

    for state in ("editing", "incoming", "published"):
        article.change(seen=article.version, state=state)
        found.append(visible_presence(person).exists())

    assert tuple(found) == SEES[role]


def test_presence_in_a_restricted_piece_is_for_the_people_it_names(article: Article, alice: User, bob: User) -> None:
    chief = make_person("chief", Role.ADMINISTRATOR)
    be_there(article, bob)
    bait = visible_presence(chief).exists()

    restrict_article(article=article, reason="At risk", people=[alice, bob], seen=article.version, by=alice, at=AT)

    assert bait
    assert not visible_presence(chief).exists()
    assert visible_presence(alice).exists()


def test_whoever_reads_blind_sees_nobody_and_is_seen_by_nobody(
    article: Article, alice: User, bob: User, carol: User
) -> None:
    study = create_project(name="Verbs", slug="verbs", is_blind=True, by=carol, at=AT)
    be_there(article, alice, bob)
    bait = [visible_presence(person).get().person for person in (alice, bob)]

    assign(article=article, person=bob, project=study, by=carol, at=AT)

    assert bait == [bob, alice]
    assert not visible_presence(bob).exists()
    assert not visible_presence(alice).exists()


def test_one_is_not_told_of_oneself(article: Article, bob: User) -> None:
    be_there(article, bob)

    assert not visible_presence(bob).exists()


def test_whoever_is_not_heard_of_has_gone(article: Article, alice: User, bob: User) -> None:
    be_there(article, bob, since=HEARD_OF - timedelta(seconds=10))
    before = visible_presence(alice).exists()

    Presence.objects.update(heard_at=timezone.now() - HEARD_OF)

    assert before
    assert not visible_presence(alice).exists()


def test_since_when_somebody_is_there_is_kept_as_long_as_they_are_heard_of(article: Article, bob: User) -> None:
    for seconds in (0, 12, 25):
        be_present(article=article.pk, by=bob, at=AT + timedelta(seconds=seconds))
    stayed = Presence.objects.get().since

    be_present(article=article.pk, by=bob, at=AT + timedelta(seconds=25) + HEARD_OF * 2)

    assert stayed == AT
    assert Presence.objects.get().since == AT + timedelta(seconds=25) + HEARD_OF * 2


def test_a_closed_page_is_gone_in_a_moment_unless_another_is_open(article: Article, bob: User) -> None:
    be_present(article=article.pk, by=bob, at=AT)

    leave(article=article.pk, by=bob, at=AT)
    left = Presence.objects.get().heard_at
    be_present(article=article.pk, by=bob, at=AT + timedelta(seconds=2))

    assert left == AT - HEARD_OF + LEAVING
    assert (Presence.objects.get().since, Presence.objects.get().heard_at) == (AT, AT + timedelta(seconds=2))


def test_presence_that_is_over_is_dropped_in_the_night(article: Article, alice: User, bob: User) -> None:
    be_present(article=article.pk, by=bob, at=AT)
    be_present(article=article.pk, by=alice, at=AT + timedelta(days=1))

    forget_presence(before=AT + timedelta(hours=1))

    assert Presence.objects.get().person == alice


@pytest.mark.django_db
def test_presence_is_not_logged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE oid = 'annotations_presence'::regclass")
        [kind] = cursor.fetchone()

    assert kind == "u"


def test_the_desk_says_who_is_in_a_piece_now(client: Client, article: Article, alice: User, bob: User) -> None:
    make_article(by=alice)
    be_there(article, bob)
    client.force_login(alice)

    page = client.get("/")

    assert [[str(each) for each in line.present] for line in page.context["in_work"]] == [[], ["Bob Tanaka"]]
    assert "Bob Tanaka, has it open" in page.content.decode()


# what has changed

whole = pytest.mark.django_db(transaction=True)


def horizon_of(article: Article, person: User) -> int:
    look = look_at(article.uid, person, since=0)
    assert look is not None
    return look.horizon


def change_note(claim: Claim, by: User) -> None:
    change_claim(claim=claim, seen=1, note="Ask again.", by=by, at=AT)


def retract(claim: Claim, by: User) -> None:
    retract_claim(claim=claim, seen=1, by=by, at=AT)


def move(claim: Claim, by: User) -> None:
    place_mark(mark=claim, base=1, words=words_of(claim.article, "12 million euros"), by=by, at=AT)


def check(claim: Claim, by: User) -> None:
    make_check(claim, checker=by)


def attach(claim: Claim, by: User) -> None:
    make_evidence(claim, make_source(by=by), by=by)


@whole
@pytest.mark.parametrize(
    ("act", "version", "state"),
    [
        (change_note, 2, "human"),
        (retract, 2, "retracted"),
        (move, 1, "human"),
        (check, 1, "human"),
        (attach, 1, "human"),
    ],
)
def test_a_mark_that_was_changed_moved_or_judged_is_told(
    article: Article, alice: User, bob: User, act: Callable[[Claim, User], None], version: int, state: str
) -> None:
    claim = make_claim(article, by=alice)
    make_quote(article, by=alice)
    make_claim(make_article(by=alice), by=alice)
    since = horizon_of(article, alice)
    before = look_at(article.uid, alice, since=since)

    act(claim, bob)

    after = look_at(article.uid, alice, since=since)
    assert before is not None
    assert after is not None
    assert (before.has_changed, after.has_changed) == (False, True)
    [told] = changed_marks(after, since=since)
    assert (told.uid, told.layer, told.version, told.state) == (claim.uid, "claim", version, state)


@whole
def test_new_marks_of_every_kind_are_told_once(article: Article, alice: User) -> None:
    since = horizon_of(article, alice)
    made = [make_quote(article, by=alice), make_claim(article, by=alice), make_tag(article, by=alice)]

    look = look_at(article.uid, alice, since=since)

    assert look is not None
    assert [(told.uid, told.layer) for told in changed_marks(look, since=since)] == [
        (mark.uid, layer) for mark, layer in zip(made, ("quote", "claim", "bias"), strict=True)
    ]
    again = look_at(article.uid, alice, since=look.horizon)
    assert again is not None
    assert not again.has_changed


@whole
def test_marks_of_a_study_are_not_told(article: Article, alice: User, carol: User) -> None:
    study = create_project(name="Verbs", slug="verbs", by=carol, at=AT)
    since = horizon_of(article, alice)
    make_claim(article, by=carol, project=study)
    bait = make_claim(article, "reckless", by=carol)

    look = look_at(article.uid, alice, since=since)

    assert look is not None
    assert [told.uid for told in changed_marks(look, since=since)] == [bait.uid]


@pytest.fixture
def another_session() -> Iterator[Any]:
    """A second session of the database, in a transaction of its own."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


@whole
def test_what_was_being_written_while_somebody_looked_is_told_once_it_is_written(
    article: Article, alice: User, another_session: Any
) -> None:
    """Numbers of transactions are given in the order in which they begin, not in which they are over."""
    claim, other = make_claim(article, by=alice), make_claim(make_article(by=alice), by=alice)
    with another_session.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        cursor.execute("SAVEPOINT inside")  # operations write in savepoints, which have numbers of their own
        cursor.execute("UPDATE annotations_claim SET version = 2, note = 'x' WHERE id = %s", [claim.pk])
        cursor.execute("RELEASE SAVEPOINT inside")
    change_note(other, alice)  # begun later, over earlier
    since = horizon_of(article, alice)

    another_session.commit()

    look = look_at(article.uid, alice, since=since)
    assert look is not None
    assert [told.uid for told in changed_marks(look, since=since)] == [claim.uid]


# the address


def ask(client: Client, article: Article, **asked: int) -> Any:
    return client.get(f"/articles/{article.uid}/live/", asked)


@whole
def test_a_page_that_knows_everything_is_told_nothing_in_one_query(
    client: Client, article: Article, alice: User, bob: User, django_assert_num_queries: Any
) -> None:
    be_there(article, bob)
    client.force_login(alice)
    first = ask(client, article).json()
    known = {"since": first["cursor"], "head": first["head"], "people": first["people"]}

    with django_assert_num_queries(3):  # session, person with roles; all there is to know
        answer = ask(client, article, **known)

    assert (first["head"], first["others"]) == (1, 1)
    assert "Bob Tanaka, has it open" in first["present"]
    assert (answer.status_code, answer.content) == (204, b"")


@whole
def test_a_page_is_told_what_changed_and_by_how_much(client: Client, article: Article, alice: User, bob: User) -> None:
    client.force_login(alice)
    first = ask(client, article).json()
    known = {"since": first["cursor"], "head": 1}
    claim = make_claim(article, by=bob)
    make_quote(article, by=bob)
    comment(article=article, text="Look", by=bob, at=AT)

    answer = ask(client, article, **known).json()

    assert [(mark["layer"], mark["version"], mark["state"]) for mark in answer["marks"]] == [
        ("quote", 1, "human"),
        ("claim", 1, "human"),
    ]
    assert answer["marks"][1]["uid"] == str(claim.uid)
    assert answer["told"] == "2 marks changed"
    assert answer["comments"] > 0
    assert "head" not in answer
    assert "present" not in answer


@pytest.mark.parametrize("asked", ["", "?since=-1&head=x&people=", f"?since={'9' * 40}"])
def test_a_page_that_asks_nonsense_is_told_everything(
    client: Client, article: Article, alice: User, asked: str
) -> None:
    client.force_login(alice)

    answer = client.get(f"/articles/{article.uid}/live/{asked}")

    assert answer.status_code == 200
    assert answer.json()["revised"] == "The text was saved as revision 1"


def test_asking_says_that_one_is_there_and_is_written_down_seldom(
    client: Client, article: Article, alice: User
) -> None:
    client.force_login(alice)
    ask(client, article)
    first = Presence.objects.get()
    ask(client, article)
    second = Presence.objects.get()
    Presence.objects.update(heard_at=timezone.now() - KEPT_FRESH)

    ask(client, article)

    assert (first.person, second.heard_at) == (alice, first.heard_at)
    assert Presence.objects.get().heard_at > timezone.now() - KEPT_FRESH


def test_a_page_that_is_closed_says_so(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)
    ask(client, article)

    answer = client.post(f"/articles/{article.uid}/live/leave/")

    assert answer.status_code == 204
    assert Presence.objects.get().heard_at < timezone.now() - HEARD_OF + LEAVING


def test_whoever_reads_blind_is_told_that_it_is_over(
    client: Client, article: Article, alice: User, bob: User, carol: User
) -> None:
    study = create_project(name="Verbs", slug="verbs", is_blind=True, by=carol, at=AT)
    client.force_login(bob)
    bait = ask(client, article).json()
    assign(article=article, person=bob, project=study, by=carol, at=AT)
    Presence.objects.all().delete()

    answer = ask(client, article).json()

    assert "head" in bait
    assert answer == {"is_over": True}
    assert not Presence.objects.exists()


def test_nobody_else_is_answered(client: Client, article: Article, rana: User, bob: User) -> None:
    article.change(seen=article.version, state="incoming", rights="own")
    answers = [ask(client, article).status_code, client.post(f"/articles/{article.uid}/live/leave/").status_code]
    client.force_login(bob)
    answers.append(ask(client, article).status_code)
    article.change(seen=article.version, state="published")
    client.force_login(rana)
    answers.append(ask(client, article).status_code)

    assert answers == [401, 401, 404, 404]
    assert not Presence.objects.exists()


def test_the_workbench_says_who_is_there_and_how_far_it_has_seen(
    client: Client, article: Article, alice: User, bob: User
) -> None:
    be_there(article, bob)
    client.force_login(alice)

    page = client.get(f"/articles/{article.uid}/").content.decode()

    assert "Bob Tanaka, has it open" in page
    assert 'data-cursor="' in page
    assert f'data-address="/articles/{article.uid}/live/"' in page
