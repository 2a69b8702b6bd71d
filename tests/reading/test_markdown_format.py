"""Markdown: front matter frames, `#` marks sections, bold marks questions."""

import pytest

from films.reading import Article, Refusal, read_article

BODY = "\n\n**为什么做这部短片？**\n\n因为冷。\n\n**怎么做的？**\n\n慢慢做。\n"


def read(text: str) -> Article:
    return read_article(text.encode(), "a.md")


def refused(text: str) -> tuple[str, int | None]:
    with pytest.raises(Refusal) as caught:
        read(text)
    return caught.value.reason, caught.value.line


def test_front_matter_frames_the_article() -> None:
    article = read(f"---\ntitle: 走进: 短片\npublisher: 镜报\ndate: 2025-04-17\nviews: 1.2万\n---{BODY}")
    assert (article.headline, article.publisher) == ("走进： 短片", "镜报")
    assert (article.published_on, article.view_count) == ("2025-04-17", 12_000)
    assert article.passages["publisher"].to_json() == [3, 3]


def test_bold_asks() -> None:
    (talk,) = read(f"---\ntitle: 走进短片\n---{BODY}").interviews
    assert [(e.question, e.answer) for e in talk.exchanges] == [
        ("为什么做这部短片？", "因为冷。"),
        ("怎么做的？", "慢慢做。"),
    ]


def test_a_first_heading_is_the_headline() -> None:
    assert read(f"# 走进短片{BODY}").headline == "走进短片"


def test_bold_labels_are_labels() -> None:
    (talk,) = read(
        "# 走进短片\n\n**Q：** 为什么？\n\n**阿米**：因为。\n\n**Q：** 怎么？\n\n**阿米**：慢慢。\n"
    ).interviews
    assert [(e.question, e.answer, e.speaker) for e in talk.exchanges] == [
        ("为什么？", "因为。", "阿米"),
        ("怎么？", "慢慢。", "阿米"),
    ]


def test_scalars_stay_text() -> None:
    assert read(f"---\ntitle: 2025-04-17\npublisher: '007'\n---{BODY}").publisher == "007"


def test_an_unknown_field_is_told_and_kept_out() -> None:
    article = read(f"---\ntitle: 走进短片\nmood: 冷\n---{BODY}")
    assert [(p.code, p.line) for p in article.points if p.code == "unknown_field"] == [("unknown_field", 3)]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        (
            "---\ntitle: a\n",
            "The front matter opens with --- and never closes. Add a line --- after its last field.",
            1,
        ),
        ("---\ntitle: a\nnonsense\n---\nx", "“nonsense” is no field. Write it as `key: value` on one line.", 3),
        ("---\ntitle: a\nTitle: b\n---\nx", "The field “title” stands twice. Keep one of them.", 3),
        ("---\ntitle: a\n---\n\n", "There is no article after the front matter. Write it below the second ---.", 3),
    ],
)
def test_broken_front_matter_is_refused_by_line(text: str, reason: str, line: int) -> None:
    assert refused(text) == (reason, line)
