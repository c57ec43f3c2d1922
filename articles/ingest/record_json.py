"""The record of ``docs/reference/intake.md`` as JSON values, back into an article: what ``to_json`` printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from articles.anchoring.text import Block, BlockMalformed, TextRefused, canonical_text, normalise
from articles.ingest.choices import LONGEST_HEADLINE
from articles.ingest.record import IncomingAnnotation, IncomingArticle, RemovedLine

KEYS = frozenset(IncomingArticle(headline="", blocks=()).to_json())
DATE_BASES = ("stated", "inferred", "unknown")
PUB_STATUSES = ("", "usable", "withheld", "canceled")
# A publisher's notice that a piece is gone may come without the piece.
WITHOUT_TEXT = frozenset({"withheld", "canceled"})
ANNOTATION_KEYS = frozenset({"type", "start", "end", "exact"})

# How many sentences one record may say about keys or annotations that are wrong.
MOST_SENTENCES = 20
HOW_TO_COUNT = (
    "Count code points from 0 in the headline and the blocks, NFC, joined by one blank line, and give the words "
    "there as exact."
)


class RecordRefused(Exception):
    """A record that is no article; the message is a sentence or two: what is wrong and what to do about it."""


@dataclass(slots=True)
class _Values:
    """The values of one record; ``errors`` grows by a sentence for each that is left out."""

    record: Mapping[str, object]
    errors: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        value = self.record.get(key, "")
        try:
            return _stored(value, key)
        except RecordRefused as refused:
            self.errors.append(f"{refused} It was left out.")
            return ""

    def choice(self, key: str, choices: Sequence[str], otherwise: str) -> str:
        value = self.record.get(key, otherwise)
        if value in choices:
            return str(value)
        known = ", ".join(choice for choice in choices if choice)
        self.errors.append(f"{key} must be one of {known}. It was left out.")
        return otherwise

    def moment(self, key: str) -> datetime | None:
        value = self.record.get(key)
        if value is None:
            return None
        try:
            return self._moment(key, value)
        except ValueError:
            self.errors.append(f"{key} must be a moment such as 2025-05-13T09:30:00+00:00. It was left out.")
            return None

    def _moment(self, key: str, value: object) -> datetime:
        if not isinstance(value, str):
            raise ValueError
        if len(value) == len("2025-05-13"):
            return datetime.combine(date.fromisoformat(value), time(tzinfo=UTC))
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is None:
            self.errors.append(f"{key} does not say its offset from UTC and was read as UTC. Write +00:00 after it.")
            return moment.replace(tzinfo=UTC)
        return moment

    def count(self, key: str) -> int | None:
        value = self.record.get(key)
        if value is None or _is_count(value):
            return value if isinstance(value, int) else None
        self.errors.append(f"{key} must be a whole number from 0. It was left out.")
        return None

    def items(self, key: str) -> list[object]:
        value = self.record.get(key, [])
        if isinstance(value, list):
            return value
        self.errors.append(f"{key} must be a list. It was left out.")
        return []

    def say_at_most(self, sentences: Sequence[str], what: str) -> None:
        """Take up the first sentences, and count the rest."""
        self.errors += sentences[:MOST_SENTENCES]
        if len(sentences) > MOST_SENTENCES:
            self.errors.append(f"{len(sentences) - MOST_SENTENCES} more {what} are wrong in the same ways.")


def article_from_json(record: object) -> IncomingArticle:
    """Read one record. What is wrong beside its text is left out and said in ``errors``.

    :raises RecordRefused: it is no object, or its headline or blocks cannot be read.
    """
    if not isinstance(record, Mapping):
        raise RecordRefused("A record must be an object with headline and blocks. Write one object per line.")
    headline, blocks = _text_of(record)
    values = _Values(record)
    unknown = sorted(str(key)[:40] for key in record.keys() - KEYS)
    values.say_at_most([f"{key} is no key of a record. Take it out or correct its name." for key in unknown], "keys")
    said = tuple(str(sentence) for sentence in values.items("errors"))
    article = IncomingArticle(
        headline=headline,
        blocks=blocks,
        removed=_removed(values, len(blocks)),
        standfirst=values.text("standfirst"),
        byline=values.text("byline"),
        published_at=values.moment("published_at"),
        date_basis=values.choice("date_basis", DATE_BASES, "unknown"),
        dateline=values.text("dateline"),
        credit=values.text("credit"),
        language=values.text("language"),
        outlet=values.text("outlet"),
        section=values.text("section"),
        canonical_url=values.text("canonical_url"),
        provider=values.text("provider"),
        guid=values.text("guid"),
        version=values.count("version"),
        pub_status=values.choice("pub_status", PUB_STATUSES, ""),
        embargoed_until=values.moment("embargoed_until"),
        editor_note=values.text("editor_note"),
        usage_terms=values.text("usage_terms"),
        annotations=_annotations(values, canonical_text(headline, blocks) if headline else ""),
    )
    return replace(article, errors=(*said, *values.errors))


def _text_of(record: Mapping[str, object]) -> tuple[str, tuple[Block, ...]]:
    headline, blocks = _stored(record.get("headline", ""), "headline").strip(), _blocks(record.get("blocks", []))
    if "\n" in headline:
        raise RecordRefused("The headline holds a line break. Write it on one line.")
    if len(headline) > LONGEST_HEADLINE:
        raise RecordRefused(
            f"The headline has {len(headline)} characters; it may have {LONGEST_HEADLINE}. Put the rest into a block."
        )
    # A piece that says what it lacks, or that it is withdrawn, may come without the one or the other.
    if (headline and blocks) or record.get("errors") or record.get("pub_status") in WITHOUT_TEXT:
        return headline, blocks
    missing = "blocks" if headline else "headline"
    raise RecordRefused(f"The record has no {missing}. Give it a headline and at least one block.")


def _stored(value: object, key: str) -> str:
    """A string as it may be stored.

    :raises RecordRefused: it is no string, or holds what no text may hold.
    """
    if not isinstance(value, str):
        raise RecordRefused(f"{key} must be a string.")
    try:
        return normalise(value)
    except TextRefused as refused:
        raise RecordRefused(f"{key} cannot be kept: {refused.reason}.") from refused


def _blocks(value: object) -> tuple[Block, ...]:
    if not isinstance(value, list):
        raise RecordRefused("blocks must be a list of objects with kind and text.")
    return tuple(_block(block, f"blocks[{number}]") for number, block in enumerate(value))


def _block(value: object, place: str) -> Block:
    """Read a block. A block that is left out would shift every offset behind it, so the record is refused instead.

    :raises RecordRefused: naming the block and what is wrong with it.
    """
    if isinstance(value, Mapping) and isinstance(value.get("text"), str):
        text = _stored(value["text"], f"{place}.text")
        if len(text) != len(value["text"]) and value.get("marks"):
            raise RecordRefused(f"{place}.text is not in NFC with newlines as \\n, so its marks cannot be placed.")
        value = {**value, "text": text}
    try:
        return Block.from_json(value)
    except BlockMalformed as malformed:
        raise RecordRefused(f"{place}: {malformed.field} {malformed.reason}.") from malformed


def _annotations(values: _Values, text: str) -> tuple[IncomingAnnotation, ...]:
    found, sentences = [], []
    for number, value in enumerate(values.items("annotations")):
        try:
            found.append(_annotation(value, text))
        except RecordRefused as refused:
            sentences.append(f"annotations[{number}] {refused} It was left out.")
    values.say_at_most(sentences, "annotations")
    return tuple(found)


def _annotation(value: object, text: str) -> IncomingAnnotation:
    if not isinstance(value, Mapping):
        raise RecordRefused("must be an object with type, start, end and exact.")
    kind, start, end, exact = value.get("type"), value.get("start"), value.get("end"), value.get("exact")
    if not isinstance(kind, str) or not kind.strip() or not isinstance(exact, str):
        raise RecordRefused("must have a type and the words it stands on as exact.")
    if not (isinstance(start, int) and isinstance(end, int) and _is_count(start) and _is_count(end)):
        raise RecordRefused("must have whole numbers as start and end.")
    if not start < end <= len(text):
        raise RecordRefused(f"has offsets {start} to {end} in a text of {len(text)}. {HOW_TO_COUNT}")
    if text[start:end] != exact:
        raise RecordRefused(f"says {_shown(exact)} where the text says {_shown(text[start:end])}. {HOW_TO_COUNT}")
    details = {str(key): detail for key, detail in value.items() if key not in ANNOTATION_KEYS}
    return IncomingAnnotation(kind, start, end, exact, details)


def _shown(words: str) -> str:
    """Words as a sentence quotes them: the beginning of long ones, on one line."""
    words = " ".join(words.split())
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"


def _removed(values: _Values, blocks: int) -> tuple[RemovedLine, ...]:
    found, sentences = [], []
    for number, value in enumerate(values.items("removed")):
        try:
            found.append(_removed_line(value, blocks))
        except RecordRefused as refused:
            sentences.append(f"removed[{number}] {refused} It was left out.")
    values.say_at_most(sentences, "removed lines")
    return tuple(found)


def _removed_line(value: object, blocks: int) -> RemovedLine:
    if not isinstance(value, Mapping):
        raise RecordRefused("must be an object with text, rule and position.")
    text, rule = (_stored(value.get(key), key) for key in ("text", "rule"))
    position = value.get("position")
    if not isinstance(position, int) or not _is_count(position) or position > blocks:
        raise RecordRefused(f"must have a position from 0 to {blocks}, the number of blocks.")
    return RemovedLine(text, rule, position)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
