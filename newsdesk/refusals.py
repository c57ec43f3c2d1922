"""How refused requests are logged."""

from __future__ import annotations

import logging


class OneLine(logging.Filter):
    """Leaves the traceback out of what Django logs of a request that was refused: nothing broke, and a line says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request" and getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True
