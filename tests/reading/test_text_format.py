"""Plain text, as a whole: what becomes a film, what does not, and what is told."""

import pytest

from films.reading import Article, Refusal, read_article
from films.reading.article import Passage
from films.reading.lines import Ledger
from films.reading.text_format import coverage_of

HEAD = "走进短片\n\n来源:镜报  发布时间:2025-04-17\n\n"
TALK = "NOWNESS:为什么做短片?\n\n{0}:因为冷,一直很冷。\n\nNOWNESS:怎么做的?\n\n{0}:慢慢做,一天一天做。\n\n"


def read(text: str, **options: object) -> Article:
    return read_article(text.encode(), "a.txt", **options)  # type: ignore[arg-type]


def codes(article: Article) -> list[str]:
    return [point.code for point in article.points]


def test_two_films_by_two_makers() -> None:
    article = read(
        HEAD + "剧情简介:一只鹿。\n\n" + TALK.format("阿米") + "剧情简介:一片海。\n\n" + TALK.format("巩烨")
    )
    assert [(film.key, film.synopsis, film.creators) for film in article.films] == [
        ("阿米", "一只鹿。", ("阿米",)),
        ("巩烨", "一片海。", ("巩烨",)),
    ]


def test_keys_do_not_change_when_sections_change_places() -> None:
    one, two = "剧情简介:一只鹿。\n\n" + TALK.format("阿米"), "剧情简介:一片海。\n\n" + TALK.format("巩烨")
    assert [film.key for film in read(HEAD + two + one).films] == ["巩烨", "阿米"]


def test_two_films_by_one_maker_have_two_keys() -> None:
    article = read(
        HEAD + ("剧情简介:一只鹿。\n\n" + TALK.format("阿米")) + ("剧情简介:一片海。\n\n" + TALK.format("阿米"))
    )
    assert [film.key for film in article.films] == ["阿米", "阿米#2"]


def test_talk_about_no_film_hangs_on_the_article() -> None:
    article = read(HEAD + TALK.format("阿米"))
    assert article.films == ()
    assert [(talk.key, talk.heading, len(talk.exchanges)) for talk in article.interviews] == [
        ("talk:阿米", "走进短片", 2)
    ]


def test_a_synopsis_mark_alone_makes_no_film() -> None:
    article = read(HEAD + "剧情简介:一只鹿走进森林,它不再回来,谁也不知道它去了哪里,只有雪知道。\n")
    assert (article.films, article.interviews) == ((), ())
    assert [(p.code, p.doubt) for p in article.points] == [("no_dialogue", True)]


def test_prose_is_kept_and_claims_nothing() -> None:
    article = read(HEAD + "我们去了森林,看见了一只鹿,它站在那里很久,然后走开了,再也没有回来。\n")
    assert codes(article) == ["no_dialogue"]
    assert article.coverage.unused_lines[0][0] == 5


def test_questions_without_any_answer_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read(HEAD + "Q:为什么?\n\nQ:怎么做?\n\nQ:多久?\n")
    assert caught.value.reason == "The file has 3 questions and not one answer. Add the answers and import again."
    assert caught.value.line == 5


def test_teasers_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read(
            "镜报的短片\n\n"
            + "\n\n".join(
                f"第{i}个故事讲的是一只鹿走进了一座很远的森林再也没有回来，谁也不知道它去了哪里，只有雪还记得它的脚印和它的影子，还有 […]"
                for i in range(4)
            )
        )
    assert caught.value.reason == (
        "This is a list of teasers that lead elsewhere, not an article. Save the articles themselves."
    )


def test_labels_that_an_editor_names() -> None:
    text = HEAD + "甲:说说。\n\n乙:好。\n\n甲:再说。\n\n乙:行。\n"
    (talk,) = read(text, asker="甲", answerers=("乙",)).interviews
    assert [(e.question, e.answer) for e in talk.exchanges] == [("说说。", "好。"), ("再说。", "行。")]


@pytest.mark.parametrize(("voice", "talks"), [("镜报", 1), ("甲社", 0)])
def test_the_publisher_may_ask_where_another_voice_with_so_few_signs_does_not(voice: str, talks: int) -> None:
    asked = ("为什么这么冷，冷得这么久，这么难？", "为什么还要拍，拍得这么久，这么难？")
    article = read(HEAD + "".join(f"乙:冷。\n\n{voice}:{question}\n\n" for question in asked) + "乙:冷。\n")
    assert len(article.interviews) == talks


def test_one_talk_about_no_film_is_headed_by_the_headline() -> None:
    article = read(HEAD + "引子。\n\n又一段引子。\n\n" + TALK.format("阿米"))
    (talk,) = article.interviews
    assert (talk.heading, talk.passages["heading"]) == ("走进短片", Passage(1, 1))
    assert article.passages["lead"] == Passage(5, 7)
    assert article.printed == {"headline": "走进短片", "publisher": "镜报", "published_on": "2025-04-17"}


def test_a_hundred_exchanges() -> None:
    text = HEAD + "剧情简介:鹿。\n\n" + "".join(f"Q:第{i}个为什么?\n\n阿米:第{i}个因为。\n\n" for i in range(100))
    (film,) = read(text).films
    assert film.interview
    assert [e.question for e in film.interview.exchanges] == [f"第{i}个为什么？" for i in range(100)]


def test_markup_and_braces_stay_characters() -> None:
    text = HEAD + TALK.format("阿米").replace("一直很冷", "<script>alert(1)</script>{{ x }}{% y %}")
    (talk,) = read(text).interviews
    assert talk.exchanges[0].answer == "因为冷，<script>alert(1)</script>{{ x }}{% y %}。"


def test_the_text_is_kept_as_decoded() -> None:
    text = HEAD + TALK.format("阿米").replace("\n", "\r\n")
    assert read(text).text == text


def test_crlf_and_lf_read_alike() -> None:
    text = HEAD + "剧情简介:一只鹿。\n\n" + TALK.format("阿米")
    assert (
        read(text.replace("\n", "\r\n")).to_json() == read(text.replace("\n", "\r")).to_json() == read(text).to_json()
    )


def test_the_name_of_the_file_says_nothing() -> None:
    data = (HEAD + TALK.format("阿米")).encode()
    assert read_article(data, "《鹿》.txt") == read_article(data, "b.txt")


def test_one_kind_of_point_is_told_fifty_times_and_then_counted() -> None:
    text = (
        HEAD
        + "Q:一?\n\n阿米:甲。\n\n"
        + "".join(f"Q:没有人答的第{i}个?\n\n" for i in range(60))
        + "Q:二?\n\n阿米:乙。\n"
    )
    points = [point for point in read(text).points if point.code == "unanswered"]
    assert len(points) == 51


def test_coverage_counts_every_line_once_and_no_blanks() -> None:
    ledger = Ledger()
    ledger.use(Passage(1, 2))
    ledger.drop(Passage(2, 3))
    coverage = coverage_of("a b\n cc \u3000\nddd\n\n eeee ", ledger)
    assert (coverage.body_characters, coverage.used_characters) == (8, 4)
    assert coverage.chrome_lines == ((3, "ddd"),)
    assert coverage.unused_lines == ((5, "eeee"),)
