"""Mails (EML): the story from the words of the mail, its headline from the subject."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from lxml import html

from articles.anchoring.text import Block
from articles.ingest.charsets import declared_charsets, decode_document, storable
from articles.ingest.choices import may_be_headline, restore
from articles.ingest.furniture import find_furniture
from articles.ingest.html_blocks import blocks_from
from articles.ingest.mail_furniture import MailParts, find_mail_furniture
from articles.ingest.moments import Moment, moment_of
from articles.ingest.paragraphs import Paragraph, blocks_before, paragraphs
from articles.ingest.plaintext import visible_lines
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine
from articles.ingest.sniffing import is_mail
from articles.ingest.wire_fields import language_of, one_line

FORWARDED = re.compile(r"(?:fwd?|wg|tr|rv|enc|doorst|i|пер)\s?(?:\[\d+\])?:\s*", re.IGNORECASE)
PREFIX = re.compile(rf"(?:(?:re|aw|antw|sv|r|отв)\s?(?:\[\d+\])?:\s*|{FORWARDED.pattern})+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Body:
    """The words of a mail: lines of plain text, or blocks of HTML with a line each; and what was odd about them."""

    lines: tuple[str, ...]
    errors: tuple[str, ...]
    blocks: tuple[Block, ...] = ()


class MailReader:
    """Reads one article from a mail."""

    name = "mail"

    def recognises(self, body: bytes, name: str) -> bool:
        """See :func:`articles.ingest.sniffing.is_mail`."""
        return is_mail(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read the words of the mail as one article; attachments are named and not read.

        :raises ReadingRefused: the mail is damaged or empty, or has no headline.
        """
        try:
            message = message_from_bytes(body.lstrip(b"\r\n"), policy=policy.default)
            article = _article(message)
        except (MemoryError, ReadingRefused):
            raise
        except Exception as error:
            # Headers and parts are parsed when they are asked for, and damaged ones raise errors of many kinds.
            raise ReadingRefused(
                field="text", reason="The mail is damaged. Save it again, or paste its words as plain text."
            ) from error
        return [restore(article, keep)]


def _article(message: EmailMessage) -> IncomingArticle:
    body = _body(message)
    subject = one_line(message["subject"])
    parts = find_mail_furniture(body.lines, is_forward=FORWARDED.search(subject) is not None)
    removed = dict(sorted({**find_furniture(body.lines), **parts.rules}.items()))
    headline, begin = _headline(PREFIX.sub("", subject, count=1), body.lines, removed)
    found = _paragraphs(body, removed, begin)
    if not found:
        raise ReadingRefused(
            field="text",
            reason="The mail has a subject and no story below it. Bring in its attachment, or paste the story.",
        )
    moment = _moment(message, parts)
    return IncomingArticle(
        headline=headline,
        blocks=tuple(paragraph.block for paragraph in found),
        removed=_removed_lines(body.lines, removed, found),
        published_at=moment.at if moment else None,
        date_basis="inferred" if moment else "unknown",
        credit=one_line(parts.sender) or _sender(message),
        language=language_of(*map(str, message.get_all("content-language", []))),
        errors=(*body.errors, *_attached(message)),
    )


def _body(message: EmailMessage) -> _Body:
    """The plain words when the mail has any, else those of its HTML.

    :raises ReadingRefused: it has neither.
    """
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        content = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(content, bytes) or not content.strip():
            continue
        declared = [charset for charset in (part.get_content_charset(),) if charset]
        body = _plain(content, declared, part) if kind == "plain" else _html(content, declared)
        if any(body.lines):
            return body
    raise ReadingRefused(
        field="text", reason="The mail has no words of its own. Bring in its attachment by itself, or paste the story."
    )


def _plain(content: bytes, declared: Sequence[str], part: MIMEPart) -> _Body:
    decoded = decode_document(content, declared=declared)
    text, errors = storable(decoded.text)
    if part.get_param("format", "") == "flowed":
        text = _unflowed(text, delete_space=part.get_param("delsp", "") == "yes")
    return _Body(tuple(visible_lines(text)), (*decoded.errors, *errors))


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Lines that end in a space go on in the next (RFC 3676, section 4.2); the dashes of a signature do not."""
    rows: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        if goes_on and not line.startswith(">") and line != "-- ":
            rows[-1] = (rows[-1][:-1] if delete_space else rows[-1]) + line
        else:
            rows.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(rows)


def _html(content: bytes, declared: Sequence[str]) -> _Body:
    decoded = decode_document(content, declared=[*declared, *declared_charsets(content)])
    text, errors = storable(decoded.text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    tree = html.document_fromstring(text.encode(), parser=parser) if text.strip() else None
    blocks = tuple(blocks_from(tree)) if tree is not None else ()
    # A blank line between blocks, as between paragraphs of plain text.
    lines = [line for block in blocks for line in (" ".join(block.text.split()), "")]
    return _Body(tuple(lines), (*decoded.errors, *errors), blocks)


def _headline(subject: str, lines: Sequence[str], removed: Mapping[int, str]) -> tuple[str, int]:
    """The headline, and the number of the line the body may begin on: below a first line that says it again."""
    first = next((number for number, line in enumerate(lines) if line and number not in removed), len(lines))
    line = lines[first] if first < len(lines) else ""
    if subject and may_be_headline(subject):
        return subject, first + 1 if line.casefold() == subject.casefold() else 0
    if line and may_be_headline(line):
        return line, first + 1
    raise ReadingRefused(
        field="headline", reason="The mail has no subject and begins with a paragraph. Write a headline above it."
    )


def _paragraphs(body: _Body, removed: Mapping[int, str], begin: int) -> list[Paragraph]:
    if not body.blocks:
        return paragraphs(body.lines, left_out=removed, begin=begin)
    places = ((2 * number, block) for number, block in enumerate(body.blocks))
    return [Paragraph(line, block) for line, block in places if line >= begin and line not in removed]


def _removed_lines(
    lines: Sequence[str], removed: Mapping[int, str], found: Sequence[Paragraph]
) -> tuple[RemovedLine, ...]:
    positions = blocks_before(found, list(removed))
    return tuple(
        RemovedLine(lines[number], rule, position)
        for (number, rule), position in zip(removed.items(), positions, strict=True)
    )


def _moment(message: EmailMessage, parts: MailParts) -> Moment | None:
    """When the mail was sent, which is when its story was known; that of a forwarded mail, where it can be read."""
    return moment_of(parts.dated) or moment_of(str(message.get("date", "")))


def _sender(message: EmailMessage) -> str:
    """The name of who sent the mail, or the address when there is none."""
    header = message["from"]
    for address in getattr(header, "addresses", ()):
        return one_line(address.display_name or address.addr_spec)
    return one_line(str(header or ""))


def _attached(message: EmailMessage) -> list[str]:
    names = [one_line(part.get_filename() or "") or part.get_content_type() for part in message.iter_attachments()]
    if not names:
        return []
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return [f"Attachments were not read: {shown}. Bring them in by themselves."]
