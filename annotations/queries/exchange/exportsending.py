"""How exports are sent: under which headers, and zipped where that is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from annotations.exports import Format
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import stream

if TYPE_CHECKING:
    from articles.permissions import Person

NOT_SMALLER_ZIPPED = frozenset({"zip", "xlsx", "parquet"})


def sent(
    format: Format, person: Person, filters: ExportFilters, *, accepted: str, described_by: str, day: date
) -> tuple[Iterator[bytes], dict[str, str]]:
    """The export as a stream, and the headers it is sent under.

    :param accepted: the ``Accept-Encoding`` of who asks.
    :param described_by: the address of its manifest.
    """
    is_zipped = wants_gzip(format, accepted)
    chunks = stream(format, person, filters)
    headers = headers_of(format, day=day, described_by=described_by, is_zipped=is_zipped)
    return (zipped(chunks) if is_zipped else chunks), headers


def file_name(format: Format, *, day: date) -> str:
    return f"annotations-{day:%Y-%m-%d}.{format.about.suffix}"


def headers_of(format: Format, *, day: date, described_by: str = "", is_zipped: bool = False) -> dict[str, str]:
    """The headers an export is sent under: a file of the day, kept by nobody on the way.

    :param described_by: the address of its manifest.
    """
    return {
        "Content-Type": format.media_type,
        "Content-Disposition": f'attachment; filename="{file_name(format, day=day)}"',
        "Cache-Control": "no-store",
        "Vary": "Accept-Encoding",
        **({"Link": f'<{described_by}>; rel="describedby"; type="application/json"'} if described_by else {}),
        **({"Content-Encoding": "gzip"} if is_zipped else {}),
    }


def wants_gzip(format: Format, accepted: str) -> bool:
    """Whether to zip a file on its way, by the ``Accept-Encoding`` of who asks; what is zipped already is not."""
    offers = (each.strip().replace(" ", "").lower() for each in accepted.split(","))
    is_asked = any(offer == "gzip" or (offer.startswith("gzip;") and not offer.endswith("q=0")) for offer in offers)
    return is_asked and not any(part in NOT_SMALLER_ZIPPED for part in format.about.suffix.split("."))


def zipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same as gzip. The first chunk is not held back for what follows."""
    packer = zlib.compressobj(level=5, wbits=16 + zlib.MAX_WBITS)
    for number, chunk in enumerate(chunks):
        packed = packer.compress(chunk) + (packer.flush(zlib.Z_SYNC_FLUSH) if number == 0 else b"")
        if packed:
            yield packed
    yield packer.flush()
