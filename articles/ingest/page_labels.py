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
        kommentit | diskusjon | kommentarfelt | komentar | bình luận | ความคิดเห็น | şərhlər | komentari | коментари
        टिप्पणियाँ | コメント | 网友评论 | 评论 | 留言 | 댓글 | log in or register to post comments
        add new comment""",
    "related-headlines": """
        related | related article | related articles | related stories | related story | related news | more on this
        more on this story | most read | most viewed | most popular | most commented | trending | top stories
        keep rolling | keep reading | read more | read next | up next | also on this file | other stories today
        recommended | recommended videos | recommended for you | you may also like | from our partners
        latest | latest news | more from | more stories | explore more | also in the news | editor's picks
        mehr zum thema | meistgelesen | auch interessant | das könnte sie auch interessieren | lesen sie auch
        voir aussi | lire aussi | à lire aussi | les plus lus | sur le même sujet | más información | lo más visto
        lo más leído | te puede interesar | noticias relacionadas | leia também | mais lidas | leggi anche
        i più letti
        zobacz także | czytaj także | najczęściej czytane | polecamy | lees ook | meest gelezen | läs också | les også
        читайте также | по теме | главное | популярное | читайте також | схожі новини | популярні новини
        ilgili haberler | çok okunanlar | اقرأ أيضًا | اقرأ ايضا | اقرأ المزيد | الأكثر قراءة | مواضيع ذات صلة
        اخبار مرتبط | پربازدیدترین ها | پربازدیدترینها | כתבות נוספות | הנקראות ביותר | עוד בנושא
        संबंधित खबरें | ट्रेंडिंग | यह भी पढ़ें | 関連記事 | アクセスランキング | 相关新闻 | 相关阅读 | 新闻排行榜
        热门推荐 | 延伸阅读 | 관련기사
        people are also reading | most shared | most watched | most discussed | in case you missed it | you might like
        you may have missed | from the archive | from around the web | around the web | more headlines | must read
        must reads | popular now | popular stories | related coverage | related posts | related links
        related internet links | read also | see also | don't miss | what to read next | continue reading
        more to read | more to explore | top news | breaking news | editors' picks | our picks | just in
        news in brief
        verwandte artikel | ähnliche artikel | weitere artikel | weitere meldungen | mehr dazu | mehr lesen
        mehr aus dem ressort | top-themen | aktuelle nachrichten | aus dem ressort | lesetipps | empfehlungen
        beliebt
        auch lesenswert | am häufigsten gelesen | beliebteste artikel | neueste artikel
        articles liés | articles associés | à lire également | lire également | aussi à lire | les plus consultés
        les plus partagés | à la une | dans la même rubrique | nos articles | à ne pas manquer | en continu | plus lus
        más noticias | más notas | más leídas | las más leídas | lo más leido | lee también | lea también | lee además
        noticias más leídas | te recomendamos | recomendados | otras noticias | notas relacionadas
        temas relacionados
        últimas noticias | en portada | también te puede interesar | no te pierdas | más en | destacados
        mais notícias | notícias relacionadas | leia mais | veja também | veja mais | ler também | leia ainda
        as mais lidas | últimas notícias | recomendadas | artigos relacionados | mais vistas | em destaque
        articoli correlati | leggi di più | potrebbe interessarti | ti potrebbe interessare | ultime notizie
        in evidenza
        i più visti | altre notizie | dalla stessa sezione | consigliati | da non perdere | notizie correlate
        czytaj więcej | czytaj też | zobacz też | przeczytaj także | powiązane artykuły | podobne artykuły | najnowsze
        najpopularniejsze | warto przeczytać | może cię zainteresować | popularne | więcej na ten temat
        gerelateerd | gerelateerde artikelen | lees meer | lees verder | meer nieuws | populair | net binnen
        meer over dit onderwerp | meer artikelen | aanbevolen | laatste nieuws | dit is ook interessant
        mest läst | mest lästa | läs även | läs mer | relaterat | fler nyheter | senaste nytt | mer om ämnet
        populärt
        mest lest | les mer | relaterte saker | flere nyheter | siste nytt | les også disse
        mest læste | læs også | læs mere | relaterede artikler | flere nyheder | seneste nyt
        lue myös | luetuimmat | aiheesta lisää | lisää aiheesta | uusimmat | suosituimmat | katso myös
        přečtěte si také | související články | nejčtenější | čtěte také | mohlo by vás zajímat | další články
        čítajte aj | najčítanejšie | súvisiace články | kapcsolódó cikkek | olvasta már | legolvasottabb
        ezt olvasta már
        ajánlott cikkek | további cikkek | citește și | cele mai citite | articole similare | știri similare | vezi și
        διαβάστε επίσης | δείτε επίσης | σχετικά άρθρα | δημοφιλή | περισσότερα | τελευταία νέα
        прочетете още | най-четени | свързани статии | pročitajte još | najčitanije | povezane vijesti
        похожие новости | материалы по теме | самое читаемое | читайте ещё | другие новости | новости партнёров
        новости партнеров | ещё по теме | последние новости | лента новостей | смотрите также | рекомендуем
        схожі матеріали | останні новини | читайте ще | популярне | новини партнерів | більше новин
        benzer haberler | diğer haberler | son dakika | en çok okunanlar | öne çıkanlar | bunlar da ilginizi çekebilir
        ilginizi çekebilir | son haberler | popüler haberler
        أخبار ذات صلة | مقالات ذات صلة | اقرأ أيضا | اقرأ كذلك | قد يعجبك أيضا | آخر الأخبار | المزيد
        موضوعات ذات صلة
        شاهد أيضا | الأكثر مشاهدة | مطالب مرتبط | بیشتر بخوانید | پربازدیدها | آخرین اخبار | بیشتر بدانید | پیشنهاد ما
        כתבות קשורות | אולי יעניין אותך | חדשות נוספות | קראו גם | קראו עוד | כתבות נבחרות
        ये भी पढ़ें | और पढ़ें | ताज़ा खबरें | ताजा खबरें | लोकप्रिय | अन्य खबरें
        人気記事 | おすすめ記事 | あわせて読みたい | ランキング | 最新記事 | 新着記事 | この記事もおすすめ | 注目記事
        相关报道 | 推荐阅读 | 热点新闻 | 猜你喜欢 | 更多新闻 | 最新消息 | 相關新聞 | 延伸閱讀 | 熱門新聞
        猜你喜歡 | 推薦閱讀
        많이 본 뉴스 | 인기 기사 | 추천 기사 | 관련 뉴스 | 이 시각 주요 뉴스 | 함께 읽으면 좋은 기사
        baca juga | berita terkait | terpopuler | terkini | đọc thêm | tin liên quan | xem thêm | đọc nhiều""",
    "newsletter": """
        newsletter | newsletters | sign up | get the newsletter | recíbela | infolettre | boletín | рассылка
        розсилка
        subscribe to our newsletter | sign up for our newsletter | unser newsletter | zum newsletter | nieuwsbrief
        nyhetsbrev | nyhedsbrev | uutiskirje | hírlevél | zpravodaj | lettre d'information | la newsletter
        infolettres
        recibe nuestro boletín | assine a newsletter | iscriviti alla newsletter | zapisz się do newslettera
        e-bülten
        اشترك في نشرتنا البريدية | bülten | हमारा न्यूज़लेटर""",
    "share-bar": """
        share | share this | share this story | share this article | teilen | diesen artikel teilen | partager
        compartir | condividi | udostępnij | podziel się | поделиться | поділитися | paylaş | شارك القصة | شارك
        dela | del | jaa | sdílet | megosztás | distribuie | κοινοποίηση | споделете | podijeli | delen
        deel dit artikel
        teile diesen artikel | artikel teilen | partager cet article | compartilhar | compartilhe | partilhar
        bagikan | chia sẻ | 공유하기 | 共有する | 分享到 | 分享至
        اشتراک گذاری | שתפו | शेयर करें | シェア | 分享""",
    "tags": """
        tags | topics | filed under | explore more on these topics | schlagwörter | themen | mots-clés | archivado en
        etiquetas | tematy | теги | etiketler | الوسوم | برچسب ها | תגיות | 关键词 | キーワード""",
    "ad-label": """
        advertisements | sponsored | sponsored content | paid content | promoted | partner content | ad feedback
        affiliate link | affiliate links | annons | annonser | annonslänk | annonselink | annonse
        annonsørinnhold | annonce
        annoncørbetalt indhold | mainos | kaupallinen yhteistyö | hirdetés | reclamă | publicidade
        espacio publicitario
        contenido patrocinado | patrocinado | contenu sponsorisé | annonce partenaire | pubblicità
        contenuto sponsorizzato
        advertentie | gesponsord | materiał sponsorowany | reklama partnera | реклама | на правах рекламы
        партнерський матеріал
        διαφήμιση | oglas | оглас | sponsorlu | ilan | iklan | quảng cáo | تبلیغات | تبلیغ | إعلانات | מודעה
        פרסומת | תוכן ממומן
        विज्ञापन | 広告 | pr | スポンサー | 廣告 | 推广 | 광고
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
