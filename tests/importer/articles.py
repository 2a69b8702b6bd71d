"""Articles built by hand, so that a test can change one fact and nothing else."""

from typing import Any

from films.importer import FileReport
from films.importer.identity import identity, sha256, text_digest
from films.importer.single import Importer, Options
from films.importer.source import Reading
from films.reading.article import (
    Article,
    Coverage,
    EditionFacts,
    ExchangeFacts,
    FilmFacts,
    InterviewFacts,
    Organiser,
    Passage,
    ToolFacts,
    WorkFacts,
)
from films.reading.vocabulary import ToolWord, TopicWord, Vocabulary

VOCABULARY = Vocabulary(
    tools=(ToolWord("Runway", "Runway", ("RunwayML",), "video"), ToolWord("即梦", "字节跳动", ("即梦AI",))),
    topics=(
        TopicWord("最难的是什么?", "What was hardest?", ("最大的难点",)),
        TopicWord("从什么时候开始?", "How did you begin?", ("什么时候开始",)),
    ),
)
QUESTIONS = ("你是从什么时候开始的？", "最大的难点是什么？", "怎么看待风格？")
ANSWERS = (
    "我大概是在去年冬天开始尝试，那时只有一台旧电脑和很多空闲的夜晚。",
    "镜头之间的衔接总是断开，为此我画了上百张分镜，一遍一遍地比较。",
    "割裂感本身也成为了一种风格，我不想把它抹平，反而愿意留下来。",
)


def exchange(number: int, **values: Any) -> ExchangeFacts:
    values.setdefault("question", QUESTIONS[number])
    values.setdefault("answer", ANSWERS[number])
    values.setdefault("speaker", "阿米")
    values.setdefault("label", "阿米")
    values.setdefault("continues", False)
    values.setdefault("lines", Passage(20 + 4 * number, 22 + 4 * number))
    return ExchangeFacts(**values)


def interview(exchanges: Any = None, **values: Any) -> InterviewFacts:
    values.setdefault("interviewer", "NOWNESS")
    found = tuple(exchange(number) for number in range(3)) if exchanges is None else tuple(exchanges)
    return InterviewFacts(exchanges=found, **values)


def film(**values: Any) -> FilmFacts:
    values.setdefault("key", "amie")
    values.setdefault("title", "梅花鹿")
    values.setdefault("title_origin", "stated_by_maker" if values["title"] else "not_stated")
    values.setdefault("lines", Passage(10, 40))
    values.setdefault("synopsis", "森林里住着一只梅花鹿。")
    values.setdefault("runtime_seconds", 276)
    values.setdefault("creators", ("阿米",))
    values.setdefault("tools", (ToolFacts("Runway", None, "video", "我用Runway生成影像。", 26),))
    values.setdefault("works", (WorkFacts("十诫", 22),))
    values.setdefault("interview", interview())
    return FilmFacts(**values)


def edition(**values: Any) -> EditionFacts:
    values.setdefault("name", "未来影像计划")
    values.setdefault("theme", "极乐世界")
    values.setdefault("year", 2025)
    values.setdefault("month", 3)
    values.setdefault("organisers", (Organiser("NOWNESS"), Organiser("即梦AI", "创作平台")))
    values.setdefault("passages", {"theme": Passage(8, 8)})
    return EditionFacts(**values)


def article(**values: Any) -> Article:
    values.setdefault("text", "走进极乐世界\n\n正文")
    values.setdefault("sha256", sha256(repr(sorted(values.items(), key=str))))
    values.setdefault("encoding", "utf-8")
    values.setdefault("language", "zh-hans")
    values.setdefault("headline", "走进五个AI创作的“极乐世界”")
    values.setdefault("publisher", "网络")
    values.setdefault("published_on", "2025-04-17")
    values.setdefault("view_count", 155)
    values.setdefault("edition", edition())
    values.setdefault("films", (film(),))
    values.setdefault("coverage", Coverage(100, 99, ((5, "零星"),), ((1, "页眉"),)))
    return Article(**values)


def with_film(**values: Any) -> Article:
    return article(films=(film(**values),))


def with_exchanges(*exchanges: ExchangeFacts, **values: Any) -> Article:
    return article(films=(film(interview=interview(exchanges), tools=(), works=(), **values),))


def bring(facts: Article, name: str = "article.txt", *, editors: str = "", **options: Any) -> FileReport:
    """Import an article that was read, as the run does; its text stands for everything it says."""
    # Facts that differ came from texts that differ.
    facts = facts._replace(text=f"{facts.text}\n{sha256(repr(facts))}")
    fingerprint = sha256(editors)[:32] + text_digest(facts.text)
    reading = Reading(name, facts.sha256, identity(facts, name), fingerprint, facts)
    return Importer(Options(**options), VOCABULARY).bring(name, reading, editors)


def told(report: FileReport) -> list[tuple[str, str | None, str]]:
    return [(change.record, change.field, change.kind) for change in report.changes]


def codes(report: FileReport) -> list[str]:
    return [point.code for point in report.points]
