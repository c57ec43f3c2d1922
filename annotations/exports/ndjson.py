"""One JSON object per line (https://github.com/ndjson/ndjson-spec)."""

import json
from dataclasses import asdict
from typing import Any

from annotations.exports.record import About, ExportRecord, SqlFormat, gettext_noop

MEDIA_TYPE = "application/x-ndjson"
ABOUT = About("NDJSON", "ndjson", gettext_noop("One JSON object per line, for programs. Nothing is left out."))

# COPY's text format would double every backslash. In its csv format a line leaves as it is, as long as it holds
# neither delimiter nor quote, and JSON escapes the control characters that stand for them here.
NDJSON = SqlFormat(
    name="ndjson",
    media_type=MEDIA_TYPE,
    about=ABOUT,
    select="SELECT row_to_json(mark) FROM ({rows}) AS mark",
    options="FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'",
)


def manifest_line(manifest: dict[str, Any]) -> bytes:
    """The last line: what the lines before it are. A file without it was cut off."""
    return json.dumps({"manifest": manifest}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class NdjsonRows:
    """The same lines, written from records."""

    name = "ndjson"
    media_type = MEDIA_TYPE
    about = ABOUT

    def header(self) -> bytes:
        return b""

    def line(self, record: ExportRecord) -> bytes:
        return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
