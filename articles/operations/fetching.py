"""Asking for what stands at an address. The answer is a capture; what is made of it, somebody decides who sees it."""

from __future__ import annotations

import posixpath
from datetime import datetime
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from procrastinate.contrib.django import app

from articles.fetching.addresses import read_address
from articles.fetching.fetch import Fetched, Validators, fetch
from articles.fetching.refusals import FetchRefused
from articles.models import Capture, FetchPurpose, FetchRequest, FetchState, Source
from articles.operations.captures import keep_capture
from articles.operations.ledger import DatabaseLedger

FETCH_COPY = "articles.fetch_copy"
UNKNOWN_TYPE = "application/octet-stream"
# What the desk says of a fault of its own; the log says more.
OWN_FAULT = "The desk stumbled over this page, which has been noted. Try again, or save the page and bring in the file."


class Fetcher(Protocol):
    """Brings what stands at an address, by the rules of the desk."""

    def __call__(self, address: str, *, validators: Validators | None = None) -> Fetched:
        """:raises FetchRefused: with a sentence for whoever gave the address."""


class FetchOutOfOrder(Exception):
    """A request that is under way cannot be tried again, and one that has ended cannot be canceled."""

    def __init__(self, request: FetchRequest) -> None:
        super().__init__(f"This request is {request.get_state_display()}, so that cannot be done now.")


def fetch_by_rules(address: str, *, validators: Validators | None = None) -> Fetched:
    """Fetch as the settings of the desk say, taking turns with all its workers.

    :raises FetchRefused: as :func:`articles.fetching.fetch.fetch`.
    """
    return fetch(address, rules=settings.FETCHING, ledger=DatabaseLedger(), validators=validators)


def refuse_address(url: str) -> None:
    """Look at an address without asking anybody.

    :raises FetchRefused: it cannot be read, or the rules of the desk keep it from that host or port.
    """
    settings.FETCHING.admit(read_address(url))


@transaction.atomic
def ask_for_copy(
    *,
    url: str,
    by: AbstractUser,
    at: datetime,
    purpose: str = FetchPurpose.ARTICLE,
    source: Source | None = None,
) -> FetchRequest:
    """Note that somebody wants what stands at an address, and put the job off that fetches it.

    :raises FetchRefused: no job is needed to see that the desk does not fetch it.
    """
    refuse_address(url)
    request = FetchRequest.objects.create(
        url=url.strip(), purpose=purpose, source=source, created_by_id=by.pk, created_at=at
    )
    _put_off(request)
    return request


@transaction.atomic
def try_again(*, request: FetchRequest, seen: int, by: AbstractUser, at: datetime) -> FetchRequest:
    """Fetch once more what was refused or canceled.

    :raises FetchOutOfOrder: it is under way, or has come.
    :raises Stale: when it changed since version ``seen``.
    """
    if request.state not in {FetchState.REFUSED, FetchState.CANCELED}:
        raise FetchOutOfOrder(request)
    tries = request.tries + 1
    request.change(seen=seen, state=FetchState.QUEUED, reason="", is_temporary=False, ended_at=None, tries=tries)
    _put_off(request)
    return request


def cancel_fetch(*, request: FetchRequest, seen: int, by: AbstractUser, at: datetime) -> FetchRequest:
    """Want it no longer. A worker that is at it drops what it brings.

    :raises FetchOutOfOrder: it has ended already.
    :raises Stale: when it changed since version ``seen``.
    """
    if not request.is_under_way:
        raise FetchOutOfOrder(request)
    return request.change(seen=seen, state=FetchState.CANCELED, ended_at=at)


def fetch_copy(*, uid: UUID, tries: int, at: datetime, fetcher: Fetcher = fetch_by_rules) -> None:
    """Fetch what somebody asked for, and keep the bytes as they came.

    Twice is harmless: the second time finds the request ended, or fetches what a killed worker did not bring home.
    Not to be called in a transaction, which would hold up everybody who waits for the same host.
    """
    request = _begun(uid, tries)
    if request is None:
        return
    try:
        fetched = fetcher(request.url)
    except FetchRefused as refused:
        _refuse(uid, tries, reason=refused.reason, is_temporary=refused.temporary, at=at)
    except Exception:
        _refuse(uid, tries, reason=OWN_FAULT, is_temporary=True, at=at)
        raise
    else:
        _keep(uid, tries, fetched, at=at)


def _put_off(request: FetchRequest) -> None:
    app.configure_task(FETCH_COPY).defer(uid=str(request.uid), tries=request.tries)


def _wanted(uid: UUID, tries: int) -> FetchRequest | None:
    """The request, locked, if somebody still waits for this very try."""
    waiting = FetchRequest.objects.select_for_update(of=("self",)).select_related("created_by")
    return waiting.filter(uid=uid, tries=tries, state__in=(FetchState.QUEUED, FetchState.FETCHING)).first()


@transaction.atomic
def _begun(uid: UUID, tries: int) -> FetchRequest | None:
    request = _wanted(uid, tries)
    return request and request.change(seen=request.version, state=FetchState.FETCHING)


@transaction.atomic
def _refuse(uid: UUID, tries: int, *, reason: str, is_temporary: bool, at: datetime) -> None:
    request = _wanted(uid, tries)
    if request is not None:
        ended = {"state": FetchState.REFUSED, "reason": reason[:1000], "is_temporary": is_temporary, "ended_at": at}
        request.change(seen=request.version, **ended)


@transaction.atomic
def _keep(uid: UUID, tries: int, fetched: Fetched, *, at: datetime) -> None:
    request = _wanted(uid, tries)
    if request is None:
        return
    capture = keep_fetched(fetched, by=request.created_by)
    request.change(seen=request.version, state=FetchState.FETCHED, capture=capture, ended_at=at)


def keep_fetched(fetched: Fetched, *, by: AbstractUser) -> Capture:
    """Keep what a site sent, with what it said about it."""
    return keep_capture(
        content=fetched.body,
        media_type=(fetched.media_type or UNKNOWN_TYPE)[:100],
        name=_name_of(fetched.final_url),
        url=fetched.final_url,
        headers=dict(fetched.headers),
        by=by,
        at=fetched.fetched_at,
    )


def _name_of(url: str) -> str:
    """A name for the file that stands at an address: the last part of its path, else its host."""
    parts = urlsplit(url)
    return (unquote(posixpath.basename(parts.path)) or parts.hostname or "page").replace("\x00", "")[:300]
