"""A word that an editor deleted at the desk does not come back with the next article, and the report says so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from films.models import Exchange, Film, Theme, Tool, ToolUse, Topic, User
from tests.admin.forms import deleted
from tests.importer.articles import article as article_of
from tests.importer.articles import bring, edition, exchange, film, interview, with_film

pytestmark = pytest.mark.django_db
THEMES = '[[film]]\nmaker = "阿米"\nthemes = { editor = ["寓言", "动物"] }\n'


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    return client


def delete(desk: Client, row: Any) -> None:
    response = deleted(desk, reverse(f"admin:films_{row._meta.model_name}_delete", args=[row.pk]))
    assert response.status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()


def next_article(**values: Any) -> Any:
    """Another article, whose film asks for the same words."""
    facts = film(key="b", interview=interview([exchange(1)]), **values)
    return article_of(films=(facts,), headline="另一篇文章", edition=edition())


def said(report: Any) -> list[tuple[str, str, int | None, bool]]:
    points = [point for point in report.points if point.code == "word_deleted"]
    return [(point.record.split(":")[0], point.values["name"], point.line, point.doubt) for point in points]


def test_a_tool_a_topic_and_a_theme_stay_deleted(desk: Client) -> None:
    bring(with_film(), editors=THEMES)
    ToolUse.objects.all().delete()
    topic = Topic.objects.get(exchanges__question="最大的难点是什么？")
    for row in (Tool.objects.get(), topic, Theme.objects.get(name="寓言")):
        delete(desk, row)
    dry = bring(next_article(), "b.txt", editors=THEMES, dry_run=True)
    report = bring(next_article(), "b.txt", editors=THEMES)
    assert dry.to_json() == report.to_json()
    assert said(report) == [
        ("film", "寓言", 10, False),
        ("exchange", topic.name, 24, False),
        ("tooluse", "Runway", 26, False),
    ]
    new = Film.objects.get(source_key="b")
    assert (report.status, new.status) == ("published", "published")
    assert (Tool.objects.count(), new.tool_uses.count()) == (0, 0)
    assert not Topic.objects.filter(name=topic.name).exists()
    assert Exchange.objects.get(interview__film=new).topic is None
    assert [theme.name for theme in new.themes.all()] == ["动物"]


def test_the_same_article_does_not_bring_it_back_either(desk: Client) -> None:
    bring(with_film())
    topic = Topic.objects.get(exchanges__question="最大的难点是什么？")
    delete(desk, topic)
    report = bring(with_film(synopsis="另一段简介。"))
    assert [name for _kind, name, *_ in said(report)] == [topic.name]
    assert not Topic.objects.filter(name=topic.name).exists()
    # An editor wants it after all.
    Topic.objects.create(name=topic.name)
    assert said(bring(with_film(synopsis="第三段简介。"))) == []
    assert Exchange.objects.get(question="最大的难点是什么？").topic.name == topic.name


def test_a_word_that_was_joined_with_another_goes_by_that(desk: Client) -> None:
    bring(with_film())
    ToolUse.objects.all().delete()
    delete(desk, Tool.objects.get())
    kept = Tool.objects.create(name="跑道", aliases=["Runway"])
    report = bring(next_article(), "b.txt")
    assert said(report) == []
    assert ToolUse.objects.get().tool == kept
