"""How a release is handed out."""

from __future__ import annotations

from django.utils.http import content_disposition_header

from annotations.models import Dataset


def headers_of(dataset: Dataset) -> dict[str, str]:
    """The headers its bytes are sent under: to be saved, and recognised by their checksum."""
    return {
        "Content-Type": "application/zip",
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=dataset.file_name)
        or "attachment",
        "ETag": f'"{dataset.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }
