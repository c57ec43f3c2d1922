"""The whole desk in one terminal: database, migrations, demo, worker and web server."""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import OperationalError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.template import engines
from django.urls import get_resolver
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from newsdesk import listening
from newsdesk.embedded import EmbeddedRefused, Server, running
from newsdesk.processes import Child
from newsdesk.web import SECONDS_TO_FINISH, WebServer

LOOK_SECONDS = 0.5  # how often the desk looks after its children
STEADY_SECONDS = 10.0  # a child that lasted this long was well when it started
JOBS_AT_ONCE = 4  # most of them wait for other people’s sites
FALLS_ALLOWED = 5  # in a row, each sooner than that


class Command(BaseCommand):
    """Run everything; Ctrl-C stops the web server first and the database last."""

    help = "Runs the whole desk: database, migrations, demo, worker and web server. Ctrl-C stops it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        listening.listener()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            with database() as server:
                run_desk(server)
        except KeyboardInterrupt:
            say("Stopped.")
        except EmbeddedRefused as refusal:
            raise CommandError(str(refusal)) from refusal


def say(sentence: str) -> None:
    print(sentence, flush=True)


@contextmanager
def database() -> Iterator[Server | None]:
    """Run the embedded server, unless ``DATABASE_URL`` names another; then there is none to look after."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with running(say=say) as server:
        if not server.owned:
            raise CommandError(
                f"A desk runs already with the files in {server.home}. "
                "Stop it first, or give this one a home of its own with NEWSDESK_HOME."
            )
        os.environ["DATABASE_URL"] = server.url
        yield server


def run_desk(server: Server | None) -> None:
    """Prepare the database, then run web server and worker until a signal comes."""
    forget = server.forget if server else lambda: None
    prepared = Child("preparation", _after(forget, prepare), on_orphaned=signal.SIGKILL)
    worker = Child("worker", _after(forget, work), on_orphaned=signal.SIGKILL)
    web = Child("web server", _after(forget, serve), on_orphaned=signal.SIGQUIT)
    try:
        prepared.start()
        warm_up()
        if prepared.wait() != 0:
            raise CommandError("The desk did not start: its database could not be prepared.")
        web.start()
        worker.start()
        look_after([web, worker], server)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # the end is under way already
        prepared.stop(seconds=5)
        web.stop(seconds=SECONDS_TO_FINISH + 2)
        worker.stop(seconds=SECONDS_TO_FINISH + 2)


def warm_up() -> None:
    """Load application and pages while the database is prepared; the children share them."""
    _ = get_internal_wsgi_application(), get_resolver().url_patterns, engines.all()
    gc.freeze()  # a collection would touch, and so copy, what is shared


def look_after(children: list[Child], server: Server | None) -> None:
    """Start again whatever ends by itself.

    :raises CommandError: when a child falls again and again.
    :raises EmbeddedRefused: when the database does not come back.
    """
    falls = dict.fromkeys((child.name for child in children), 0)
    while True:
        time.sleep(LOOK_SECONDS)
        if server and not server.is_running():
            say("The database ended unexpectedly; starting it again.")
            server.start()
        for child in children:
            if child.is_running():
                continue
            falls[child.name] = 1 + (falls[child.name] if _fell_early(child) else 0)
            if falls[child.name] > FALLS_ALLOWED:
                raise CommandError(f"The {child.name} ended {FALLS_ALLOWED} times in a row; the desk stops.")
            say(f"The {child.name} ended unexpectedly ({child.wait()}); starting it again.")
            time.sleep(falls[child.name] - 1)  # a little longer each time
            child.start()


def prepare() -> None:
    """Bring the database up to date: migrations, the table of the cache, the demo desk once."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say("Bringing the database up to date.")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if "demo" in get_commands():
            call_command("demo", "--once")
    except OperationalError as error:
        sys.exit(f"The database does not answer: {str(error).strip()}")


def work() -> None:
    """Run the jobs the desk puts off: carrying, suggesting, fetching."""
    connector = DjangoConnector(alias="default").get_worker_connector()
    with app.replace_connector(connector):
        app.run_worker(
            name="desk",
            concurrency=JOBS_AT_ONCE,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            delete_jobs="successful",
            task_middleware=[_on_a_connection_that_works],
        )


def _on_a_connection_that_works(job: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Do a job without what the thread's last one left: the database may have been started again since."""
    close_old_connections()
    return job()


def serve() -> None:
    """Serve pages and API on the socket the desk holds."""
    descriptor = listening.listener().fileno()
    WebServer(descriptor, when_ready=lambda: say(f"The desk is at {settings.PUBLIC_URL} (Ctrl-C stops it).")).run()


def _after(first: Callable[[], None], act: Callable[[], None]) -> Callable[[], None]:
    def both() -> None:
        first()
        act()

    return both


def _fell_early(child: Child) -> bool:
    return time.monotonic() - child.started_at < STEADY_SECONDS
