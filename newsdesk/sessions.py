"""Sessions in the database, as Django keeps them; what every page asks for is asked with a prepared query."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from articles.models.statement import written_once


class SessionStore(DatabaseSessions):
    """Django's store with its one frequent query written once."""

    def _get_session_from_db(self) -> Any:
        for session in _sessions_of(self.session_key or ""):
            return session
        self._session_key = None
        return None


@written_once
def _sessions_of(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=Now()).order_by()
