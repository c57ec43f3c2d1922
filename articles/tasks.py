"""Jobs of articles: each calls one operation, and may run twice."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from articles.operations import fetching
from articles.operations.passagewords import count_words, index_missing_passages
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


@app.periodic(cron="*/10 * * * *")
@app.task(name="articles.count_words", queueing_lock="articles.count_words")
def weigh_words(timestamp: int) -> None:
    """Let evidence search find what is not in its index, and know how rare words are by now."""
    index_missing_passages()
    count_words(at=timezone.now())
