"""Notices of a page to its visitors that stand as whole lines among the paragraphs of a story, in many languages.

Unlike labels of pasted text, a line of a page is known to be the whole of its element: a form has to match all of it.
"""

import re
from collections.abc import Iterator, Sequence

from articles.anchoring.text import BlockKind, fold
from articles.ingest.byline_names import people_in
from articles.ingest.furniture_rules import SPEECH
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import linked_share
from articles.ingest.words import word_keys, word_set

# In code points: longer lines are paragraphs.
LONGEST_NOTICE = 700
# In lines: what stands between the label of a sponsor and its call. In words: the call; an answer of a poll.
LONGEST_SPONSOR, LONGEST_CALL = 4, 5
_CHAT = (
    r"(?:whatsapp|telegram|viber|व्हाट्सएप|व्हाट्सऐप|टेलीग्राम|واتساب|واتس آب|تلغرام|تليجرام|تلگرام|ווטסאפ|טלגרם|"
    r"телеграм\w*|вайбер\w*|вотсап\w*)"
)
_JOIN = (
    r"(?:जुड़ें|फॉलो करें|join\w*|follow\w*|подпис\w+|підпис\w+|انضم\w*|اشترك\w*|تابع\w*|بپیوندید|הצטרפו|"
    r"katıl\w*|takip et\w*|"
    r"abonnier\w*|rejoign\w*|suivez|únete|sígue\w*|segui\w*|iscriviti|dołącz\w*|ikuti|bergabung\w*)"
)
_RIGHTS = (
    r"(?:(?:جميع|كل|كافة) الحقوق محفوظة|(?:تمامی|کلیه|همه) حقوق .{2,60} محفوظ|все права защищены|"
    r"(?:усі|всі) права захищен[оі]|tüm hakları saklıdır|tous droits réservés|todos los derechos reservados|"
    r"todos os direitos reservados|tutti i diritti (?:sono )?riservati|alle rechte vorbehalten|"
    r"wszelkie prawa zastrzeżone|alle rechten voorbehouden|כל הזכויות שמורות|सर्वाधिकार सुरक्षित|all rights? reserved)"
)
_COUNTED = (
    r"(?:عدد (?:القراءات|المشاهدات|الزيارات)|المشاهدات|القراءات|تعداد بازدید|بازدید|views?|page views|reads|"
    r"просмотр(?:ов|ы)|"
    r"перегляд(?:ів|и)|vues|visitas|lecturas|visualizzazioni|visualizações|wyświetle(?:ń|nia)|odsłony?|aufrufe|"
    r"okunma(?: sayısı)?|צפיות|閲覧数|阅读[量数]?|浏览(?:量|次数)?|조회수?)"
)
_NUMBER = r"[\d٠-٩۰-۹][\d٠-٩۰-۹.,\s]*[kKmM]?"
_SUM = r"(?:\d+\s*(?:грн|гривень|гривен|руб\w*|€|euros?|zł|kr|₹)|[$€£₹]\s*\d+)"
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(form, re.IGNORECASE))
    for rule, form in (
        ("copyright", rf".{{0,60}}{_RIGHTS}.{{0,80}}"),
        ("copyright", r"(?:you (?:can|may|are free to) )?republish (?:this|our) (?:article|story|stories)\b.{0,140}"),
        ("page-part", rf"{_COUNTED}\s*[:：]?\s*{_NUMBER}|{_NUMBER}\s*{_COUNTED}"),
        ("page-part", r"이 기사는 언론사에서 .{1,20}섹션으로 분류했습니다\.?"),
        ("newsletter", r"(?:was|has) this (?:e-?mail |newsletter |issue )?(?:been )?forwarded to you\?.{0,120}"),
        ("newsletter", r"(?:someone )?forwarded (?:you )?this (?:e-?mail|newsletter)( to you)?\?.{0,120}"),
        ("newsletter", r"you (?:currently )?have \d+ referrals?\b.{0,100}"),
        ("poll", r"(?:log ?in|sign ?in) or (?:subscribe|register|sign up) to .{3,60}"),
        ("follow", rf".{{0,60}}{_CHAT}.{{0,40}}{_JOIN}[^\w.।。]*|{_JOIN}.{{0,40}}{_CHAT}.{{0,40}}"),
        ("follow", r"(?:follow|find|see) (?:all |more )?(?:of )?[^.!?]{2,40} coverage (?:of|on) .{2,80} (?:at|"
                   r"here)\b.{0,80}"),
        ("subscription", r"since you[’']re here\W*"),
        ("subscription", r"\W*we(?: have|[’']ve(?: got)?) a small favou?r to ask\b.{0,600}"),
        (
            "subscription",
            r"(?:підтримайте|поддержите|support (?:us|our)|unterstützen sie|soutenez|apóyanos|sostieni|wesprzyj|"
            r"steun ons)"
            rf"\b.{{0,60}}{_SUM}.{{0,40}}",
        ),
        (
            "reader-call",
            r".{0,160}\bif you (?:spot|see|notice|find|have found) (?:an? )?(?:error|mistake|typo|"
            r"inaccuracy)\b.{0,200}",
        ),
        ("reader-call", r"to plant (?:a )?trees? in memory\b.{0,120}"),
        ("reader-call", r"[\w ]{2,30} desk: \+?[\d\s()-]{6,30}(?:not for publication .{0,160})?|"
         r"not for publication before [^.]{3,60}\b.{0,80}"),
        ("story-continues", r"that[’']s (?:all|it) (?:from us|for (?:today|now|tonight))\b.{0,60}"),
        # On which day and at what hour it was on the air.
        (
            "media-player",
            r"(?=.*\d)(?:(?:über )?diese[smr]? (?:thema|meldung|nachricht|beitrag|bericht|sendung)\b.{0,80}"
            r"\b(?:berichtete|gesendet|im programm|ausgestrahlt|lief)\b.{0,120}"
            r"|this (?:story|report|segment|piece) (?:first )?(?:aired|was (?:first )?broadcast)\b.{0,100}"
            r"|(?:cette émission|ce reportage|ce sujet) a été diffusée?\b.{0,100})",
        ),
        ("photo-credit", r"\((?:[\w’'.-]+ ){0,4}(?:photo|photograph|picture|image)s? (?:by|courtesy of) [^()]{3,50}\)"),
        (
            "photo-credit",
            r"(?:legenda(?: da foto)?|pie de foto|image caption|légende(?: image)?|crédito|image source|"
            r"fuente de la imagen|crédit photo)\s*,",
        ),
        ("byline", r"(?:role|papel|função|cargo|rôle|fonction|rol)\s*,\s.{3,80}"),
    )
)  # fmt: skip
SPONSOR = re.compile(
    r"(?:together with|presented by|brought to you by|in partnership with|sponsored by|"
    r"a message from)\s+\S[^.!?]{1,40}",
    re.IGNORECASE,
)
POLL = re.compile(
    r"(?:استفتاء|استطلاع(?: رأي)?|sondagem|encuesta|sondage|umfrage|(?:reader )?poll|anket|опрос|опитування|"
    r"نظرسنجی|סקר|"
    r"sondaggio|ankieta|enquete|peiling|투표|アンケート)\s*[:：].{5,160}[?？؟]",
    re.IGNORECASE,
)
ANSWERS = word_set(
    """
    yes no maybe sim não نعم لا كلا oui non ja nein nee nej
    da tak nie sí si evet hayır да нет так ні بله خیر כן לא हां नहीं
    """
)
CONTACT = re.compile(
    r"(?:contact|reach|e-?mail|call|write to|follow) .{0,80}(?:@\w|\d{3}[-.\s]\d{3,4}).{0,200}"
    r"|.{0,200}\bcan be reached (?:at|by|via|on)\b.{0,160}",
    re.IGNORECASE,
)
# What stands above a list of points that sums a story up.
_POINTS = """
    key points | key takeaways | takeaways | at a glance | in brief | highlights | claves | las claves | puntos clave
    lo esencial | l'essentiel | les points clés | en bref | das wichtigste in kürze | auf einen blick | in kürze
    in sintesi | punti chiave | in breve | em resumo | pontos-chave | w skrócie | najważniejsze informacje
    samenvatting | in het kort | i korthet | sammanfattning | коротко | главное | головне | головне на цю мить
    öne çıkanlar | özet | أبرز النقاط | النقاط الرئيسية | נקודות עיקריות | תקציר | मुख्य बातें | मुख्य बिंदु
    要点 | ポイント | 핵심 요약 | 요약 | poin penting | ringkasan
"""
POINTS = frozenset(" ".join(word_keys(label)) for row in _POINTS.split("\n") for label in row.split("|")) - {""}


def notice_lines(lines: Sequence[HtmlLine], *, byline: str, outlet: str) -> dict[int, str]:
    """The rules of lines that speak to the visitor, by number."""
    found: dict[int, str] = {}
    rows: dict[int, str] = {}
    names = [word_keys(name)[-1] for name in people_in(byline)]
    for number, line in enumerate(lines):
        if line.block.kind in (BlockKind.QUOTATION, BlockKind.TABLE_ROW):
            continue
        text = line.block.text
        rule = _rule_of(text, outlet)
        if not rule and CONTACT.fullmatch(text) and not set(names).isdisjoint(word_keys(text)):
            rule = "author-box"
        if rule:
            found[number] = rule
        rows.update([*_of_sponsor(lines, number), *_of_poll(lines, number), *_above_points(lines, number)])
    return found | rows


def _rule_of(text: str, outlet: str) -> str:
    folded = fold(" ".join(text.split()))
    if len(text) > LONGEST_NOTICE or SPEECH.search(text):
        return ""
    if outlet and word_keys(text) == ["share", *word_keys(outlet)]:
        return "share-bar"
    return next((rule for rule, form in FORMS if form.fullmatch(folded)), "")


def _of_sponsor(lines: Sequence[HtmlLine], number: int) -> Iterator[tuple[int, str]]:
    """The label of a sponsor, with what stands between it and the link that calls."""
    if not SPONSOR.fullmatch(lines[number].block.text):
        return
    for last in range(number + 1, min(len(lines), number + 1 + LONGEST_SPONSOR)):
        line = lines[last]
        if linked_share(line) > 0.8 and len(word_keys(line.block.text)) <= LONGEST_CALL:
            yield from ((between, "ad-label") for between in range(number, last + 1))
            return


def _of_poll(lines: Sequence[HtmlLine], number: int) -> Iterator[tuple[int, str]]:
    """The question of a poll with its answers."""
    if not POLL.fullmatch(lines[number].block.text):
        return
    for answer in range(number + 1, len(lines)):
        if not set(word_keys(lines[answer].block.text)) <= ANSWERS:
            return
        yield from ((number, "poll"), (answer, "poll"))


def _above_points(lines: Sequence[HtmlLine], number: int) -> Iterator[tuple[int, str]]:
    behind = lines[number + 1].block.kind if number + 1 < len(lines) else None
    if behind is BlockKind.LIST_ITEM and " ".join(word_keys(lines[number].block.text)) in POINTS:
        yield number, "page-part"
