"""robots.txt is asked for, obeyed and remembered."""

import time
from typing import Any

import pytest

from articles.fetching.fetch import Fetched
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.robots import MAX_BYTES, _concerning_us
from tests.articles.fetching.web import INSIDE, PAPER, Page, Web

STORY = b"<p>Otters hold hands.</p>"


def fetched(web: Web, robots: bytes | Page, target: str = "/story", **changes: Any) -> Fetched:
    web.add("paper.example/robots.txt", robots if isinstance(robots, Page) else Page(robots))
    web.add(f"paper.example{target}", Page(STORY))
    return web.fetch(f"http://paper.example{target}", obey_robots=True, **changes)


@pytest.mark.parametrize(
    ("robots", "target"),
    [
        (b"User-agent: *\nDisallow: /", "/story"),
        (b"User-agent: newsdesk\nDisallow: /sto", "/story"),
        (b"User-agent: NewsDesk\nDisallow: /*?print", "/story?print=1"),
        (b"User-agent: other\nUser-agent: Newsdesk\nDisallow: /", "/story"),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /story$\r\n", "/story"),
    ],
)
def test_a_page_the_site_forbids_is_not_asked_for(web: Web, robots: bytes, target: str) -> None:
    with pytest.raises(FetchRefused, match="asks programs not to fetch this page") as refused:
        fetched(web, robots, target)

    assert refused.value.code is Code.ROBOTS
    assert web.targets() == ["paper.example/robots.txt"]


@pytest.mark.parametrize(
    "robots",
    [
        b"",
        b"User-agent: *\nDisallow:",
        b"User-agent: *\nDisallow: /private",
        b"User-agent: *\nDisallow: /\n\nUser-agent: Newsdesk\nAllow: /",
        b"User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n",
        b"User-agent: mynewsdesk\nDisallow: /\n",
        b"<html>Not found</html>",
        bytes(range(256)),
    ],
)
def test_a_page_the_site_allows_is_fetched(web: Web, robots: bytes) -> None:
    assert fetched(web, robots).body == STORY


def test_dots_in_a_path_do_not_lead_around_what_is_forbidden(web: Web) -> None:
    with pytest.raises(FetchRefused):
        fetched(web, b"User-agent: *\nDisallow: /private", "/open/%2e%2e/private/story")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429])
def test_a_site_without_robots_allows_everything(web: Web, status: int) -> None:
    assert fetched(web, Page(status=status)).body == STORY


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_site_whose_robots_fails_is_refused_for_now(web: Web, status: int) -> None:
    with pytest.raises(FetchRefused, match="cannot say now") as refused:
        fetched(web, Page(status=status))

    assert refused.value.code is Code.ROBOTS_UNREACHABLE
    assert refused.value.temporary
    assert web.targets() == ["paper.example/robots.txt"]


def test_a_failing_robots_is_asked_for_again_after_a_minute(web: Web) -> None:
    for _ in range(2):
        with pytest.raises(FetchRefused):
            fetched(web, Page(status=503))
    web.clock.seconds += 61

    assert fetched(web, b"").body == STORY
    assert web.targets().count("paper.example/robots.txt") == 2


def test_a_host_that_cannot_be_reached_is_named_as_that(web: Web) -> None:
    web.deaf = {PAPER}

    with pytest.raises(FetchRefused, match=r"robots\.txt\. Nobody answers") as refused:
        fetched(web, b"")

    assert refused.value.code is Code.UNREACHABLE


def test_robots_is_remembered_for_an_hour(web: Web) -> None:
    fetched(web, b"")
    web.clock.seconds += 3500
    fetched(web, b"User-agent: *\nDisallow: /")
    web.clock.seconds += 200

    with pytest.raises(FetchRefused):
        fetched(web, b"User-agent: *\nDisallow: /")

    assert web.targets().count("paper.example/robots.txt") == 2


def test_each_scheme_and_host_has_its_own_robots(web: Web) -> None:
    web.add("paper.example/robots.txt", Page(b""))
    web.add("paper.example/story", Page(status=302, headers={"Location": "https://other.example/story"}))
    web.add("other.example/robots.txt", Page(b"User-agent: *\nDisallow: /"))

    with pytest.raises(FetchRefused, match=r"other\.example asks programs"):
        web.fetch("http://paper.example/story", obey_robots=True)

    assert web.targets() == ["paper.example/robots.txt", "paper.example/story", "other.example/robots.txt"]


def test_robots_is_fetched_through_the_same_checks(web: Web) -> None:
    web.add("paper.example/robots.txt", Page(status=302, headers={"Location": "http://inner.example/robots.txt"}))
    web.names["inner.example"] = [[INSIDE]]

    with pytest.raises(FetchRefused) as refused:
        web.fetch("http://paper.example/story", obey_robots=True)

    assert refused.value.code is Code.NOT_PUBLIC
    assert web.dialled == [(str(PAPER), 80)]


def test_a_robots_that_moved_is_followed(web: Web) -> None:
    web.add("other.example/rules", Page(b"User-agent: *\nDisallow: /story"))

    with pytest.raises(FetchRefused) as refused:
        fetched(web, Page(status=301, headers={"Location": "http://other.example/rules"}))

    assert refused.value.code is Code.ROBOTS


def test_what_follows_the_first_part_of_a_long_robots_is_passed_over(web: Web) -> None:
    long = b"User-agent: *\nDisallow: /private\n".ljust(MAX_BYTES, b"\n") + b"Disallow: /\n"

    assert fetched(web, long).body == STORY


def test_a_desk_may_fetch_without_asking_for_robots(web: Web) -> None:
    web.add("paper.example/robots.txt", Page(b"User-agent: *\nDisallow: /"))
    web.add("paper.example/story", Page(STORY))

    assert web.fetch("http://paper.example/story", obey_robots=False).body == STORY
    assert web.targets() == ["paper.example/story"]


def test_the_pause_lies_between_robots_and_page_too(web: Web) -> None:
    fetched(web, b"", pause=2.0)

    assert web.clock.slept == [2.0]


def test_the_delay_a_site_asks_for_is_kept(web: Web) -> None:
    robots = b"User-agent: *\nCrawl-delay: 9"
    fetched(web, robots)

    fetched(web, robots)

    assert web.clock.slept == [1.0, 9.0]


@pytest.mark.parametrize(
    "robots",
    [
        "".join(f"User-agent: bot{number}\n" for number in range(12_000)) + "Disallow: /a\n" * 12_000,
        "".join(f"User-agent: *{'*' * (number % 50)}{number}\n" for number in range(12_000)) + "Disallow: /a\n" * 9_000,
        "User-agent: *\nDisallow: /" + "*a" * 200_000,
        "User-agent: *\n" + "Disallow: /*a*b*c$\n" * 20_000,
    ],
)
def test_a_hostile_robots_keeps_nobody_busy(web: Web, robots: str) -> None:
    begun = time.process_time()

    fetched(web, robots.encode(), "/story/" + "ab" * 900)

    assert time.process_time() - begun < 5


def test_groups_about_others_lose_their_names_and_nothing_else() -> None:
    text = "User-agent: a\nUser agent b # c\nDisallow: /x\nuser-agent: News*desk\nUser-agent: *\nDisallow: /y"

    assert _concerning_us(text).splitlines() == [
        "User-agent: somebody-else",
        "Disallow: /x",
        "User-agent: newsdesk",
        "User-agent: *",
        "Disallow: /y",
    ]
