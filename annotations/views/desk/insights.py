"""The figures of the desk: bias in what was read, who is quoted, the mix of verdicts, what became of suggestions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.exports.csv import MEDIA_TYPE, spreadsheet_safe
from annotations.forms.insights import BehindForm, BiasScopeForm, ScopeForm
from annotations.queries.insights.acceptance import LAYERS, QUOTES, count_acceptance, suggestions_in
from annotations.queries.insights.biasfigures import NAMES, By, Unit, count_by, count_over_time
from annotations.queries.insights.pages import bias_page, quote_page, suggestion_page, verdict_page
from annotations.queries.insights.portions import COLUMNS, portion_cells
from annotations.queries.insights.quotefigures import count_voices, quotes_in
from annotations.queries.insights.rows import Listed, list_marks, list_texts, list_verdicts, page_number
from annotations.queries.insights.scope import UNKNOWN, Scope, categories_of_desk, holds_demonstration
from annotations.queries.insights.verdictfigures import count_verdicts, verdicts_in
from annotations.views.rights import person_of, refuse_without
from articles.models import QuoteKind

VOICE_COLUMNS = (
    *("speaker", "quotes", "words", "articles", "direct", "direct_low", "direct_high"),
    *("articles_with_others", "first", "last"),
)
RULE_COLUMNS = ("layer", "proposer", "rule", "accepted", "corrected", "rejected", "in_bulk", "waiting", *COLUMNS[3:])


def _reader(request: HttpRequest) -> AbstractUser:
    person = person_of(request)
    refuse_without(person, "annotations.see_insights")
    return person


def _bias_form(request: HttpRequest, person: AbstractUser) -> BiasScopeForm:
    return BiasScopeForm(request.GET, categories=categories_of_desk(person))


@login_required
@require_safe
def bias(request: HttpRequest) -> HttpResponse:
    """How often bias is tagged in what was read: over time, and by outlet, section, author or category."""
    person = _reader(request)
    form = _bias_form(request, person)
    scope = form.scope()
    by, unit = form.chosen()
    context = {
        "form": form,
        "scope": scope,
        "page": bias_page(person, scope, by, unit),
        "by": by,
        "by_name": NAMES[by],
        "unit": unit,
        "choices": [(each, NAMES[each], scope.query(by=each, unit=unit)) for each in By],
        "units": [
            (Unit.SENTENCES, _("Sentences"), scope.query(by=by)),
            (Unit.TEXTS, _("Whole texts"), scope.query(by=by, unit=Unit.TEXTS)),
        ],
        "csv_href": reverse("annotations:insights-csv") + scope.query(by=by, unit=unit),
    }
    return _drawn(request, "insights_bias", context, person, scope)


@login_required
@require_safe
def bias_csv(request: HttpRequest) -> HttpResponse:
    """All groups and stretches of time of the same question, as a table for spreadsheets."""
    person = _reader(request)
    form = _bias_form(request, person)
    scope = form.scope()
    by, unit = form.chosen()
    groups = [[by.value, *portion_cells(each)] for each in count_by(person, scope, by, unit)]
    course = [
        ["time", point.portion.value, *portion_cells(point.portion)[1:]]
        for point, _counted in count_over_time(person, scope, unit)
    ]
    return _table("bias", ("by", *COLUMNS), [*groups, *course])


@login_required
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """The texts that were read behind a figure, with the tags that count in them."""
    person = _reader(request)
    form = _bias_form(request, person)
    scope, only_tagged = form.scope(), request.GET.get("tagged") == "1"
    number = page_number(request.GET.get("page", ""))
    listed = list_texts(person, scope, only_tagged=only_tagged, number=number)
    context = {
        "title": _("Texts that were read"),
        "back": reverse("annotations:insights") + scope.query(),
        "facts": _said(form),
        "only_tagged": only_tagged,
        "tagged_href": scope.query(tagged="1"),
        "all_href": scope.query(),
        **_paged(request, listed),
    }
    return _drawn(request, "insight_texts", context, person, scope)


@login_required
@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    """Who is quoted, how often and how long, in whose words, and who has the first and the last word."""
    person, form = _reader(request), ScopeForm(request.GET)
    scope = form.scope()
    context = {
        "form": form,
        "scope": scope,
        "page": quote_page(person, scope),
        "csv_href": reverse("annotations:insight-quotes-csv") + scope.query(),
        "list_href": reverse("annotations:insight-quote-list"),
    }
    return _drawn(request, "insights_quotes", context, person, scope)


@login_required
@require_safe
def quotes_csv(request: HttpRequest) -> HttpResponse:
    """Every voice, as a table for spreadsheets."""
    voices = count_voices(_reader(request), ScopeForm(request.GET).scope(), most=None).voices
    rows = (
        [
            *(spreadsheet_safe(voice.name), voice.quotes, voice.words, voice.articles),
            *(voice.direct.hits, *voice.direct.interval, voice.first.of, voice.first.hits, voice.last.hits),
        ]
        for voice in voices
    )
    return _table("quotes", VOICE_COLUMNS, rows)


@login_required
@require_safe
def quotes_behind(request: HttpRequest) -> HttpResponse:
    """The quotes behind a figure: of a speaker, of a kind, of a time."""
    person, form = _reader(request), _behind(request)
    scope, speaker, kind = form.scope(), form.cleaned_data["speaker"], form.cleaned_data["kind"]
    marks = quotes_in(person, scope, speaker=speaker, kind=kind)
    facts = [str(QuoteKind(kind).label)] if kind else []
    back = reverse("annotations:insight-quotes") + scope.query()
    context = {"title": _("Quotes"), "back": back, "facts": [*facts, *_said(form)], **_listed(request, marks)}
    return _drawn(request, "insight_marks", context, person, scope)


@login_required
@require_safe
def verdicts(request: HttpRequest) -> HttpResponse:
    """The mix of the verdicts that stand, by each scale and over time."""
    person, form = _reader(request), ScopeForm(request.GET)
    scope = form.scope()
    context = {
        "form": form,
        "scope": scope,
        "page": verdict_page(person, scope),
        "csv_href": reverse("annotations:insight-verdicts-csv") + scope.query(),
        "list_href": reverse("annotations:insight-verdict-list"),
    }
    return _drawn(request, "insights_verdicts", context, person, scope)


@login_required
@require_safe
def verdicts_csv(request: HttpRequest) -> HttpResponse:
    """Every step of every scale, as a table for spreadsheets."""
    mix = count_verdicts(_reader(request), ScopeForm(request.GET).scope())
    rows = ([scale.slug or "evidence", *portion_cells(each)] for scale in mix.scales for each in scale.portions)
    return _table("verdicts", ("scale", *COLUMNS), rows)


@login_required
@require_safe
def verdicts_behind(request: HttpRequest) -> HttpResponse:
    """The verdicts behind a figure: of a step, of a time."""
    person, form = _reader(request), _behind(request)
    scope = form.scope()
    asked = {name: form.cleaned_data[name] for name in ("verdict", "rating")}
    listed = list_verdicts(verdicts_in(person, scope, **asked), number=page_number(request.GET.get("page", "")))
    back = reverse("annotations:insight-verdicts") + scope.query()
    context = {"title": _("Verdicts"), "back": back, "facts": _said(form), **_paged(request, listed)}
    return _drawn(request, "insight_marks", context, person, scope)


@login_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What became of suggestions, by rule, and how often they were accepted over time."""
    person, form = _reader(request), ScopeForm(request.GET)
    scope = form.scope()
    context = {
        "form": form,
        "scope": scope,
        "page": suggestion_page(person, scope),
        "csv_href": reverse("annotations:insight-suggestions-csv") + scope.query(),
    }
    return _drawn(request, "insights_suggestions", context, person, scope)


@login_required
@require_safe
def suggestions_csv(request: HttpRequest) -> HttpResponse:
    """Every rule, as a table for spreadsheets."""
    found = count_acceptance(_reader(request), ScopeForm(request.GET).scope())
    rows = (
        [
            *(each.layer, spreadsheet_safe(each.record.proposer), spreadsheet_safe(each.record.rule)),
            *(each.record.accepted, each.record.corrected, each.record.rejected),
            *(each.record.in_bulk, each.record.waiting, *portion_cells(each.portion)[3:]),
        ]
        for each in found
    )
    return _table("suggestions", RULE_COLUMNS, rows)


@login_required
@require_safe
def suggestions_behind(request: HttpRequest) -> HttpResponse:
    """The suggestions of one rule, and what became of each."""
    person, form = _reader(request), _behind(request)
    scope, asked = form.scope(), form.cleaned_data
    layer, rule = asked["layer"] or QUOTES, asked["rule"] if "rule" in request.GET else None
    marks = suggestions_in(person, scope, layer, proposer=asked["proposer"], rule=rule, origin=asked["origin"])
    facts = [str(LAYERS[layer]), *([rule] if rule else []), *_said(form)]
    back = reverse("annotations:insight-suggestions") + scope.query()
    context = {"title": _("Suggestions"), "back": back, "facts": facts, **_listed(request, marks)}
    return _drawn(request, "insight_marks", context, person, scope)


def _behind(request: HttpRequest) -> BehindForm:
    """What is listed; an address that nothing of ours leads to is none."""
    form = BehindForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form


def _drawn(
    request: HttpRequest, name: str, context: dict[str, Any], person: AbstractUser, scope: Scope
) -> HttpResponse:
    """A page of figures, which says so where sample material is among what it counts."""
    context["is_demonstration"] = holds_demonstration(person, scope)
    return render(request, f"annotations/{name}.html", context)


def _listed(request: HttpRequest, marks: Any) -> dict[str, Any]:
    return _paged(request, list_marks(marks, number=page_number(request.GET.get("page", ""))))


def _paged(request: HttpRequest, listed: Listed) -> dict[str, Any]:
    asked = request.GET.copy()

    def address(number: int) -> str:
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "rows": listed.rows,
        "previous_href": address(listed.number - 1) if listed.number > 1 else "",
        "next_href": address(listed.number + 1) if listed.has_next else "",
    }


def _said(form: ScopeForm) -> list[str]:
    """What is asked for, in words for the head of a list."""
    known = form.cleaned_data
    days = [date for date in (known.get("since"), known.get("until")) if date]
    spans = [" – ".join(dict.fromkeys(f"{day:%Y-%m-%d}" for day in days))] if days else []
    names = (known.get(name, "") for name in ("outlet", "section", "author", "category", "language"))
    return [*spans, *(_("not known") if name == UNKNOWN else name for name in names if name)]


def _table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    answer = HttpResponse(content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="insights-{name}.csv"'
    lines = csv.writer(answer, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows(rows)
    return answer
