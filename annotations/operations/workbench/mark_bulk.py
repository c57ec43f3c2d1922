"""Rows of many quotes, claims and tags at once, alike to those that are made one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser

from annotations.models import BiasCategory, BiasTag, Claim, ClaimantKind, SecondaryCategory
from annotations.operations.checking.claims import everyday_desk
from annotations.operations.workbench.judgements import Judgement, Levels
from articles.models import Mark, Quote, Speaker
from articles.naming.keys import folded, whole_keys
from articles.operations.rows import Rows, coded, new_uids, next_keys
from articles.operations.speakers import add_speaker


@dataclass(frozen=True, slots=True)
class Owned:
    """A judgement with the keys of its article and of the span it owns; without a span it is on the whole article."""

    article: int
    span: int | None
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Codebook:
    """The everyday desk and its categories, by their slugs."""

    project: int
    keys: Mapping[str, int]
    levels: Levels


def everyday_codebook() -> Codebook:
    """What tags of the everyday desk may name."""
    desk = everyday_desk()
    categories = list(BiasCategory.objects.filter(codebook=desk.codebook_id))
    return Codebook(
        project=desk.pk,
        keys={category.slug: category.pk for category in categories},
        levels={category.slug: category.levels for category in categories},
    )


def find_namesakes(
    names: Collection[str], *, adding: Collection[str], by: AbstractUser, at: datetime
) -> dict[str, int | None]:
    """The speakers of these names; those of ``adding`` whom nobody has heard of are added.

    A name that several speakers have stands for none of them: a person decides who is meant.
    """
    wanted = {name: folded(name) for name in names}
    known = _speakers_by_name(set(wanted.values()))
    for name in sorted(adding):
        if wanted[name] and wanted[name] not in known:
            known[wanted[name]] = add_speaker(name=name, by=by, at=at).pk
    return {name: known.get(key) for name, key in wanted.items()}


def _speakers_by_name(wanted: Collection[str]) -> dict[str, int | None]:
    """Folded names to keys of the speakers who stand for them now; None for a name of several."""
    found: dict[str, set[int]] = {}
    for speaker in Speaker.objects.named(*{key for name in wanted for key in whole_keys(name)}):
        for name in {folded(each) for each in (speaker.name, *speaker.aliases)} & set(wanted):
            found.setdefault(name, set()).add(speaker.merged_into_id or speaker.pk)
    return {name: next(iter(keys)) if len(keys) == 1 else None for name, keys in found.items()}


def write_quotes(
    owned: Sequence[Owned], namesakes: Mapping[str, int | None], *, by: AbstractUser, at: datetime
) -> None:
    """Store the quotes among the marks. A speaker the desk does not know stays as printed."""

    def voice(judgement: Judgement) -> dict[str, Any]:
        speaker = namesakes.get(judgement.speaker)
        mention = judgement.values["mention"] or ("" if speaker else judgement.speaker)
        return {"speaker_id": speaker, "mention": mention}

    quotes = [mark for mark in owned if mark.judgement.model is Quote]
    _write(Quote, [(mark, voice(mark.judgement)) for mark in quotes], by=by, at=at)


def write_claims(
    owned: Sequence[Owned], namesakes: Mapping[str, int | None], codebook: Codebook, *, by: AbstractUser, at: datetime
) -> None:
    """Store the claims among the marks. A claimant the desk does not know is unknown."""

    def voice(judgement: Judgement) -> dict[str, Any]:
        speaker = namesakes.get(judgement.speaker)
        if judgement.speaker and speaker is None:
            return {"speaker_id": None, "claimant_kind": ClaimantKind.UNKNOWN.value}
        return {"speaker_id": speaker}

    claims = [mark for mark in owned if mark.judgement.model is Claim]
    voiced = [(mark, voice(mark.judgement)) for mark in claims]
    _write(Claim, voiced, by=by, at=at, project_id=codebook.project)


def write_tags(owned: Sequence[Owned], codebook: Codebook, *, by: AbstractUser, at: datetime) -> None:
    """Store the tags among the marks, with their secondary categories in their order."""
    tags = [mark for mark in owned if mark.judgement.model is BiasTag]
    primary = [(mark, {"category_id": codebook.keys[mark.judgement.categories[0]]}) for mark in tags]
    keys = _write(BiasTag, primary, by=by, at=at, project_id=codebook.project)
    with Rows(SecondaryCategory, "tag_id", "category_id", "position") as rows:
        for mark, key in zip(tags, keys, strict=True):
            for position, slug in enumerate(mark.judgement.categories[1:]):
                rows.add(str(key), str(codebook.keys[slug]), str(position))


def _write(
    model: type[Mark],
    marks: Sequence[tuple[Owned, dict[str, Any]]],
    *,
    by: AbstractUser,
    at: datetime,
    **shared: Any,
) -> list[int]:
    """COPY marks of one kind, each with its values and what is added to them; returns their keys."""
    if not marks:
        return []
    first, added = marks[0]
    names = sorted(first.judgement.values.keys() | added.keys())
    [keys] = next_keys([(model, len(marks))])
    rows = Rows(
        model,
        *("id", "uid", "article_id", "span_id", *names),
        created_by_id=by.pk,
        created_at=at,
        **shared,
    )
    with rows:
        for (mark, added), key, uid in zip(marks, keys, new_uids(len(marks)), strict=True):
            values = {**mark.judgement.values, **added}
            said = [coded(values[name]) for name in names]
            rows.add(str(key), uid, str(mark.article), coded(mark.span), *said)
    return keys
