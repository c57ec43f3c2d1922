"""Dates as outlets print them, in several languages, with the four-digit year."""

import re
import unicodedata
from datetime import UTC, datetime

MONTHS: tuple[str, ...] = (
    "january januar janvier enero gennaio janeiro januari styczen stycznia января січня ocak يناير ianuarie"
    " ledna ιανουαριου ינואר जनवरी tammikuuta",
    "february februar fevrier febrero febbraio fevereiro februari luty lutego февраля лютого subat şubat فبراير"
    " unora φεβρουαριου פברואר फरवरी फ़रवरी شباط helmikuuta februarie",
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
LONGEST_LINE = 160

CLOCK = re.compile(
    r"(?:(?P<half>오전|오후|上午|下午|午前|午後)\s*)?(?<![\d:.])(\d{1,2})[:h]([0-5]\d)(?![:\d])\s*(?P<meridiem>[ap]\.?m\b)?",
    re.IGNORECASE,
)
AFTERNOON = ("p", "P", "오후", "下午", "午後")
DAY_MONTH_YEAR = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|\.|er)?\s+(?:de\s+|d[’'])?([^\W\d_][^\s\d.,/:|-]{2,13})\.?,?\s+(?:de\s+)?((?:19|20)\d\d)\b"
)
MONTH_DAY_YEAR = re.compile(
    r"(?<![^\W\d_])([^\W\d_][^\s\d.,/:|-]{2,13})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b"
)
YEAR_MONTH_DAY = re.compile(
    r"(?<![\d.,/-])((?:19|20)\d\d)(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})(?:\b|\s*日)"
)
DAY_MONTH_YEAR_IN_FIGURES = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)\b")


def printed_moment(line: str) -> datetime | None:
    """The day that a short line names, with its time where one stands there; both taken as UTC."""
    day = printed_day(line)
    clock = CLOCK.search(line) if day else None
    if day is None or clock is None:
        return day
    hour, half = int(clock[2]), clock["half"] or clock["meridiem"]
    if half:
        hour = hour % 12 + 12 * half.startswith(AFTERNOON)
    return day.replace(hour=hour, minute=int(clock[3])) if hour < 24 else day


def printed_day(line: str) -> datetime | None:
    """The day that a short line names, at midnight UTC: printed dates rarely give their zone.

    Figures alone, as 03/04/2020, are read only where the order leaves no doubt.
    """
    if len(line) > LONGEST_LINE:
        return None
    text = unicodedata.normalize("NFKC", line).lower()
    if found := DAY_MONTH_YEAR.search(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := MONTH_DAY_YEAR.search(text):
        return _day(found[3], _month(found[1]), found[2])
    if found := YEAR_MONTH_DAY.search(text):
        return _day(found[1], int(found[2]), found[3])
    found = DAY_MONTH_YEAR_IN_FIGURES.search(text)
    if found is None or (int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2] and "/" in found[0]):
        return None
    return _day(found[3], int(found[2]), found[1])


def _month(name: str) -> int:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    for candidate in (name, plain):
        if candidate in NUMBER_OF_MONTH:
            return NUMBER_OF_MONTH[candidate]
    starts = {number for known, number in NUMBER_OF_MONTH.items() if known.startswith(plain)}
    return starts.pop() if len(starts) == 1 else 0


def _day(year: str, month: int, day: str) -> datetime | None:
    try:
        return datetime(int(year), month, int(day), tzinfo=UTC)
    except ValueError:
        return None
