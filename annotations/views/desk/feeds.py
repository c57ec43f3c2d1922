"""Addresses that bring copy by themselves: how each is doing, and setting them up."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.feeds import FeedForm
from annotations.views.rights import person_of, refuse_without
from articles.fetching.refusals import FetchRefused
from articles.models import Feed, Stale
from articles.operations.feeds import FeedEnded, PolledAlready, add_feed, ask_for_poll, change_feed, end_feed
from articles.permissions import visible_feed_entries, visible_feeds

MOST_ENTRIES = 20


@login_required
@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """All feeds, those that are polled first."""
    person = person_of(request)
    refuse_without(person, "articles.keep_feeds")
    feeds = visible_feeds(person).select_related("polling").order_by("-ended_at", "name", "pk")
    return render(request, "annotations/feed_list.html", {"feeds": feeds})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feed_new(request: HttpRequest) -> HttpResponse:
    """Have an address polled."""
    person = person_of(request)
    refuse_without(person, "articles.keep_feeds")
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_feed(**form.values(), by=person, at=timezone.now())
        except (FetchRefused, PolledAlready) as refused:
            form.add_error("url", getattr(refused, "reason", str(refused)))
        else:
            messages.success(request, _("Added. It is polled now, then as often as you said."))
            return redirect("annotations:feed-list")
    return _show(request, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feed_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change how a feed is called, filed and polled; see what its entries became."""
    person = person_of(request)
    feed = get_object_or_404(visible_feeds(person).select_related("polling"), uid=uid)
    refuse_without(person, "articles.keep_feeds", feed)
    if request.method != "POST":
        return _show(request, FeedForm(initial=FeedForm.values_of(feed)), feed)
    form = FeedForm(request.POST)
    if form.is_valid():
        try:
            change_feed(feed=feed, seen=form.seen, by=person, at=timezone.now(), **form.values())
        except (FetchRefused, PolledAlready) as refused:
            form.add_error("url", getattr(refused, "reason", str(refused)))
        except FeedEnded as ended:
            form.add_error(None, str(ended))
        except Stale:
            form.add_error(None, _("Somebody changed this feed meanwhile. Load the page again to see how it stands."))
        else:
            messages.success(request, _("The feed is changed."))
            return redirect("annotations:feed-list")
    return _show(request, form, feed)


@login_required
@require_POST
def feed_poll(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Poll it now."""
    feed = _kept(request, uid)
    with suppress(FeedEnded):
        ask_for_poll(feed=feed, by=person_of(request), at=timezone.now())
        messages.info(request, _("“%(name)s” is polled now.") % {"name": feed.name})
    return redirect("annotations:feed-list")


@login_required
@require_POST
def feed_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Poll it no more."""
    feed = _kept(request, uid)
    with suppress(FeedEnded, Stale):
        end_feed(feed=feed, seen=feed.version, by=person_of(request), at=timezone.now())
        messages.success(request, _("“%(name)s” is polled no more. What it brought stays.") % {"name": feed.name})
    return redirect("annotations:feed-list")


def _kept(request: HttpRequest, uid: UUID) -> Feed:
    person = person_of(request)
    feed = get_object_or_404(visible_feeds(person), uid=uid)
    refuse_without(person, "articles.keep_feeds", feed)
    return feed


def _show(request: HttpRequest, form: FeedForm, feed: Feed | None = None) -> HttpResponse:
    entries = visible_feed_entries(person_of(request)).filter(feed=feed).select_related("article")
    shown = entries.order_by("-changed_at", "-pk")[:MOST_ENTRIES]
    status = 422 if request.method == "POST" else 200
    return render(request, "annotations/feed_form.html", {"form": form, "feed": feed, "entries": shown}, status=status)
