"""Dates as outlets print them, in several languages and calendars, with the year."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from articles.ingest.printed_hours import hour_near

MONTHS: tuple[str, ...] = (
    "january januar janvier enero gennaio janeiro januari styczen stycznia января січня ocak يناير ianuarie gener"
    " ledna ιανουαριου ינואר जनवरी tammikuuta",
    "february februar fevrier febrero febbraio fevereiro februari luty lutego февраля лютого subat şubat فبراير"
    " febrer unora φεβρουαριου פברואר फरवरी फ़रवरी شباط helmikuuta februarie",
    "march marz mars marzo marco maart marzec marca марта березня mart مارس"
    " marts brezna μαρτιου מרץ मार्च آذار maaliskuuta martie maret marcius",
    "april avril abril aprile kwiecien kwietnia апреля квітня nisan أبريل ابريل"
    " dubna απριλιου אפריל अप्रैल نيسان huhtikuuta aprilie aprilis",
    "may mai mayo maggio maio mei maj maja мая травня mayis mayıs مايو kvetna μαιου מאי मई أيار toukokuuta majus",
    "june juni juin junio giugno junho czerwiec czerwca июня червня haziran يونيو"
    " cervna ιουνιου יוני जून حزيران kesakuuta iunie junius",
    "july juli juillet julio luglio julho lipiec lipca июля липня temmuz يوليو"
    " cervence ιουλιου יולי जुलाई تموز heinakuuta iulie julius",
    "august aout agosto augustus sierpien sierpnia августа серпня agustos ağustos أغسطس"
    " augusti srpna αυγουστου אוגוסט अगस्त آب elokuuta augusztus",
    "september septembre septiembre settembre setembro wrzesien wrzesnia września сентября вересня eylul eylül سبتمبر"
    " septembrie zari σεπτεμβριου ספטמבר सितंबर सितम्बर أيلول syyskuuta szeptember",
    "october oktober octobre octubre ottobre outubro pazdziernik pazdziernika października октября жовтня ekim أكتوبر"
    " octombrie rijna οκτωβριου אוקטובר अक्टूबर lokakuuta",
    "november novembre noviembre novembro listopad listopada ноября листопада kasim kasım نوفمبر"
    " noiembrie listopadu νοεμβριου נובמבר नवंबर नवम्बर",
    "december dezember decembre diciembre dicembre dezembro grudzien grudnia декабря грудня aralik aralık ديسمبر"
    " decembrie prosince δεκεμβριου דצמבר दिसंबर दिसम्बर desember joulukuuta",
)
NUMBER_OF_MONTH = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}
# The months of the Iranian calendar; their first six have 31 days, the next five 30.
IRANIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
LONGEST_LINE = 160

YEAR = r"((?:19|20)\d\d)"
DAY_MONTH_YEAR = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.|er|º|°)?[\s-]+(?:de\s+|d[’'])?([^\W\d_][^\s\d.,/:|-]{{1,13}})\.?,?[\s-]+(?:del?\s+)?{YEAR}\b"
)
MONTH_DAY_YEAR = re.compile(
    rf"(?<![^\W\d_])([^\W\d_][^\s\d.,/:|-]{{2,13}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}\b"
)
YEAR_MONTH_NAME_DAY = re.compile(rf"\b{YEAR}\.?\s+([^\W\d_][^\s\d.,/:|-]{{2,13}})\.?\s+(\d{{1,2}})\b")
YEAR_MONTH_DAY = re.compile(
    rf"(?<![\d.,/-]){YEAR}(?:\s?[-/.]\s?|\s*[年년]\s*)(\d{{1,2}})(?:\s?[-/.]\s?|\s*[月월]\s*)(\d{{1,2}})(?:(?!\d)|\s*[日일])"
)
DAY_MONTH_YEAR_IN_FIGURES = re.compile(rf"(?<![\d./-])(\d{{1,2}})\s?([./-])\s?(\d{{1,2}})\s?\2\s?{YEAR}\b")
SHORT_YEAR_IN_FIGURES = re.compile(r"(?<![\d./-])(\d\d)\.(\d\d)\.(\d\d)(?![\d./-])")
# 令和6年2月12日, 民國113年2月12日: years of a reign, or of a republic, and what stands before their first.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
ERA_DAY = re.compile(r"(令和|平成|昭和|民國|民国)\s*(\d{1,3}|元)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
IRANIAN_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(IRANIAN_MONTHS)})(?:\s*ماه)?\s+(1[34]\d\d)(?!\d)")
IRANIAN_FIGURES = re.compile(r"(?<!\d)(1[34]\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
# Whose figures begin with the month, and whose may begin with either.
MONTH_FIRST, EITHER_FIRST = frozenset({"en-us", "en-ph", "fil"}), frozenset({"", "en", "en-ca", "fr-ca"})
# What says of a day that the piece came out on it, or was only changed.
PUBLISHED = re.compile(
    r"publi|post|first|veröffentl|erschien|erstellt|parution|paru|pubblicat|geplaatst|gepubliceerd|udgivet|julkaist|"
    r"megjelen|vydán|zveřejn|опублик|размещ|giriş|yayın|eklenme|نشر|انتشار|פורסם|प्रकाशित|公開|配信|掲載|发布|發布|發佈|입력|등록|"
    r"diterbitkan|δημοσ",
)
CHANGED = re.compile(
    r"updat|modif|amend|edit|revis|aktualis|aktualiz|(?:\b)stand\b|geändert|mise? à jour|actualiz|atualiz|aggiorn|"
    r"bijgewerkt|gewijzigd|uppdater|oppdater|opdater|päivit|muokat|frissít|módosít|upraven|обновл|измен|оновл|змін|güncel|"
    r"düzenle|تحديث|تعديل|روزرسانی|ویرایش|עודכן|עדכון|अपडेट|अद्यतन|更新|修改|수정|diperbarui|ενημερ",
)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day in a line, with its hour where one stands beside it: half-open offsets in code points.

    ``rank`` is 0 where the line says that something came out on that day, 2 where it says that it was changed, else 1.
    """

    start: int
    end: int
    at: datetime
    has_hour: bool
    rank: int


def printed_moment(line: str, *, language: str = "") -> datetime | None:
    """The day that a short line names, with its time and zone where they stand there; else both are taken as UTC.

    Of several days it is the one on which the piece came out, as far as the line says.
    """
    days = printed_days(line, language=language)
    return min(days, key=lambda day: day.rank).at if days else None


def printed_day(line: str) -> datetime | None:
    """The first day that a short line names, at midnight UTC: printed dates rarely give their zone."""
    found = next(iter(_days(_plain(line), "")), None) if len(line) <= LONGEST_LINE else None
    return found[2] if found else None


def printed_days(line: str, *, language: str = "") -> list[PrintedDay]:
    """The days of a short line, in its order. ``language`` is a BCP 47 tag: it tells 3/4/2020 from 4/3/2020.

    Where the language does not tell, such figures are read only where their order leaves no doubt.
    """
    if len(line) > LONGEST_LINE:
        return []
    text = _plain(line)
    found = list(_days(text, language.lower()))
    ends = [0, *(end for _, end, _ in found)]
    starts = [*(start for start, _, _ in found[1:]), len(text)]
    days = []
    for (start, end, day), before, after in zip(found, ends, starts, strict=False):
        hour = hour_near(text[before:start], text[end:after], day, is_last=after == len(text))
        days.append(PrintedDay(start, end, hour or day, hour is not None, _rank(text[before:start])))
    return days


def _plain(line: str) -> str:
    """The line in lower case, its figures as ASCII writes them."""
    text = unicodedata.normalize("NFKC", line).lower().replace("\u200c", " ").replace("\u200f", "")
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _rank(before: str) -> int:
    """What the words before a day say of it; the last ones count."""
    published = max((found.start() for found in PUBLISHED.finditer(before)), default=-1)
    changed = max((found.start() for found in CHANGED.finditer(before)), default=-1)
    return 1 if published == changed else 0 if published > changed else 2


def _days(text: str, language: str) -> Iterator[tuple[int, int, datetime]]:
    """The days of the text with where they stand, in its order; where two overlap, the first."""
    found = [
        (*match.span(), day) for form, read in FORMS for match in form.finditer(text) if (day := read(match, language))
    ]
    last = 0
    for start, end, day in sorted(found, key=lambda day: (day[0], -day[1])):
        if start >= last:
            yield start, end, day
            last = end


def _in_figures(found: re.Match[str], language: str) -> datetime | None:
    one, sign, other, year = int(found[1]), found[2], int(found[3]), found[4]
    if sign == "/" and one <= 12 and other > 12:
        return _day(year, one, other)
    if sign == "/" and max(one, other) <= 12 and one != other:
        if language in EITHER_FIRST:
            return None
        if language in MONTH_FIRST:
            return _day(year, one, other)
    return _day(year, other, one)


def _of_era(found: re.Match[str], _language: str) -> datetime | None:
    years = 1 if found[2] == "元" else int(found[2])
    return _day(ERAS[found[1]] + years, int(found[3]), found[4])


def _iranian(year: int, month: int, day: int) -> datetime | None:
    """The Iranian day in the Gregorian calendar, right for the years 1300 to 1498, by the 33-year cycle of leaps.

    1402-11-23 is 2024-02-12.
    """
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    # In each cycle the years 1, 5, 9, 13, 17, 22, 26 and 30 have a day more.
    passed = year - 1
    leaps = 8 * (passed // 33) + sum(passed % 33 >= leap for leap in (1, 5, 9, 13, 17, 22, 26, 30))
    days = 365 * passed + leaps + (31 * (month - 1) if month < 8 else 186 + 30 * (month - 7)) + day - 1
    return datetime(622, 3, 21, tzinfo=UTC) + timedelta(days=days)


def _month(name: str) -> int:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    for candidate in (name, plain, plain.removeprefix("ב")):
        if candidate in NUMBER_OF_MONTH:
            return NUMBER_OF_MONTH[candidate]
    starts = {number for known, number in NUMBER_OF_MONTH.items() if len(plain) > 2 and known.startswith(plain)}
    return starts.pop() if len(starts) == 1 else 0


def _day(year: str | int, month: int, day: str | int) -> datetime | None:
    try:
        return datetime(int(year), month, int(day), tzinfo=UTC)
    except ValueError:
        return None


# Every way of printing a day, with what reads it.
FORMS = (
    (DAY_MONTH_YEAR, lambda found, _language: _day(found[3], _month(found[2]), found[1])),
    (MONTH_DAY_YEAR, lambda found, _language: _day(found[3], _month(found[1]), found[2])),
    (YEAR_MONTH_NAME_DAY, lambda found, _language: _day(found[1], _month(found[2]), found[3])),
    (YEAR_MONTH_DAY, lambda found, _language: _day(found[1], int(found[2]), found[3])),
    (DAY_MONTH_YEAR_IN_FIGURES, _in_figures),
    (SHORT_YEAR_IN_FIGURES, lambda found, _language: _day(2000 + int(found[3]), int(found[2]), found[1])),
    (ERA_DAY, _of_era),
    (IRANIAN_DAY, lambda found, _language: _iranian(int(found[3]), IRANIAN_MONTHS.index(found[2]) + 1, int(found[1]))),
    (IRANIAN_FIGURES, lambda found, _language: _iranian(int(found[1]), int(found[2]), int(found[3]))),
)
