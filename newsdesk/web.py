"""The web server: gunicorn on a socket that is bound already."""

from collections.abc import Callable
from typing import Any

from django.core.servers.basehttp import get_internal_wsgi_application
from gunicorn.app.base import BaseApplication

WORKERS = 2
THREADS = 4
SECONDS_TO_ANSWER = 60
SECONDS_TO_FINISH = 10


class WebServer(BaseApplication):
    """gunicorn with the application loaded once, before its workers are forked and share it."""

    def __init__(self, descriptor: int, when_ready: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._when_ready = when_ready
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": f"fd://{self._descriptor}",
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "preload_app": True,
            "timeout": SECONDS_TO_ANSWER,
            "graceful_timeout": SECONDS_TO_FINISH,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda _arbiter: self._when_ready(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # its type stubs want more than WSGI promises
        return get_internal_wsgi_application()
