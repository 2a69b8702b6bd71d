"""What holds for any input: it is read or refused, nothing is lost, invented or counted twice."""

import itertools
import json
import re
import time
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from films.reading import Article, Refusal, read_article
from films.reading.article import ExchangeFacts, InterviewFacts, Passage
from films.reading.characters import map_radicals
from films.reading.vocabulary import ToolWord, Vocabulary

VOCABULARY = Vocabulary(tools=(ToolWord("即梦", "字节跳动", ("Dreamina",)), ToolWord("Runway", step="video")))
QUICK = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)

# Fragments of articles: what a rule of the reader looks for, and what only looks so.
LABELS = [
    "NOWNESS",
    "CamRed",
    "Q",
    "A",
    "问",
    "答",
    "主持人",
    "阿米",
    "Ann Lee",
    "佐藤監督",
    "기자",
    "S\u200bHP",
    "⻛子",
]
WORDS = [
    "你是从什么时候开始的", "我大概在2024年底开始", "短片一共4分36秒", "用即梦P2.0跑出来", "《梅花鹿》的创作", "《》", "“极乐世界”",
    "Why did you make it", "I used Runway for the clips", "为什么", "⻛格统⼀", "例如", "http://a.b", "{{ x }}", "<b>", "12:30", "3月",
    "以“极乐世界”为主题的影像计划", "改编自《黑镜》", "《\u200b》", "\u200b", "(笑)", ":)", "……", "\ufffd", "\u2028", "\x0b", "🦌", "\u3000",
]  # fmt: skip
ENDS = ["", "。", "?", "？", "!", "...", ",", "吗", "：", ":"]
FRAMES = [
    "走进五个世界", "来源:网络   发布时间:2025-04-17   浏览次数:155", "来源：镜报", "2025年2月30日", "By Ann Lee | January 12, 2019",
    "浏览：1.2万", "THE END", "10", "首页", "相关阅读", "剧情简介:", "剧情简介", "Synopsis: A deer.", "导演：阿米", "片长：7分40秒", "片名：海的底",
    "《海的底》", "DEER, 14min., Japan", "1. 第一个问题？", "2. 第二个问题？", "■ 你好？", "— 你好？", "Lin (Deer: a tale):", "导演阐述：", "我们我们",
    "# 标题", "## 小节", "**你好吗？**", "**", "---", "title: a: b", "publisher: 镜报", "采访：张三", "Watch it here: x", "Read more", "工具：即梦、Runway 3",
    "Q. Why? A. Because. Q. How? A. So.", "请谈谈", "[…]",
]  # fmt: skip
LINE_ENDS = ["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", "\n \u00a0\n"]

sentences = st.builds(
    lambda words, end: "".join(words) + end, st.lists(st.sampled_from(WORDS), max_size=4), st.sampled_from(ENDS)
)
turns = st.builds(
    lambda *parts: "".join(parts), st.sampled_from(LABELS), st.sampled_from([":", "：", " : ", ". "]), sentences
)
lines = st.one_of(turns, turns, sentences, st.sampled_from(FRAMES), st.text(max_size=30))
articles = st.builds(
    lambda pieces: "".join(line + end for line, end in pieces),
    st.lists(st.tuples(lines, st.sampled_from(LINE_ENDS)), min_size=1, max_size=25),
)
texts = st.one_of(articles, articles, st.text(max_size=300)).map(lambda text: text.encode("utf-8", "ignore"))
endings = st.sampled_from([".txt", ".txt", ".md"])


def read(data: bytes, ending: str) -> Article | None:
    """The article, or None where it was refused with a sentence."""
    article, refusal = tried(data, f"a{ending}", vocabulary=VOCABULARY)
    assert refusal is None or refusal.reason.endswith(".")
    assert refusal is None or refusal.line is None or refusal.line >= 1
    return article


def tried(data: bytes, name: str, **options: Any) -> tuple[Article | None, Refusal | None]:
    try:
        return read_article(data, name, **options), None
    except Refusal as refusal:
        return None, refusal


def read_or_skip(data: bytes, ending: str) -> Article:
    article = read(data, ending)
    assume(article is not None)
    assert article
    return article


def numbered(text: str) -> list[tuple[int, str]]:
    """Lines as an editor counts them, without the help of the reader."""
    return list(enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1))


def solid(text: str) -> str:
    return "".join(text.split())


WIDTHS = str.maketrans("，：；？！（）", ",:;?!()")


def folded(text: str) -> str:
    """A text as far as reading may change it: radicals, widths of marks, blanks."""
    return solid(map_radicals(text).translate(WIDTHS))


def talks(article: Article) -> list[InterviewFacts]:
    return [*(film.interview for film in article.films if film.interview), *article.interviews]


def exchanges(article: Article) -> list[ExchangeFacts]:
    return [exchange for talk in talks(article) for exchange in talk.exchanges]


def stretch(text: str, passage: Passage) -> str:
    return folded("".join(line for number, line in numbered(text) if passage.first <= number <= passage.last))


# Read or refused.


@QUICK
@given(texts, endings)
def test_any_text_is_read_or_refused(data: bytes, ending: str) -> None:
    read(data, ending)


@QUICK
@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".json"]))
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    read(data, ending)


@QUICK
@given(texts.filter(bool), st.sampled_from(["utf-16", "gb18030", "big5", "shift_jis", "utf-8-sig"]), st.booleans())
def test_any_encoding_is_read_or_refused(data: bytes, encoding: str, named: bool) -> None:
    again = data.decode().encode(encoding, "ignore")
    article, refusal = tried(again, "a.txt", encoding=encoding if named else None)
    assert bool(article) != bool(refusal)


@QUICK
@given(texts, st.sampled_from(LABELS), st.lists(st.sampled_from(LABELS), max_size=2))
def test_labels_named_by_an_editor_never_break_reading(data: bytes, asker: str, answerers: list[str]) -> None:
    article, refusal = tried(data, "a.txt", asker=asker, answerers=tuple(answerers))
    assert bool(article) != bool(refusal)


leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("zh-hans"), st.just("\ud800")
)
KEYS = st.sampled_from(
    ["headline", "language", "films", "interviews", "exchanges", "answer", "key", "edition", "lines", "x"]
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@QUICK
@given(
    st.fixed_dictionaries(
        {"language": st.just("zh-hans"), "films": values | st.just([])},
        optional={"headline": values, "interviews": values, "edition": values},
    )
)
def test_any_json_object_is_read_or_refused(article: dict[str, object]) -> None:
    found = read(json.dumps(article).encode(), ".json")
    assert found is None or json.dumps(found.to_json(), ensure_ascii=False).encode("utf-8")


# The account.


@QUICK
@given(texts, endings)
def test_every_line_is_accounted_for_exactly_once(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    coverage = article.coverage
    filled = {number: line.strip() for number, line in numbered(article.text) if line.strip()}
    listed = [*coverage.chrome_lines, *coverage.unused_lines]
    assert len({number for number, _ in listed}) == len(listed)
    assert all(filled[number] == line for number, line in listed)
    size = {number: len(solid(line)) for number, line in filled.items()}
    chrome = sum(size[number] for number, _ in coverage.chrome_lines)
    unused = sum(size[number] for number, _ in coverage.unused_lines)
    assert coverage.body_characters == sum(size.values()) - chrome
    assert coverage.used_characters == coverage.body_characters - unused


@QUICK
@given(texts, endings)
def test_every_used_line_is_claimed_by_a_row(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    rows = [
        *article.passages.values(),
        *(film.lines for film in article.films),
        *(e.lines for e in exchanges(article)),
    ]
    claimed = {number for passage in rows for number in range(passage.first, passage.last + 1)}
    listed = {number for number, _ in (*article.coverage.chrome_lines, *article.coverage.unused_lines)}
    filled = {number for number, line in numbered(article.text) if line.strip()}
    metadata = {
        number
        for number, line in numbered(article.text)
        if re.search(r"来源|发布|浏览|采访|\d{4}|publisher|title", line)
    }
    assert filled - listed - claimed - metadata == set()


@QUICK
@given(texts, endings)
def test_passages_stand_inside_the_file(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    last = len(numbered(article.text))
    passages = [*article.passages.values(), *(film.lines for film in article.films)]
    passages += [p for film in article.films for p in film.passages.values()]
    passages += [p for e in exchanges(article) for p in (e.lines, *e.passages.values())]
    assert all(1 <= passage.first <= passage.last <= last for passage in passages)
    assert all(point.line is None or 1 <= point.line <= last for point in article.points)


# Nothing invented, nothing lost.


@QUICK
@given(texts, endings)
def test_talk_stands_in_the_lines_it_names(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    for exchange in exchanges(article):
        for name, text in (("question", exchange.question), ("answer", exchange.answer)):
            source = stretch(article.text, exchange.passages[name]) if text else ""
            assert [part for part in text.split("\n\n") if folded(part) not in source] == []


@QUICK
@given(texts, endings)
def test_words_before_the_talk_stand_in_the_lines_they_name(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    kept = [(article.lead, article.passages.get("lead"))]
    kept += [(film.synopsis, film.passages.get("synopsis")) for film in article.films]
    kept += [(film.statement, film.passages.get("statement")) for film in article.films]
    for text, passage in kept:
        source = stretch(article.text, passage) if passage else ""
        assert [part for part in (text or "").split("\n\n") if folded(part) not in source] == []


@QUICK
@given(articles.map(str.encode))
def test_talk_loses_nothing_but_labels_numbers_and_bullets(data: bytes) -> None:
    article = read_or_skip(data, ".txt")
    left_out = {number for number, _ in (*article.coverage.unused_lines, *article.coverage.chrome_lines)}
    by_line = dict(numbered(article.text))
    for exchange in exchanges(article):
        kept = sorted(
            {folded(part) for text in (exchange.question, exchange.answer) for part in text.split("\n\n")}, key=len
        )
        for number in range(exchange.lines.first, exchange.lines.last + 1):
            rest = folded(by_line[number])
            if number in left_out or any(rest and rest in part for part in kept):
                continue
            for part in filter(None, reversed(kept)):
                rest = rest.replace(part, "\0")
            for removed in filter(None, rest.split("\0")):
                assert re.fullmatch(r"\W*(\w{1,12}|\w+[.)、])?[^\w]*(\w[\w\W]{0,60})?[:.、)\]】*\W]*", removed), (
                    removed
                )


@QUICK
@given(texts, endings)
def test_no_radical_and_no_control_is_kept_in_names(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    names = [
        article.headline,
        *(film.title for film in article.films),
        *(n for film in article.films for n in film.creators),
    ]
    assert not re.search("[\u2e80-\u2fdf\u200b-\u200f\u202a-\u202e]", "".join(filter(None, names)))


# One bytes, one reading; one object, one reading.


@QUICK
@given(texts, endings)
def test_reading_is_deterministic(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    assert read_article(data, f"b{ending}", vocabulary=VOCABULARY) == article


@QUICK
@given(texts, endings)
def test_what_one_run_writes_another_can_read(data: bytes, ending: str) -> None:
    article = read_or_skip(data, ending)
    written = json.dumps(article.to_json(), ensure_ascii=False, indent=2).encode("utf-8")
    again = read_article(written, "a.json")
    assert again.to_json() == article.to_json()


# Hostile, and small enough to try many.

pieces = st.sampled_from(
    [
        "*",
        "(",
        "中(",
        "来源: ",
        "a",
        "《a》",
        "《",
        "Q:",
        "A: ",
        "1. ",
        "“",
        "【",
        "用即梦",
        "4分",
        "我的短片",
        "\u200b",
        ", ",
        "- ",
        "# ",
        "\n",
        "问：",
        "\r",
    ]
)


@settings(QUICK, max_examples=40)
@given(st.lists(st.tuples(pieces, st.sampled_from([1, 7, 3000, 20_000])), min_size=1, max_size=4))
def test_long_runs_are_read_or_refused_in_time(runs: list[tuple[str, int]]) -> None:
    text = "".join(itertools.chain.from_iterable(piece * times for piece, times in runs))
    data = f"标题\n\n来源:网络  发布时间:2025-04-17\n\n剧情简介:x。\n\nQ:好吗？\n\nA:{text}".encode()
    start = time.process_time()
    read(data, ".txt")
    assert time.process_time() - start < 2
