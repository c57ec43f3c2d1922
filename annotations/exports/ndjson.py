"""One JSON object per line (https://github.com/ndjson/ndjson-spec)."""

import json
from dataclasses import asdict

from annotations.exports.record import ExportRecord, SqlFormat

MEDIA_TYPE = "application/x-ndjson"

# COPY's text format would double every backslash. In its csv format a line leaves as it is, as long as it holds
# neither delimiter nor quote, and JSON escapes the control characters that stand for them here.
NDJSON = SqlFormat(
    name="ndjson",
    media_type=MEDIA_TYPE,
    select="SELECT row_to_json(mark) FROM ({rows}) AS mark",
    options="FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'",
)


class NdjsonRows:
    """The same lines, written from records."""

    name = "ndjson"
    media_type = MEDIA_TYPE

    def header(self) -> bytes:
        return b""

    def line(self, record: ExportRecord) -> bytes:
        return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
