"""The process that reads hostile formats: it may not write, connect, start programs or grow without bound.

Run as ``python -m articles.ingest.confined`` with a socket as its standard input; :mod:`articles.ingest.confinement`
does. It takes two messages, the request (JSON) and the document, and gives two: an empty one when reading begins,
and the result (JSON).
"""

import json
import resource
import socket
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from articles.ingest.messages import Gone, receive, send
from articles.ingest.record import ReadingRefused

# In bytes of address space, libraries included.
MEMORY = 1024 * 1024 * 1024
# A process that has grown this far is replaced, so that no document pays for those before it.
SPENT = MEMORY // 4
# Seconds of computing for one document: what ends the process when nobody is left to end it.
COMPUTING = 10
LONGEST_MESSAGE = 1 << 30
STATUS = Path("/proc/self/status")

# Acts that reading needs not, by their names in the table of audit events of the Python documentation.
FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.", "os.system", "os.exec", "os.fork")


def confine() -> None:
    """Give up what reading does not need; there is no way back."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _limit(kind, most)
    sys.addaudithook(_refuse_events)


def serve(parent: socket.socket) -> None:
    """Read documents until the other end of the socket closes."""
    with suppress(Gone, BrokenPipeError):
        while True:
            request = json.loads(receive(parent, longest=LONGEST_MESSAGE))
            body = receive(parent, longest=LONGEST_MESSAGE)
            _limit(resource.RLIMIT_CPU, int(time.process_time()) + 1 + COMPUTING)
            send(parent, json.dumps(_answer(request, body, parent)).encode())


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    # Some systems do not know every limit; the time of the parent ends the reading there too.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _refuse_events(event: str, _arguments: object) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not allowed while a document is read.")


def _answer(request: Mapping[str, Any], body: bytes, parent: socket.socket) -> dict[str, object]:
    try:
        reader = getattr(import_module(request["module"]), request["class_name"])()
        send(parent, b"")
        articles = reader.read(body, name=request["name"], keep=request["keep"])
        return {"articles": [article.to_json() for article in articles], "spent": _is_spent()}
    except ReadingRefused as refused:
        return {"field": refused.field, "reason": refused.reason, "spent": _is_spent()}
    except MemoryError:
        reason = "The document needs more memory than the desk gives one. Bring in a smaller part, or paste its words."
        return {"field": "text", "reason": reason, "spent": True}
    except RecursionError:
        reason = "The document is nested too deeply to be read. Paste its words as plain text."
        return {"field": "text", "reason": reason, "spent": True}
    except Exception:
        # What a library stumbles over, it stumbles over alone; the desk writes it down and refuses the document.
        return {"stumbled": traceback.format_exc(), "spent": True}


def _is_spent() -> bool:
    return _most_memory() > SPENT


def _most_memory() -> int:
    """The most bytes that were resident.

    Linux lets a program begin with what its parent had in ``ru_maxrss``; only the status says its own.
    """
    with suppress(OSError), STATUS.open() as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    with socket.socket(fileno=0) as standard_input:
        confine()
        serve(standard_input)
