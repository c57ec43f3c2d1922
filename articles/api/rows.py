"""Many marks in one request, each with its own result: what is refused in one row stops no other."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from articles.api.serializing import Body

MOST_ROWS = 500


@extend_schema_field({"not": {"type": "null"}})
class RowGiven(serializers.JSONField):
    """A row, read further as the body that it is."""


class RowsBody(Body):
    """Rows, each as the body of a POST that makes one alone."""

    rows = serializers.ListField(child=RowGiven(), min_length=1, max_length=MOST_ROWS)


def results_of(name: str, representation: Any) -> Any:
    """How the results of a kind of marks look, in the order of the rows: what was made, or why it was not."""
    row = inline_serializer(
        f"{name}RowResult",
        {
            "status": serializers.IntegerField(help_text="What a POST of this row alone would have been answered."),
            "made": representation(allow_null=True),
            "problem": serializers.JSONField(allow_null=True, help_text="As the problem document of such an answer."),
        },
        many=True,
    )
    return inline_serializer(f"{name}RowResults", {"results": row})
