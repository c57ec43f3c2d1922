"""What furniture looks like, as data: labels, notices, credits, in the languages the desk has met.

:mod:`articles.ingest.furniture` says when a line that looks so is removed. Labels are whole lines as
:func:`articles.ingest.furniture.label_key` gives them: folded, in lower case, without the signs round them; ``|``
and line ends part them.
"""

import re
from collections.abc import Mapping

# The longest line or paragraph, in code points, that a rule looks at.
LONGEST_LABEL = 80
LONGEST_NOTICE = 400
LONGEST_LIST = 20

# Whole lines, folded and in lower case, without the signs round them.
LABELS: Mapping[str, str] = {
    "share-bar": """
        share this | share this article | share this story | share this post | share this page | share article
        share story | share the story | shareable url | copy link | copy url | copy link to article | link copied
        share on facebook | share on twitter | share on x | share on whatsapp | share on linkedin | share via email
        share on telegram | share on reddit | share by email | email this article | print this article
        share via facebook | share via twitter | send by email | gift this article | bookmark this article
        artikel teilen | partager cet article | compartir este artículo | поделиться | поділитися""",
    "prev-next": """
        prev post | previous post | next post | previous article | prev article | next article | previous story
        next story | older posts | newer posts | post navigation""",
    "comment-form": """
        leave a reply | leave a comment | leave a reply cancel reply | cancel reply | post comment | post a comment
        add a comment | write a comment | add your comment | submit comment | be the first to comment
        join the conversation | join the discussion | comments are closed | comments are closed.
        view comments | show comments | read comments | load comments | load more comments | required fields
        required fields are marked * | kommentar schreiben | laisser un commentaire | deja un comentario""",
    "read-next": """
        read next | what to read next | up next | read more | read more here | read also | also read | read full story
        read the full story | read the full article | continue to full article | lesen sie auch | lire aussi
        à lire également | people are also reading | continue reading below | läs även | läs också | les også
        læs også
        lue myös | citește și | přečtěte si také | čtěte také | διαβάστε επίσης | baca juga | اقرأ أيضا | اقرأ أيضًا
        بیشتر بخوانید | קראו גם | यह भी पढ़ें | ये भी पढ़ें | 関連記事 | 相关阅读 | 延伸閱讀 | 관련기사
        leia também | veja também
        lee también | à lire aussi | lea también | leggi anche | lees ook | читайте также | читайте також
        czytaj także | czytaj też""",
    "related-headlines": """
        related article | related articles | related story | related stories | related post | related posts
        related news | related content | related topics | related coverage | related links | related reading
        you may also like | you might also like | you may be interested in | you might be interested in
        more on this story | more on this topic | recommended for you | recommended stories | recommended articles
        recommended reading | most read | most viewed | most shared | editor's picks | editors' picks
        trending stories
        popular posts | mest läst | mest lästa | mest lest | luetuimmat | meistgelesen | les plus lus | lo más leído
        más leídas | mais lidas | i più letti | najczęściej czytane | meest gelezen | nejčtenější | legolvasottabb
        cele mai citite | самое читаемое | çok okunanlar | en çok okunanlar | الأكثر قراءة | پربازدیدترین‌ها
        הנקראות ביותר
        アクセスランキング | 人気記事 | 많이 본 뉴스 | 新闻排行榜 | related internet links | articles liés
        articoli correlati
        artículos relacionados | artigos relacionados | powiązane artykuły | gerelateerde artikelen
        verwandte artikel
        related links | mehr zum thema | sur le même sujet | noticias relacionadas""",
    "newsletter": """
        newsletter | newsletters | newsletter sign-up | newsletter signup | never miss a story
        thank you for subscribing
        thanks for subscribing | subscribe to our newsletter | sign up for our newsletter | enter your email
        enter your email address | check your inbox | sign me up""",
    "cookie-notice": "cookie settings | cookie preferences | cookie notice | cookie policy | accept cookies"
    " | accept all cookies | reject all cookies | manage cookies | your privacy choices | we value your privacy",
    "ad-label": """
        advertisement | advertisements | ad | ads | ad feedback | sponsored | sponsored content | sponsored links
        paid content | paid post | paid partnership | ads by google | remove ads | skip ad | close ad | report this ad
        anzeige | werbung | publicité | publicidad | pubblicità | реклама | advertentie | reklama | reklam
        annons | annonslänk | annonse | annonsørinnhold | annonce | mainos | hirdetés | reclamă | publicidade
        espacio publicitario | contenido patrocinado | contenu sponsorisé | contenuto sponsorizzato
        διαφήμιση | iklan
        quảng cáo | تبلیغات | تبلیغ | إعلان | إعلانات | פרסומת | विज्ञापन | 広告 | 廣告 | 广告 | 광고 | affiliate link
        на правах рекламы | anzeige schließen""",
    "navigation": """
        skip to content | skip to main content | skip to navigation | jump to content | toggle navigation | main menu
        open menu | close menu | back to top | load more | scroll to top | skip links""",
    "reading-time": "listen to this article | listen to article | listen to this story",
    "subscription": "already a subscriber? | subscribers only | subscriber exclusive | unlock this article",
    "copyright": "all rights reserved | all rights reserved.",
    "story-continues": "after newsletter promotion | skip past newsletter promotion",
}

# Words that stand in stories too; furniture beside them has to vouch (see VOUCHERS).
WEAK_LABELS: Mapping[str, str] = {
    "share-bar": """
        share | tweet | facebook | twitter | x | whatsapp | telegram | linkedin | email | e-mail | print | reddit
        pinterest | pin | pin it | bluesky | threads | messenger | viber | flipboard | pocket | vk | tumblr | link
        save | bookmark | mail | copy | more""",
    "comment-form": """
        name | name * | email | email * | website | comment | comment * | comments | submit | reply | send""",
    "newsletter": "subscribe | sign up | email address | your email | your email address | email | submit | join",
    "cookie-notice": """
        accept | accept all | reject | reject all | decline | settings | preferences | manage preferences | learn more
        i agree | agree | got it | got it! | close | ok | dismiss | manage options | necessary only""",
    "navigation": "menu | search | log in | login | sign in | register | subscribe | home | news | close | my account",
    "subscription": "log in | login | sign in | subscribe | subscribe now | see subscription options | register",
    "copyright": """
        privacy policy | privacy | terms of use | terms of service | terms and conditions | terms | contact us
        contact
        about us | about | advertise with us | imprint | cookie policy | accessibility | careers | sitemap""",
    "reading-time": "listen",
}

# Weak labels that are no story's headline: on the first lines of a page they vouch for themselves.
CALLS = """
    subscribe | subscribe now | log in | login | sign in | sign up | register | menu | my account
    see subscription options"""

# Which furniture, standing next to a weak line, vouches that it is furniture of the rule.
VOUCHERS: Mapping[str, frozenset[str]] = {
    "share-bar": frozenset({"share-bar", "follow", "reading-time"}),
    "comment-form": frozenset({"comment-form"}),
    "newsletter": frozenset({"newsletter"}),
    "cookie-notice": frozenset({"cookie-notice"}),
    "navigation": frozenset({"navigation", "cookie-notice"}),
    "subscription": frozenset({"subscription"}),
    "copyright": frozenset({"copyright"}),
    "reading-time": frozenset({"share-bar", "reading-time"}),
    "tags": frozenset({"share-bar", "prev-next", "comment-form", "related-headlines", "follow", "tags"}),
}

# Labels over a list of other pieces that could also be headings of a story: they go when the list goes.
WEAK_LEADS = """
    related | most popular | popular | popular now | trending | trending now | top stories | latest news
    latest stories | see also | don't miss | recommended | more stories | more news | other news | more from us"""
WEAK_LEAD_FORM = re.compile(r"more (?:from|on|in|about) \S.{1,40}", re.IGNORECASE)

PLATFORM = r"(?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|linkedin|tiktok|bluesky|threads|google news)"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"

# Notices to the visitor: each has to match a whole line or a whole paragraph, folded, in any case.
NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(form, re.IGNORECASE))
    for rule, form in (
        (
            "newsletter",
            r"(?:sign up|subscribe|register)(?: now| today| here| free)? (?:for|to) [^.!?]{0,80}?"
            r"\b(?:newsletters?|briefings?|inbox|e-?mail updates|e-?mail alerts)"
            r"(?:[.!]?|(?:,| -|:)? ?"
            r"\b(?:and|to|for|here|now|today|by|with|so|from|every|each|delivered|below|in|sent)\b.*)",
        ),
        (
            "newsletter",
            r"(?:get|receive|have) .{3,160}\b(?:in|to|into) your (?:inbox|e-?mail|mailbox)"
            r"(?:,? (?:every|each|on|twice|once|at|daily|weekly|for free|free)\b[^.!?]{0,40})?[.!]?",
        ),
        ("newsletter", r"(?:enter )?your e-?mail address(?: here)?(?: \*)?"),
        ("newsletter", r"join (?:over |more than )?[\d,.]+[km]? (?:other )?(?:subscribers|readers)\b.{0,60}"),
        (
            "newsletter",
            r"by (?:signing up|subscribing|submitting|registering|entering your)\b.{0,160}"
            r"\byou (?:agree|consent|accept|acknowledge|confirm)\b.{0,200}",
        ),
        (
            "newsletter",
            r"(?:you can )?unsubscribe (?:at )?any ?time\b.{0,40}"
            r"|no spam(?:,? (?:ever|we promise|unsubscribe any ?time))*[.!]?",
        ),
        ("newsletter", r"(?:thank you|thanks) for (?:subscribing|signing up)\b.{0,60}"),
        (
            "cookie-notice",
            r"(?:we|this (?:web)?site|our (?:web)?site|[\w.]+\.(?:com|org|net)) (?:and our (?:\d+ )?partners )?uses? "
            r"(?:cookies|technologies such as cookies)\b.{0,120}\b(?:experience|(?:web)?site|ads|advertising|traffic|"
            r"personali[sz]e|analy[sz]e|browser|device|services)\b.{0,260}",
        ),
        (
            "cookie-notice",
            r"by (?:continuing to (?:use|browse)|clicking|using (?:this|our) (?:web)?site|accepting cookies)\b.{0,120}"
            r"\b(?:you (?:agree|consent|accept)|cookies)\b.{0,200}",
        ),
        ("comment-form", r"your e-?mail address will not be published\b.{0,80}"),
        ("comment-form", r"save my name, e-?mail,? and website in this browser.{0,80}"),
        ("comment-form", r"notify me of (?:follow-?up comments|new posts|new comments).{0,40}"),
        (
            "comment-form",
            r"(?:you must be logged in|log ?in|sign in) to (?:post|leave|add|write) a (?:comment|reply)\.?",
        ),
        ("comment-form", r"this site uses akismet\b.{0,120}"),
        ("comment-form", r"\d[\d,.]* (?:comments?|replies)|no comments(?: yet)?|comments? \(\d+\)"),
        (
            "story-continues",
            r"(?:story|article|report|text|content) (?:continues|resumes) (?:below|after)"
            r"(?: (?:the |this )?(?:ad|advert|advertisement|promotion|newsletter promotion|video|gallery|image)s?"
            r")?[.!]?",
        ),
        ("story-continues", r"continue reading(?: below| the main story| after .{1,30})?"),
        ("story-continues", r"(?:scroll (?:down )?to continue|keep scrolling)(?: (?:to|for|with) [^.]{1,30})?"),
        ("story-continues", r"advertisement ?- ?.{0,20}\b(?:continues?|scroll)\b.{0,40}"),
        ("ad-label", r"(?:sponsored|presented|paid for) by [^\W\d_][\w&' -]{1,40}"),
        ("reading-time", r"reading time:? \d{1,2} ?min(?:ute)?s?\.?|\d{1,2}[ -]?min(?:ute)?s? read(?:ing time)?"),
        (
            "follow",
            rf"(?:follow|like|find) us(?: on {PLATFORM}(?:(?:,| and|, and|,? or) {PLATFORM})*)?"
            r"(?: for [^.]{1,40})?[.!]?",
        ),
        (
            "follow",
            rf"follow (?:@\w+|(?:[\w'.]+ ){{0,4}}[\w'.]+) on {PLATFORM}(?:(?:,| and|, and|,? or) {PLATFORM})*[.!]?",
        ),
        (
            "follow",
            r"(?:join|subscribe to) (?:our|us on) .{0,40}\b(?:telegram|whatsapp|youtube|facebook|signal)\b.{0,30}",
        ),
        ("follow", r"download (?:our|the)(?: [\w']+){0,3} app(?: (?:for|from|on|today|now|here)\b.{0,40})?[.!]?"),
        ("copyright", r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?.{0,80}\b(?:19|20)\d\d\b.{0,160}"),
        ("copyright", r"copyright (?:19|20)\d\d\b[^.]{0,100}|.{0,80}\ball rights reserved\.?"),
        ("copyright", r"copyright (?:©|\(c\))? ?(?:19|20)\d\d\b.{0,330}"),
        ("copyright", r".{2,60} (?:is|are) not responsible for (?:the )?content of external (?:web)?sites.{0,40}"),
        (
            "navigation",
            r"(?:text ?size|font ?size|schriftgröße|taille du texte|文字サイズ|字号|字體大小|글자\s?크기).{0,16}",
        ),
        ("navigation", r"(?:写真一覧|写真をもっと見る|写真特集|사진 모두 보기|查看全部图片|更多图片).{0,14}"),
        (
            "navigation",
            r"(?:see|view|show|browse) (?:all|the|full)? ?(?:\d+ )?(?:photos|images|pictures|gallery|slideshow)"
            r"(?: \(\d+\))?|(?:galerie|bilder) (?:ansehen|anzeigen|öffnen)|voir (?:toutes les photos|le diaporama)"
            r"|ver (?:galería|todas las fotos|galeria)|guarda (?:la gallery|tutte le foto)|zobacz (?:galerię|zdjęcia)",
        ),
        ("navigation", r"scroll (?:down )?to (?:begin|start|explore|read)"),
        ("media-player", r"(?:buy now|buy this photo|order a print|reprints?|license this photo)"),
        (
            "reader-call",
            r"(?:are|were|have|has|do|did) you [^.!?]{3,120}\? .{0,60}\b(?:tell us|get in touch"
            r"|contact us|e-?mail us|share "
            r"your|let us know|write to us|send us|call us)\b.{0,120}",
        ),
        (
            "reader-call",
            r"(?:do you )?(?:have|got|know) (?:a|any) (?:story|tip|news tip|question"
            r"|correction)s?\b[^.!?]{0,60}\? .{0,160}",
        ),
        (
            "reader-call",
            r"(?:haben sie|hast du|sie haben|kennen sie) [^.!?]{3,100}\? .{0,40}(?:schreiben sie|schreib|melden sie|"
            r"kontaktieren|mailen).{0,80}|(?:vous avez|avez-vous) [^.!?]{3,100}\? .{0,40}(?:écrivez"
            r"|contactez|dites).{0,80}"
            r"|¿[^?]{3,100}\? .{0,30}(?:escríbenos|cuéntanos|contáctanos|envíanos).{0,80}",
        ),
        (
            "reader-call",
            r"(?:report|spotted|spot) (?:a typo|an error|a mistake|a correction).{0,80}|нашли (?:ошибку"
            r"|опечатку)\?.{0,100}"
            r"|знайшли помилку\?.{0,100}|zgłoś błąd.{0,30}|fehler (?:gefunden|melden)\??.{0,60}"
            r"|signaler une (?:erreur|faute).{0,60}"
            r"|hai trovato un errore\?.{0,60}|¿has visto un error\?.{0,60}|fout gezien\?.{0,60}|rapportera fel.{0,40}",
        ),
        (
            "reader-call",
            r"to (?:place|submit|post|add|leave|send) (?:an?|your) (?:obituary|notice|tribute"
            r"|condolences?|ad|announcement|letter"
            r"|memory)\b[^.!?]{0,60}\b(?:click|call|visit|e-?mail|contact)\b.{0,60}",
        ),
        (
            "ad-label",
            r"(?:[^.!?]{0,60}\b)?(?:we|links?|our site|this (?:post|page|article)) (?:may |can "
            r"|might )?(?:contain affiliate"
            r"|(?:earn|receive|get)s? (?:us |a |an |some )*(?:small |affiliate )*commission).{0,140}",
        ),
        ("copyright", r"(?:copyright )?[©ⓒ] ?[^.!?]{2,60}|\(c\)\s*[\u3040-\u30ff\u3400-\u9fff ]{2,30}"),
        ("follow", r"(?:click|tap) here to (?:join|follow|subscribe|get|download|sign)\b.{0,120}"),
        (
            "follow",
            r"(?:folgen sie|folgt uns|suivez|s[ií]gue|s[ií]guenos|siga|segui|seguici|obserwuj|volg|følg|följ|seuraa|"
            r"следите|подписывайтесь|подпишитесь|стежте|підписуйтесь|підпишіться|تابعونا|تابعنا|עקבו)\b.{0,60}"
            r"(?:facebook|instagram|twitter|whatsapp|telegram|youtube|google|телеграм|вконтакте|фейсбу"
            r"|واتس|تلغرام|تلگرام|"
            r"טלגרם|ווטסאפ).{0,40}",
        ),
        ("copyright", r"this material may not be published, broadcast.{0,80}"),
        ("copyright", r".{0,60}(?:無断(?:転載|転用|複製|使用)|무단\s?전재|未经授权|版权所有|版權所有).{0,60}"),
        ("media-player", r"(?:to (?:play|watch|view) .{3,40}you need to enable|(?:please )?enable) javascript.{0,80}"),
        ("media-player", r"(?:this|the) video (?:can ?not|can't) be played.{0,40}"),
        ("story-continues", r"more (?:to follow|to come)[.!]?|انتهای پیام ?/?"),
        (
            "story-continues",
            r"this (?:breaking(?: news)? )?(?:story|article|page) is being updated\b.{0,100}"
            r"\brefresh the page\b.{0,60}",
        ),
        (
            "subscription",
            r"(?:subscribe|register|sign up)(?: now)? to (?:continue|keep|unlock) (?:reading|this)\b.{0,60}",
        ),
        ("subscription", r"(?:already|are you) a (?:subscriber|member)\? ?(?:log|sign) ?in\b.{0,20}"),
        ("subscription", r"(?:log|sign) ?in to (?:continue|read)\b.{0,40}"),
        (
            "subscription",
            r"this (?:article|story|content) is (?:exclusively )?(?:for|available to) (?:our )?subscribers.{0,20}",
        ),
        ("subscription", r"you have \w+ (?:free )?articles? (?:left|remaining)\b.{0,40}"),
        ("navigation", r"home ?[>›»] ?\S.{0,80}|home ?/[^/]{1,40}/.{1,40}"),
        ("read-next", r"read more (?:about|on|from) [^.!?]{2,60}"),
    )
)

TAGS = re.compile(r"(?:tags|topics|filed under|keywords|tagged)\s*:\s*\S.{0,200}", re.IGNORECASE)

# "Read more: Another piece's headline", all on one line.
INLINE_LEAD = re.compile(
    r"(?:read (?:more|next|also)|also read|related(?: article| story| stories)?|see also|lesen sie auch|"
    r"à lire aussi|lire aussi|lea también|leia também|leia mais|leggi anche|lees ook|läs också|läs även|les også|"
    r"læs også|lue myös|czytaj też|czytaj także|czytaj również|zobacz także|zobacz też|citește și|přečtěte si|"
    r"διαβάστε επίσης|bunu da okuyun|ayrıca okuyun|читайте также|читайте ещё|читайте також|اقرأ أيضا|اقرأ أيضًا|"
    r"بیشتر بخوانید|קראו גם|यह भी पढ़ें|baca juga|đọc thêm|相关阅读|延伸閱讀|関連記事|관련기사)\s*[:：|]\s*(?P<title>.+)",
    re.IGNORECASE,
)

AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|EPA-EFE|Getty Images|Getty|Bloomberg|Xinhua|TASS|Sputnik|Anadolu|Alamy|"
    r"Shutterstock|iStock|dpa|PA Wire|PA Media|Ukrinform|Unsplash|Magnum|ZUMA|NurPhoto|AAP|ANP|Keystone)"
)
NAME = r"(?:(?:(?:[^\W\d_a-z][\w.'-]*|de|da|di|van|von|der|den|al|el|bin) ){0,4}[^\W\d_a-z][\w.'-]*)"
PHOTO_CREDITS = (
    re.compile(
        rf"\(?(?:(?i:(?:photo|photograph|image|picture|illustration|foto|bild|фото)s?(?: credit| courtesy| source)?"
        rf"|credit) ?[:/] ?"
        rf"|(?i:photo|photograph|image|picture|illustration)s? (?:by|via|courtesy of) )"
        rf"(?:courtesy of |supplied by )?{NAME}(?:(?: ?[/,|] ?| via | for | and ){NAME}){{0,3}}\)?"
    ),
    re.compile(rf"\(?©? ?{NAME}(?: ?/ ?| via ){AGENCY}(?: Images| Photo)?(?:(?: ?/ ?| via ){NAME})?\)?"),
    re.compile(rf"\(?©? ?{AGENCY}(?: Photo| Images)?(?: ?/ ?| via ){NAME}\)?"),
    re.compile(rf"\(?(?:© ?{AGENCY}|Getty Images|AP Photo|Shutterstock|iStock|Alamy Stock Photo|File photo)\)?"),
)

# What parts the words of a navigation bar, and what introduces a network in a bar of share buttons.
BAR_SIGN = re.compile(r"\s*[|·•]\s*")
BAR_WORD = re.compile(r"[^\W\d_][\w'&-]{0,19}(?: (?:& )?[^\W\d_][\w'&-]{0,19})?")
SHARE_ON = re.compile(r"\bshare (?:this )?(?:on|via|by)\b")

# Vowels and stretching of Arabic, which some write and some do not.
ARABIC_SIGNS = re.compile("[\u064b-\u0652\u0640]")
LEADING_SIGNS = re.compile(r"^[^\w\"'“”‘’„«(©@]+")
TRAILING_SIGNS = re.compile(r"(?:\.\.\.|…|[^\w\"'“”‘’)».!?…*])+$")
SPEECH = re.compile(
    r"[\"“”„«»]|\b(?:said|says|told|tells|asked|asks|wrote|writes|added|adds|replied|according to)\b",
    re.IGNORECASE,
)
# What stands below a story and speaks about this one, and what stands in lists between headlines.
ABOUT_THIS_STORY = re.compile(
    r"(?:additional |with )?(?:reporting|editing|writing|translat|correction|clarification|editor'?s?'? note|updated|"
    r"this (?:article|story)|with (?:files|agencies|reporting)|by |from |source)",
    re.IGNORECASE,
)
LIST_DETAIL = re.compile(
    rf"\d{{1,2}}\.? {MONTH} \d{{4}}|{MONTH} \d{{1,2}}, \d{{4}}|\d+ (?:minute|min|hour|day|week)s? ago", re.IGNORECASE
)
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\b")
LIST_SIGN = re.compile(r"(?:[•◦▪‣●■*–-]|\d{1,2}[.)])\s+")

# Furniture that stands in the middle of stories: it proves nothing about the lines beside it.
IN_THE_MIDDLE = frozenset({"ad-label", "photo-credit", "story-continues"})
