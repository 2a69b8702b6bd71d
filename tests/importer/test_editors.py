"""The editors' file: what it adds, what it is refused for, and that it survives re-imports."""

import pytest

from films.importer.editors import load_editors, read_editors
from films.models import Edition, Film, Source
from films.reading.article import Refusal
from tests.importer.articles import article, bring, codes, film, told, with_film

pytestmark = pytest.mark.django_db

UNTITLED = {"title": None}
FILE = """
[edition]
theme_en = { editor = "Elysium" }

[[film]]
maker = "阿米"
title = { editor = "鹿" }
themes = { editor = ["寓言", "动物"] }
pull_quote = { editor = "割裂感本身也成为了一种风格", answer = 3 }
"""


def untitled(**values):
    return with_film(**UNTITLED | values)


def test_its_values_are_the_editors():
    report = bring(untitled(), editors=FILE)
    found = Film.objects.get()
    assert (found.title, found.title_origin, found.slug, found.title_sort) == ("鹿", "editor", "lu", "lu")
    assert sorted(theme.name for theme in found.themes.all()) == ["动物", "寓言"]
    assert found.pull_quote == "割裂感本身也成为了一种风格"
    assert found.pull_quote in found.pull_quote_exchange.answer
    assert found.imported["pull_quote_exchange_id"] == found.pull_quote_exchange_id
    assert Edition.objects.get().theme_en == "Elysium"
    assert report.article["films"][0]["title"] is None
    assert (found.imported["title"], found.imported["editor:title"]) == ("", "鹿")


def test_they_survive_a_re_import_without_a_word():
    bring(untitled(), editors=FILE)
    report = bring(untitled(synopsis="新的。"), editors=FILE)
    assert told(report) == [("film:amie", "synopsis", "update")]
    assert Film.objects.get().title == "鹿"


def test_what_an_admin_changed_later_wins():
    bring(untitled(), editors=FILE)
    found = Film.objects.get()
    found.title = "我的鹿"
    found.save()
    found.themes.set([])
    report = bring(untitled(synopsis="新的。"), editors=FILE)
    assert ("film:amie", "title", "kept") in told(report)
    report = bring(untitled(synopsis="新的。"), editors=FILE.replace('"鹿"', '"大鹿"'))
    assert ("film:amie", "title", "conflict") in told(report)
    found.refresh_from_db()
    assert (found.title, found.themes.count()) == ("我的鹿", 0)


def test_a_change_in_the_file_is_taken():
    bring(untitled(), editors=FILE)
    report = bring(untitled(), editors=FILE.replace('"鹿"', '"大鹿"').replace('"寓言", ', ""))
    assert Film.objects.get().title == "大鹿"
    assert [theme.name for theme in Film.objects.get().themes.all()] == ["动物"]
    assert {change[1] for change in told(report)} == {"title", "themes"}
    assert Film.objects.get().slug == "lu"


def test_a_file_that_comes_later_fills_what_nobody_touched():
    bring(untitled())
    bring(untitled(), editors=FILE)
    found = Film.objects.get()
    assert (found.title, found.title_origin) == ("鹿", "editor")
    assert found.pull_quote_exchange.answer.startswith("割裂感")


def test_taking_the_file_away_takes_its_values_away():
    bring(untitled(), editors=FILE)
    bring(untitled())
    found = Film.objects.get()
    assert (found.title, found.title_origin, found.pull_quote, found.pull_quote_exchange) == (
        "",
        "not_stated",
        "",
        None,
    )
    assert found.themes.count() == 0
    assert not [name for name in found.imported if name.startswith("editor:")]


def test_a_title_the_source_states_later_is_a_conflict_with_the_editors():
    bring(untitled(), editors=FILE)
    for views in (1, 2):
        report = bring(article(films=(film(),), view_count=views), editors=FILE)
        [conflict] = [change for change in report.changes if change.kind == "conflict"]
        assert (conflict.field, conflict.before, conflict.after) == ("title", "鹿", "梅花鹿")
    assert Film.objects.get().title == "鹿"


def test_another_articles_edition_takes_the_english_theme_too():
    bring(article())
    bring(article(headline="另一篇"), editors='[edition]\ntheme_en = { editor = "Elysium" }\n')
    assert Edition.objects.get().theme_en == "Elysium"
    assert codes(bring(article(headline="另一篇", view_count=2))) == ["source_changed"]
    assert Edition.objects.get().theme_en == ""


WRONG = {
    "not toml": ("[[film]\n", "line 1"),
    "unknown table": ('[[movie]]\nmaker = "阿米"\n', "'movie' is not known"),
    "unknown film": ('[[film]]\nmaker = "乙"\ntitle = { editor = "x" }\n', "line 2 (maker): the article has no film by '乙'"),
    "no maker": ('[[film]]\ntitle = { editor = "x" }\n', "name the film by its maker"),
    "twice": ('[[film]]\nmaker = "阿米"\n[[film]]\nmaker = "阿米"\n', "line 4 (maker)"),
    "unknown key": ('[[film]]\nmaker = "阿米"\ntitel = { editor = "x" }\n', "line 3 (titel): 'titel' is not known"),
    "not marked": ('[[film]]\nmaker = "阿米"\ntitle = "x"\n', "line 3 (title): mark the value"),
    "empty": ('[[film]]\nmaker = "阿米"\ntitle = { editor = " " }\n', "not empty"),
    "too long": (f'[[film]]\nmaker = "阿米"\ntitle = {{ editor = "{"x" * 201}" }}\n', "201 characters"),
    "two lines": ('[[film]]\nmaker = "阿米"\ntitle = { editor = "a\\nb" }\n', "cannot be kept"),
    "no such form": ('[[film]]\nmaker = "阿米"\nform = { editor = "epic" }\n', "line 3 (form): 'epic' is not a form"),
    "themes": ('[[film]]\nmaker = "阿米"\nthemes = { editor = "寓言" }\n', "line 3 (themes): the value must be a list of words"),
    "an empty theme": ('[[film]]\nmaker = "阿米"\nthemes = { editor = ["寓言", " "] }\n', "line 3 (themes): ' '"),
    "one table": ('film = "阿米"\n', "[[film]]"),
    "quote too long": (
        f'[[film]]\nmaker = "阿米"\npull_quote = {{ editor = "{"字" * 41}", answer = 1 }}\n', "41 characters",
    ),
    "quote elsewhere": (
        '[[film]]\nmaker = "阿米"\npull_quote = { editor = "割裂感", answer = 1 }\n', "word for word in answer 1; it stands in answer 3.",
    ),
    "no such answer": ('[[film]]\nmaker = "阿米"\npull_quote = { editor = "割裂感", answer = 4 }\n', "answer = 1 to 3"),
    "which answer": ('[[film]]\nmaker = "阿米"\npull_quote = { editor = "割裂感" }\n', "answer = 1 to 3"),
    "edition key": ('[edition]\nyear = { editor = "2025" }\n', "line 2 (year)"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_one_wrong_place_refuses_the_whole_file(text, words):
    report = bring(untitled(), "article.txt", editors=text)
    assert report.outcome == "refused"
    assert report.reason.startswith("article.toml")
    assert words in report.reason
    assert report.reason.endswith("import again.")
    assert report.article["films"]
    assert Source.objects.count() == 0


def test_an_edition_the_article_does_not_state_is_refused():
    report = bring(article(edition=None), editors='[edition]\ntheme_en = { editor = "Elysium" }\n')
    assert "states no edition" in report.reason


def test_two_films_by_one_maker_are_told_apart_by_key():
    films = (film(key="a"), film(key="b", title=None, interview=None))
    text = '[[film]]\nmaker = "阿米"\ntitle = { editor = "x" }\n'
    assert "add key = one of a, b" in bring(article(films=films), editors=text).reason
    assert bring(article(films=films), editors=f'{text}key = "b"\n').outcome == "created"
    assert Film.objects.get(source_key="b").title == "x"


def test_files_that_cannot_be_read(tmp_path):
    path = tmp_path / "a.txt"
    assert load_editors(path) == ""
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Refusal, match="not UTF-8"):
        load_editors(path)
    (tmp_path / "a.toml").write_bytes(b"#" * 300_000)
    with pytest.raises(Refusal, match="256 KiB"):
        load_editors(path)


def test_no_file_states_nothing():
    assert read_editors("", "a.toml", article()).films == {}
