"""What stands in mails and belongs to no story: signatures, quoted replies, headers of what was forwarded.

When unsure a line stays. Everything found here is struck out with its rule, and can be restored.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SIGNATURE, REPLY, FORWARD, DISCLAIMER = "mail-signature", "quoted-reply", "forwarded-header", "mail-disclaimer"

# RFC 3676, section 4.3, whose space at the end programs lose; and what telephones write.
SIGNATURE_DASHES = re.compile(r"--\s*")
SENT_FROM = re.compile(
    r"(?:sent from my|sent from (?:yahoo|outlook|proton)|get outlook for|von meinem .{2,30} gesendet|"
    r"envoyé de mon|enviado desde mi|отправлено с) ?.{0,60}",
    re.IGNORECASE,
)
# "On Tue, 13 May 2025 at 09:30, Ines Okafor <ines@paper.example> wrote:" in the languages of mail programs.
WROTE = re.compile(
    r"(?:on|am|le|el|il|op|em|on:|dnia|в|во) .{4,160}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|"
    r"escreveu|napisał\(?a?\)?|написала?|пише)\b.{0,80}:",
    re.IGNORECASE,
)
MARKER = re.compile(
    r"[-_*\s]{2,}(?:(?:begin )?forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|"
    r"message transféré|message d'origine|mensaje reenviado|mensaje original|messaggio inoltrato|"
    r"пересылаемое сообщение|_+)[-_*\s]*|begin forwarded message:|_{20,}",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"\*?(?P<name>from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|à|objet|date|"
    r"enviado|para|asunto|da|a|oggetto|от|дата|кому|тема)\*?\s?:\*?\s*(?P<said>.*)",
    re.IGNORECASE,
)
SENDER, DATED = frozenset({"from", "von", "de", "da", "от"}), frozenset({"date", "sent", "datum", "gesendet", "дата"})
DISCLAIMER_FORM = re.compile(
    r"(?:(?:this|the information (?:contained )?in this) (?:e-?mail|message|communication)\b.{0,160}\b(?:confidential|"
    r"intended (?:only|solely)|privileged)|diese e-?mail (?:enthält|und).{0,120}vertraulich|"
    r"please consider the environment before printing).*",
    re.IGNORECASE,
)
# In code points: less than this above what was forwarded is a word to the colleague and no story.
SHORTEST_STORY = 400


@dataclass(slots=True)
class MailParts:
    """Rules by number of line, and what the header of a forwarded mail says."""

    rules: dict[int, str] = field(default_factory=dict)
    sender: str = ""
    dated: str = ""


def find_mail_furniture(lines: Sequence[str], *, is_forward: bool) -> MailParts:
    """Look at the lines of a mail, each without white space round it.

    ``is_forward`` says that the subject calls the mail forwarded: then what it quotes is the story.
    """
    found = MailParts()
    start = _second_mail(lines)
    if start is not None:
        header = _header(lines, start)
        if is_forward or sum(map(len, lines[:start])) < SHORTEST_STORY:
            found.rules |= dict.fromkeys(header, FORWARD)
            found.sender, found.dated = (_said(lines, header, names) for names in (SENDER, DATED))
        else:
            found.rules |= {number: REPLY for number in range(start, len(lines)) if lines[number]}
    found.rules |= dict.fromkeys(_reply(lines), REPLY)
    found.rules |= dict.fromkeys(_signature(lines, found.rules), SIGNATURE)
    found.rules |= {number: DISCLAIMER for number, line in enumerate(lines) if DISCLAIMER_FORM.fullmatch(line)}
    found.rules = dict(sorted(found.rules.items()))
    return found


def _second_mail(lines: Sequence[str]) -> int | None:
    """Where another mail begins inside this one: a marker, or a header of at least three fields."""
    for number in range(len(lines)):
        is_marked = bool(lines[number]) and MARKER.fullmatch(lines[number]) is not None
        fields = sum(bool(FIELD.fullmatch(line)) for line in lines[number + is_marked : number + 6])
        if fields >= 3 and (is_marked or FIELD.fullmatch(lines[number])):
            return number
    return None


def _header(lines: Sequence[str], start: int) -> list[int]:
    """The marker and the fields below it, up to the blank line that ends them."""
    found: list[int] = []
    fields = 0
    for number in range(start, len(lines)):
        is_field = FIELD.fullmatch(lines[number]) is not None
        fields += is_field
        if not lines[number]:
            if fields:
                break
            continue
        if not (is_field or MARKER.fullmatch(lines[number])):
            break
        found.append(number)
    return found


def _said(lines: Sequence[str], header: Sequence[int], names: frozenset[str]) -> str:
    fields = (FIELD.fullmatch(lines[number]) for number in header)
    return next((match["said"].strip("* ") for match in fields if match and match["name"].lower() in names), "")


def _reply(lines: Sequence[str]) -> Iterator[int]:
    """The line that says who wrote what is quoted, and the quotation, when nothing else follows it."""
    for number, line in enumerate(lines):
        quoted = [place for place in range(number + 1, len(lines)) if lines[place]]
        if WROTE.fullmatch(line) and quoted and all(lines[place].startswith(">") for place in quoted):
            yield from [number, *quoted]
            return


def _signature(lines: Sequence[str], rules: dict[int, str]) -> Iterator[int]:
    """From the dashes on, to the end or to the next mail that is quoted; a line of a telephone alone."""
    for number, line in enumerate(lines):
        if number not in rules and SENT_FROM.fullmatch(line):
            yield number
        if SIGNATURE_DASHES.fullmatch(line) and number and _is_signature(lines, rules, number):
            for place in range(number, len(lines)):
                if place in rules:
                    break
                if lines[place]:
                    yield place


def _is_signature(lines: Sequence[str], rules: dict[int, str], number: int) -> bool:
    """Whether few lines follow: two dashes are also drawn between parts of a story."""
    following = [place for place in range(number + 1, len(lines)) if lines[place]]
    end = next((place for place in following if place in rules), len(lines))
    return 0 < len([place for place in following if place < end]) <= 12
