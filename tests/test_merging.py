"""Joining duplicates: everything moves, nothing is lost, the importer and old addresses follow, and it can be undone."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from reversion.models import Revision

from films import merging
from films.importer import import_seeds
from films.merging.joining import Stale
from films.merging.relations import FATES, Fate, Unruled, every, moving
from films.models import (
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Organisation,
    Partnership,
    Portrait,
    SlugRedirect,
    Theme,
    Tool,
    ToolUse,
    Topic,
    Work,
    WorkMention,
)
from films.search import check
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_portrait,
    make_source,
    make_tool,
    make_tool_use,
    make_topic,
    make_work,
)
from tests.importer.texts import article_text

pytestmark = pytest.mark.django_db


def join(*rows: Any, kept: Any = None, **choices: str) -> merging.Joined:
    return merging.join(merging.Wish(type(rows[0]), [row.pk for row in rows], (kept or rows[0]).pk, choices), None)


def undo(joined: merging.Joined) -> list[str]:
    [merge] = merging.merges(key=joined.revision)
    return merging.undo(merge, None)


def everything() -> dict[str, Any]:
    """Every row of ours that people read, as plain values; what counts saves is left out."""
    told = {}
    for model in apps.get_app_config("films").get_models():
        if model._meta.model_name in ("searchdocument", "user", "importrun", "slugredirect"):
            continue
        uncounted = {"version", "updated_at", "last_anchor", "records", "report"}
        names = [f.attname for f in model._meta.concrete_fields if f.name not in uncounted]
        told[model.__name__] = list(model._base_manager.order_by("pk").values(*names))
    told["themes"] = sorted(Film.themes.through._default_manager.values_list("film", "theme"))
    return told


# Which relations there are, and that each has a rule


@pytest.mark.parametrize("model", merging.MERGEABLE)
def test_every_relation_has_a_rule(model: type[Model]) -> None:
    assert [relation.name for relation in every(model) if relation.name not in FATES] == []


def test_every_rule_is_about_a_relation() -> None:
    assert {relation.name for model in merging.MERGEABLE for relation in every(model)} == set(FATES)


def test_a_relation_without_a_rule_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FATES, "credit.creator")
    with pytest.raises(Unruled, match=r"credit\.creator"):
        moving(Creator)


def test_what_moves_is_a_column_of_a_stored_table() -> None:
    for model in merging.MERGEABLE:
        for relation in moving(model):
            assert FATES[relation.name] == Fate.MOVES
            assert relation.model._meta.get_field(relation.field).concrete


# What moves


def test_films_and_answers_of_two_makers_become_one_makers() -> None:
    kept, gone = make_creator(name="CamRed"), make_creator(name="Cam Red")
    film = make_film(creator=gone)
    answer = make_exchange(interview=make_interview(film=film, exchanges=0), speaker=gone)
    joined = join(kept, gone)
    assert (joined.names, joined.moved, joined.doubles) == (["Cam Red"], 2, 0)
    assert Creator.objects.get() == kept
    assert list(film.creators.all()) == [kept]
    answer.refresh_from_db()
    assert answer.speaker == kept
    kept.refresh_from_db()
    assert kept.aliases == ["Cam Red"]


def test_two_credits_for_the_same_work_on_a_film_become_one() -> None:
    kept, gone = make_creator(), make_creator()
    film = make_film(creator=kept)
    Credit.objects.create(film=film, creator=gone)
    music = Credit.objects.create(film=film, creator=gone, role="music")
    assert join(kept, gone).doubles == 1
    assert sorted(film.credits.values_list("creator", "role")) == [(kept.pk, "maker"), (kept.pk, "music")]
    music.refresh_from_db()
    assert music.creator == kept


def test_a_portrait_moves_to_a_maker_without_one() -> None:
    kept, gone = make_creator(), make_creator()
    portrait = make_portrait(creator=gone)
    before = everything()
    joined = join(kept, gone)
    assert (joined.moved, joined.doubles) == (1, 0)
    assert Portrait.objects.get().creator == kept
    undo(joined)
    assert everything() == before
    assert portrait.image.storage.exists(portrait.image.name)


def test_of_two_portraits_one_stays_with_its_own_words() -> None:
    kept, gone = make_creator(), make_creator()
    mine = make_portrait(creator=kept, alt_en="")
    make_portrait(creator=gone, alt_en="Somebody else")
    before = everything()
    joined = join(kept, gone)
    assert joined.doubles == 1
    assert Portrait.objects.values_list("pk", "creator", "alt_en").get() == (mine.pk, kept.pk, "")
    undo(joined)
    assert everything() == before


def test_of_two_equal_rows_the_one_from_an_article_stays_with_what_only_the_other_says() -> None:
    kept, gone, film = make_tool(name="Midjourney"), make_tool(name="MJ7"), make_film()
    typed = make_tool_use(film=film, tool=kept, step="image", version="7", quote="")
    imported = {"tool": "MJ7", "tool_id": gone.pk}
    given = make_tool_use(
        film=film, tool=gone, step="image", quote="我用MJ7。", source=make_source(), source_key="k", imported=imported
    )
    assert join(kept, gone).doubles == 1
    use = ToolUse.objects.get()
    assert (use.pk, use.tool, use.version, use.quote) == (given.pk, kept, "7", "我用MJ7。")
    assert use.imported == {"tool": "MJ7", "tool_id": kept.pk}
    assert typed.pk != use.pk


def test_works_topics_themes_and_organisations_are_joined_by_the_same_code() -> None:
    film, edition = make_film(adapted_from=make_work(title="西游")), make_edition()
    work, topic, other = make_work(title="西游记"), make_topic(name="甲"), make_topic(name="乙")
    WorkMention.objects.create(film=film, work=film.adapted_from)
    asked = make_exchange(interview=make_interview(film=film, exchanges=0), topic=other)
    themes = [Theme.objects.create(name=name) for name in ("神话", "神話")]
    film.themes.set(themes)
    houses = [Organisation.objects.create(name=name) for name in ("NOWNESS", "Nowness现在")]
    Partnership.objects.create(edition=edition, organisation=houses[1])
    join(work, film.adapted_from)
    join(topic, other)
    assert join(*themes).doubles == 1
    join(*houses)
    film.refresh_from_db()
    asked.refresh_from_db()
    assert (film.adapted_from, film.mentions.get().work, asked.topic) == (work, work, topic)
    assert (list(film.themes.all()), list(edition.organisations.all())) == ([themes[0]], [houses[0]])
    kinds: tuple[Any, ...] = (Work, Topic, Theme, Organisation)
    assert [model.objects.get().aliases for model in kinds] == [["西游"], ["乙"], ["神話"], ["Nowness现在"]]


def test_three_at_once_and_the_younger_one_may_stay() -> None:
    first, second, kept = make_creator(name="甲"), make_creator(name="乙"), make_creator(name="丙")
    film = make_film(creator=first)
    Credit.objects.create(film=film, creator=second)
    joined = join(first, second, kept, kept=kept)
    assert (joined.moved, joined.doubles) == (2, 1)
    assert list(film.creators.all()) == [kept]
    assert Creator.objects.get().aliases == ["甲", "乙"]


def test_each_field_has_the_chosen_value_lists_are_put_together_and_gaps_are_filled() -> None:
    kept = make_creator(name="甲", bio="旧", links=["https://a.example/", "https://b.example/"])
    gone = make_creator(name="乙", name_en="Yi", bio="新", links=["https://B.example/", "https://c.example/"])
    join(kept, gone, name=str(gone.pk), bio=str(gone.pk))
    row = Creator.objects.get()
    assert (row.pk, row.name, row.compared_name, row.bio, row.name_en) == (kept.pk, "乙", "乙", "新", "Yi")
    assert row.aliases == ["甲"]
    assert row.links == ["https://a.example/", "https://b.example/", "https://c.example/"]


def test_choices_of_other_rows_and_unknown_fields_change_nothing() -> None:
    kept, gone, other = make_creator(bio="旧"), make_creator(bio="新"), make_creator(bio="别")
    join(kept, gone, bio=str(other.pk), pk="5", compared_name=str(gone.pk), created="x")
    kept.refresh_from_db()
    assert (kept.bio, Creator.objects.count()) == ("旧", 2)


# What follows: addresses, search, versions


def test_every_old_address_answers_with_the_one_that_stays(client: Client) -> None:
    kept, gone = make_creator(name="甲"), make_creator(name="乙")
    make_film(creator=gone)
    gone.slug, older = "yi-new", gone.slug
    gone.save()
    join(kept, gone)
    for slug in ("yi-new", older):
        response = client.get(f"/creators/{slug}/")
        assert (response.status_code, response["Location"]) == (301, f"/creators/{kept.slug}/")
    assert client.get(f"/creators/{kept.slug}/").status_code == 200


def test_the_chosen_address_is_the_kept_ones_and_its_own_old_one_leads_there(client: Client) -> None:
    kept, gone = make_creator(name="甲"), make_creator(name="乙")
    make_film(creator=kept)
    join(kept, gone, slug=str(gone.pk))
    assert client.get(f"/creators/{gone.slug}/").status_code == 200
    assert client.get(f"/creators/{kept.slug}/")["Location"] == f"/creators/{gone.slug}/"
    assert SlugRedirect.objects.count() == 1


def test_the_search_is_in_step_after_joining_and_after_undoing() -> None:
    call_command("import_seeds", str(settings.BASE_DIR / "seeds"), verbosity=0)
    film = Film.objects.order_by("pk")[0]
    pairs: list[tuple[Any, Any]] = [
        (Creator.objects.order_by("pk")[0], make_creator(name="别名甲")),
        (Tool.objects.order_by("pk")[0], make_tool(name="别的工具")),
        (Work.objects.order_by("pk")[0], make_work(title="别的作品")),
        (Theme.objects.order_by("pk")[0], Theme.objects.create(name="别的主题")),
        (Organisation.objects.order_by("pk")[0], Organisation.objects.create(name="别的机构")),
    ]
    make_tool_use(film=film, tool=pairs[1][1])
    call_command("rebuild_search", verbosity=0)
    for kept, gone in pairs:
        joined = join(kept, gone)
        assert check() == [], kept
        undo(joined)
        assert check() == [], kept


def test_the_old_name_still_finds_the_one_that_stays(client: Client) -> None:
    kept, gone = make_creator(name="CamRed"), make_creator(name="凯姆")
    make_film(creator=gone)
    join(kept, gone)
    work, other = make_work(title="星星王子"), make_work(title="小王子")
    WorkMention.objects.create(film=kept.films.get(), work=other)
    join(work, other)
    assert f'href="/creators/{kept.slug}/"' in client.get("/search/", {"q": "凯姆"}).text
    assert f'href="/works/{work.slug}/"' in client.get("/search/", {"q": "小王子"}).text


def test_a_form_that_was_open_meanwhile_is_stale() -> None:
    kept, gone = make_creator(), make_creator()
    film = make_film(creator=gone)
    talk = make_interview(film=film, exchanges=0)
    make_exchange(interview=talk, speaker=gone)
    untouched = make_film(creator=kept)
    join(kept, gone)
    assert dict(Film.objects.values_list("pk", "version")) == {film.pk: 2, untouched.pk: 1}
    assert Interview.objects.get().version == 2


def test_what_somebody_changed_meanwhile_is_not_joined() -> None:
    kept, gone = make_creator(), make_creator()
    stamp = merging.preview(Creator, [kept.pk, gone.pk], kept.pk).stamp
    assert merging.preview(Creator, [kept.pk, gone.pk], gone.pk).stamp == stamp
    make_film(creator=gone)
    with pytest.raises(Stale, match="别人改过"):
        merging.join(merging.Wish(Creator, [kept.pk, gone.pk], kept.pk, stamp=stamp), None)
    later = merging.preview(Creator, [kept.pk, gone.pk], kept.pk).stamp
    Creator.objects.filter(pk=gone.pk).update(bio="新")
    with pytest.raises(Stale):
        merging.join(merging.Wish(Creator, [kept.pk, gone.pk], kept.pk, stamp=later), None)
    Creator.objects.filter(pk=gone.pk).delete() if not Credit.objects.filter(creator=gone).delete() else gone.delete()
    with pytest.raises(Stale, match="已经不在"):
        merging.join(merging.Wish(Creator, [kept.pk, gone.pk], kept.pk), None)


# The importer


def article(tmp_path: Any, name: str, **values: Any) -> Any:
    path = tmp_path / name
    path.write_text(article_text(**values), encoding="utf-8")
    return path


def test_a_later_import_finds_the_joined_one_and_changes_nothing(tmp_path: Any) -> None:
    one = article(tmp_path, "one.txt", maker="CamRed")
    two = article(tmp_path, "two.txt", headline="另一篇文章", maker="凯姆")
    import_seeds([one, two])
    kept, gone = Creator.objects.get(name="CamRed"), Creator.objects.get(name="凯姆")
    join(kept, gone)
    assert [file["outcome"] for file in import_seeds([one, two]).files] == ["unchanged", "unchanged"]
    # Read again though it is the same article: not a word of the people in it has changed.
    article(tmp_path, "two.txt", headline="另一篇文章", maker="凯姆", views=9000)
    [again] = import_seeds([two]).files
    assert (again["outcome"], again["changes"]) == ("updated", [])
    # A new article that writes the old name means the same person.
    [new] = import_seeds([article(tmp_path, "three.txt", headline="第三篇文章", maker="凯姆")]).files
    assert new["outcome"] == "created"
    assert list(Creator.objects.values_list("name", flat=True)) == ["CamRed"]
    assert Credit.objects.filter(creator=kept).count() == 3
    assert Exchange.objects.filter(speaker=kept).count() == 9


def test_an_article_that_writes_both_names_says_it_once(tmp_path: Any) -> None:
    answers = ("我用Runway和即梦生成影像，断断续续做了半年，画了上百张分镜。",)
    import_seeds([article(tmp_path, "one.txt", answers=answers)])
    assert ToolUse.objects.count() == 2
    join(Tool.objects.get(name="Runway"), Tool.objects.get(name="即梦"))
    [new] = import_seeds([article(tmp_path, "two.txt", headline="另一篇文章", answers=answers)]).files
    assert (new["outcome"], new["reason"]) == ("created", None)
    assert ToolUse.objects.filter(film__source__name="two.txt").count() == 1


def test_after_joining_an_article_may_still_name_somebody_else(tmp_path: Any) -> None:
    path = article(tmp_path, "one.txt", maker="凯姆")
    import_seeds([path])
    join(make_creator(name="CamRed"), Creator.objects.get(name="凯姆"))
    article(tmp_path, "one.txt", maker="阿米")
    import_seeds([path])
    # A film is known by its maker: the old one has left the article and, untouched by anybody, is archived.
    told = Film.objects.order_by("pk").values_list("creators__name", "status")
    assert list(told) == [("CamRed", "archived"), ("阿米", "published")]


def test_joined_tools_topics_and_works_are_found_by_their_old_names(tmp_path: Any) -> None:
    answers = ("我用Runway生成影像，也读了《小王子》，断断续续做了半年。",)
    import_seeds([article(tmp_path, "one.txt", answers=answers)])
    tool, work, topic = Tool.objects.get(), Work.objects.get(), Topic.objects.filter(name__contains="难").get()
    join(make_tool(name="跑道"), tool)
    join(make_work(title="星星王子"), work)
    join(make_topic(name="难处"), topic)
    import_seeds([article(tmp_path, "two.txt", headline="另一篇文章", answers=answers)])
    assert list(Tool.objects.values_list("name", flat=True)) == ["跑道"]
    assert list(Work.objects.values_list("title", flat=True)) == ["星星王子"]
    assert not Topic.objects.filter(name=topic.name).exists()
    assert Topic.objects.get(name="难处").exchanges.count() == 2


# Undoing


@pytest.fixture
def site() -> None:
    call_command("import_seeds", str(settings.BASE_DIR / "seeds"), verbosity=0)


@pytest.mark.parametrize("model", [Creator, Tool, Work, Topic, Theme, Organisation])
def test_undoing_brings_every_row_back(site: None, model: Any) -> None:
    kept, gone = model.objects.order_by("pk")[:2]
    film = Film.objects.order_by("pk")[0]
    if model is Creator:
        Credit.objects.create(film=film, creator=kept, role="music")
        Credit.objects.create(film=film, creator=gone, role="music")
    if model is Theme:
        film.themes.add(kept, gone)
    before, redirects = everything(), list(SlugRedirect.objects.values())
    choice = {merging.name_field(model): str(gone.pk)} | ({"slug": str(gone.pk)} if hasattr(kept, "slug") else {})
    joined = join(kept, gone, **choice)
    assert everything() != before
    assert undo(joined) == []
    assert everything() == before
    assert list(SlugRedirect.objects.values()) == redirects
    [merge] = merging.merges(key=joined.revision)
    assert merge.is_undone
    with pytest.raises(merging.Refused, match="已经撤销"):
        merging.undo(merge, None)


def test_work_done_after_the_joining_is_kept(site: None) -> None:
    kept, gone = Creator.objects.order_by("pk")[:2]
    theirs = Exchange.objects.filter(speaker=gone)[0]
    joined = join(kept, gone)
    Exchange.objects.filter(pk=theirs.pk).update(answer="改过的回答。")
    Creator.objects.filter(pk=kept.pk).update(bio="新的介绍。")
    later = make_film(creator=kept)
    undo(joined)
    theirs.refresh_from_db()
    assert (theirs.speaker, theirs.answer) == (gone, "改过的回答。")
    kept.refresh_from_db()
    assert (kept.bio, kept.aliases) == ("新的介绍。", [])
    assert list(later.creators.all()) == [kept]


def test_what_was_deleted_after_the_joining_stays_deleted(site: None) -> None:
    kept, gone = Creator.objects.order_by("pk")[:2]
    film = gone.films.get()
    joined = join(kept, gone)
    film.delete()
    undo(joined)
    assert Creator.objects.filter(pk=gone.pk).exists()
    assert not gone.credits.exists()
    assert not Film.objects.filter(pk=film.pk).exists()


def test_undoing_says_when_a_name_is_taken_again(site: None) -> None:
    kept, gone = Creator.objects.order_by("pk")[:2]
    joined = join(kept, gone)
    before = everything()
    make_creator(name=gone.name).delete()
    Creator.objects.create(name=gone.name, slug="another")
    taken = everything()
    with pytest.raises(merging.Refused, match="被另一条占用"):
        undo(joined)
    assert everything() == taken != before


def test_one_revision_tells_of_the_joining_and_one_of_what_was_before(site: None) -> None:
    kept, gone = Creator.objects.order_by("pk")[:2]
    films = set(gone.films.values_list("pk", flat=True))
    known = Revision.objects.count()
    joined = join(kept, gone)
    assert Revision.objects.count() == known + 2
    [merge] = merging.merges(key=joined.revision)
    assert (merge.model, merge.kept, merge.gone, merge.names) == (Creator, kept.pk, (gone.pk,), (gone.name,))
    before = Revision.objects.get(pk=merge.before)
    told = {(version._model, int(version.object_id)) for version in before.version_set.all()}
    assert {(Creator, kept.pk), (Creator, gone.pk)} <= told
    assert {(Film, pk) for pk in films} <= told
    assert LogEntry.objects.count() == 0


# What may be double


def test_likely_doubles_share_a_spelling_a_sound_or_an_alias() -> None:
    alike = [make_creator(name="Cam Red"), make_creator(name="cam-red")]
    traditional = [make_creator(name="朱齊雲"), make_creator(name="朱齐云")]
    sound = [make_creator(name="阿米"), make_creator(name="阿糜")]
    crossing = [make_creator(name="巩烨", aliases=["GY"]), make_creator(name="G.Y.")]
    make_creator(name="别人")
    found = {group.keys: group.by_sound for group in merging.likely_groups(Creator)}
    pairs = {tuple(row.pk for row in rows): rows is sound for rows in (alike, traditional, sound, crossing)}
    assert found == pairs
    assert list(found.values())[-1] is True


def test_likely_doubles_of_the_other_kinds() -> None:
    tools = [make_tool(name="Runway"), make_tool(name="Gen", aliases=["run way"])]
    works = [make_work(title="紅樓夢"), make_work(title="红楼梦")]
    assert [group.keys for group in merging.likely_groups(Tool)] == [tuple(row.pk for row in tools)]
    assert [group.keys for group in merging.likely_groups(Work)] == [tuple(row.pk for row in works)]
    assert merging.likely_groups(Edition.organisations.field.related_model) == []
