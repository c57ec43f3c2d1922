"""Checks brought to any state by the acts of people; no row reaches one otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotations.models import FactCheck
from annotations.operations.checking.factchecks import (
    open_check,
    propose_check,
    publish_verdict,
    review_check,
    send_to_review,
    withdraw_check,
)
from newsdesk.models import User
from tests.factories import AT, make_check, make_evidence, make_source


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes a check how far."""

    editor: User
    checker: User
    reviewer: User


def bring_to(state: str, claim: Any, cast: Cast) -> FactCheck:
    """A check of a claim in this state, as it stands in the database; the claim gets a passage of a capture."""
    make_evidence(claim, make_source(by=cast.checker), by=cast.checker)
    check = _WAYS[state](cast, claim)
    return FactCheck.objects.get(pk=check.pk)


def _drafted(cast: Cast, claim: Any) -> FactCheck:
    return make_check(claim, checker=cast.checker)


def _sent(cast: Cast, claim: Any) -> FactCheck:
    check = _drafted(cast, claim)
    return send_to_review(check=check, seen=check.version, by=cast.checker, at=AT)


def _approved(cast: Cast, claim: Any) -> FactCheck:
    check = _sent(cast, claim)
    review_check(check=check, seen=check.version, decision="approve", by=cast.reviewer, at=AT)
    return check


def _published(cast: Cast, claim: Any, **words: str) -> FactCheck:
    check = _approved(cast, claim)
    publish_verdict(check=check, seen=check.version, by=cast.editor, at=AT, **words)
    return check


def _corrected(cast: Cast, claim: Any) -> FactCheck:
    check = _published(cast, claim)
    _published(cast, claim, correction_note="The sum was of another year.")
    return check


def _withdrawn(cast: Cast, claim: Any) -> FactCheck:
    check = _drafted(cast, claim)
    return withdraw_check(check=check, seen=check.version, by=cast.checker, at=AT)


def _gathering(cast: Cast, claim: Any) -> FactCheck:
    return open_check(claim=claim, checker=cast.checker, by=cast.checker, at=AT)


def _assigned(cast: Cast, claim: Any) -> FactCheck:
    return open_check(claim=claim, checker=cast.checker, by=cast.editor, at=AT)


def _proposed(cast: Cast, claim: Any) -> FactCheck:
    return propose_check(claim=claim, by=cast.editor, at=AT)


_WAYS: dict[str, Callable[[Cast, Any], FactCheck]] = {
    "proposed": _proposed,
    "assigned": _assigned,
    "gathering": _gathering,
    "drafted": _drafted,
    "in_review": _sent,
    "approved": _approved,
    "published": _published,
    "corrected": _corrected,
    "withdrawn": _withdrawn,
}
