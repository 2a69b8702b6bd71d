"""The real article, read end to end: every number and name that the plan counts on."""

import hashlib
from pathlib import Path

import pytest

from films.reading import Article, read_article
from films.reading.article import EditionFacts, FilmFacts, Organiser, Passage, TitleCandidate, WorkFacts
from films.reading.vocabulary import parse_vocabulary

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = SEEDS / "000_ceeab1b294d20971.txt"
LINES = SEED.read_text("utf-8").split("\n")
BLOCK = "\n\n"


@pytest.fixture(scope="module")
def article() -> Article:
    vocabulary = parse_vocabulary((SEEDS / "vocabulary.toml").read_text("utf-8"))
    return read_article(SEED.read_bytes(), SEED.name, vocabulary=vocabulary)


def test_the_bytes_are_named_by_their_hash(article: Article) -> None:
    assert article.sha256 == hashlib.sha256(SEED.read_bytes()).hexdigest()


def test_it_is_utf_8_and_simplified_chinese(article: Article) -> None:
    assert (article.encoding, article.language) == ("utf-8", "zh-hans")


def test_text_is_kept_as_received(article: Article) -> None:
    assert article.text == SEED.read_text("utf-8")


# The frame.


def test_headline(article: Article) -> None:
    assert article.headline == "走进五个AI创作的“极乐世界”"
    assert article.passages["headline"] == Passage(4, 4)


def test_publisher_is_kept_as_printed_and_flagged(article: Article) -> None:
    assert article.publisher == "网络"
    flags = [(point.line, point.doubt) for point in article.points if point.code == "no_publisher"]
    assert flags == [(6, False)]


def test_date_and_views(article: Article) -> None:
    assert (article.published_on, article.view_count) == ("2025-04-17", 155)


def test_frame_values_are_kept_as_printed(article: Article) -> None:
    assert dict(article.printed) == {
        "headline": "走进五个AI创作的“极乐世界”",
        "publisher": "网络",
        "published_on": "2025-04-17",
        "view_count": "155",
    }


@pytest.mark.parametrize("name", ["publisher", "published_on", "view_count"])
def test_metadata_is_on_line_six(article: Article, name: str) -> None:
    assert article.passages[name] == Passage(6, 6)


def test_lead(article: Article) -> None:
    paragraphs = str(article.lead).split(BLOCK)
    assert len(paragraphs) == 3
    assert paragraphs[0].startswith("提到“极乐世界（Elysium）”，你会想到什么？")
    assert paragraphs[2] == "我们和五部获奖短片的作者聊了聊。"
    assert article.passages["lead"] == Passage(9, 13)


def test_edition(article: Article) -> None:
    assert article.edition == EditionFacts(
        name="未来影像计划",
        theme="极乐世界",
        year=2025,
        month=3,
        organisers=(
            Organiser("NOWNESS"),
            Organiser("即梦AI", "字节跳动旗下的AI创作和内容平台"),
            Organiser("抖音艺术"),
        ),
        passages=dict.fromkeys(["name", "theme", "year", "month", "organisers"], Passage(11, 11)),
    )


# The films.


def test_five_makers_in_order(article: Article) -> None:
    assert [film.creators for film in article.films] == [("CamRed",), ("JYT",), ("阿米",), ("朱齐云",), ("巩烨",)]


def test_keys(article: Article) -> None:
    assert [film.key for film in article.films] == ["camred", "jyt", "阿米", "朱齐云", "巩烨"]


def test_sections(article: Article) -> None:
    lines = [(film.lines.first, film.lines.last) for film in article.films]
    assert lines == [(16, 40), (43, 65), (68, 96), (99, 115), (118, 134)]


@pytest.mark.parametrize(
    ("index", "opening", "ending", "line"),
    [
        (0, "故事设定在一个被水晶穹顶封锁的地下城市，", "他必须做出抉择。", 16),
        (1, "短片在文本《自愿被吃的猪》基础上进行了改编，", "那道德的边界是否又一次被界定？", 43),
        (2, "平静的森林里住着一只梅花鹿，", "某种比杀戮更古老的恶意正顺着枪管锈迹蔓延……", 68),
        (3, "短片以“九天玄鸟”等神话意象为起点，", "既古典又未来的东方超现实美学。", 99),
        (4, "短片探讨了在极乐世界中，", "独特妆面，融合，生发，延伸。", 118),
    ],
)
def test_synopsis(article: Article, index: int, opening: str, ending: str, line: int) -> None:
    film = article.films[index]
    assert str(film.synopsis).startswith(opening)
    assert str(film.synopsis).endswith(ending)
    assert BLOCK not in str(film.synopsis)
    assert film.passages["synopsis"] == Passage(line, line)


def test_titles_with_their_origin(article: Article) -> None:
    assert [(film.title, film.title_origin) for film in article.films] == [
        (None, "not_stated"),
        (None, "not_stated"),
        ("梅花鹿", "stated_by_maker"),
        (None, "not_stated"),
        (None, "not_stated"),
    ]


def test_the_maker_calls_his_film_so_on_line_eighty(article: Article) -> None:
    assert article.films[2].passages["title"] == Passage(80, 80)
    said = [point.line for point in article.points if point.code == "title_stated_by_maker"]
    assert said == [80]


def test_a_source_text_is_offered_as_title_and_not_set(article: Article) -> None:
    why = "a text it draws on bears this title, and the film's making is spoken of under it"
    assert [film.title_candidates for film in article.films] == [
        (),
        (TitleCandidate("自愿被吃的猪", 49, why),),
        (),
        (),
        (),
    ]


def test_one_running_time_from_an_answer(article: Article) -> None:
    assert [film.runtime_seconds for film in article.films] == [276, None, None, None, None]
    assert article.films[0].passages["runtime_seconds"] == Passage(38, 38)
    told = [(point.line, point.record) for point in article.points if point.code == "runtime_from_answer"]
    assert told == [(38, "film:camred")]


def test_tools_stated_as_used(article: Article) -> None:
    tools = [
        (index, tool.name, tool.version, tool.line) for index, film in enumerate(article.films) for tool in film.tools
    ]
    assert tools == [(1, "Midjourney", None, 55), (1, "Runway", None, 55), (2, "即梦", "P2.0", 82)]


def test_what_each_tool_was_used_for(article: Article) -> None:
    steps = [tool.step for film in article.films for tool in film.tools]
    assert steps == ["image", "video", None]


def test_tools_are_quoted(article: Article) -> None:
    sentence = "我先用文本类的模型去编排脚本，再用Midjourney生成一些分镜图，同时用Runway生成影像。"
    shot = (
        "有一个镜头确实挺为难AI的，就是最后小鹿眨眼用眼睑压死苍蝇的这个镜头，"
        "我几乎跑了所有AI平台，唯独即梦P2.0模型跑出来理想的效果。"
    )
    assert [tool.quote for film in article.films for tool in film.tools] == [sentence, sentence, shot]


def test_works(article: Article) -> None:
    assert [film.works for film in article.films] == [
        (),
        (WorkFacts("自愿被吃的猪", 43), WorkFacts("黑镜", 55), WorkFacts("Her", 63)),
        (WorkFacts("十诫", 74),),
        (WorkFacts("山海经", 99),),
        (),
    ]


def test_what_one_film_adapts(article: Article) -> None:
    assert [film.adapted_from for film in article.films] == [None, "自愿被吃的猪", None, None, None]


def test_when_one_film_was_made(article: Article) -> None:
    made = [(film.made_from, film.made_to) for film in article.films]
    assert made == [(None, None), (None, None), ("2024-09-07", "2025-03"), (None, None), (None, None)]


def test_nobody_made_a_statement(article: Article) -> None:
    assert [film.statement for film in article.films] == [None] * 5


# The talk.


def answers(film: FilmFacts) -> list[list[str]]:
    assert film.interview
    return [exchange.answer.split(BLOCK) for exchange in film.interview.exchanges]


def test_fifteen_exchanges(article: Article) -> None:
    assert [len(answers(film)) for film in article.films] == [3, 3, 4, 3, 2]


def test_thirty_three_answer_paragraphs(article: Article) -> None:
    counts = [[len(paragraphs) for paragraphs in answers(film)] for film in article.films]
    assert counts == [[2, 2, 4], [2, 2, 3], [2, 2, 3, 2], [1, 1, 2], [3, 2]]
    assert sum(map(sum, counts)) == 33


def test_the_interviewer(article: Article) -> None:
    assert [film.interview and film.interview.interviewer for film in article.films] == ["NOWNESS"] * 5


def test_the_maker_speaks_every_answer_under_one_label(article: Article) -> None:
    spoken = [{(e.speaker, e.label) for e in film.interview.exchanges} for film in article.films if film.interview]
    assert spoken == [{(film.creators[0], film.creators[0])} for film in article.films]


def test_no_question_has_a_second_answer(article: Article) -> None:
    assert not any(e.continues for film in article.films if film.interview for e in film.interview.exchanges)


def test_every_exchange_has_its_lines(article: Article) -> None:
    lines = [[tuple(e.lines.to_json()) for e in film.interview.exchanges] for film in article.films if film.interview]
    assert lines == [
        [(20, 24), (26, 30), (32, 40)],
        [(47, 51), (53, 57), (59, 65)],
        [(72, 76), (78, 82), (84, 90), (92, 96)],
        [(103, 105), (107, 109), (111, 115)],
        [(122, 128), (130, 134)],
    ]


def test_question_and_answer_have_their_own_lines(article: Article) -> None:
    assert article.films[0].interview
    assert article.films[0].interview.exchanges[2].passages == {"question": Passage(32, 32), "answer": Passage(34, 40)}


def test_a_question_word_for_word(article: Article) -> None:
    assert article.films[3].interview
    assert (
        article.films[3].interview.exchanges[1].question
        == "本次征集的主题是“极乐世界”，神话故事在数字时代的浪潮下被赋予全新的生命力。能否谈谈你对这一主题的理解？"
    )


def test_a_radical_is_read_as_its_character(article: Article) -> None:
    assert "⻛格统⼀" in LINES[83]
    assert article.films[2].interview
    assert (
        article.films[2].interview.exchanges[2].question
        == "你怎么看待AI在类型化创作中起到的作用？自己会倾向确保短片中的场景连贯性和风格统一吗？"
    )


def test_no_radical_is_left_in_what_is_kept(article: Article) -> None:
    assert not [character for character in str(article.to_json()) if "\u2e80" <= character <= "\u2fdf"]


def test_all_talk_is_about_a_film(article: Article) -> None:
    assert article.interviews == ()


# The account.


def test_chrome_is_dropped_and_listed(article: Article) -> None:
    assert article.coverage.chrome_lines == (
        (1, "52TV 52TV"),
        (2, "空列表云端记录,请先登陆~"),
        (138, "THE END"),
        (139, "10"),
    )


def test_body_characters_are_all_but_white_space_and_chrome(article: Article) -> None:
    body = [line for number, line in enumerate(LINES, 1) if number not in {1, 2, 138, 139}]
    assert article.coverage.body_characters == sum(not character.isspace() for character in "".join(body)) == 5704


def test_nearly_all_of_the_body_is_in_rows(article: Article) -> None:
    assert article.coverage.used_characters / article.coverage.body_characters >= 0.99
    assert article.coverage.unused_lines == ()


def test_every_line_is_in_exactly_one_place(article: Article) -> None:
    """Read back from the rows themselves, not from the reader's own account."""
    rows = [article.passages["headline"], article.passages["publisher"], article.passages["lead"]]
    rows += [film.passages["synopsis"] for film in article.films]
    rows += [exchange.lines for film in article.films if film.interview for exchange in film.interview.exchanges]
    places = [
        number for passage in rows for number in range(passage.first, passage.last + 1) if LINES[number - 1].strip()
    ]
    places += [number for number, _ in article.coverage.chrome_lines + article.coverage.unused_lines]
    assert sorted(places) == [number for number, line in enumerate(LINES, 1) if line.strip()]


def test_what_an_editor_is_told(article: Article) -> None:
    assert [(point.code, point.line, point.record) for point in article.points] == [
        ("no_publisher", 6, None),
        ("title_not_stated", 16, "film:camred"),
        ("runtime_from_answer", 38, "film:camred"),
        ("title_not_stated", 43, "film:jyt"),
        ("title_offered", 49, "film:jyt"),
        ("title_stated_by_maker", 80, "film:阿米"),
        ("title_not_stated", 99, "film:朱齐云"),
        ("title_not_stated", 118, "film:巩烨"),
    ]


def test_nothing_is_in_doubt(article: Article) -> None:
    assert article.is_sound
