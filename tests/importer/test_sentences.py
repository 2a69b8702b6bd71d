"""What editors are told, in both languages: complete, and the same."""

from io import StringIO
from string import Formatter

import pytest
from django.utils import translation

from films.admin.points import TITLES
from films.importer import phrases, sentences
from films.importer.editors import NO_EDITORS_FILE
from films.importer.sentences import SENTENCES, told
from films.importer.topics import Topics
from films.importer.wanted import Recorder
from films.importer.words import BAR_WIDTH, ProgressBar
from films.reading import messages, refusals
from films.reading.article import Point
from films.reading.messages import ENGLISH
from tests.importer.articles import VOCABULARY, article, bring, film

PAIRS = [
    (sentences.POINTS, messages.POINTS),
    (sentences.REFUSALS, refusals.REFUSALS),
    (phrases.PHRASES, messages.PHRASES),
]


def places(template):
    return {(name, spec) for _text, name, spec, _conversion in Formatter().parse(str(template)) if name}


@pytest.mark.parametrize(("chinese", "english"), PAIRS, ids=["points", "refusals", "phrases"])
def test_both_languages_have_every_code_in_the_same_order(chinese, english):
    assert list(chinese) == list(english)


def test_every_point_has_a_title():
    assert list(TITLES) == list(messages.POINTS)


@pytest.mark.parametrize("code", ENGLISH)
def test_the_catalogue_says_what_the_reader_says(code):
    with translation.override("en"):
        assert str(SENTENCES[code]) == ENGLISH[code]


@pytest.mark.parametrize("code", ENGLISH)
def test_chinese_names_the_same_values(code):
    with translation.override("zh-hans"):
        assert places(SENTENCES[code]) == places(ENGLISH[code])


def test_every_title_stands_in_both_languages():
    for code, title in TITLES.items():
        with translation.override("zh-hans"):
            chinese = str(title)
        with translation.override("en"):
            assert str(title) != chinese, code


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_how_far_it_is_and_a_file_nothing():
    file, terminal = StringIO(), Terminal()
    for bar in (ProgressBar(file), ProgressBar(terminal)):
        bar.show(1, 4)
        bar.clear()
    assert file.getvalue() == ""
    assert terminal.getvalue() == f"\r[{'#' * (BAR_WIDTH // 4)}{'.' * (BAR_WIDTH - BAR_WIDTH // 4)}] 1/4\r\x1b[K"


def test_phrases_follow_the_language():
    point = Point("damaged", values={"what": "damage.pinyin", "count": 3})
    with translation.override("zh-hans"):
        assert told(point.code, point.values) == "文字有损坏：夹进文字里的拼音，共 3 处。请找一份更好的原文。"
    with translation.override("en"):
        assert told(point.code, point.values) == point.message


def test_the_rest_of_many_is_counted_in_chinese():
    with translation.override("zh-hans"):
        assert told("unknown_field", {"field": "x", "more": 7}).startswith("从这里起还有 7 处同样的：文章没有“x”")


@pytest.mark.parametrize(
    ("code", "values"), [(None, None), ("gone", {}), ("alias", {}), ("damaged", {"what": "x", "count": 1})]
)
def test_an_older_report_keeps_its_words(code, values):
    assert told(code, values, "As it was.") == "As it was."


def test_every_value_of_a_row_has_a_name():
    recorder = Recorder(article(), NO_EDITORS_FILE, Topics(VOCABULARY))
    recorder.record()
    kept = {name for row in recorder.rows for name in row.values} - {"edition", "exchange"}
    assert {f"field.{name}" for name in kept} == {code for code in ENGLISH if code.startswith("field.")}


def test_a_value_that_does_not_fit_is_told_in_chinese(db):
    report = bring(article(films=(film(title="长" * 201),)))
    [point] = [point for point in report.points if point.code == "value_refused"]
    assert point.message.startswith("The title '长长")
    with translation.override("zh-hans"):
        words = told(point.code, point.values)
    assert words.startswith("片名的值“长长")
    assert "有 201 个字符，超过了 200 个" in words
