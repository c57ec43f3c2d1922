"""Who PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newsdesk import processes

NOBODY = "nobody"
# inside this namespace root's own files belong to nobody, so nothing has to change hands
USER_NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")


@dataclass(frozen=True, slots=True)
class Identity:
    """How to run a program: with a command in front of it, as another user, or as it is."""

    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def options(self) -> dict[str, Any]:
        """Return what ``Popen`` needs to run a program as this identity."""
        options: dict[str, Any] = {"cwd": "/"}  # where we stand may be closed to it
        if self.user is not None:
            options |= {"user": self.user, "group": self.group, "extra_groups": []}
        return options

    def command(self, *words: str | Path) -> list[str]:
        return [*self.prefix, *map(str, words)]

    def reaches(self, path: Path) -> bool:
        """Tell whether this identity may enter a folder or execute a file."""
        status, _said = processes.run(self.command("test", "-x", path), **self.options())
        return status == 0

    def own(self, path: Path) -> None:
        """Hand a folder with all it holds to this identity."""
        if self.user is None or self.group is None:
            return
        os.chown(path, self.user, self.group)
        for folder, folders, files in os.walk(path):
            for name in folders + files:
                os.chown(Path(folder, name), self.user, self.group, follow_symlinks=False)


def choose(home: Path, cluster: Path) -> Identity:
    """Return who runs the server.

    We ourselves, unless we are root: then whoever owns what is there already, or somebody without rights.
    """
    if os.geteuid() != 0:
        return Identity()
    owner = (cluster if cluster.exists() else home).stat()
    if owner.st_uid != 0:
        return Identity(user=owner.st_uid, group=owner.st_gid)
    if _namespaces_allowed():
        return Identity(prefix=USER_NAMESPACE)
    nobody = pwd.getpwnam(NOBODY)
    return Identity(user=nobody.pw_uid, group=nobody.pw_gid)


@cache
def _namespaces_allowed() -> bool:
    """Containers usually refuse user namespaces, and small systems have another ``unshare``."""
    try:
        status, _said = processes.run([*USER_NAMESPACE, "true"])
    except FileNotFoundError:
        return False
    return status == 0
