"""The text with its three layers, and the badges that stand for marks. Written in Python because an article may
have a thousand marks; everything that comes from people is escaped here or by :mod:`annotations.highlighting`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from annotations.highlighting import LayerMark, Layout
from annotations.queries.checking.verdicts import ShownVerdict, qualifiers_beside
from annotations.queries.workbench.badges import TONE_NAMES, kind_words, several
from annotations.queries.workbench.marks import ShownClaim, ShownMark, ShownQuote, ShownTag, initials_of
from annotations.queries.workbench.painting import as_painted
from annotations.templatetags.signs import draw_sign
from articles.anchoring.direction import direction_of

if TYPE_CHECKING:
    from annotations.queries.workbench.page import Paragraph, Workbench

register = template.Library()

STANCE_TONES = {"supports": "is-supported", "refutes": "is-refuted", "context": "is-open"}
ELEMENTS = {"headline": "h1", "heading": "h2", "quotation": "blockquote"}
FORMATS = {"emphasis": ("<em>", "</em>"), "strong": ("<strong>", "</strong>")}
DRAWN_TEXTS = 32
# More claims than these are counted, one bead for each verdict: above the claims, and beside a line of the outline.
MOST_BEADS = 30
MOST_BEADS_OF_A_LINE = 4
# A suggestion never hides what people marked.
AFTER_PEOPLE = 10_000_000


@register.simple_tag
def layered_text(bench: Workbench, *, is_bare: bool = False) -> SafeString:
    """The headline and the paragraphs, each with its gutter of one row per sentence and its words as runs; without
    any mark when ``is_bare``, because a script paints them."""
    stretches = tuple((paragraph.start, paragraph.end, len(paragraph.formats)) for paragraph in bench.paragraphs)
    selected = bench.selected.uid_text if bench.selected and not is_bare else ""
    marks = () if is_bare else tuple(bench.placed)
    return _draw(_Asked(bench.revision.pk, stretches, marks, selected, get_language() or "", bench))


@register.simple_tag
def marks_for_script(bench: Workbench) -> SafeString:
    """The marks as data, for the script that paints them."""
    return json_script(as_painted(bench), "bench-marks")


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that the drawing of a text depends on: a revision never changes, what is shown of it does.

    :ivar stretches: what is shown of the revision, each with its number of formats: readers may get extracts.
    """

    revision: int
    stretches: tuple[tuple[int, int, int], ...]
    marks: tuple[ShownMark, ...]
    selected: str
    language: str
    bench: Workbench = field(compare=False)


# A worker remembers the last drawn texts: people open the same articles many times between two changes of their marks.
@lru_cache(maxsize=DRAWN_TEXTS)
def _draw(asked: _Asked) -> SafeString:
    return SafeString("".join(_Drawing(asked.bench, asked.marks, asked.selected).paragraphs()))


@register.simple_tag
def badge(mark: ShownMark, *, current: ShownMark | None = None, href: str | None = None) -> SafeString:
    """One mark's sign; a link to the mark unless ``href`` says where else, or is empty for no link."""
    address = f"?mark={mark.uid}" if href is None else href
    is_current = current is not None and current.uid == mark.uid
    return SafeString(_badge(mark, address, is_current=is_current))


def _badge(mark: ShownMark, address: str, *, is_current: bool = False) -> str:
    return _link(
        address,
        classes=_badge_classes(mark),
        label=name_of(mark),
        names=mark.label,
        text=escape(_printed(mark)) + draw_sign(_icon_of(mark)),
        is_current=is_current,
    )


@register.simple_tag
def beads(bench: Workbench) -> SafeString:
    """One bead for each decided claim, in the order of the text."""
    tones = tuple(claim.verdict.tone for claim in bench.decided_claims)
    return SafeString(_beads(get_language() or "", tones, MOST_BEADS))


@register.simple_tag
def tone_beads(tones: Sequence[str]) -> SafeString:
    """One bead for each tone, in their order."""
    return SafeString(_beads(get_language() or "", tuple(tones), MOST_BEADS))


@lru_cache(maxsize=1024)
def _beads(language: str, tones: tuple[str, ...], most: int) -> str:
    """A bead for each of up to ``most`` verdicts, a bead and a number for each kind of more; a word for listeners."""
    if not tones:
        return ""
    with override(language):
        return _drawn_beads(tones, most)


def _drawn_beads(tones: Sequence[str], most: int) -> str:
    counts = [
        ngettext("%(count)s claim", "%(count)s claims", len(tones)) % {"count": len(tones)},
        *(f"{tones.count(tone)} {tone_name(tone)}" for tone in TONE_NAMES if tone in tones),
    ]
    sprite = escape(static("icons.svg"))
    signs = {
        tone: f'<svg class="bead is-{tone}" aria-hidden="true" focusable="false">'
        f'<use href="{sprite}#bead-{tone}"/></svg>'
        for tone in TONE_NAMES
    }
    if len(tones) <= most:
        drawn = "".join(signs[tone] for tone in tones)
    else:
        drawn = "".join(
            f'{signs[tone]}<span class="num small" aria-hidden="true">{tones.count(tone)}</span>'
            for tone in TONE_NAMES
            if tone in tones
        )
    return f'<span class="beads" role="img" aria-label="{escape(", ".join(counts))}">{drawn}</span>'


@register.simple_tag
def outline(bench: Workbench) -> SafeString:
    """The paragraphs as links, with a bead for each of their claims."""
    language = get_language() or ""
    return SafeString(
        "".join(
            f'<li><a href="#s{entry.sentence + 1}"><span class="num">{entry.number}</span>'
            f'<span class="clip" dir="auto">{escape(entry.words)}</span>'
            f"{_beads(language, tuple(entry.tones), MOST_BEADS_OF_A_LINE)}</a></li>"
            for entry in bench.outline
        )
    )


@register.filter
def name_of(mark: ShownMark) -> str:
    """Everything a badge says, spelled out."""
    return _name(mark, get_language() or "")


def _name(mark: ShownMark, language: str) -> str:
    return f"{mark.label}, {kind_words(language, *_traits(mark))}"


def _traits(mark: ShownMark) -> tuple[str, str, str, bool, bool]:
    """What the words of a badge depend on besides the label."""
    doubts = (mark.is_suggested, mark.needs_look)
    if isinstance(mark, ShownClaim):
        return "claim", mark.verdict.tone, "", *doubts
    if isinstance(mark, ShownTag):
        return "bias", mark.category, str(mark.severity), *doubts
    assert isinstance(mark, ShownQuote)
    return "quote", mark.kind, mark.name, *doubts


@register.filter
def tone_in_rail(tone: str) -> str:
    """A verdict's tone in as few words as the rail has room for."""
    short = {"conflicting": _("Conflicting"), "lacking": _("Not enough"), "open": _("No verdict")}
    return short.get(tone) or str(tone_name(tone)).capitalize()


@register.simple_tag
def verdict_sign(verdict: ShownVerdict) -> SafeString:
    """A verdict with its sign, its rating and its qualifiers."""
    words = verdict.rating or str(tone_name(verdict.tone)).capitalize()
    qualifiers = qualifiers_beside(words, verdict.qualifiers)
    also = f' <span class="verdict-also">{escape(qualifiers)}</span>' if qualifiers else ""
    sign = draw_sign(verdict.tone, "")
    return SafeString(
        f'<span><span class="verdict is-{verdict.tone}">{sign}<span>{escape(words)}</span></span>{also}</span>'
    )


@register.filter
def stance_tone(stance: str) -> str:
    """The class that gives a stance its colour."""
    return STANCE_TONES[stance]


@register.filter
def tone_class(mark: ShownMark) -> str:
    """The class that gives the bar beside a mark's words its colour."""
    if isinstance(mark, ShownClaim):
        return f"is-{mark.verdict.tone}"
    return f"voice-{mark.voice}" if isinstance(mark, ShownQuote) else ""


@register.filter
def tone_name(tone: str) -> str:
    """A verdict's tone in words."""
    return str(TONE_NAMES[tone])


def _printed(mark: ShownMark) -> str:
    return initials_of(mark.name) if isinstance(mark, ShownQuote) else mark.label


def _icon_of(mark: ShownMark) -> str:
    if isinstance(mark, ShownClaim) and not mark.is_suggested:
        return mark.verdict.tone
    return f"sev{mark.severity}" if isinstance(mark, ShownTag) and not mark.is_suggested else ""


def _badge_classes(mark: ShownMark) -> str:
    suggested = " badge-suggested" if mark.is_suggested else ""
    if isinstance(mark, ShownClaim):
        return f"badge is-{mark.verdict.tone}{suggested}"
    if isinstance(mark, ShownQuote):
        return f"badge badge-voice voice-{mark.voice}{'' if mark.kind == 'direct' else ' is-indirect'}{suggested}"
    return f"badge badge-bias{suggested}"


def _link(address: str, *, classes: str, label: str, names: str, text: str, is_current: bool) -> str:
    """A badge; ``text`` is HTML already, the rest is escaped here."""
    current = ' aria-current="true"' if is_current else ""
    rest = f' class="{classes}" aria-label="{escape(label)}" data-marks="{escape(names)}"{current}>{text}'
    return f'<a href="{escape(address)}"{rest}</a>' if address else f'<span role="img"{rest}</span>'


def layer_mark(mark: ShownMark) -> LayerMark:
    """A mark as it is drawn in the text. Shortest quote and claim win the line, the most severe tag the tint.

    ``mark`` must have a place.
    """
    start, end = mark.start or 0, mark.end or 0
    suggested = " is-suggested" if mark.is_suggested else ""
    rank = AFTER_PEOPLE if mark.is_suggested else 0
    if isinstance(mark, ShownClaim):
        return LayerMark(mark.label, "claim", start, end, f"c is-{mark.verdict.tone}{suggested}", rank + end - start)
    if isinstance(mark, ShownTag):
        return LayerMark(mark.label, "bias", start, end, f"b sev-{mark.severity}{suggested}", rank - mark.severity)
    assert isinstance(mark, ShownQuote)
    kind = "direct" if mark.kind == "direct" else "indirect"
    return LayerMark(mark.label, "quote", start, end, f"q voice-{mark.voice} is-{kind}{suggested}", rank + end - start)


class _Drawing:
    """One workbench's text being written out."""

    def __init__(self, bench: Workbench, marks: Sequence[ShownMark], selected: str) -> None:
        self.bench = bench
        self.language = get_language() or ""
        self.layout = Layout(bench.text, [layer_mark(mark) for mark in marks])
        self.by_sentence = bench.by_sentence if marks else {}
        current = bench.selected if selected else None
        self.current = current.label if current else ""
        self.current_sentence = bench.sentence_of(current) if current and current.start is not None else -1
        self.signs = {icon: draw_sign(icon) for icon in (*TONE_NAMES, "sev1", "sev2", "sev3", "look")}

    def paragraphs(self) -> Iterator[str]:
        for number, paragraph in enumerate(self.bench.paragraphs):
            where = _("Marks in paragraph %(number)s") % {"number": number} if number else _("Marks in the headline")
            element = ELEMENTS.get(paragraph.kind, "p")
            direction = direction_of(self.bench.text[paragraph.start : paragraph.end])
            yield (
                f'<div class="para{"" if number else " para-head"}">'
                f'<ol class="gutter" aria-label="{escape(where)}">{"".join(self.rows(paragraph))}</ol>'
                f'<{element} class="block block-{paragraph.kind}" data-start="{paragraph.start}" dir="{direction}">'
                f"{''.join(self.words(paragraph))}</{element}></div>\n"
            )

    def words(self, paragraph: Paragraph) -> Iterator[str]:
        """The words of a block: sentences in spans, and what stands between them as it is."""
        at = paragraph.start
        for index in range(paragraph.first_sentence, paragraph.last_sentence):
            start, end = self.bench.sentences[index]
            if at < start:
                yield self.run(paragraph, at, start)
            yield f'<span class="s" id="s{index + 1}">{self.run(paragraph, start, end)}</span>'
            at = end
        if at < paragraph.end:
            yield self.run(paragraph, at, paragraph.end)

    def run(self, paragraph: Paragraph, start: int, end: int) -> str:
        if not paragraph.formats:
            return self.layout.html(start, end, current=self.current)
        return "".join(self.formatted(paragraph, start, end))

    def formatted(self, paragraph: Paragraph, start: int, end: int) -> Iterator[str]:
        """Words with links and emphasis, cut where a format begins or ends so that elements nest."""
        formats = [(mark.start + paragraph.start, mark.end + paragraph.start, mark) for mark in paragraph.formats]
        borders = {start, end}
        borders.update(place for first, last, _mark in formats for place in (first, last) if start < place < end)
        ordered = sorted(borders)
        for first, last in pairwise(ordered):
            words = self.layout.html(first, last, current=self.current)
            for format_start, format_end, mark in formats:
                if format_start <= first and last <= format_end:
                    opening, closing = format_tags(mark.kind, mark.href)
                    words = f"{opening}{words}{closing}"
            yield words

    def rows(self, paragraph: Paragraph) -> Iterator[str]:
        for index in range(paragraph.first_sentence, paragraph.last_sentence):
            current = ' aria-current="true"' if index == self.current_sentence else ""
            marks = self.by_sentence.get(index, ())
            yield (
                f'<li data-for="s{index + 1}"{current}><span class="gutter-n">{index + 1}</span>'
                f"{''.join(self.badges(marks, index))}</li>"
            )

    def badges(self, marks: Iterable[ShownMark], sentence: int) -> Iterator[str]:
        """At most one badge for each voice, one for each claim, one for all bias, one for what needs a look."""
        voices: dict[tuple[int, str], list[ShownQuote]] = {}
        claims: list[ShownClaim] = []
        tags: list[ShownTag] = []
        doubtful: list[ShownMark] = []
        for mark in marks:
            if isinstance(mark, ShownQuote):
                voices.setdefault((mark.voice, mark.name), []).append(mark)
            elif isinstance(mark, ShownClaim):
                claims.append(mark)
            elif isinstance(mark, ShownTag):
                tags.append(mark)
            if mark.needs_look:
                doubtful.append(mark)
        for quotes in voices.values():
            yield self.voice_badge(quotes, sentence)
        for claim in claims:
            yield self.badge(
                [claim], sentence, _badge_classes(claim), claim.label, _icon_of(claim), _name(claim, self.language)
            )
        if tags:
            yield self.bias_badge(tags, sentence)
        if doubtful:
            label = several(self.language, "doubtful", len(doubtful))
            yield self.badge(doubtful, sentence, "badge badge-look", "", "look", label)

    def voice_badge(self, quotes: list[ShownQuote], sentence: int) -> str:
        first, count = quotes[0], len(quotes)
        initials = initials_of(first.name)
        if count == 1:
            return self.badge(quotes, sentence, _badge_classes(first), initials, "", _name(first, self.language))
        label = several(self.language, "quotes", count, first.name)
        return self.badge(
            quotes,
            sentence,
            _badge_classes(first),
            f"{initials} {count}",
            "",
            label,
        )

    def bias_badge(self, tags: list[ShownTag], sentence: int) -> str:
        count, severity = len(tags), max(tag.severity for tag in tags)
        label = several(self.language, "tags", count, str(severity))
        classes = "badge badge-bias" + (" badge-suggested" if all(tag.is_suggested for tag in tags) else "")
        text = "B" if count == 1 else str(count)
        return self.badge(tags, sentence, classes, text, f"sev{severity}", label)

    def badge(
        self,
        marks: list[ShownClaim] | list[ShownQuote] | list[ShownTag] | list[ShownMark],
        sentence: int,
        classes: str,
        text: str,
        icon: str,
        label: str,
    ) -> str:
        names = [mark.label for mark in marks]
        return _link(
            f"?mark={marks[0].uid}#s{sentence + 1}",
            classes=classes,
            label=label,
            names=" ".join(names),
            text=escape(text) + self.signs.get(icon, ""),
            is_current=self.current in names,
        )


def format_tags(kind: str, href: str) -> tuple[str, str]:
    """What stands before and after words of a format."""
    if kind == "link":
        return f'<a href="{escape(href)}" rel="noreferrer">', "</a>"
    return FORMATS[kind]
