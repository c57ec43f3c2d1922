"""How far people agree, in a browser: from the matrix to the sentences, by keys, wide and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.operations.studies.measuring import begin_measurement, run_measurement
from newsdesk.models import User
from tests.browser.conftest import NARROWEST, OpenPage
from tests.factories import AT
from tests.factories.readstudies import LOADED, SPIN, make_read, make_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, NARROWEST])
def test_a_cell_of_the_matrix_leads_to_its_sentences(
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
    assert_accessible(page)
    page.get_by_role("link", name="Loaded language by Bob Tanaka, Spin by Carol Adeyemi: 3").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Loaded language or Spin")
    expect(page.get_by_text("The plan is reckless.")).to_have_count(3)
    assert_accessible(page)
