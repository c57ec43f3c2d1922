"""What every row of a list of articles shows. Written in Python and remembered, because a page has fifty rows that
say a few things over and over; everything that comes from people is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from html import escape
from uuid import UUID

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from annotations.queries.desk.articles import ArticleRow
from annotations.templatetags.signs import draw_sign
from articles.models import Access, Article

register = template.Library()

TICKS = 7
# Remembered drawings of each kind: far more than there are states, authors and small numbers.
REMEMBERED = 2048


@register.simple_tag
def article_rows(rows: Iterable[ArticleRow]) -> SafeString:
    """The rows of the list of articles."""
    labels = {
        "state": escape(_("State")),
        "claims": escape(_("Claims")),
        "bias": escape(_("Bias")),
        "received": escape(_("Received")),
    }
    none = f'<span class="faint">{escape(_("none"))}</span>'
    return SafeString("".join(_article_row(row, labels, none) for row in rows))


def _article_row(row: ArticleRow, labels: dict[str, str], none: str) -> str:
    article = row.article
    return (
        f'<tr><th scope="row"><p><a class="title serif" dir="auto" href="{workbench_address(article.uid)}">'
        f"{escape(article.head.headline)}</a></p>{article_facts(article)}</th>"
        f'<td data-label="{labels["state"]}">{state_ticks(row.step, row.state_name)}</td>'
        f'<td data-label="{labels["claims"]}" class="num">{row.claims or none}</td>'
        f'<td data-label="{labels["bias"]}">{severities(row)}</td>'
        f'<td data-label="{labels["received"]}" class="end nowrap">{day(article.received_at)}</td></tr>\n'
    )


def workbench_address(uid: UUID) -> str:
    """The address of an article's workbench; resolving fifty names takes longer than drawing fifty rows."""
    before, after = _around_uid(get_script_prefix())
    return f"{before}{uid}{after}"


@lru_cache
def _around_uid(_script_prefix: str) -> tuple[str, str]:
    stand_in = UUID(int=0)
    before, after = reverse("annotations:workbench", kwargs={"uid": stand_in}).split(str(stand_in))
    return before, after


@register.simple_tag
def state_ticks(step: int, name: str) -> SafeString:
    """How far a piece or a claim has come: ``step`` of seven ticks filled, and the name of the state."""
    return SafeString(f'<span class="state">{_ticks(step)}{escape(str(name))}</span>')


@lru_cache(maxsize=TICKS + 1)
def _ticks(step: int) -> str:
    filled = [' class="on"' if number < step else "" for number in range(TICKS)]
    drawn = "".join(
        f'<rect x="{0.5 + 5.5 * number:g}" y="1" width="4" height="6"{on}/>' for number, on in enumerate(filled)
    )
    return f'<svg class="ticks" viewBox="0 0 39 8" aria-hidden="true" focusable="false">{drawn}</svg>'


@register.simple_tag
def severities(row: ArticleRow) -> SafeString:
    """An article's bias tags counted by severity; tint and overline say which is which."""
    return SafeString(_severities(get_language() or "", row.severities))


@lru_cache(maxsize=REMEMBERED)
def _severities(language: str, counts: tuple[int, int, int]) -> str:
    with override(language):
        if not any(counts):
            return f'<span class="faint">{escape(_("none yet"))}</span>'
        words = _("Bias tags: %(mild)s mild, %(shifts)s shift the reading, %(misleads)s mislead") % dict(
            zip(("mild", "shifts", "misleads"), counts, strict=True)
        )
    drawn = " ".join(
        f'<span class="sev sev-{severity} small num">{count}</span>'
        for severity, count in enumerate(counts, start=1)
        if count
    )
    label = escape(words)
    return f'<span class="nowrap" role="img" aria-label="{label}"><span aria-hidden="true">{drawn}</span></span>'


@register.simple_tag
def article_facts(article: Article, *, in_doubt: int = 0) -> SafeString:
    """What is known of an article, in small type under its headline; ``in_doubt`` of its marks need a look."""
    language = get_language() or ""
    facts = (
        _restricted(language) if article.access == Access.RESTRICTED else "",
        _embargo(article.embargo_until) if article.embargo_until else "",
        f'<span dir="auto">{escape(article.outlet)}</span>' if article.outlet else "",
        _origin(language, str(article.created_by), article.head.number),
        _doubts(language, in_doubt) if in_doubt else "",
    )
    tag = f"{_demonstration(language)} " if article.is_demonstration else ""
    return SafeString(f'<p class="small faint">{tag}<span class="dot-list">{"".join(facts)}</span></p>')


@lru_cache
def _demonstration(language: str) -> str:
    with override(language):
        return f'<span class="tag">{escape(_("DEMONSTRATION"))}</span>'


@lru_cache
def _restricted(language: str) -> str:
    with override(language):
        return f"<span>{draw_sign('lock', 'icon-s icon-inline')} {escape(_('named people only'))}</span>"


def _embargo(until: datetime) -> str:
    moment = date_format(localtime(until), "DATETIME_FORMAT")
    return f"<span>{escape(_('embargo until %(until)s') % {'until': moment})}</span>"


@lru_cache(maxsize=REMEMBERED)
def _origin(language: str, who: str, revision: int) -> str:
    with override(language):
        brought = _("brought in by %(who)s") % {"who": who}
        numbered = _("revision %(number)s") % {"number": revision}
    return f"<span>{escape(brought)}</span><span>{escape(numbered)}</span>"


@lru_cache(maxsize=REMEMBERED)
def _doubts(language: str, count: int) -> str:
    with override(language):
        words = ngettext("%(marks)s mark needs a look", "%(marks)s marks need a look", count) % {"marks": count}
    return f"<span>{escape(words)}</span>"


@register.simple_tag
def day(moment: datetime) -> SafeString:
    """The day of a moment in the reader's zone, for people and for machines."""
    local = localtime(moment)
    return SafeString(f'<time datetime="{local.isoformat()}">{_day(get_language() or "", local.date())}</time>')


@lru_cache(maxsize=REMEMBERED)
def _day(language: str, date: date) -> str:
    with override(language):
        return escape(date_format(date, "DATE_FORMAT"))


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a ``select`` with one chosen; a hundred languages cost more as a widget than fifty rows."""
    return SafeString(_options(tuple((value, str(name)) for value, name in choices), chosen))


@lru_cache(maxsize=REMEMBERED)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(name)}</option>'
        for value, name in choices
    )
