"""Tools that a maker says were used. A tool talked about is not a tool used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from films.reading.article import ExchangeFacts, ToolFacts
from films.reading.characters import compared
from films.reading.headings import FieldLine
from films.reading.talk import Said
from films.reading.vocabulary import ToolWord, Vocabulary

_LONGEST_SENTENCE = 2_000  # what runs on further is no sentence, and costs too much to search
_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？!?\n]|(?<=[a-z0-9)])\.(?=\s+[A-Z])|$)")
_VERSION = r"(?:\s?(?P<version>(?:[A-Za-z]{1,4}[- ]?)?[vV]?\d+(?:\.\d+)*(?:\s?(?:Pro|Turbo|Alpha|Beta|Max|Mini))?)(?!\d|[年月日张幅个次秒分]))?"
_NOUN = r"(?:\s*(?:的)?(?:模型|软件|平台|工具|AI|大模型|model|で|version))?"
# Verbs that say the maker did something with it, before or after its name.
_BEFORE = (
    r"(?:再|先|同时|然后|主要|一直|都|会|是|就|全程|直接|最后|最终|大量|也|则)?(?:使用了?|采用了?|运用了?|利用了?|选用了?|选择了|借助了?|通过|用了|用的是|用到了?|依靠|用|拿|靠)\s*"
    r"|(?:底模|模型|大模型|软件|工具|平台)(?:我)?(?:用的)?(?:都|就)?是\s*|训练(?:过)?了?(?:一个|个)?\s*"
    r"|(?:\b(?:i|we)\s+(?:mostly\s+|mainly\s+|also\s+|then\s+|just\s+|only\s+)?(?:used|ran|tried and kept|worked (?:with|in)|relied on|edited (?:it )?in|built (?:it )?(?:in|with)|made (?:it |everything |them )?(?:in|with)|generated (?:it |them )?(?:in|with))|(?:made|generated|created|animated|edited|rendered|drawn|upscaled|composed|trained|voiced|written|done)\s+(?:\w+\s+){0,4}?(?:with|in|using)|\busing)\s+"
)
_AFTER = (
    r"\s*(?:里|中|上|来)?\s*(?:搭了?|建了?|调了?|写了?|写的|画出来的?|出的|出图|生成的|跑出跑了|跑的|跑|生成了?|制作了?|做了|做的|做(?!什么)|画了|画的|出图|完成了?|训练了?|剪了|剪的|配的)"
    r"|\s*(?:を使って|を使い|を使った|を使用|を用いて|で(?:[^。、，]{1,8}を)?(?:つけ|作|描|生成|制作|編集|動か|撮|仕上げ|組|書|録|出力|加工|合成))"
    r"|\s*(?:을|를|으로|로)\s*(?:[^.,。]{1,8}[을를]\s*)?(?:사용|이용|활용|써서|썼|쓰고|쓰며|만들|생성|제작|편집|작업|그리|그렸|뽑)"
)
_NOT_SAID = re.compile(
    r"原本|本来|一开始想|甲方|客户|如果|假如|要是|下次|可能|也许|或许|想试|打算|没有?用|沒有?用|不用|不会用|没使用|并未使用|从不|如果用|假如|要是|可以用|能用|想用|打算用|应该用|建议|据说|听说|有人用|别人|大家|很多人|人们|他们|创作者们|未来|将来|以后会|"
    r"\b(?:don't|didn't|did not|do not|never|not|would|could|might|people|they|everyone|others|you can|you could|if i|if we|without|instead of|he|she)\b|"
    r"使わな|使用しな|使いたい|使えば|사용하지|쓰지\s?않|안\s?썼",
    re.I,
)
# A supposition rules the whole sentence, not only its clause.
_SUPPOSED = re.compile(r"如果|假如|要是|倘若|下次|以后|将来|未来|\bif\b|\bnext time\b|もし|만약", re.I)
# Tried and given up in the same breath.
_GIVEN_UP = re.compile(
    r"弃用|放弃|换成|换掉|改用|没有用它|没用它|删掉了|不要了|gave up|dropped|replaced|switched to|threw (?:it|them) away",
    re.I,
)
_DENIED = re.compile(
    r"没|沒|不|原本|本来|打算|别人|大家|听说|据说|以为|觉得|朋友|\bnot\b|n't\b|\bnever\b|\bwithout\b|使って?(?:いま|わ)?な|使いませ|ません|않|안 ",
    re.I,
)
_STEPS = (
    ("script", r"脚本|剧本|劇本|文案|台词|文本|故事大纲|script|screenplay|dialogue|脚本|대본|시나리오"),
    ("voice", r"配音|旁白|人声|声音|語音|语音|voice|narration|ナレーション|音声|내레이션|더빙|목소리"),
    ("music", r"音乐|音樂|配乐|配樂|bgm|歌|music|score|soundtrack|音楽|음악"),
    ("training", r"训练|訓練|微调|train|fine-tun|学習|학습"),
    ("edit", r"剪辑|剪輯|剪|合成|后期|調色|调色|edit|cut|grade|composit|編集|편집"),
    (
        "image",
        r"分镜图|图片|图像|画面|图|圖|分镜|海报|原画|概念|image|picture|still|storyboard|frame|concept|画像|絵|이미지|그림",
    ),
    ("video", r"影像|视频|視頻|动态|动画|镜头|影片|短片|video|clip|shot|motion|animat|footage|動画|映像|영상|비디오"),
)

_CLAUSE_END = re.compile(r"[，,；;。]|同时|再用|然后|\band\b|\bwhile\b")


def tools_in_fields(lines: list[tuple[FieldLine, int]], vocabulary: Vocabulary) -> list[ToolFacts]:
    """Tools listed in a field such as 制作工具: whatever the vocabulary says of them, they are stated."""
    found = []
    for line, number in lines:
        for piece in re.split(r"\s*[、,，/／;；]\s*|\s+and\s+", line.value):
            name, version = _split_version(piece.strip(" 。."))
            if name:
                word = _known(name, vocabulary)
                found.append(
                    ToolFacts(word.name if word else name, version, word.step if word else None, line.value, number)
                )
    return found


def _split_version(piece: str) -> tuple[str, str | None]:
    match = re.match(r"^(.*?\D)\s*((?:[A-Za-z]{1,2})?\d+(?:\.\d+)*)$", piece)
    return (match.group(1).strip(), match.group(2)) if match else (piece, None)


def _known(name: str, vocabulary: Vocabulary) -> ToolWord | None:
    form = compared(name)
    return next((w for w in vocabulary.tools if form in {compared(n) for n in (w.name, *w.aliases)}), None)


def tools_said(answered: list[Said], vocabulary: Vocabulary) -> list[ToolFacts]:
    """Tools with a verb of use by the maker, each once, with the sentence that says so."""
    found: dict[tuple[str, str | None], ToolFacts] = {}
    sieve, index = _any_tool(vocabulary), _index(vocabulary)
    for said in answered:
        if not sieve.search(said.text.lower()):
            continue
        for sentence in dict.fromkeys(_SENTENCE.findall(said.text)):
            named = sieve.findall(sentence.lower()) if len(sentence) <= _LONGEST_SENTENCE else []
            words = dict.fromkeys(index["".join(name.split())] for name in named)
            for tool in _used_in(sentence.strip(), said.line, words):
                known = any(name == tool.name and step in (tool.step, None) for name, step in found)
                if not known:
                    found[(tool.name, tool.step)] = tool
    return list(found.values())


_ASKS_TOOLS = re.compile(
    r"(?:用|使用)(?:了|到|的是)?(?:哪些|什么|哪种|哪个|哪一些)(?:AI)?(?:工具|软件|模型|平台)?|(?:which|what) (?:AI )?(?:tools|software|models?|programs?)|what did you (?:use|work with)"
    r"|(?:どの|どんな|何の)(?:ツール|ソフト|AI)|(?:어떤|무슨) (?:도구|툴|프로그램)",
    re.I,
)


def tools_asked(exchanges: list[ExchangeFacts], vocabulary: Vocabulary) -> list[ToolFacts]:
    """Every tool that an answer names when the question was which tools were used; no denied or supposed one."""
    found: dict[str, ToolFacts] = {}
    for exchange in exchanges:
        if not _ASKS_TOOLS.search(exchange.question):
            continue
        line = exchange.passages["answer"].first
        for sentence in _SENTENCE.findall(exchange.answer.split("\n\n")[0]):
            for word in vocabulary.tools:
                match = _bare(word).search(sentence)
                given_up = match and _GIVEN_UP.search(sentence[match.end() :])
                if (
                    match
                    and not given_up
                    and not _SUPPOSED.search(sentence)
                    and not _DENIED.search(_around(sentence, match))
                ):
                    tool = ToolFacts(word.name, match["v1"], word.step, sentence.strip(), line)
                    found.setdefault(word.name, tool)
    return list(found.values())


def _around(sentence: str, match: re.Match[str]) -> str:
    """The clause in which the tool stands: a denial may stand before it or after."""
    end = next((i for i in range(match.end(), len(sentence)) if sentence[i] in "，,。、"), len(sentence))
    return _clause(sentence, match.start()) + sentence[match.end() : end]


@lru_cache(maxsize=512)
def _bare(word: ToolWord) -> re.Pattern[str]:
    return re.compile(_names(word) + _VERSION.replace("version", "v1"), re.I)


def _used_in(sentence: str, line: int, named: Iterable[ToolWord]) -> list[ToolFacts]:
    used = []
    for word in named:
        match = _use_of(word).search(sentence)
        if match and _is_used(sentence, match):
            version = match["v1"] or match["v2"] or match["v3"]
            tool = ToolFacts(word.name, version, _step(sentence, match) or word.step, sentence, line)
            used.append((match.start(), tool))
    return [tool for _, tool in sorted(used, key=lambda pair: pair[0])]


def _is_used(sentence: str, match: re.Match[str]) -> bool:
    """Neither supposed, nor denied, nor given up in the same sentence."""
    supposed = _SUPPOSED.search(sentence[: match.start()])
    denied = _NOT_SAID.search(_clause(sentence, match.start()))
    return not (supposed or denied or _GIVEN_UP.search(sentence[match.end() :]))


def _clause(sentence: str, position: int) -> str:
    """The words before the tool, from the clause's start: where a “not” or an “if” would stand."""
    start = max(sentence.rfind(mark, 0, position) for mark in "，,；;：:")
    return sentence[start + 1 : position + 12]


def _step(sentence: str, match: re.Match[str]) -> str | None:
    """What it was used for: a word between verb and tool, else the nearest one after it in the same clause."""
    rest = _CLAUSE_END.split(sentence[match.end() :], maxsplit=1)[0]
    for words in (match.group(), rest):
        hits = [(found.start(), step) for step, pattern in _STEPS if (found := re.search(pattern, words, re.I))]
        if hits:
            return min(hits)[1]
    return None


def _spelling(name: str) -> str:
    pattern = re.escape(name).replace(r"\ ", r"\s*")
    left = r"(?<![A-Za-z0-9])" if name[:1].isascii() else ""
    right = r"(?![A-Za-z])" if name[-1:].isascii() else ""
    return f"{left}{pattern}{right}"


def _names(word: ToolWord) -> str:
    names = sorted({word.name, *word.aliases}, key=len, reverse=True)
    return "(?:" + "|".join(_spelling(name) for name in names) + ")"


@lru_cache(maxsize=8)
def _index(vocabulary: Vocabulary) -> dict[str, ToolWord]:
    """Every spelling as the sieve finds it, without its blanks."""
    return {"".join(name.lower().split()): word for word in vocabulary.tools for name in word.spellings}


@lru_cache(maxsize=512)
def _use_of(word: ToolWord) -> re.Pattern[str]:
    names = _names(word)
    one, two = _VERSION.replace("version", "v1"), _VERSION.replace("version", "v2")
    list_before = r"(?:[A-Za-z0-9 .]{1,30}(?:、|,|，|和|与|跟|\s+and\s+|\s*&\s*)\s*){0,4}"
    three = _VERSION.replace("version", "v3")
    together = rf"(?:和|跟|与)\s*{names}{three}\s*一起(?:写|做|画|完成|编)"
    return re.compile(
        rf"(?:{_BEFORE}){list_before}{names}{one}{_NOUN}|{names}{two}{_NOUN}(?:{_AFTER})|{together}", re.I
    )


@lru_cache(maxsize=8)
def _any_tool(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Is there a tool's name in this lower-case text? A coarse sieve: the first characters settle most places."""
    names = {name.lower() for word in vocabulary.tools for name in word.spellings}
    latin = {name for name in names if name[:1].isascii()}
    return re.compile(rf"(?<![a-z0-9]){_one_of(latin)}|{_one_of(names - latin)}")


def _one_of(names: set[str]) -> str:
    if not names:
        return "(?!)"
    firsts = "".join(sorted({re.escape(name[0]) for name in names}))
    spelled = "|".join(
        re.escape(name).replace(r"\ ", r"\s*") for name in sorted(names, key=lambda name: (-len(name), name))
    )
    return f"(?=[{firsts}])(?:{spelled})"
