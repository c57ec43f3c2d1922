"""What records say of their words (docs/reference/intake.md), as quotes, claims and tags yet to be stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from annotations.models import (
    BiasTag,
    Checkable,
    Claim,
    ClaimantKind,
    ClaimType,
    Level,
    Polarity,
    Priority,
    Severity,
    Voice,
)
from articles.anchoring.selectors import Place, select
from articles.anchoring.text import TextRefused, normalise
from articles.ingest.record import IncomingAnnotation
from articles.models import DateBasis, Mark, Origin, Quote, QuoteKind, Wording

# Asking a member for its value costs more than all that is done with it, and is asked for each annotation of an import.
HUMAN, SUGGESTED, REJECTED = Origin.HUMAN.value, Origin.SUGGESTED.value, Origin.REJECTED.value

# The slug of a category -> the levels it is used for.
Levels = Mapping[str, Collection[str]]


class JudgementRefused(Exception):
    """An annotation that cannot become what it says it is; the message says why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """An annotation in the making.

    ``values`` are columns of ``model`` but for what is only known by name: ``speaker`` and the ``categories``, of which
    the first is the primary one. ``place`` is None for a tag on the whole article.
    """

    model: type[Mark]
    place: Place | None
    values: Mapping[str, Any]
    speaker: str = ""
    categories: tuple[str, ...] = ()

    @property
    def is_suggested(self) -> bool:
        return bool(self.values["origin"] == SUGGESTED)

    @property
    def same_quote(self) -> tuple[Any, ...] | None:
        """What makes two decided quotes the same; None for what may stand twice."""
        voice = self.speaker or self.values.get("mention")
        if self.model is not Quote or self.is_suggested or not voice or self.place is None:
            return None
        return self.place.start, self.place.end, self.values["kind"], voice


@cache
def values_of(choices: type[models.Choices]) -> frozenset[Any]:
    """What may be chosen; asked for each annotation of an import, and dear to put together."""
    return frozenset(choices.values)


@cache
def longest_of(model: type[models.Model]) -> Mapping[str, int | None]:
    """How many characters each column takes; None where there is no limit."""
    return {field.name: field.max_length for field in model._meta.concrete_fields}


@dataclass(frozen=True, slots=True)
class _Details:
    """Whatever an annotation says besides its place."""

    said: Mapping[str, object]
    model: type[models.Model]

    def text(self, name: str, otherwise: str = "") -> str:
        """A string that fits into the column of that name, or into 200 characters where there is none."""
        value = self.said.get(name)
        if value is None:
            return otherwise
        if value == "":
            return ""
        if not isinstance(value, str):
            raise JudgementRefused(f"{name} must be a string.")
        try:
            stored = normalise(value)
        except TextRefused as refused:
            raise JudgementRefused(f"{name} cannot be kept: {refused.reason}.") from refused
        longest = self._longest(name)
        if longest is not None and len(stored) > longest:
            raise JudgementRefused(f"{name} may have {longest} characters.")
        return stored

    def choice(self, name: str, choices: type[models.TextChoices], otherwise: str = "") -> str:
        value = self.said.get(name)
        if isinstance(value, str) and value in values_of(choices):
            return value
        value = self.text(name, otherwise)
        if value not in values_of(choices):
            raise JudgementRefused(f"{name} must be one of {', '.join(choices.values)}.")
        return value

    def number(self, name: str, choices: type[models.IntegerChoices], otherwise: int | None = None) -> int:
        value = self.said.get(name, otherwise)
        if not isinstance(value, int) or isinstance(value, bool) or value not in values_of(choices):
            raise JudgementRefused(f"{name} must be one of {', '.join(map(str, choices.values))}.")
        return value

    def share(self, name: str) -> float | None:
        value = self.said.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            raise JudgementRefused(f"{name} must be a number from 0 to 1.")
        return float(value)

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.text(name)) if self.said.get(name) else None
        except ValueError:
            raise JudgementRefused(f"{name} must be a day such as 2025-05-13.") from None

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.said.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise JudgementRefused(f"{name} must be a list of strings.")
        return tuple(value)

    def _longest(self, name: str) -> int | None:
        return longest_of(self.model).get(name, 200)


@dataclass(slots=True)
class Judged:
    """The judgements of one record, and a sentence for each annotation that became none."""

    judgements: list[Judgement] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def judge(annotations: tuple[IncomingAnnotation, ...], text: str, *, levels: Levels) -> Judged:
    """Read every annotation of a record whose canonical text is ``text``.

    :param levels: for each category that tags may name, the levels it is used for.
    """
    judged, seen = Judged(), set()
    for number, annotation in enumerate(annotations):
        try:
            judgement = _judgement(annotation, text, levels)
            same = judgement.same_quote
            if same is not None and same in seen:
                raise JudgementRefused("These words are a quote of this speaker already.")
            seen.add(same)
            judged.judgements.append(judgement)
        except JudgementRefused as refused:
            judged.refusals.append(f"annotations[{number}]: {refused} It was left out.")
    return judged


def _judgement(annotation: IncomingAnnotation, text: str, levels: Levels) -> Judgement:
    read = KINDS.get(annotation.type)
    if read is None:
        raise JudgementRefused(f"There are no annotations of the type {annotation.type[:40]}; give {', '.join(KINDS)}.")
    judgement = read(annotation.details, select(text, annotation.start, annotation.end))
    for category in judgement.categories:
        _refuse_unknown(category, levels, str(judgement.values["level"]))
    return judgement


def _refuse_unknown(category: str, levels: Levels, level: str) -> None:
    if category not in levels:
        raise JudgementRefused(f"The codebook of the desk has no category {category[:40] or 'without a name'}.")
    if level == Level.ARTICLE and level not in levels[category]:
        raise JudgementRefused(f"The codebook does not use {category} for a whole article.")


def _quote(said: Mapping[str, object], place: Place) -> Judgement:
    details = _Details(said, Quote)
    values = {
        **_origin(details),
        "kind": details.choice("kind", QuoteKind),
        "cue": details.text("cue"),
        "mention": details.text("mention"),
        "language": details.text("language"),
        "wording": details.choice("wording", Wording, Wording.UNKNOWN.value),
    }
    return Judgement(Quote, place, values, speaker=details.text("speaker").strip())


def _claim(said: Mapping[str, object], place: Place) -> Judgement:
    details = _Details(said, Claim)
    speaker, day = details.text("speaker").strip(), details.day("claim_date")
    voice = ClaimantKind.SPEAKER if speaker else ClaimantKind.UNKNOWN
    claimant = details.choice("claimant", ClaimantKind, voice.value)
    if (claimant == ClaimantKind.SPEAKER) != bool(speaker):
        raise JudgementRefused("A claim names its speaker if, and only if, its claimant is speaker.")
    values = {
        **_origin(details),
        "canonical": details.text("canonical").strip() or place.exact,
        "claimant_kind": claimant,
        "claim_date": day,
        "date_basis": details.choice(
            "date_basis", DateBasis, DateBasis.STATED.value if day else DateBasis.UNKNOWN.value
        ),
        "claim_type": details.choice("claim_type", ClaimType, ClaimType.EVENT.value),
        "checkable": details.choice("checkable", Checkable, Checkable.YES.value),
        "priority": details.number("priority", Priority, Priority.MEDIUM.value),
    }
    if (day is None) != (values["date_basis"] == DateBasis.UNKNOWN):
        raise JudgementRefused("A claim has a claim_date if, and only if, its date_basis is not unknown.")
    return Judgement(Claim, place, values, speaker=speaker)


def _tag(said: Mapping[str, object], place: Place) -> Judgement:
    details = _Details(said, BiasTag)
    level = details.choice("level", Level, Level.SPAN.value)
    values = {
        **_origin(details),
        "level": level,
        "severity": details.number("severity", Severity),
        "polarity": details.number("polarity", Polarity, Polarity.NEITHER.value),
        "target": details.text("target"),
        "voice": details.choice("voice", Voice, Voice.AUTHOR.value),
        "neutral_alternative": details.text("neutral_alternative"),
    }
    if values["polarity"] and not values["target"]:
        raise JudgementRefused("A polarity is towards a target. Name the target.")
    categories = (str(said.get("category", "")), *details.texts("secondary"))
    if len(set(categories)) < len(categories):
        raise JudgementRefused("A tag names each category once.")
    return Judgement(BiasTag, None if level == Level.ARTICLE else place, values, categories=categories)


def _origin(details: _Details) -> dict[str, Any]:
    """Whose work it is. What a machine proposed stays a suggestion: whoever decided on it elsewhere is nobody here."""
    proposer = details.text("proposer")
    origin = details.choice("origin", Origin, SUGGESTED if proposer else HUMAN)
    if origin == REJECTED:
        raise JudgementRefused("It was rejected.")
    if origin != HUMAN and not proposer:
        raise JudgementRefused("A suggestion names what proposed it. Give proposer.")
    if origin == HUMAN and proposer:
        raise JudgementRefused("What a person made has no proposer.")
    return {
        "origin": SUGGESTED if proposer else HUMAN,
        "proposer": proposer,
        "proposer_version": details.text("proposer_version"),
        "confidence": details.share("confidence"),
        "rule": details.text("rule"),
        "note": details.text("note"),
    }


KINDS = {"quote": _quote, "claim": _claim, "bias_tag": _tag}
