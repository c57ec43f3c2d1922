"""The workbench in a real browser: from the navigation to the painted marks, from a key to a mark on the screen.

Everything is timed by the page itself, on its own clock, between its navigation or the key and the frame that shows
what came of it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Request, sync_playwright

from bench.figures import Figure, median, percentile
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
# Selects the first words of a sentence and presses a key; resolves to the milliseconds until a frame is drawn in which
# something is painted that was not painted before: a mark on the very words of another one takes its place, so they may
# be no more. A second frame is waited for, because the first may have begun before.
KEY_TO_MARK = """([number, key]) => new Promise((resolve, refuse) => {
  const paintedNow = () => [...CSS.highlights].flatMap(([name, painted]) => name === "current" ? [] : [...painted]);
  const sentences = document.querySelectorAll("#text .s");
  const walker = document.createTreeWalker(sentences[number % sentences.length], NodeFilter.SHOW_TEXT);
  const words = walker.nextNode();
  const end = words.data.indexOf(" ", 3);
  getSelection().setBaseAndExtent(words, 0, words, end > 0 ? end : words.length);
  const before = new Set(paintedNow());
  const began = performance.now();
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  requestAnimationFrame(function look() {
    const isPainted = paintedNow().some((range) => !before.has(range));
    if (isPainted) requestAnimationFrame(() => resolve(performance.now() - began));
    else if (performance.now() - began > 30000) refuse(new Error(`nothing was painted for sentence ${number}`));
    else requestAnimationFrame(look);
  });
})"""
SELECTED = "(before) => { const now = document.getElementById('selected')?.textContent; return now && now !== before; }"
IS_QUIET = "() => !document.getElementById('bench-page').hasAttribute('aria-busy')"
HEAP = "() => { gc(); gc(); return performance.memory.usedJSHeapSize / 1048576; }"
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
        yield from _keys(ground, browser, ground.heavy_article)
        yield from _memory(ground, browser, ground.articles[OPENINGS])


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


def _keys(ground: Ground, browser: Browser, article: Loaded) -> Iterator[Figure]:
    """A key marks a word in the article with 5,000 marks: until it is painted, and until the server has answered."""
    page = _page(ground, browser)
    page.goto(f"/articles/{article.uid}/")
    page.wait_for_function("() => window.paintedAt")
    shown: list[float] = []
    answered: list[float] = []

    def note(request: Request) -> None:
        if "/at-once/" in request.url:
            answered.append(request.timing["responseEnd"])

    page.on("requestfinished", note)
    for number in range(KEYS):
        before = page.inner_text("#selected")
        shown.append(page.evaluate(KEY_TO_MARK, [number + 1, "q"]))
        page.wait_for_function(SELECTED, arg=before)
        page.wait_for_function(IS_QUIET)
    page.context.close()
    yield Figure("key-to-mark-p50", median(shown), "ms", None, "≤ 50")
    yield Figure("key-to-mark-p95", percentile(shown, 0.95), "ms", None, "≤ 50")
    yield Figure("key-to-saved-p50", median(answered), "ms", None)


def _memory(ground: Ground, browser: Browser, article: Loaded) -> Iterator[Figure]:
    """Marks made and undone by key, one after the other; what the page's scripts hold before and after."""
    page = _page(ground, browser)
    page.goto(f"/articles/{article.uid}/")
    page.wait_for_function("() => window.paintedAt")
    for number in range(MADE_AND_UNDONE // 10):
        _make_and_undo(page, number)
    before = page.evaluate(HEAP)
    for number in range(MADE_AND_UNDONE):
        _make_and_undo(page, number)
    after = page.evaluate(HEAP)
    page.context.close()
    yield Figure("page-memory-growth", after - before, "MiB", None, "flat")


def _make_and_undo(page: Page, number: int) -> None:
    before = page.inner_text("#selected")
    page.evaluate(KEY_TO_MARK, [number + 1, "q"])
    page.wait_for_function(SELECTED, arg=before)
    page.wait_for_function(IS_QUIET)
    with page.expect_response(lambda answer: "around" in answer.request.headers.get("hx-target", "")):
        page.keyboard.press("z")
    page.wait_for_function(IS_QUIET)
