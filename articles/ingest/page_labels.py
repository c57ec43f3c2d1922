"""What heads boxes beside a story, in the languages outlets write: the label, and the rule for the whole box.

A label counts only as the first line of a box that holds none of the story's own paragraphs.
"""

from collections.abc import Mapping

from articles.ingest.words import word_keys

LABELS: Mapping[str, str] = {
    "comment-form": """
        comments | responses | reader comments | your comments | leserkommentare | kommentare | diskutieren sie mit
        commentaires | vos réactions | réagir | comentarios | commenti | komentarze | komentarz | kommentarer
        reacties | комментарии | коментарі | yorumlar | تعليقات | التعليقات | ارسال نظر | نظرات | تגובות | תגובות
        reader opinions | readers' opinions | readers write | readers say | 1 comment | 1 reply | replies
        meinungen der leser | lesermeinungen | 1 kommentar | avis des lecteurs | réactions | 1 commentaire
        opiniones de los lectores | opiniones de lectores | 1 comentario | comentários
        comentários dos leitores | opinião dos leitores | 1 commento | commenti dei lettori
        opinie czytelników | komentarze czytelników | lezersreacties | kommentit | komentáře | diskuze | comentarii
        hozzászólások | σχόλια | мнения читателей | отзывы | отзывы читателей | відгуки читачів | okur yorumları
        نظر شما | نظرات شما | نظرات کاربران | دیدگاه ها | دیدگاه‌ها | آراء القراء | تعليقات القراء
        תגובות הקוראים | コメント欄 | 読者の声 | 网友留言 | 讀者留言 | 讀者回應 | 독자 의견
        टिप्पणियाँ | コメント | 网友评论 | 评论 | 留言 | 댓글 | log in or register to post comments | add new comment""",
    "related-headlines": """
        related | related article | related articles | related stories | related story | related news | more on this
        more on this story | most read | most viewed | most popular | most commented | trending | top stories
        keep rolling | keep reading | read more | read next | up next | also on this file | other stories today
        recommended | recommended videos | recommended for you | you may also like | from our partners
        latest | latest news | more from | more stories | explore more | also in the news | editor's picks
        mehr zum thema | meistgelesen | auch interessant | das könnte sie auch interessieren | lesen sie auch
        voir aussi | lire aussi | à lire aussi | les plus lus | sur le même sujet | más información | lo más visto
        lo más leído | te puede interesar | noticias relacionadas | leia também | mais lidas | leggi anche | i più letti
        zobacz także | czytaj także | najczęściej czytane | polecamy | lees ook | meest gelezen | läs också | les også
        читайте также | по теме | главное | популярное | читайте також | схожі новини | популярні новини
        ilgili haberler | çok okunanlar | اقرأ أيضًا | اقرأ ايضا | اقرأ المزيد | الأكثر قراءة | مواضيع ذات صلة
        اخبار مرتبط | پربازدیدترین ها | پربازدیدترینها | כתבות נוספות | הנקראות ביותר | עוד בנושא
        संबंधित खबरें | ट्रेंडिंग | यह भी पढ़ें | 関連記事 | アクセスランキング | 相关新闻 | 相关阅读 | 新闻排行榜
        热门推荐 | 延伸阅读 | 관련기사""",
    "newsletter": """
        newsletter | newsletters | sign up | get the newsletter | recíbela | infolettre | boletín | рассылка | розсилка
        اشترك في نشرتنا البريدية | bülten | हमारा न्यूज़लेटर""",
    "share-bar": """
        share | share this | share this story | share this article | teilen | diesen artikel teilen | partager
        compartir | condividi | udostępnij | podziel się | поделиться | поділитися | paylaş | شارك القصة | شارك
        اشتراک گذاری | שתפו | शेयर करें | シェア | 分享""",
    "tags": """
        tags | topics | filed under | explore more on these topics | schlagwörter | themen | mots-clés | archivado en
        etiquetas | tematy | теги | etiketler | الوسوم | برچسب ها | תגיות | 关键词 | キーワード""",
    "ad-label": """
        advertisement | anzeige | publicité | publicidad | werbung | reklama | reklam
        إعلان | विज्ञापन | 广告""",
    "cookie-notice": "your privacy | your privacy matters | we value your privacy | szanowny użytkowniku | cookies",
}  # fmt: skip
LONGEST_LABEL = 6

_RULE_OF_LABEL = {
    " ".join(word_keys(label)): rule
    for rule, labels in LABELS.items()
    for row in labels.split("\n")
    for label in row.split("|")
}
_RULE_OF_LABEL.pop("", None)


def rule_of_label(words: list[str]) -> str:
    """The rule of a box whose first line has these words; ``""`` for words that head no such box.

    A count before or behind a label says how much the box holds: “17 comments”, “Kommentare (3)”.
    """
    if len(words) > 2 * LONGEST_LABEL:
        return ""
    return _RULE_OF_LABEL.get(" ".join(words), "") or _RULE_OF_LABEL.get(" ".join(_without_count(words)), "")


def _without_count(words: list[str]) -> list[str]:
    if len(words) > 1 and words[0].isdecimal():
        return words[1:]
    return words[:-1] if len(words) > 1 and words[-1].isdecimal() else words
