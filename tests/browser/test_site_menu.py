"""The bar on every page: complete at any width, large enough to hit."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from newsdesk.models import User

OpenPage = Callable[..., Page]
SECTIONS = ["Desk", "Articles", "Claims", "Sources", "Speakers", "Insights", "Exports"]

# Controls that are too small to hit, or outside the window: what stands in a line of words may be as high as the
# line (WCAG 2.5.8), and a box to tick is as large as its label.
OUT_OF_REACH = """
(least) => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }) && control.type !== "hidden")
  .map((control) => [control, control.closest("label") ?? control])
  .filter(([control, target]) => {
    const box = target.getBoundingClientRect();
    if (box.width <= 1 || box.bottom < 0 || getComputedStyle(target).display === "inline") return false;
    return box.height < least || box.width < least || box.left < 0 || box.right > innerWidth;
  })
  .map(([control, target]) => `${control.outerHTML.slice(0, 90)} ${target.getBoundingClientRect().height}`)
"""
LOOKS: list[dict[str, Any]] = [{}, {"forced_colors": "active"}, {"java_script_enabled": False}]


@pytest.mark.parametrize("width", [320, 360, 640, 800, 1000, 1440])
@pytest.mark.parametrize("look", LOOKS, ids=["as it is", "forced colours", "without a script"])
def test_every_section_is_in_sight(alice: User, signed_in: OpenPage, width: int, look: dict[str, Any]) -> None:
    page = signed_in(alice, viewport={"width": width, "height": 800}, **look)
    page.goto("/account/")

    menu = page.get_by_role("navigation", name="Site")
    for section in SECTIONS:
        box = menu.get_by_role("link", name=section).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 24


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_to_press_is_smaller_than_a_fingertip(alice: User, open_page: OpenPage, width: int) -> None:
    size = {"width": width, "height": 800}
    outside, inside = open_page(viewport=size), open_page(alice, viewport=size)

    for page, address in (
        (outside, "/accounts/login/"),
        (outside, "/accounts/password/reset/"),
        (inside, "/account/"),
        (inside, "/account/tokens/"),
        (inside, "/accounts/2fa/"),
        (inside, "/articles/new/"),
    ):
        page.goto(address)

        assert page.evaluate(OUT_OF_REACH, 24) == [], address
