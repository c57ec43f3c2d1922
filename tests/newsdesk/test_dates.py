"""One style of dates: the language says it, no page invents its own."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.formats import date_format

from annotations.templatetags.ages import age

TEMPLATES = Path(__file__).parents[2] / "templates"
FORMAT = re.compile(r"""\|date:["']([^"']+)["']""")
# Of the language; for machines; ticks of plots, where there is room for "12 May" and no more; days of this week.
ALLOWED = {"DATE_FORMAT", "DATETIME_FORMAT", "TIME_FORMAT", "c", "Y-m-d", "Y", "j M", "j F, H:i", "l j F, H:i"}


def test_days_and_moments_are_written_out() -> None:
    moment = datetime(2027, 2, 20, 8, 5, tzinfo=UTC)

    assert date_format(moment, "DATE_FORMAT") == "20 February 2027"
    assert date_format(moment, "DATETIME_FORMAT") == "20 February 2027, 08:05"


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.name))
def test_no_page_has_a_style_of_dates_of_its_own(template: Path) -> None:
    assert set(FORMAT.findall(template.read_text(encoding="utf-8"))) <= ALLOWED


def test_an_age_says_its_moment_to_people_and_to_machines() -> None:
    since = datetime(2027, 2, 20, 8, 5, tzinfo=UTC)

    shown = age(since, datetime(2027, 2, 20, 8, 40, tzinfo=UTC))

    assert shown == (
        '<time class="age" datetime="2027-02-20T08:05:00+00:00" title="20 February 2027, 08:05">35 min</time>'
    )
