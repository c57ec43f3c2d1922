"""The figures of the desk in a browser: from a row of a plot to the texts behind it, by keys, wide and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Project
from annotations.operations.studies.measuring import begin_measurement, run_measurement
from annotations.operations.studies.readings import begin_reading, submit_reading
from newsdesk.models import User
from tests.browser.conftest import NARROWEST, OpenPage
from tests.factories import AT, make_article, make_claim, make_quote, make_speaker, make_tag
from tests.factories.published import judge
from tests.factories.readstudies import LOADED, SPIN, make_read, make_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def read(alice: User, bob: User, dana: User) -> None:
    """An article with something of everything, read to the end."""
    article = make_article(by=alice, outlet="The Paper")
    make_tag(article, by=alice)
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    judge(make_claim(article, by=bob), checker=bob, reviewer=dana, editor=alice)
    everyday = Project.objects.get(is_default=True)
    reading = begin_reading(revision=article.head, project=everyday, by=alice, at=AT)
    submit_reading(reading=reading, seen=reading.version, by=alice, at=AT)


@pytest.mark.parametrize("width", [1280, NARROWEST])
def test_a_row_of_a_plot_leads_to_the_texts_behind_it(
    signed_in: OpenPage, alice: User, read: None, width: int, assert_accessible: Callable[[Page], None]
) -> None:
    page = signed_in(alice, viewport={"width": width, "height": 900})
    for address in ("quotes/", "verdicts/", "suggestions/", ""):
        page.goto(f"/insights/{address}")
        assert_accessible(page)
    page.get_by_role("link", name="The Paper: 1 of 5, 20 %, between 3.6 and 62 %").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Texts that were read")
    expect(page.get_by_role("link", name="reckless")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("width", [1280, NARROWEST])
def test_a_person_is_set_beside_the_others(
    signed_in: OpenPage,
    alice: User,
    bob: User,
    carol: User,
    width: int,
    assert_accessible: Callable[[Page], None],
) -> None:
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=carol, category=SPIN)
    measurement = begin_measurement(project=opened.project, round=opened, by=alice, at=AT, samples=20)
    run_measurement(uid=measurement.uid, at=AT)

    page = signed_in(alice, viewport={"width": width, "height": 900})
    page.goto("/research/bridges/agreement/")
    page.get_by_role("link", name="Drift").click()
    page.get_by_role("link", name="Carol Adeyemi", exact=True).click()

    expect(page.get_by_text("Carol Adeyemi beside the others, on the same sentences")).to_be_visible()
    assert_accessible(page)
