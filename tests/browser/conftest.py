"""Real pages in a real browser, under the policy that people get.

Every page opened here fails its test when the browser reports a violated policy, an uncaught error or an error on
its console. Addresses are relative to the live server: ``page.goto("/account/")``.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from pytest_django.live_server_helper import LiveServer

from newsdesk.models import User

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Milliseconds that a page is waited for: plenty, because machines are busy at times.
WAIT = 20_000
expect.set_options(timeout=WAIT)
NARROWEST = 320  # CSS pixels: WCAG 1.4.10, a window of 1280 at 400 %
BUSY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'
"""
# What is still fading has a contrast of its own; what turns for ever is not waited for.
UNTIL_IT_STANDS_STILL = """() => Promise.allSettled(
  document.getAnimations()
    .filter((moving) => Number.isFinite(moving.effect?.getComputedTiming().endTime))
    .map((moving) => moving.finished),
)"""
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (violation) => {
  console.error(`policy violated: ${violation.effectiveDirective} kept out ${violation.blockedURI || "inline"}`);
});
"""


class OpenPage(Protocol):
    """Opens a window of its own; options are those of Playwright's ``Browser.new_context``."""

    def __call__(self, person: User | None = None, **options: Any) -> Page: ...


class Watch:
    """Collects what a page complains of."""

    def __init__(self, page: Page) -> None:
        self._errors: list[tuple[str, str]] = []
        self._refusals: set[str] = set()
        page.on("console", self._hear)
        page.on("response", self._see)
        page.on("pageerror", lambda error: self._errors.append((str(error), "")))

    def complaints(self) -> list[str]:
        """What went wrong, without the notes that Chromium makes of an answer the desk gave on purpose."""
        return [
            f"{text} {address}".strip()
            for text, address in self._errors
            if not (text.startswith("Failed to load resource") and address in self._refusals)
        ]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append((message.text, message.location["url"]))

    def _see(self, response: Response) -> None:
        asked = response.request
        by_us = asked.is_navigation_request() or asked.resource_type in {"fetch", "xhr"}
        if by_us and 400 <= response.status < 500:
            self._refusals.add(response.url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


def _chromium() -> str:
    named = os.environ.get("NEWSDESK_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        pytest.skip("No Chromium on PATH, and NEWSDESK_CHROMIUM names none.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once for all tests."""
    flags = [*CHROMIUM_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(CHROMIUM_FLAGS)
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django would refuse the database beside it.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Open windows: of nobody, or of somebody who is signed in."""
    watched: list[tuple[Page, Watch]] = []

    def open_one(person: User | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(WAIT)
        context.add_init_script(REPORT_VIOLATIONS)
        if person is not None:
            context.add_cookies([{"name": "sessionid", "value": _session(person), "url": live_server.url}])
        page = context.new_page()
        watched.append((page, Watch(page)))
        return page

    yield open_one
    for page, _watch in watched:
        page.context.close()
    _wait_until_answered()
    complaints = [complaint for _page, watch in watched for complaint in watch.complaints()]
    assert not complaints, "\n".join(complaints)


def _wait_until_answered() -> None:
    """Have what pages asked for last be answered, before the database is emptied under it."""
    quiet = 0
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            quiet = quiet + 1 if cursor.fetchone() == (0,) else 0
        if quiet == 2:
            return
        time.sleep(0.05)


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A window of somebody who is not signed in."""
    return open_page()


@pytest.fixture
def signed_in(open_page: OpenPage) -> OpenPage:
    """``signed_in(alice)`` is a window of Alice's; two people get two windows."""
    return open_page


@pytest.fixture
def work_off_jobs() -> Iterator[Callable[[], None]]:
    """Have a worker do what this test put off, as the desk's does, until nothing waits."""

    def close_after(job: Callable[[], Any], context: Any, worker: Any) -> Any:
        try:
            return job()
        finally:
            connection.close()  # that of the thread, which ends with the worker

    def work() -> None:
        connector = DjangoConnector(alias="default").get_worker_connector()
        with app.replace_connector(connector):
            app.run_worker(
                wait=False,
                listen_notify=False,
                install_signal_handlers=False,
                delete_jobs="successful",
                task_middleware=[close_after],
            )

    with connection.cursor() as cursor:
        # The tables of jobs are not emptied between tests.
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    with ThreadPoolExecutor(max_workers=1) as beside:
        # Playwright keeps an event loop in this thread, and a worker has one of its own.
        yield lambda: beside.submit(work).result()


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Let axe look for what WCAG 2.2 AA forbids; only a person finds the rest."""

    def look(page: Page) -> None:
        page.evaluate(UNTIL_IT_STANDS_STILL)
        found = Axe().run(page, options={"runOnly": list(WCAG_22_AA), "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()

    return look


@pytest.fixture
def assert_no_sideways_scroll() -> Callable[[Page], None]:
    """Nothing stands outside the page at its present width, nor at 320 CSS pixels."""

    def look(page: Page) -> None:
        present = page.viewport_size
        assert present is not None
        for width in (present["width"], NARROWEST):
            page.set_viewport_size({"width": width, "height": present["height"]})
            needed = page.evaluate("document.documentElement.scrollWidth")
            assert needed <= width, f"{page.url} needs {needed} pixels at a width of {width}"
        page.set_viewport_size(present)

    return look
