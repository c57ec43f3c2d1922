import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractUser

from articles.models import Capture


def keep_capture(
    *,
    content: bytes,
    media_type: str,
    by: AbstractUser,
    at: datetime,
    name: str = "",
    url: str = "",
    headers: Mapping[str, str] | None = None,
) -> Capture:
    """Keep bytes exactly as they came; the same bytes under the same type are kept once, with the first headers."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = Capture.objects.filter(sha256=sha256, media_type=media_type, name=name, url=url).first()
    if known is not None:
        return known
    return Capture.objects.create(
        content=content,
        sha256=sha256,
        media_type=media_type,
        name=name,
        url=url,
        headers=dict(headers or {}),
        created_by_id=by.pk,
        created_at=at,
    )
