"""Comments: threads on marks and pieces, people named in them, what is blind, and the pages that show it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from annotations.models import BiasCategory, BiasTag, Comment, Mention, Project
from annotations.operations.studies.projects import assign, create_project, pin_revision
from annotations.operations.studies.readings import begin_reading
from annotations.operations.workbench.bias import tag_bias
from annotations.operations.workbench.comments import (
    AlreadyResolved,
    AnotherThread,
    CommentAnswered,
    NobodyCalled,
    NotAThread,
    NotResolved,
    ThreadResolved,
    change_comment,
    comment,
    put_mention_aside,
    reopen_comment,
    resolve_comment,
    see_mention,
)
from annotations.operations.workbench.revising import revise
from annotations.permissions import people_told_of, visible_comments, visible_mentions
from annotations.queries.desk.waitingwords import mentions
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, Stale
from articles.operations.articles import restrict_article
from articles.operations.quotes import retract_quote
from articles.operations.revising import Rewritten
from articles.permissions import Role, people_who_know_of, visible_articles
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_tag
from tests.factories.whole import make_person

LATER = AT + timedelta(hours=1)


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def remark(article: Article, alice: User) -> Comment:
    return comment(article=article, text="Who counted?", by=alice, at=AT)


@pytest.fixture
def study(carol: User) -> Project:
    return create_project(name="Verbs of saying", slug="verbs", is_blind=True, by=carol, at=AT)


# what is said


def test_an_answer_is_about_what_its_thread_is_about(article: Article, alice: User, bob: User) -> None:
    claim = make_claim(article, by=alice)
    root = comment(article=article, span=claim.span, text="Says who?", by=alice, at=AT)
    answer = comment(article=article, parent=root, text="The council.", by=bob, at=AT)

    late = comment(article=article, parent=answer, text="Which one?", by=alice, at=AT)

    assert [(each.parent, each.span) for each in (answer, late)] == [(root, claim.span)] * 2


def test_an_answer_that_says_it_is_about_something_else_is_refused(
    article: Article, remark: Comment, alice: User
) -> None:
    quote = make_quote(article, by=alice)

    with pytest.raises(AnotherThread):
        comment(article=article, parent=remark, span=quote.span, text="Here.", by=alice, at=AT)


def test_a_tag_on_the_whole_article_has_threads_of_its_own(article: Article, alice: User) -> None:
    tag = make_tag(article, by=alice)
    whole = make_whole_tag(article, by=alice)

    on_words = comment(article=article, tag=tag, text="Really?", by=alice, at=AT)
    on_all = comment(article=article, tag=whole, text="In which part?", by=alice, at=AT)

    assert (on_words.span, on_words.tag) == (tag.span, None)
    assert (on_all.span, on_all.tag) == (None, whole)


def make_whole_tag(article: Article, *, by: User) -> BiasTag:
    category = BiasCategory.objects.get(slug="omitted-context")
    return tag_bias(article=article, level="article", category=category, severity=1, by=by, at=AT)


def test_somebody_says_that_a_thread_is_dealt_with_and_opens_it_again(remark: Comment, bob: User) -> None:
    resolve_comment(comment=remark, seen=1, by=bob, at=LATER)
    resolved = (remark.resolved_by, remark.resolved_at)

    reopen_comment(comment=remark, seen=2, by=bob, at=LATER)

    assert resolved == (bob, LATER)
    assert (remark.resolved_by, remark.resolved_at) == (None, None)
    with pytest.raises(Stale):
        resolve_comment(comment=remark, seen=1, by=bob, at=LATER)


def test_what_is_resolved_is_not_resolved_again_and_what_is_open_not_opened(remark: Comment, bob: User) -> None:
    with pytest.raises(NotResolved):
        reopen_comment(comment=remark, seen=1, by=bob, at=LATER)
    resolve_comment(comment=remark, seen=1, by=bob, at=LATER)

    with pytest.raises(AlreadyResolved):
        resolve_comment(comment=remark, seen=2, by=bob, at=LATER)


def test_an_answer_is_resolved_with_its_thread_alone(article: Article, remark: Comment, bob: User) -> None:
    answer = comment(article=article, parent=remark, text="We did.", by=bob, at=AT)

    with pytest.raises(NotAThread):
        resolve_comment(comment=answer, seen=1, by=bob, at=LATER)


def test_one_puts_ones_words_right_until_somebody_answers(article: Article, remark: Comment, bob: User) -> None:
    change_comment(comment=remark, seen=1, text="Who counted them?", by=remark.created_by, at=LATER)
    comment(article=article, parent=remark, text="We did.", by=bob, at=LATER)

    with pytest.raises(CommentAnswered):
        change_comment(comment=remark, seen=2, text="Never mind.", by=remark.created_by, at=LATER)

    remark.refresh_from_db()
    assert (remark.text, remark.edited_at) == ("Who counted them?", LATER)
    assert [event.text for event in remark.events.all()] == ["Who counted?"]  # type: ignore[attr-defined]


def test_the_last_answer_may_still_be_put_right(article: Article, remark: Comment, bob: User) -> None:
    answer = comment(article=article, parent=remark, text="We did", by=bob, at=AT)

    change_comment(comment=answer, seen=1, text="We did.", by=bob, at=LATER)

    answer.refresh_from_db()
    assert answer.text == "We did."


def test_what_stands_in_a_resolved_thread_stays(remark: Comment, alice: User) -> None:
    resolve_comment(comment=remark, seen=1, by=alice, at=LATER)

    with pytest.raises(ThreadResolved):
        change_comment(comment=remark, seen=2, text="Never mind.", by=alice, at=LATER)


def test_a_thread_follows_its_mark_through_a_revision_and_outlives_its_words(
    article: Article, alice: User, client: Client
) -> None:
    claim = make_claim(article, by=alice)
    comment(article=article, span=claim.span, text="Says who?", by=alice, at=AT)
    moved = article.head.text.partition("\n\n")[2].replace("“We had no choice,” mayor Ines Duarte said. ", "")
    revise_text(article, moved, by=alice)
    client.force_login(alice)
    before = client.get(f"/articles/{article.uid}/?mark={claim.uid}").content.decode()

    revise_text(article, "Nothing of it is left.", by=alice)

    after = client.get(f"/articles/{article.uid}/?mark={claim.uid}").content.decode()
    assert "Says who?" in before
    assert "Says who?" in after
    assert "Marks without a place" in after


def revise_text(article: Article, body: str, *, by: User) -> None:
    article.refresh_from_db()
    blocks = [Block(BlockKind.PARAGRAPH, words) for words in body.strip().split("\n\n")]
    rewritten = Rewritten(article.head.headline, blocks)
    revise(article=article, base=article.head.number, rewritten=rewritten, by=by, at=AT)
    article.refresh_from_db()


# who is named


def test_people_named_in_a_comment_are_told_once_each(article: Article, alice: User, bob: User, carol: User) -> None:
    said = comment(article=article, text="@bob and @carol, and again @Bob: and I, @alice.", by=alice, at=AT)

    assert set(said.mentions.values_list("person", flat=True)) == {bob.pk, carol.pk}


@pytest.mark.parametrize("name", ["nobody", "rana", "mallory"])
def test_a_name_that_would_not_see_the_comment_is_said_in_the_error(
    article: Article, alice: User, bob: User, rana: User, mallory: User, name: str
) -> None:
    with pytest.raises(NobodyCalled, match=f"called @{name}\\.") as refused:
        comment(article=article, text=f"@bob, ask @{name}", by=alice, at=AT)

    assert refused.value.names == [name]
    assert not Comment.objects.exists()


def test_nobody_is_told_of_a_piece_that_is_kept_from_them(article: Article, alice: User, bob: User) -> None:
    bait = comment(article=article, text="@bob look", by=alice, at=AT)
    restrict_article(article=article, reason="At risk", people=[alice], seen=article.version, by=alice, at=AT)

    with pytest.raises(NobodyCalled):
        comment(article=article, text="@bob look again", by=alice, at=AT)

    assert bait.mentions.count() == 1
    assert not visible_mentions(bob).exists()


def test_changing_a_comment_tells_whom_it_names_now(article: Article, alice: User, bob: User, carol: User) -> None:
    said = comment(article=article, text="@bob look", by=alice, at=AT)

    change_comment(comment=said, seen=1, text="@carol look", by=alice, at=LATER)
    change_comment(comment=said, seen=2, text="@carol @bob look", by=alice, at=LATER)
    change_comment(comment=said, seen=3, text="@carol look", by=alice, at=LATER)

    told = dict(said.mentions.values_list("person", "ended_at"))
    assert told == {bob.pk: LATER, carol.pk: None}


def test_a_mention_waits_on_the_desk_until_it_is_put_aside(article: Article, alice: User, bob: User) -> None:
    said = comment(article=article, text="@bob look", by=alice, at=AT)
    mention = said.mentions.get()
    [fresh] = mentions(bob)
    see_mention(mention=mention, by=bob, at=LATER)
    [seen] = mentions(bob)

    put_mention_aside(mention=mention, by=bob, at=LATER)

    assert (fresh.title, fresh.words, fresh.since) == ("Alice Moreau mentions you", "@bob look", AT)
    assert (fresh.is_seen, seen.is_seen) == (False, True)
    assert mentions(bob) == []


def test_a_resolved_thread_leaves_the_desk_and_a_later_word_comes_back(
    article: Article, alice: User, bob: User
) -> None:
    said = comment(article=article, text="@bob look", by=alice, at=AT)
    bait = len(mentions(bob))
    resolve_comment(comment=said, seen=1, by=alice, at=LATER)
    resolved = len(mentions(bob))

    comment(article=article, parent=said, text="@bob all the same", by=alice, at=LATER + timedelta(hours=1))

    assert (bait, resolved, len(mentions(bob))) == (1, 0, 1)


def test_whoever_answers_has_put_their_mention_aside(article: Article, alice: User, bob: User) -> None:
    said = comment(article=article, text="@bob look", by=alice, at=AT)

    comment(article=article, parent=said, text="I did.", by=bob, at=LATER)

    assert mentions(bob) == []
    assert said.mentions.get().aside_at == LATER


# who sees it


@pytest.mark.parametrize("state", ["incoming", "editing", "published"])
@pytest.mark.parametrize("embargoed", [False, True])
@pytest.mark.parametrize("assigned", [False, True])
def test_people_who_know_of_a_piece_are_those_to_whom_it_is_visible(
    alice: User, state: str, embargoed: bool, assigned: bool, request: pytest.FixtureRequest
) -> None:
    cast = [make_person(f"some{role.value.replace('-', '')}", role) for role in Role] + [make_person("nobody")]
    gone = make_person("gone", Role.EDITOR)
    gone.is_active = False
    gone.save()
    article = make_article(by=alice)
    for person in cast if assigned else ():
        assign(article=article, person=person, by=alice, at=AT)
    article.change(seen=article.version, state=state, embargo_until=AT.replace(year=2999 if embargoed else 2001))
    working = [person for person in [*cast, alice] if person.groups.exclude(name=Role.READER).exists()]

    told = set(people_who_know_of(article))

    assert told == {person for person in working if visible_articles(person).filter(pk=article.pk).exists()}


def test_a_blind_study_shows_nobody_what_others_say_of_its_marks(
    article: Article, alice: User, carol: User, bob: User, study: Project
) -> None:
    claim = make_claim(article, by=carol, project=study)
    said = comment(article=article, span=claim.span, text="Too harsh?", by=carol, at=AT)
    everybody = [alice, bob, make_person("chief", Role.ADMINISTRATOR)]
    hidden = [visible_comments(person).exists() for person in everybody]
    own = visible_comments(carol).exists()
    with pytest.raises(NobodyCalled):
        comment(article=article, span=claim.span, text="@alice?", by=carol, at=AT)

    study.change(seen=1, is_blind=False)

    assert (hidden, own) == ([False] * 3, True)
    assert [visible_comments(person).get() for person in everybody] == [said] * 3


@pytest.mark.parametrize("way", ["assigned", "reading"])
def test_whoever_reads_a_piece_blind_sees_only_what_they_say_themselves(
    article: Article, remark: Comment, bob: User, alice: User, study: Project, way: str
) -> None:
    other = comment(article=make_article(by=alice), text="Elsewhere", by=alice, at=AT)
    bait = set(visible_comments(bob))
    if way == "assigned":
        assign(article=article, person=bob, project=study, by=alice, at=AT)
    else:
        pin_revision(project=study, revision=article.head, by=alice, at=AT)
        begin_reading(revision=article.head, project=study, by=bob, at=AT)
    own = comment(article=article, text="Mine", by=bob, at=AT)

    assert bait == {remark, other}
    assert set(visible_comments(bob)) == {own, other}
    assert bob not in people_told_of(article)
    with pytest.raises(NobodyCalled):
        comment(article=article, text="@bob?", by=alice, at=AT)


# the pages


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def test_a_comment_on_a_mark_stands_beside_it(desk: Client, article: Article, alice: User) -> None:
    claim = make_claim(article, by=alice)
    address = f"/articles/{article.uid}/comments/"

    answer = desk.post(address, {"text": "Says who?", "mark": claim.uid}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(f"/articles/{article.uid}/?mark={claim.uid}#comment-")
    assert "Says who?" in page
    assert 'aria-label="C1: 1 open comment"' in page


def test_what_could_not_be_saved_is_still_there(desk: Client, article: Article, alice: User) -> None:
    claim = make_claim(article, by=alice)
    root = comment(article=article, span=claim.span, text="Says who?", by=alice, at=AT)
    fields = {"text": "@nobody knows", "mark": claim.uid, "thread": root.uid}

    answer = desk.post(f"/articles/{article.uid}/comments/", fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ">@nobody knows</textarea>" in page
    assert "Nobody who sees this comment is called @nobody." in page


def test_an_empty_comment_says_what_to_do(desk: Client, article: Article) -> None:
    answer = desk.post(f"/articles/{article.uid}/comments/", {"text": " ", "comments": "open"})

    assert answer.status_code == 400
    assert "Write what you want to say." in answer.content.decode()


def test_the_list_of_a_piece_shows_open_threads_or_resolved_ones(
    desk: Client, article: Article, remark: Comment, alice: User
) -> None:
    done = comment(article=article, text="Is it spelled so?", by=alice, at=AT)
    desk.post(f"/articles/{article.uid}/comments/{done.uid}/resolve/", {"version": 1, "comments": "open"})

    found = {
        state: desk.get(f"/articles/{article.uid}/?comments={state}").content.decode()
        for state in ("open", "resolved", "all")
    }

    shown = {state: ("Who counted?" in page, "Is it spelled so?" in page) for state, page in found.items()}
    assert shown == {"open": (True, False), "resolved": (False, True), "all": (True, True)}


def test_a_thread_on_a_retracted_mark_stays_readable(desk: Client, article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)
    comment(article=article, span=quote.span, text="Says who?", by=alice, at=AT)
    retract_quote(quote=quote, seen=1, by=alice, at=AT)

    page = desk.get(f"/articles/{article.uid}/?comments=open").content.decode()

    assert "Says who?" in page
    assert "On a mark that was taken back" in page
    assert "“We had no choice,”" in page


@pytest.mark.parametrize("act", ["resolve", "reopen", "change"])
def test_a_thread_that_somebody_changed_meanwhile_is_shown_as_it_stands(
    desk: Client, article: Article, remark: Comment, act: str
) -> None:
    if act == "reopen":
        resolve_comment(comment=remark, seen=1, by=remark.created_by, at=AT)

    answer = desk.post(f"/articles/{article.uid}/comments/{remark.uid}/{act}/", {"version": 9, "text": "New"})

    assert answer.status_code == 409
    assert "Somebody changed this thread in between." in answer.content.decode()


def test_nobody_changes_what_another_said(client: Client, article: Article, remark: Comment, bob: User) -> None:
    client.force_login(bob)

    answer = client.post(f"/articles/{article.uid}/comments/{remark.uid}/change/", {"version": 1, "text": "No"})

    assert answer.status_code == 403
    assert "Somebody else wrote this comment." in answer.content.decode()


def test_readers_neither_see_comments_nor_write_them(
    client: Client, article: Article, remark: Comment, rana: User
) -> None:
    article.change(seen=article.version, state="published", rights="own")
    client.force_login(rana)

    page = client.get(f"/articles/{article.uid}/?comments=all")
    written = client.post(f"/articles/{article.uid}/comments/", {"text": "Me too"})

    assert "Who counted?" not in page.content.decode()
    assert written.status_code == 403
    assert client.get(f"/articles/{article.uid}/people/").status_code == 403


def test_the_list_of_people_begins_as_their_names_do(
    desk: Client, article: Article, bob: User, carol: User, rana: User
) -> None:
    found = {
        begun: [each["username"] for each in desk.get(f"/articles/{article.uid}/people/?q={begun}").json()["people"]]
        for begun in ("", "bo", "ADE", "ran", "ali")
    }

    assert found == {"": ["bob", "carol"], "bo": ["bob"], "ADE": ["carol"], "ran": [], "ali": []}


def test_a_mention_opened_from_the_desk_leads_to_its_words_and_is_seen(
    client: Client, article: Article, alice: User, bob: User
) -> None:
    claim = make_claim(article, by=alice)
    said = comment(article=article, span=claim.span, text="@bob look", by=alice, at=AT)
    mention = said.mentions.get()
    client.force_login(bob)

    answer = client.get(f"/mentions/{mention.uid}/")

    mention.refresh_from_db()
    assert answer["Location"] == f"/articles/{article.uid}/?mark={claim.uid}#comment-{said.uid}"
    assert mention.seen_at is not None
    assert "You have seen it" in client.get("/").content.decode()
    client.post(f"/mentions/{mention.uid}/aside/")
    assert "mentions you" not in client.get("/").content.decode()


def test_a_mention_is_its_persons_alone(client: Client, article: Article, alice: User, bob: User) -> None:
    mention = comment(article=article, text="@bob look", by=alice, at=AT).mentions.get()
    client.force_login(alice)

    assert client.get(f"/mentions/{mention.uid}/").status_code == 404
    assert client.post(f"/mentions/{mention.uid}/aside/").status_code == 404
    assert Mention.objects.get().seen_at is None


@pytest.mark.parametrize("how_many", [1, 3])
def test_threads_are_read_in_one_query_however_many(
    desk: Client, article: Article, alice: User, bob: User, how_many: int, django_assert_num_queries: Any
) -> None:
    quote = make_quote(article, by=alice)
    for _ in range(how_many):
        root = comment(article=article, span=quote.span, text="@bob look", by=alice, at=AT)
        comment(article=article, parent=root, text="Yes.", by=bob, at=AT)
    desk.get(f"/articles/{article.uid}/?comments=open")

    # session, person, article, anchors, quotes, claims, tags, findings, how many threads; the threads
    with django_assert_num_queries(10):
        desk.get(f"/articles/{article.uid}/?comments=open")
