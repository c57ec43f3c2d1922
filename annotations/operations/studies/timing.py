"""How long readings take those who agreed to have it measured."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import Participant, Reading, TimeSpent

# Of a longer pause this much counts: nobody knows what somebody did meanwhile.
PAUSE = timedelta(minutes=5)


@transaction.atomic
def note_time(*, reading: Reading, by: AbstractUser, at: datetime) -> TimeSpent | None:
    """Count the time since the reader was last heard of, at most :data:`PAUSE`; nothing unless they agreed to it."""
    agreed = Participant.objects.filter(project=reading.project_id, person_id=by.pk, keeps_time=True)
    if reading.created_by_id != by.pk or reading.submitted_at is not None or not agreed.exists():
        return None
    spent, is_new = TimeSpent.objects.select_for_update().get_or_create(reading=reading, defaults={"heard_at": at})
    if not is_new:
        passed = max(min(at - spent.heard_at, PAUSE), timedelta())
        spent.seconds += round(passed.total_seconds())
        spent.heard_at = at
        spent.save(update_fields=["seconds", "heard_at"])
    return spent
