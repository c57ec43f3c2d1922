"""Where the words of an annotation stand now, as every annotation shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import F, Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.api.serializing import Person
from articles.models import AnchorState, CurrentAnchor
from articles.permissions import is_working

# What every annotation shows besides its own columns.
MARK_FIELDS = (
    "uid",
    "version",
    "article",
    "anchor",
    "origin",
    "proposer",
    "proposer_version",
    "rule",
    "decided_by",
    "decided_at",
    "note",
    "created_by",
    "created_at",
    "retracted_at",
    "retraction_reason",
)
# What stands in an answer to people who only read, in place of how the desk works.
KEPT_FROM_READERS = {
    "note": "",
    "proposer": "",
    "proposer_version": "",
    "rule": "",
    "decided_by": None,
    "decided_at": None,
}


def standing() -> Prefetch[str]:
    """Loads the anchor of each mark's span on the newest revision of its article, for :class:`MarkFields`."""
    on_head = (
        CurrentAnchor.objects.filter(revision=F("span__article__head"))
        .select_related("anchor", "revision")
        .only("span_id", "anchor", "revision__number", "revision__text_sha256")
    )
    return Prefetch("span__current_anchors", queryset=on_head, to_attr="on_head")


def stand_as_marked(mark: Any, *, by: Any) -> None:
    """Note on a mark just made by whom and where, instead of asking for it."""
    mark.created_by = by
    if mark.span is not None:
        mark.span.on_head = [mark.span.placed]


class AnchorFields(serializers.Serializer[Any]):
    """A place in the newest text: half-open offsets in code points, and the words."""

    revision = serializers.IntegerField(source="revision.number", read_only=True)
    text_sha256 = serializers.CharField(source="revision.text_sha256", read_only=True)
    start = serializers.IntegerField(source="anchor.start", allow_null=True, read_only=True)
    end = serializers.IntegerField(source="anchor.end", allow_null=True, read_only=True)
    exact = serializers.CharField(source="anchor.exact", read_only=True)
    prefix = serializers.CharField(source="anchor.prefix", read_only=True)
    suffix = serializers.CharField(source="anchor.suffix", read_only=True)
    state = serializers.ChoiceField(source="anchor.state", choices=AnchorState.choices, read_only=True)
    reason = serializers.CharField(source="anchor.reason", read_only=True)


class MarkFields(serializers.Serializer[Any]):
    """The fields that every annotation shows alike.

    :cvar kept_from_readers: what stands in an answer to people who only read, in place of how the desk works.
    """

    kept_from_readers: ClassVar[Mapping[str, Any]] = KEPT_FROM_READERS
    article = serializers.UUIDField(source="article.uid", read_only=True)
    anchor = serializers.SerializerMethodField()
    created_by = Person(read_only=True)
    decided_by = Person(read_only=True, allow_null=True)

    def to_representation(self, mark: Any) -> dict[str, Any]:
        written: dict[str, Any] = super().to_representation(mark)
        return written if is_working(self.context["request"].user) else {**written, **self.kept_from_readers}

    @extend_schema_field(AnchorFields(allow_null=True))
    def get_anchor(self, mark: Any) -> dict[str, Any] | None:
        """What :class:`AnchorFields` describes, written out: a serializer for each mark costs more than the mark."""
        if mark.span is None:
            return None
        current: CurrentAnchor = mark.span.on_head[0]
        anchor, revision = current.anchor, current.revision
        return {
            "revision": revision.number,
            "text_sha256": revision.text_sha256,
            "start": anchor.start,
            "end": anchor.end,
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "state": anchor.state,
            "reason": anchor.reason,
        }
