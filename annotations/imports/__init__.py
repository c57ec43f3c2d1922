"""Annotations of other desks and tools, read. Pure: bytes in, records and errors out.

A format is one file here and one line in :data:`IMPORTERS`.
"""

from annotations.imports import desk
from annotations.imports.record import Importer, Incoming, RecordRefused

IMPORTERS: tuple[Importer, ...] = (desk.IMPORTER,)

__all__ = ["IMPORTERS", "Importer", "Incoming", "RecordRefused"]
