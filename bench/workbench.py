"""The workbench in a real browser: from the navigation to the painted marks, from a key to a mark on the screen.

Everything is timed by the page itself, on its own clock, between its navigation or the key and the frame that shows
what came of it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from bench.figures import Figure, median
from bench.ground import Ground, say
from bench.loading import Loaded

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
)
OPENINGS = 9
KEYS = 40
# Marks made and taken back again while the memory of the page is looked at.
MADE_AND_UNDONE = 500
# The page notes when the first frame is drawn in which its marks are painted.
NOTE_WHEN_PAINTED = """
requestAnimationFrame(function look() {
  if (document.getElementById("text")?.dataset.paint === "live") {
    requestAnimationFrame(() => { window.paintedAt = performance.now(); });
  } else {
    requestAnimationFrame(look);
  }
});
"""
COUNT_PAINTED = "() => [...CSS.highlights].reduce((sum, [, painted]) => sum + painted.size, 0)"


def workbench(ground: Ground) -> Iterator[Figure]:
    """The workbench in Chromium: with 20, 1,000 and 5,000 marks until all are painted, and a key until its mark is."""
    chromium = os.environ.get("NEWSDESK_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        say("workbench: no Chromium on PATH, and NEWSDESK_CHROMIUM names none")
        return
    with _browser(chromium) as browser:
        yield from _openings(ground, browser, ground.articles[:OPENINGS], "page-20", "≤ 300")
        yield from _openings(ground, browser, [ground.long_article] * OPENINGS, "page-1000", "≤ 500")
        yield from _openings(ground, browser, [ground.heavy_article] * OPENINGS, "page-5000", "≤ 700")


@contextmanager
def _browser(chromium: str) -> Iterator[Browser]:
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    # Playwright keeps an event loop in this thread, and Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        try:
            yield browser
        finally:
            browser.close()


def _page(ground: Ground, browser: Browser) -> Page:
    """A window of the editor's."""
    desk = ground.desk
    context = browser.new_context(base_url=desk.url, viewport={"width": 1440, "height": 900})
    signed_in = ground.editor.cookies.items()
    context.add_cookies([{"name": name, "value": value, "url": desk.url} for name, value in signed_in])
    context.add_init_script(NOTE_WHEN_PAINTED)
    return context.new_page()


def _openings(ground: Ground, browser: Browser, articles: list[Loaded], name: str, aim: str) -> Iterator[Figure]:
    page = _page(ground, browser)
    took, painted = [], 0
    for article in [articles[0], *articles]:
        page.goto(f"/articles/{article.uid}/")
        page.wait_for_function("() => window.paintedAt")
        took.append(page.evaluate("() => window.paintedAt"))
        painted = page.evaluate(COUNT_PAINTED)
    page.context.close()
    yield Figure(f"{name}-p50", median(took[1:]), "ms", None, aim)
    yield Figure(f"{name}-painted", painted, "ranges")
