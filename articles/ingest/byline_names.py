"""The names of people in a byline, in the languages and manners outlets print them.

A byline is a label (“By”, “Text:”, “記者”), names, and what is no name: roles, places, outlets, days, addresses.
"""

import re
from collections.abc import Collection, Sequence

from articles.ingest.words import word_keys, word_set

LONGEST_BYLINE = 160
# In words: names of people.
LONGEST_NAME = 6

_PICTURES = (
    r"photos?|photographs?|photography|pictures?|images?|videos?|illustrations?|fotos?|bilder|bild|fotografie|grafik|"
    r"photographies|vidéo|fotografías?|imágenes|imagens|zdjęcia|фото|фотографии|foto's|kuvat?|写真|撮影|사진|图|圖|摄影|攝影"
)
_AND_PICTURES = rf"(?:\s*(?:and|&|und|et|y|e|och|og|en|i|и|та|ve|ja|,|/|\+|・|·|、)\s*(?:{_PICTURES})){{0,2}}"
_WORK = (
    r"words|story|stories|text|report|reporting|reported|interview|analysis|review|column|essay|feature|commentary|"
    r"opinion|coverage|written|posted|submitted|published|compiled|contributed|told"
)
# What says “by” before a name.
_BY = (
    rf"(?:(?:an?\s+)?(?:[\w-]+\s)?(?:{_WORK}){_AND_PICTURES}\s+)?by|"
    r"(?:ein(?:e|en)?\s+(?:[\w-]+\s+){1,2}|(?:text|bericht|interview|reportage|geschrieben|aufgezeichnet|verfasst)"
    rf"{_AND_PICTURES}\s+)?von(?:\s+unser(?:e[mnr]?)?(?:\s+[\w-]+){{1,2}}?)?|"
    r"(?:(?:texte|écrit|publié|propos\s+recueillis|recueilli|entretien|reportage|interview)\s+)?par|"
    r"(?:un|une)\s+(?:récit|reportage|enquête|texte|entretien)\s+(?:de|par)|textes?\s+de|"
    r"(?:(?:texto|escrito|publicado|entrevista|reportaje|reportagem)\s+)?por|"
    r"(?:un\s+reportaje|una\s+crónica|textos?|reportagem|entrevista)\s+de|"
    r"(?:(?:a\s+cura|testo|servizio|intervista|articolo)\s+)?di|scritto\s+da|"
    r"(?:(?:geschreven|tekst|opgetekend)\s+)?door(?:\s+onze\s+[\w-]+)?|een\s+(?:verhaal|reportage|interview)\s+van|"
    r"(?:(?:skriven|skrevet|text|tekst|publicerad|publisert)\s+)?av|(?:(?:skrevet|tekst)\s+)?af|scris\s+de|"
    r"rozmawiał[ai]?|opracował[ai]?|napisał[ai]?|oprac\.|przygotował[ai]?|napsal[ai]?|připravil[ai]?|írta|készítette|"
    r"беседовал[аи]?|подготовил[аи]?|записал[аи]?|написал[аи]?|вед[еуё]ть?|розмовля(?:в|ла|ли)|підготува(?:в|ла|ли)|"
    r"записа(?:в|ла)|від|του|της|γράφ(?:ει|ουν)(?:\s+[οη])?|oleh"
)
# What says so with a colon behind it.
_LABEL = (
    r"by|from|authors?|words|story|report|reporter|reporting|written|interview|analysis|"
    r"texte?|texto|textos|testo|testi|tekst|teksti|von|autor(?:a|ka|es|as|zy|en|in|i)?|auteure?s?|autor[ei]|autrice|"
    r"bericht|reportage|reportaje|reportagem|entrevista|intervista|redacteur|verslaggever|författare|forfatter|"
    r"skribent|journaliste?|periodista|redactora?|szerző|írta|napsal[ai]?|"
    r"yazan|yazar|yazı|haber|muhabir|röportaj|автор(?:ы|ка|и|ка)?|текст|корреспондент|кореспондент|интервью|інтерв[’']ю|"
    r"penulis|oleh|συντάκτη?ς?|κείμενο|(?:به\s+)?قلم|بقلم|كتبت?|الكاتبة?|الكاتب|إعداد|حوار|تقرير|مراسلة?|المصدر\s+مراسل|"
    r"نویسنده|گزارش(?:گر)?|خبرنگار|گفت\W?و\W?گو|מאת|כתב[הת]?|כותב(?:ת)?|तस्वीर|रिपोर्ट(?:र)?|लेखक|लेखिका|संवाददाता|"
    r"द्वारा|文字?|撰文|作者|撰稿|(?:本报|本報|特约)?(?:记者|記者)|采访|採訪|報導|取材(?:・文)?|執筆|筆者|글|취재"
)
# What says so in front of a name without one.
_BARE = r"بقلم|كتبت?|מאת|रिपोर्ट|द्वारा|نویسنده|(?:本报|本報|通讯员|见习)?(?:记者|記者)|取材・文|文|글"
# What stands before names for those who hear the page, with a comma behind it.
_HEARD = r"authors?|autor(?:a|es|as)?|auteure?s?|autor[ei]|автор(?:ка)?|penulis|yazan|लेखक|الكاتب|نویسنده|作者|글쓴이"
# A name in capitals with a title that is not: “ANN LEE City Editor”.
_IN_CAPITALS = re.compile(r"((?:[^\W\d_a-z][A-ZÀ-Ž.'’-]*\s+){1,3}[^\W\d_a-z][A-ZÀ-Ž.'’-]+)\s+(?=[A-ZÀ-Ž][a-zß-ž])")
BY = re.compile(
    rf"(?:(?:{_BY})\b:?\s+|(?:{_HEARD}),\s+|(?:{_LABEL}){_AND_PICTURES}\s*[:：=＝｜|]\s*|(?:{_BARE}){_AND_PICTURES}[\s\u3000]+|"
    rf"[文著][:：=＝/／｜])",
    re.IGNORECASE,
)
# A label with its name somewhere else.
BARE_LABEL = re.compile(rf"(?:{_BY}|{_LABEL})\s*[:：]?", re.IGNORECASE)
# “By” behind the day, or what was done on it.
BY_BEHIND_DAY = re.compile(
    r".{0,60}(?:\d|\b(?:posted|published|submitted|publié|publicado|pubblicato|veröffentlicht|geplaatst|publicerad))"
    r".{0,40}?[\s,|·•–—-](?:by|von|par|por|di|door|av|af)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
OTHER_WORK = re.compile(
    r"©|\bphotos?\b|photograph|\bimages?\b|\bfotos?\b|\bbild|фото|写真|撮影|摄影|攝影|صورة|تصوير|عکس|צילום|\bedit(?:ed|ing)\b|"
    r"\bchecked\b|translated|übersetz|traduc|tradotto|קרדיט|illustration",
    re.IGNORECASE,
)
NO_BYLINE = re.compile(r"photo|foto|bild|image|edit|check|translat|updat|review|reading|listen", re.IGNORECASE)
# What ends the names of a byline: a place, a day, an address, an account, brackets.
_END = re.compile(
    r"\s+(?:in|for|at|from|on|à|a|op|am|aus|für|le(?=\s+(?:\d|1er|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))|pour|para|para\s+o|w|voor|i\s+dag|published|posted|updated|publié|"
    r"publicado|reports?|reporting|is|writes?)\s|(?<=\S)\s*[(（\[]|[\w.+-]+@\S+|(?<!\S)@\S+|https?:|\d",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*[,;|/·•⋅∙\n、，／｜،؛]\s*|\s+[-–—]+\s+|\s{2,}")
_JOINT = re.compile(r"\s+(?:and|und|et|y|e|en|och|og|i|та|и|і|й|ve|ja|a|și|és|και|&|\+|with|mit|avec|con)\s+"
    r"|\s*[&＆]\s*|\s+و(?=\S)",
                    re.IGNORECASE)  # fmt: skip
# Days of the week behind a name in scripts without capitals.
_DAYS = re.compile(
    r"\s+(?:السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|شنبه|یکشنبه|دوشنبه|سه\W?شنبه|چهارشنبه|پنج\W?شنبه|جمعه|"
    r"יום\s\S+|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार)$"
)
_SUFFIX = re.compile(r",\s*(?=(?:Jr|Sr|Ph\.?D|M\.?D|II|III)\b)", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:(?:선임|인턴)?기자|특파원|记者|記者|撮影|报道|報導|攝|摄|=.{0,10})\s*$")
_ROLE_WORD = (
    r"editor(?:-in-chief)?|correspondents?|reporters?|writers?|columnists?|producers?|journalists?|contributor|author|"
    r"redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|redacteur|rédacteur|rédactrice|correspondante?|"
    r"journaliste?|periodista|redactora?|corresponsal|redattor[ei]|redattrice|giornalista|inviat[oa]|redaktor(?:ka)?|"
    r"dziennikar(?:z|ka)|correspondente|repórter|jornalista|verslaggever|correspondent|корреспондент|редактор|журналист(?:ка)?|"
    r"кореспондент(?:ка)?|muhabir[i]?|toimittaja|خبرنگار|مراسل|مراسلة|כתב|כתבת"
)
ROLE = re.compile(rf"(?:[\w’'-]+\s+){{0,4}}(?:{_ROLE_WORD})(?:\s.*)?", re.IGNORECASE)
_ROLE_BEFORE = re.compile(rf"(?:[\w’'-]+\s+){{0,2}}?(?:{_ROLE_WORD})\s+(?=[^\W\d_])", re.IGNORECASE)
# Words that stand in names of houses, desks and offices and not of people.
HOUSES = word_set(
    """
    staff desk newsroom studio editor editors editorial redaktion onlineredaktion redakcja redakcija redakce redacción
    redaccion rédaction redaction redazione redação redacao redactie redaktionen redaksjonen toimitus szerkesztőség
    redacția редакция редакція agency agencies agentur agenturen agence agences agencia agencias agenzia agencja
    ajansı haber news newswire press media service services wire team reporters correspondents correspondent bureau
    board admin administrator webmaster root user superuser office associated reuters afp dpa tass тасс риа xinhua
    ansa efe lusa bloomberg magazine online newspaper gazette herald tribune broadcasting radio television tv
    network publisher follow share read view see more contact sign subscribe print email listen save copy link
    comments comment minutes facebook twitter instagram whatsapp linkedin telegram profile photo photos video click
    here skip alerts publishing community contributors guest anonymous unknown author authors reporter writer
    published updated posted تحرير التحرير وكالات وكالة الأناضول رويترز گروه تحریریه خبرگزاری מערכת סוכנויות डेस्क
    ब्यूरो
    """
)
# Words of East Asia that stand beside names and are as short.
NO_NAMES_IN_EAST_ASIA = word_set(
    """
    编辑 編輯 责编 分享 关注 關注 评论 評論 收藏 来源 來源 举报 保存 印刷 記者 记者 共同 時事 本报讯 デジタル
    シェア フォロー 구독 공유 댓글
    기자 입력 수정 좋아요 편집국 글자 인쇄 스크랩
    """
)
HOUSE_IN_EAST_ASIA = re.compile(
    r".*(?:新聞|新闻|日報|日报|晚报|晨报|通信社?|放送|編集部|编辑部|网|網|社|报|報|신문|일보|뉴스|방송|통신|포털|편집부)"
)
_PARTICLES = word_set(
    """
    de da di do du dos das del della dello van von der den dem ter ten te la le lo el al bin ibn bint ben y zu zum
    zur af av of ould ap mac ’t 't op in
    """
)
_WORD_OF_NAME = re.compile(r"(?:[dlo][’'])?[^\W\d_][\w.'’-]*")
_ARTICLE = re.compile(r"(?:the|our|a|an|der|die|das|les|los|las|il|gli|unsere?r?|von|op|zur?)\s", re.IGNORECASE)
_UNCASED = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0900-\u097f\u0980-\u0dff\u200c\u200d'’.\"״׳-]+")
_EAST_ASIAN = re.compile(r"[\u3400-\u9fff々]{2,5}|[\u3400-\u9fff々]{1,4}[\s\u3000][\u3040-\u30ff\u3400-\u9fff々]{1,5}|"
                         r"[\u30a0-\u30ff]{2,10}(?:・[\u30a0-\u30ff]{2,10})+|"
                         r"(?:남궁|황보|제갈|선우|독고|사공)[가-힣]{1,2}|[가-힣]{2,3}")  # fmt: skip


def without_label(text: str) -> str:
    """A byline without what says that it is one."""
    found = BY_BEHIND_DAY.match(text) if not BY.match(text) else None
    if found and not NO_BYLINE.search(found[0]):
        return text[found.end() :]
    return BY.sub("", text, count=1)


def says_by(text: str) -> bool:
    """Whether a line says that names follow."""
    if BY.match(text):
        return True
    found = BY_BEHIND_DAY.match(text)
    return found is not None and NO_BYLINE.search(found[0]) is None


def says_other_work(text: str) -> bool:
    """Whether a line says who made its pictures, edited or checked it, and not who wrote."""
    return not says_by(text) and OTHER_WORK.search(text) is not None


def says_who(text: str) -> bool:
    """Whether a line says who wrote: “by” with names, or with the name of a house."""
    if len(text) > LONGEST_BYLINE or not says_by(text):
        return False
    return bool(people_in(text)) or not HOUSES.isdisjoint(word_keys(text))


def people_in(byline: str, *, houses: Collection[str] = ()) -> list[str]:
    """The people a byline names, each once; ``houses`` are names of outlets on the page, which are none.

    Two commas part three people, but what follows “and” and a comma is where they are.
    """
    rows = byline[:LONGEST_BYLINE].strip(" ()（）[]【】■◆▲―—–-\u3000\n").replace("\n", " · ")
    text = _IN_CAPITALS.sub(r"\1 | ", " ".join(without_label(rows).split()), count=1)
    end = _END.search(text)
    text = _SUFFIX.sub("\u2063 ", _BEHIND.sub("", text[: end.start()] if end else text))
    people: list[str] = []
    is_joined = False
    for part in (part for part in _PART.split(text) if part):
        joined = [piece.strip(" ()（）[]【】:–—-\u3000") for piece in _JOINT.split(part)]
        if len(people) > 1 and is_joined:
            break
        is_joined = len(joined) > 1
        for piece in joined:
            name = _as_written(_ROLE_BEFORE.sub("", _BEHIND.sub("", piece), count=1))
            if is_person(name, houses=houses):
                people.append(name)
    return unlike(people)


def unlike(people: Collection[str]) -> list[str]:
    """The names, each once, as first written; case does not tell two people apart."""
    return list({" ".join(word_keys(name)): name for name in reversed(list(people))}.values())[::-1]


def _as_written(name: str) -> str:
    name = (
        _DAYS.sub("", name).replace("\u2063", ",").rstrip(" ,.")
        if not name.endswith(("Jr.", "Sr."))
        else name.replace("\u2063", ",")
    )
    return name.title() if name.isupper() and len(name) > 4 and " " in name else name


def is_person(name: str, *, houses: Collection[str] = ()) -> bool:
    """Whether the words are written as the whole name of a person is, and are no house's."""
    if not name or is_house(name, houses=houses) or ROLE.fullmatch(name):
        return False
    if _EAST_ASIAN.fullmatch(name):
        return True
    words = name.split()
    if all(_UNCASED.fullmatch(word) for word in words):
        return 2 <= len(words) <= LONGEST_NAME - 2
    return not _ARTICLE.match(name) and _is_written_as_name(words)


def _is_written_as_name(words: Sequence[str]) -> bool:
    """Whether at least two words, the last among them, begin with a capital, and the others are those that join."""
    if not all(_WORD_OF_NAME.fullmatch(word.rstrip(",")) or word in _PARTICLES for word in words):
        return False
    capitals = [word for word in words if word[0].isupper() or (word[1:2] in "’'" and word[2:3].isupper())]
    others = [word for word in words if word not in capitals]
    return 2 <= len(capitals) <= LONGEST_NAME and words[-1] in capitals and all(word in _PARTICLES for word in others)


def is_house(name: str, *, houses: Collection[str] = ()) -> bool:
    """Whether the words name an outlet, an agency, a desk or an account."""
    words = word_keys(name)
    bare = _without_article(words)
    if any(bare == _without_article(word_keys(house)) for house in houses if house):
        return True
    if name in NO_NAMES_IN_EAST_ASIA or HOUSE_IN_EAST_ASIA.fullmatch(name):
        return True
    return not words or not HOUSES.isdisjoint(words) or name.startswith("@") or "://" in name


def _without_article(words: list[str]) -> list[str]:
    return (
        words[1:]
        if len(words) > 1 and words[0] in ("the", "der", "die", "das", "le", "la", "el", "il", "de")
        else words
    )


def person_told(name: str, *, houses: Collection[str] = ()) -> str:
    """A name that machines are told of and that is one word, as some people's are; else ``""``."""
    bare = without_label(" ".join(name.split())).strip(" ()[]")
    is_name = bare[:1].isupper() and bare.isalpha() and not is_house(bare, houses=houses) and not ROLE.fullmatch(bare)
    return bare if is_name else ""
