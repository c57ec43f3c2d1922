"""Jobs of articles: each calls one operation, and may run twice."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from articles.operations import fetching
from articles.operations.quotedwords import keep_missing_words


@app.task(name=fetching.FETCH_COPY)
def fetch_copy(uid: str, tries: int) -> None:
    """Fetch what somebody asked for."""
    fetching.fetch_copy(uid=UUID(uid), tries=tries, at=timezone.now())


@app.periodic(cron="7 * * * *")
@app.task(name="articles.keep_missing_words", queueing_lock="articles.keep_missing_words")
def keep_words(timestamp: int) -> None:
    """Give what quotes and sources say the keys it lacks: after an upgrade, or a write that went past them."""
    keep_missing_words()
