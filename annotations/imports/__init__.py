"""Annotations of other desks and tools, read. Pure: bytes in, records and errors out.

A format is one file here and one line in :data:`IMPORTERS`.
"""

from annotations.imports import claim_review, desk, label_studio, web_annotation
from annotations.imports.record import Importer, Incoming, RecordRefused

IMPORTERS: tuple[Importer, ...] = (
    desk.IMPORTER,
    web_annotation.IMPORTER,
    label_studio.IMPORTER,
    claim_review.IMPORTER,
)


class NoSuchImporter(LookupError):
    """Nothing reads a format of that name."""


def importer_named(name: str) -> Importer:
    """:raises NoSuchImporter: when there is none."""
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    raise NoSuchImporter(name)


__all__ = ["IMPORTERS", "Importer", "Incoming", "NoSuchImporter", "RecordRefused", "importer_named"]
