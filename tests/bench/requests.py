"""What a large site is asked, by name: lists, filters, deep pages, entries, searches."""

from typing import Any

from django.db.models import Count

from films.models import Creator, Edition, Exchange, Film, Interview, Source, Theme, Tool, Topic, Work

DEEP = 4000


def largest(rows: Any, relation: str) -> str:
    """The slug of the row that most others belong to."""
    return str(rows.annotate(size=Count(relation)).order_by("-size", "pk").values_list("slug", flat=True)[0])


def smallest(rows: Any, relation: str) -> str:
    sized = rows.annotate(size=Count(relation)).filter(size__gt=0).order_by("size", "-pk")
    return str(sized.values_list("slug", flat=True)[0])


def deep(rows: Any) -> int:
    """A page far behind, as far as there are so many."""
    return int(min(DEEP, rows.count() // 24))


def paths() -> dict[str, str]:
    """Each request by its name; the same names whatever the size of the site."""
    films, talks = Film.objects.published(), Interview.objects.published()
    tool, rare_tool = largest(Tool.objects, "uses"), smallest(Tool.objects, "uses")
    edition, small_edition = largest(Edition.objects, "films"), smallest(Edition.objects, "films")
    creator, theme = largest(Creator.objects, "credits"), largest(Theme.objects, "films")
    topic, work = largest(Topic.objects, "exchanges"), largest(Work.objects, "mentions")
    film = films.filter(interviews__isnull=False, edition__slug=edition).order_by("-pk")[0]
    table = talks.filter(film=None).order_by("-pk")[0]
    last, on_topic = deep(films), films.filter(interviews__exchanges__topic__slug=topic).distinct()
    year = Source.objects.published().exclude(published_on=None).order_by("published_on")[0].published_on.year
    return {
        "home": "/",
        "films": "/films/",
        "films by date": "/films/?sort=newest",
        "films by title": "/films/?sort=title",
        "films by running time": "/films/?sort=runtime",
        "films, deep page": f"/films/?page={last}",
        "films by date, deep page": f"/films/?sort=newest&page={last}",
        "films by title, deep page": f"/films/?sort=title&page={last}",
        "films by running time, deep page": f"/films/?sort=runtime&page={last}",
        "films, common tool": f"/films/?tool={tool}&sort=newest",
        "films, rare tool": f"/films/?tool={rare_tool}&sort=newest",
        "films, common theme": f"/films/?theme={theme}&sort=newest",
        "films, large edition": f"/films/?edition={edition}",
        "films, small edition": f"/films/?edition={small_edition}",
        "films, creator": f"/films/?creator={creator}",
        "films, topic": f"/films/?topic={topic}&sort=newest",
        "films, topic, deep page": f"/films/?topic={topic}&sort=title&page={deep(on_topic) // 2 + 1}",
        "films, running time": "/films/?runtime=3-5&sort=newest",
        "films, untitled": "/films/?title=none&sort=newest",
        "films, without interview": "/films/?interview=no&sort=newest",
        "films, tool and edition": f"/films/?tool={tool}&edition={edition}",
        "films, words": "/films/?q=天空&sort=newest",
        "films, a usual word": "/films/?q=画面&sort=newest",
        "film": film.get_absolute_url(),
        "interviews": "/interviews/",
        "interviews, deep page": f"/interviews/?page={deep(talks)}",
        "interviews, topic": f"/interviews/?topic={topic}",
        "interviews, year": f"/interviews/?year={year}",
        "interviews, edition": f"/interviews/?edition={edition}",
        "interviews, words": "/interviews/?q=天空",
        "interview": table.get_absolute_url(),
        "creators": "/creators/",
        "creators, deep page": f"/creators/?page={min(deep(Creator.objects.published()), DEEP)}",
        "creator": f"/creators/{creator}/",
        "editions": "/editions/",
        "edition": f"/editions/{edition}/",
        "topics": "/topics/",
        "topic": f"/topics/{topic}/",
        "topic, deep page": f"/topics/{topic}/?page={deep(Exchange.objects.published().filter(topic__slug=topic))}",
        "tools": "/tools/",
        "tool": f"/tools/{tool}/",
        "work": f"/works/{work}/",
        "source": f"/sources/{Source.objects.published().order_by('pk')[0].slug}/",
        "film feed": "/feeds/films.atom",
        "edition feed": f"/feeds/editions/{edition}.atom",
        "sitemap": "/sitemap.xml",
        "sitemap of films": "/sitemap-films.xml",
        "search, rare": "/search/?q=极光",
        "search": "/search/?q=天空",
        "search, common": "/search/?q=画面",
        "search, one character": "/search/?q=天",
        "search, one character, nothing found": "/search/?q=鹿",
        "search, pinyin": "/search/?q=tiankong",
        "search, two words": "/search/?q=天空 画面",
        "films as data": "/api/v1/films/",
        "films as data, filtered": f"/api/v1/films/?tool={tool}",
        "film as data": f"/api/v1/films/{film.slug}/",
        "interviews as data": "/api/v1/interviews/",
        "creators as data": "/api/v1/creators/",
        "edition as data": f"/api/v1/editions/{edition}/",
        "topics as data": "/api/v1/topics/",
        "topic as data": f"/api/v1/topics/{topic}/",
    }
