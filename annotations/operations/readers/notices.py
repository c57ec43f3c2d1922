from datetime import datetime

from django.contrib.auth.models import AbstractUser

from annotations.models import Notice


def read_notice(*, notice: Notice, by: AbstractUser, at: datetime) -> Notice:
    """Put a notice aside; one that was put aside before stays as it is."""
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice
