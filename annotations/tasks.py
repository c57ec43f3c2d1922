"""Jobs that may touch what people judged: each calls one operation, and may run twice."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from annotations.models import ExportFile, ExportState
from annotations.operations.checking import latersources
from annotations.operations.desk import batches, feeds, followups, suggesting
from annotations.operations.exchange import exportfiles
from annotations.operations.studies import handingout, measuring
from annotations.queries.exchange.exportfilters import ExportFilters, articles_answering
from annotations.queries.exchange.exports import Tally, format_named, manifest_of, stream
from articles.operations.feeds import POLL_FEED, put_off_due_polls
from articles.operations.sources import STORED
from articles.operations.suggesting import SUGGEST


@app.task(name=POLL_FEED)
def poll_feed(uid: str) -> None:
    """Ask a feed what there is."""
    feeds.poll_feed(uid=UUID(uid), at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="annotations.poll_due_feeds", queueing_lock="annotations.poll_due_feeds")
def poll_due_feeds(timestamp: int) -> None:
    """Put off a poll of every feed whose time has come."""
    put_off_due_polls(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(name=SUGGEST)
def suggest(article: str) -> None:
    """Propose the quotations and the claims of an article."""
    suggesting.suggest_for(uid=UUID(article), at=timezone.now())


@app.task(name=batches.RUN)
def run_batch(uid: str) -> None:
    """Bring in some of a batch; what is left is the next job."""
    batches.take_turn(uid=UUID(uid), at=timezone.now())


@app.task(name=followups.FOLLOW_UP)
def follow_up(key: int) -> None:
    """Do what follows for some articles of a batch. A failure is noted before the worker tells of it."""
    try:
        followups.follow_up(key=key, at=timezone.now())
    except Exception:
        followups.note_failure(key=key, at=timezone.now())
        raise


@app.task(name=measuring.MEASURE)
def measure_agreement(uid: str) -> None:
    """Work out how far the people of a round agree."""
    measuring.run_measurement(uid=UUID(uid), at=timezone.now())


@app.task(name=STORED)
def note_later_sources(snapshot: str) -> None:
    """Look which judged claims a text that was stored may say something new about."""
    latersources.note_later_sources(snapshot=UUID(snapshot))


@app.task(name=exportfiles.WRITE)
def write_export(uid: str) -> None:
    """Write an export to its file. A failure is noted before the worker tells of it."""
    file = ExportFile.objects.select_related("created_by").filter(uid=uid, state=ExportState.RUNNING).first()
    if file is None:  # canceled before its turn, or written by an earlier run
        return
    try:
        _write(file)
    except Exception:
        exportfiles.fail_export(file=file, problem="It could not be written; the log says why.", at=timezone.now())
        raise


def _write(file: ExportFile) -> None:
    format, filters, tally = format_named(file.format), ExportFilters.of(file.filters), Tally()
    exportfiles.note_articles(file=file, articles=articles_answering(file.created_by, filters).count())
    exportfiles.write_export(
        file=file,
        chunks=stream(format, file.created_by, filters, tally=tally),
        counted=tally,
        manifest=lambda: manifest_of(format, filters, records=tally.records),
        at=timezone.now(),
    )


@app.periodic(cron="11 * * * *")
@app.task(name="annotations.delete_expired_exports", queueing_lock="annotations.delete_expired_exports")
def delete_expired_exports(timestamp: int) -> None:
    """Take export files off the disk whose time is over."""
    exportfiles.delete_expired(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="* * * * *")
@app.task(name="annotations.try_again", queueing_lock="annotations.try_again")
def try_again(timestamp: int) -> None:
    """Have what failed after a batch tried again when its time has come."""
    followups.try_again_when_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="*/5 * * * *")
@app.task(name="annotations.return_what_timed_out", queueing_lock="annotations.return_what_timed_out")
def return_what_timed_out(timestamp: int) -> None:
    """Take back the texts of studies whose time is over."""
    handingout.return_what_timed_out(at=datetime.fromtimestamp(timestamp, UTC))
