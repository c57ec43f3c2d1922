"""Drift in a study, as the API answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from annotations.agreement.drift import Share, use_against, use_together
from annotations.queries.studies.drift import Drift, MeasuredRound
from articles.api.serializing import Person


class ShareFields(serializers.Serializer[Any]):
    """A share with its interval of 95 % (Wilson 1927), over at least ``units`` sentences."""

    value = serializers.FloatField(read_only=True)
    low = serializers.FloatField(read_only=True)
    high = serializers.FloatField(read_only=True)
    units = serializers.IntegerField(read_only=True)


class AlphaFields(serializers.Serializer[Any]):
    """Everybody's α of categories, as it was measured."""

    value = serializers.FloatField(read_only=True, allow_null=True)
    low = serializers.FloatField(read_only=True, allow_null=True)
    high = serializers.FloatField(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True)
    units = serializers.IntegerField(read_only=True)


class UseFields(serializers.Serializer[Any]):
    """How often a category was chosen; empty for *nothing*. ``others`` is null where everybody is meant."""

    category = serializers.CharField(read_only=True)
    share = ShareFields(read_only=True)
    others = ShareFields(read_only=True, allow_null=True)


class PersonFields(serializers.Serializer[Any]):
    """One person against the others; ``reason`` says why there is no κ."""

    person = Person(read_only=True)
    agreement = ShareFields(read_only=True, allow_null=True)
    kappa = serializers.FloatField(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True)
    use = UseFields(many=True, read_only=True)


class DriftRound(serializers.Serializer[Any]):
    """The newest measurement of a round; ``round`` is null for texts outside rounds."""

    round = serializers.IntegerField(read_only=True, allow_null=True)
    measurement = serializers.UUIDField(read_only=True)
    alpha = AlphaFields(read_only=True, allow_null=True)
    use = UseFields(many=True, read_only=True)
    people = PersonFields(many=True, read_only=True)


def written_drift(drift: Drift) -> list[Mapping[str, Any]]:
    """The rounds of a drift, as :class:`DriftRound` writes them."""
    return [
        {
            "round": each.number,
            "measurement": each.measurement.uid,
            "alpha": each.alpha,
            "use": [_use(slug, share, None) for slug, share in use_together(each.crosses).items()],
            "people": _people(drift, each),
        }
        for each in drift.rounds
    ]


def _people(drift: Drift, measured: MeasuredRound) -> list[Mapping[str, Any]]:
    return [
        {
            "person": one.person,
            "agreement": one.against.agreement,
            "kappa": one.against.kappa,
            "reason": one.against.reason.value if one.against.reason else "",
            "use": [_use(use.label, use.own, use.others) for use in use_against(one.person.pk, measured.crosses)],
        }
        for one in drift.standings
        if one.round is measured
    ]


def _use(slug: str, share: Share, others: Share | None) -> Mapping[str, Any]:
    return {"category": slug, "share": share, "others": others}
