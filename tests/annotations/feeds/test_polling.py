"""What a poll takes in, what it leaves alone, and when it comes back."""

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.operations.desk import feeds
from annotations.tasks import poll_due_feeds
from articles.models import Article, ArticleState, Capture, Feed, FeedEntry, Outcome, Polling, WireItem
from articles.operations.articles import move_article
from articles.operations.feeds import POLL_FEED, add_feed, ask_for_poll, change_feed, end_feed
from articles.views.captures import visible_captures
from newsdesk.models import User
from tests.annotations.feeds.paper import ADDRESS, Entry, Paper
from tests.articles.fetching.web import Page, Web


@pytest.fixture
def paper(web: Web, alice: User, at: datetime) -> Paper:
    return Paper(web, add_feed(name="The Paper", url=ADDRESS, by=alice, at=at))


def headlines() -> list[str]:
    return list(Article.objects.order_by("pk").values_list("head__headline", flat=True))


def test_entries_become_incoming_articles_that_nobody_has_looked_at(paper: Paper, alice: User, at: datetime) -> None:
    paper.entries = [Entry("2", title="Newer"), Entry("1", title="Older")]

    poll = paper.poll(at)

    assert poll == feeds.Poll(new=2)
    assert headlines() == ["Older", "Newer"]
    article = Article.objects.earliest("pk")
    assert (article.state, article.came_unattended, article.outlet) == (ArticleState.INCOMING, True, "The Paper")
    assert article.created_by == alice
    assert paper.feed.polling.brought == 2


def test_the_feed_is_kept_as_it_came(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("1")]
    paper.headers = {"Content-Type": "application/rss+xml", "ETag": '"v1"'}

    paper.poll(at)

    capture = Capture.objects.get()
    assert bytes(capture.content) == paper.to_xml().encode()
    assert (capture.url, capture.media_type, capture.headers["etag"]) == (ADDRESS, "application/rss+xml", '"v1"')
    assert Article.objects.get().head.capture == capture


def test_the_feed_is_handed_out_to_those_who_may_know_of_every_piece_in_it(
    paper: Paper, alice: User, bob: User, at: datetime
) -> None:
    paper.entries = [Entry("1"), Entry("2", title="Another")]
    paper.poll(at)
    for article, handed_out in zip(Article.objects.all(), (False, True), strict=True):
        move_article(article=article, state=ArticleState.EDITING, seen=article.version, by=alice, at=at)

        assert visible_captures(bob).exists() is handed_out
        assert visible_captures(alice).exists()


def test_a_feed_filed_by_people_is_filed_so(paper: Paper, alice: User, at: datetime) -> None:
    change_feed(feed=paper.feed, seen=1, outlet="Paper on Sunday", language="en", by=alice, at=at)
    paper.entries = [Entry("1")]

    paper.poll(at)

    article = Article.objects.get()
    assert (article.outlet, article.language) == ("Paper on Sunday", "en")


def test_unchanged_entries_do_nothing(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("1"), Entry("2", title="Another")]
    paper.poll(at)

    paper.entries.insert(0, Entry("3", title="A third"))
    poll = paper.poll(at)

    assert poll == feeds.Poll(new=1)
    assert Article.objects.count() == 3
    assert WireItem.objects.count() == 3


def test_a_feed_that_only_prints_another_date_is_not_kept_again(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("1")]
    paper.poll(at)
    printed = paper.to_xml().replace("<channel>", "<channel><lastBuildDate>Tue, 13 May 2025</lastBuildDate>")
    paper.web.add("paper.example/feed", Page(printed.encode()))

    paper.poll_as_it_is(at)

    assert Capture.objects.count() == 1


def test_a_changed_entry_becomes_the_next_revision(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("1", text="They do.")]
    paper.poll(at)

    paper.entries = [Entry("1", text="They do not, the biologist says now.")]
    poll = paper.poll(at)

    article = Article.objects.get()
    assert poll == feeds.Poll(changed=1)
    assert article.head.number == 2
    assert "They do not" in article.head.text
    assert list(WireItem.objects.order_by("pk").values_list("version", "outcome")) == [
        (1, Outcome.CREATED),
        (2, Outcome.REVISED),
    ]


def test_an_entry_that_goes_back_to_its_first_text_is_a_change_too(paper: Paper, at: datetime) -> None:
    for text in ("They do.", "They do not.", "They do."):
        paper.entries = [Entry("1", text=text)]
        paper.poll(at)

    article = Article.objects.get()
    assert (article.head.number, "They do." in article.head.text) == (3, True)


def test_a_second_feed_with_the_same_entries_brings_nothing_twice(
    paper: Paper, web: Web, alice: User, at: datetime
) -> None:
    paper.entries = [Entry("1")]
    paper.poll(at)
    web.add("paper.example/sport", Page(paper.to_xml().encode()))
    other = add_feed(name="Sport", url="http://paper.example/sport", by=alice, at=at)

    poll = feeds.poll_feed(uid=other.uid, at=at, fetcher=web.fetch)

    assert poll == feeds.Poll()
    assert Article.objects.count() == 1
    assert other.entries.get().article == Article.objects.get()


def test_a_summary_alone_comes_in_and_says_so(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("1", text="", summary="Otters do something.")]

    paper.poll(at)

    entry = FeedEntry.objects.get()
    assert entry.article is not None
    assert entry.errors == ["Only a summary came with this entry; the whole text is at its address."]
    assert paper.poll(at) == feeds.Poll()


def test_one_bad_entry_does_not_stop_the_others(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("2", title="Good"), Entry("1", title="", text="")]

    poll = paper.poll(at)

    assert poll == feeds.Poll(new=1)
    bad = FeedEntry.objects.get(guid="1")
    assert bad.article is None
    assert "The entry has no text." in bad.errors


def test_an_entry_that_gets_its_text_later_comes_in_then(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("1", title="Soon", text="")]
    paper.poll(at)
    assert not Article.objects.exists()

    paper.entries = [Entry("1", title="Soon", text="Here it is.")]

    assert paper.poll(at) == feeds.Poll(new=1)
    assert FeedEntry.objects.get().errors == []


def test_a_feed_that_did_not_change_is_not_sent_again(paper: Paper, at: datetime) -> None:
    paper.entries = [Entry("1")]
    paper.headers = {"ETag": '"v1"', "Last-Modified": "Tue, 13 May 2025 10:00:00 GMT"}
    paper.poll(at)
    paper.web.add("paper.example/feed", Page(status=304))

    poll = paper.poll_as_it_is(at)
    paper.poll_as_it_is(at)

    assert poll == feeds.Poll()
    for asked in paper.web.asked[1:]:
        assert asked.headers["If-None-Match"] == '"v1"'
        assert asked.headers["If-Modified-Since"] == "Tue, 13 May 2025 10:00:00 GMT"


def test_a_new_address_is_asked_without_what_the_old_one_gave(paper: Paper, alice: User, at: datetime) -> None:
    paper.headers = {"ETag": '"v1"'}
    paper.entries = [Entry("1")]
    paper.poll(at)
    paper.web.add("paper.example/new", Page(paper.to_xml().encode()))

    change_feed(feed=paper.feed, seen=1, url="http://paper.example/new", by=alice, at=at)
    feeds.poll_feed(uid=paper.feed.uid, at=at, fetcher=paper.web.fetch)

    assert "If-None-Match" not in paper.web.asked[-1].headers


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(status=503), "has a fault of its own"),
        (Page(b"<rss><channel></channel></rss>"), "The feed has no entries"),
    ],
)
def test_a_feed_that_fails_is_asked_less_and_less_often(paper: Paper, at: datetime, page: Page, reason: str) -> None:
    paper.web.add("paper.example/feed", page)
    waits = []

    for _ in range(8):
        paper.poll_as_it_is(at)
        waits.append(paper.feed.polling.next_poll_at - at)

    assert waits[:3] == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert waits[-1] == timedelta(days=1)
    assert paper.feed.polling.failures == 8
    assert reason in paper.feed.polling.failure


def test_a_feed_that_works_again_is_asked_as_often_as_before(paper: Paper, at: datetime) -> None:
    paper.web.add("paper.example/feed", Page(status=503))
    paper.poll_as_it_is(at)
    paper.entries = [Entry("1")]

    paper.poll(at)

    polling = paper.feed.polling
    assert (polling.failure, polling.failures) == ("", 0)
    assert (polling.polled_at, polling.next_poll_at) == (at, at + timedelta(minutes=30))


def test_an_ended_feed_is_not_asked(paper: Paper, alice: User, at: datetime) -> None:
    end_feed(feed=paper.feed, seen=1, by=alice, at=at)

    assert paper.poll_as_it_is(at) == feeds.Poll()
    assert not paper.web.asked


def waiting() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name=POLL_FEED, status="todo")
    return [job.args["uid"] for job in jobs.order_by("pk")]


def test_adding_a_feed_and_asking_for_a_poll_leave_one_job(paper: Paper, alice: User, at: datetime) -> None:
    ask_for_poll(feed=paper.feed, by=alice, at=at)

    assert waiting() == [str(paper.feed.uid)]
    assert POLL_FEED in app.tasks


def test_every_minute_the_feeds_that_are_due_are_put_off(paper: Paper, alice: User, at: datetime) -> None:
    later = add_feed(name="Later", url="http://other.example/feed", by=alice, at=at)
    ended = add_feed(name="Ended", url="http://past.example/feed", by=alice, at=at)
    end_feed(feed=ended, seen=1, by=alice, at=at)
    Polling.objects.filter(feed=later).update(next_poll_at=at + timedelta(minutes=1))
    ProcrastinateJob.objects.filter(task_name=POLL_FEED).delete()

    poll_due_feeds(timestamp=int(at.timestamp()))

    assert waiting() == [str(paper.feed.uid)]


def test_ten_live_feeds_of_which_three_are_due(alice: User, at: datetime) -> None:
    for number in range(10):
        feed = add_feed(name="F", url=f"http://f{number}.example/", by=alice, at=at)
        Polling.objects.filter(feed=feed).update(next_poll_at=at + timedelta(minutes=number - 2))

    assert Feed.objects.due(at=at).count() == 3
