"""The words of a ninjs item: its main body in the richest form, and the captions of its pictures."""

from articles.anchoring.text import Block, BlockKind
from articles.ingest.markup import html_blocks, looks_like_html, plain_blocks
from articles.ingest.ninjs_item import (
    MAIN_ROLES,
    MARKED_UP,
    NOT_COPY,
    PICTURES,
    PLAIN,
    Item,
    Text,
    bodies_of,
    by_role,
    role_of,
    standing_of,
)
from articles.ingest.record import ReadingRefused
from articles.ingest.wire_fields import one_line


def blocks_of(item: Item) -> list[Block]:
    """The main body, richest form first, then the captions of associated pictures."""
    if item.kind in NOT_COPY:
        item.errors.append(f"The item is {NOT_COPY[item.kind]}, not copy.")
        return []
    blocks = _body_blocks(item)
    if item.kind in PICTURES and not blocks:
        blocks = _captions_of(item, item.errors)
    for picture in item.objects("associations"):
        blocks += _associated(picture, item.errors)
    return blocks


def _body_blocks(item: Item) -> list[Block]:
    """The blocks of the first body that can be read; others of the same role are the same words in another form."""
    bodies = by_role(bodies_of(item), MAIN_ROLES)
    readable = sorted((body for body in bodies if _is_readable(body)), key=_plainness)
    unknown = sorted({one_line(body.content_type) for body in bodies if not _is_readable(body)})
    if unknown and not readable:
        item.errors.append(f"The body is {', '.join(unknown)}, which the desk cannot read.")
    role = role_of(readable[0]) if readable else ""
    left = sorted({role_of(body) or "none" for body in readable if role_of(body) != role})
    if left:
        item.errors.append(f"The item holds other bodies, which were not read; their roles: {', '.join(left)}.")
    for body in readable:
        if role_of(body) == role and (blocks := _read_body(body, item.errors)):
            return blocks
    return []


def _read_body(body: Text, errors: list[str]) -> list[Block]:
    try:
        marked_up = body.content_type in MARKED_UP or (not body.content_type and looks_like_html(body.value))
        return html_blocks(body.value, errors) if marked_up else plain_blocks(body.value, errors)
    except ReadingRefused as refused:
        errors.append(refused.reason)
        return []


def _is_readable(body: Text) -> bool:
    return body.content_type in ("", PLAIN, *MARKED_UP)


def _plainness(body: Text) -> tuple[int, int]:
    form = [*MARKED_UP, "", PLAIN].index(body.content_type)
    return (0 if role_of(body) in MAIN_ROLES else 1, form)


def _associated(picture: Item, errors: list[str]) -> list[Block]:
    """The caption of a picture that may be shown; text that is associated is another story."""
    if picture.kind not in ("", *PICTURES) or bodies_of(picture):
        return []
    standing = standing_of(picture)
    if standing.pub_status in ("withheld", "canceled") or standing.embargoed_until:
        errors.append("The caption of a picture that may not be shown now was left out.")
        return []
    return _captions_of(picture, errors)


def _captions_of(picture: Item, errors: list[str]) -> list[Block]:
    described = by_role(picture.texts("descriptions", "description"), ("caption", ""))
    for text in described:
        blocks = _read_body(text, errors)
        if blocks:
            return [Block(BlockKind.CAPTION, block.text, block.marks) for block in blocks]
    return []
