"""Page chrome: dropped by list and by position, never in silence."""

import re

from films.reading.characters import compared
from films.reading.labels import label_of
from films.reading.lines import Paragraph
from films.reading.words import listed, words

CHROME_EXACT = words(
    "图片|视频|图|image|video|photo|the end|end|- end -|—end—|fin|完|（完）|(完)|全文完|正文完|终|終|终わり|おわり|了|끝|評論|评论|发表评论|写评论|暂无评论|首页|返回首页|返回列表|返回|返回顶部|回到顶部|上一页|下一页|登录|登陆|注册|登录/注册|搜索|菜单|导航|关注|订阅|收藏|点赞|赞|在看|分享|转发|举报|打印|字体|大 中 小|点击展开|展开全文|阅读全文|阅读原文|查看更多|查看原文|加载更多|更多|广告|推广|赞助内容|热门文章|推荐文章|猜你喜欢|相关文章|相关推荐|微信扫一扫|扫一扫|长按识别二维码|电影|资讯|专题"
    "|home|menu|search|login|log in|sign in|sign up|register|subscribe|share|tweet|like|print|comment|comments|leave a comment|no comments|reply|next|previous|back to top|skip to content|advertisement|sponsored|read more|continue reading|load more|follow us|newsletter|about|contact|privacy policy|terms of use|cookie policy|share this|share this article|related posts|you may also like"
    "|ホーム|メニュー|検索|ログイン|会員登録|シェア|ツイート|コメント|トップへ戻る|前の記事|次の記事|広告|もっと見る|홈|메뉴|검색|로그인|회원가입|공유|공유하기|댓글|목록|목록으로|이전글|다음글|맨위로|광고|더보기"
)
CHROME_OPENINGS = listed(
    "图片版权|版权归|著作权|本文来源|本文来自|如有侵权|文章来源|图片来自网络|声明：|免责|上一篇|下一篇|上一条|下一条|版权所有|版權所有|版权声明|版權聲明|本文版权|未经授权|未经许可|转载请|轉載請|本文转自|本文来自网络|免责声明|备案号|京icp|沪icp|粤icp|浙icp|icp备|"
    "copyright|©|(c) 20|all rights reserved|分享到|分享至|扫码|扫描二维码|关注我们|关注公众号|欢迎关注|点击上方|点击蓝字|点击下方|点击这里|您的位置|当前位置|您现在的位置|"
    "首页 >|首页>|home >|home »|home ›|标签：|标签:|tags:|filed under|posted in|powered by|share on|follow us|subscribe to|"
    "sign up for|previous post|next post|previous article|next article|前の記事|次の記事|この記事をシェア|無断転載|이전글|다음글|무단전재|무단 전재|"
    "저작권자|page |第 1 页|共 "
)
# After one of these nothing belongs to the article.
RELATED = words(
    "相关阅读|相關閱讀|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀|相关文章|相關文章|相关推荐|相关新闻|相關新聞|猜你喜欢|热门推荐|更多精彩|更多文章|往期回顾|往期推荐|精彩评论|最新评论|网友评论|related|related articles|related posts|related reading|related stories|further reading|read next|more from|more stories|you may also like|you might also like|see also|recommended|comments"
    "|関連記事|関連リンク|おすすめ記事|あわせて読みたい|인기 기사|관련 기사|관련기사|추천 기사|함께 읽기"
)

BARE_COUNT = re.compile(r"^\s*\d{1,9}\s*$")


_PAGE_OF = re.compile(
    r"^(?:page\s+)?\d+\s*(?:of|/)\s*\d+(?:\s*pages?)?$|^第\s*\d+\s*页.{0,12}$|^\d+\s*/\s*\d+\s*页?$", re.I
)


_LONGEST = 120  # chrome is short
_OPENINGS = tuple(compared(opening) for opening in CHROME_OPENINGS)


def is_chrome(paragraph: Paragraph) -> bool:
    if len(paragraph.text) > _LONGEST:
        return False
    form = paragraph.compared.strip(" -—–*·~【】[]()（）<>«»")
    if form in CHROME_EXACT or paragraph.compared in CHROME_EXACT or _PAGE_OF.match(form):
        return True
    return len(form) < 80 and form.startswith(_OPENINGS)


def part_chrome(body: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The article, and the chrome: dropped by list anywhere, by position at the end, and all after “related”."""
    cut = _related_from(body)
    article, chrome = body[:cut], body[cut:]
    while article and (is_chrome(article[-1]) or BARE_COUNT.match(article[-1].text)):
        chrome.append(article.pop())
    return [p for p in article if not is_chrome(p)], [*chrome, *(p for p in article if is_chrome(p))]


def _related_from(body: list[Paragraph]) -> int:
    """Where the related links begin: a line from the list, alone, with the article's talk or most of it before."""
    forms = [label.form if (label := label_of(paragraph.text)) else "" for paragraph in body]
    last = {form: index for index, form in enumerate(forms)}
    total = len(body) - forms.count("")
    heard, goes_on_until = 0, 0  # one line of links in the middle: the talk before it goes on after it
    for index, (paragraph, form) in enumerate(zip(body, forms, strict=True)):
        rest = _after_related(paragraph)
        if index and rest is not None and not (rest and goes_on_until > index) and (heard >= 2 or heard == total):
            return index
        if form:
            heard, goes_on_until = heard + 1, max(goes_on_until, last[form])
    return len(body)


def _after_related(paragraph: Paragraph) -> str | None:
    """What follows 相关阅读 on its line ("" when it stands alone), or None where that does not stand."""
    if len(paragraph.text) > _LONGEST:
        return None
    mark, _, rest = re.sub(r"\s*\(\d+\)", "", paragraph.compared).partition(":")
    return rest if mark.strip() in RELATED and len(rest) < 60 else None
