"""Who may be meant by the speaker of a form: those the desk knows by that name, the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest

from annotations.views.rights import person_of
from articles.models import Article, Origin, Speaker
from articles.search.speakers import resolve_speaker

if TYPE_CHECKING:
    from articles.search.speakers import Resolution

MOST_VOICES = 20


def who_is_meant(request: HttpRequest, article: Article, form: forms.Form) -> Resolution | None:
    """Whom a name means that is no speaker's, or the name as printed where no speaker is chosen.

    None where the form has no speaker, or where there is nothing to ask.
    """
    printed = _value(form, "mention")
    typed = _value(form, "speaker")
    if "speaker" not in form.fields or (typed and not (form.is_bound and "speaker" in form.errors)):
        return None
    if not (typed or printed):
        return None
    found = resolve_speaker(
        printed or typed,
        full_name=typed,
        language=article.language,
        outlet=article.outlet,
        beside=_voices_in(article),
        person=person_of(request),
    )
    return found if found.candidates else None


def _value(form: forms.Form, name: str) -> str:
    return str(form[name].value() or "").strip() if name in form.fields else ""


def _voices_in(article: Article) -> list[Speaker]:
    """Who is quoted in the article."""
    heard: Any = article.quotes
    keys = heard.live().exclude(origin=Origin.SUGGESTED).exclude(speaker=None).values("speaker").distinct()
    return list(Speaker.objects.filter(pk__in=keys).order_by("pk")[:MOST_VOICES])
