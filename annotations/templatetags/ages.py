"""Ages, and what a string of beads says in words."""

from datetime import datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.queries.desk.inwork import InWork
from annotations.queries.desk.waiting import Waiting

register = template.Library()

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def spell_age(age: timedelta) -> str:
    """How long something took, as short as a queue needs it: 35 min, 2 h 10 min, 3 days."""
    if age < MINUTE:
        return _("now")
    if age < HOUR:
        return _("%(minutes)s min") % {"minutes": age // MINUTE}
    if age < DAY:
        hours, minutes = age // HOUR, age % HOUR // MINUTE
        if not minutes:
            return _("%(hours)s h") % {"hours": hours}
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02}"}
    days = age // DAY
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


@register.simple_tag
def age(since: datetime, now: datetime) -> SafeString:
    """The age of something, with the moment it counts from."""
    return format_html(
        '<time class="age" datetime="{}" title="{}">{}</time>',
        since.isoformat(),
        date_format(localtime(since), "DATETIME_FORMAT"),
        spell_age(now - since),
    )


@register.simple_tag
def waiting_age(thing: Waiting, now: datetime) -> SafeString:
    """How long a thing has waited; how late it is, once it is late."""
    if thing.due_at is not None and thing.is_late(now):
        late = _("%(age)s late") % {"age": spell_age(now - thing.due_at)}
        return format_html('<time class="age is-late" datetime="{}">{}</time>', thing.due_at.isoformat(), late)
    return SafeString("") if thing.since is None else age(thing.since, now)


@register.simple_tag
def time_left(due_at: datetime | None, now: datetime) -> SafeString:
    """How long until something is due, how late it is, or that no time is set."""
    if due_at is None:
        return format_html('<span class="quiet">{}</span>', _("no time set"))
    is_late = due_at < now
    words = _("%(age)s late") if is_late else _("in %(age)s")
    return format_html(
        '<time class="age{}" datetime="{}" title="{}">{}</time>',
        " is-late" if is_late else "",
        due_at.isoformat(),
        date_format(localtime(due_at), "DATETIME_FORMAT"),
        words % {"age": spell_age(abs(due_at - now))},
    )


@register.simple_tag
def beads_label(line: InWork) -> str:
    """What the beads of an article say: "15 claims: 8 supported, 2 refuted …"."""
    names = {
        "supported": _("supported"),
        "refuted": _("refuted"),
        "conflicting": _("conflicting evidence"),
        "lacking": _("not enough evidence"),
        "open": _("no verdict yet"),
        "none": _("not checkable"),
    }
    count = len(line.tones)
    counted = ngettext("%(count)s claim", "%(count)s claims", count) % {"count": count}
    return f"{counted}: " + ", ".join(f"{number} {names[tone]}" for tone, number in line.claims_by_tone)
