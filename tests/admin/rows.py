"""One row of every registered model, with what hangs on it, for the tests that walk the whole admin."""

from collections.abc import Callable
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from films.choices import CaptionLanguage
from films.models import (
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    ImportRun,
    Interview,
    Organisation,
    Partnership,
    SecurityEvent,
    SlugRedirect,
    Source,
    Theme,
    Tool,
    Topic,
    User,
    Work,
    WorkMention,
)
from tests.factories import (
    make_caption,
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_portrait,
    make_poster,
    make_source,
    make_still,
    make_tool,
    make_tool_use,
    make_topic,
    make_video,
    make_work,
)

numbers = count(1)


def full_film(inlines: int = 1, **values: Any) -> Film:
    """A film with edition, themes, tools, mentions and an interview, each of them its own."""
    source = make_source()
    key = f"film-{next(numbers)}"
    film = make_film(
        edition=make_edition(),
        source=source,
        source_key=key,
        passages={"title": [3, 3]},
        adapted_from=make_work(),
        **values,
    )
    film.themes.add(make_theme())
    interview = make_interview(film=film, edition=film.edition)
    for position in range(1, inlines + 1):
        exchange = make_exchange(interview=interview, position=position, speaker=make_creator(), topic=make_topic())
        Credit.objects.create(film=film, creator=make_creator(), role="music", position=position)
        make_tool_use(film=film, tool=make_tool(), exchange=exchange, position=position)
        WorkMention.objects.create(film=film, work=make_work(), exchange=exchange, position=position)
        make_still(film=film, position=position)
    for language in CaptionLanguage.values[:inlines]:
        make_caption(film=film, language=language)
    make_poster(film=film)
    make_video(film=film)
    film.pull_quote, film.pull_quote_exchange = exchange.answer, exchange
    film.save()
    return film


def full_interview(inlines: int = 1) -> Interview:
    return full_film(inlines).interviews.get()


def full_exchange(inlines: int = 1) -> Exchange:
    return full_interview(inlines).exchanges.first()


def full_edition(inlines: int = 1) -> Edition:
    edition = make_edition(source=make_source(), source_key="edition", passages={"theme": [1, 2]})
    for position in range(inlines):
        make_partnership(edition, position)
    make_film(edition=edition)
    return edition


def make_partnership(edition: Edition, position: int) -> Partnership:
    return Partnership.objects.create(edition=edition, organisation=make_organisation(), position=position)


def make_organisation(inlines: int = 1) -> Organisation:
    return Organisation.objects.create(name=f"机构{next(numbers)}")


def full_creator(inlines: int = 1) -> Creator:
    creator = make_portrait(creator=make_creator(links=["https://example.org/"])).creator
    for _ in range(inlines):
        make_film(creator=creator)
    return creator


def make_theme(inlines: int = 1) -> Theme:
    return Theme.objects.create(name=f"主题词{next(numbers)}")


def full_source(inlines: int = 1) -> Source:
    source = make_source(report=report_of("film:a"), records={"film:a": [1, 3], "film:gone": [4, 5]})
    for number in range(inlines):
        film = make_film(source=source, source_key="a" if not number else f"a{number}")
        interview = make_interview(film=film, source=source, source_key=f"talk-{number}")
        make_exchange(interview=interview, speaker=make_creator(), source=source, source_key=f"q-{number}")
        make_edition(source=source, source_key=f"e{number}")
    return source


def report_of(record: str) -> dict[str, Any]:
    return {
        "path": "seeds/a.txt",
        "sha256": "0" * 64,
        "outcome": "created",
        "status": "draft",
        "changes": [{"record": record, "field": "synopsis", "kind": "conflict", "from": "旧", "to": "新"}],
        "points": [
            {"code": "publisher", "message": "没有发布者", "line": 1, "record": None, "doubt": False},
            {"code": "damaged", "message": "有损坏", "line": 3, "record": record, "doubt": True},
        ],
        "coverage": {
            "body_characters": 200,
            "used_characters": 199,
            "unused_lines": [[3, "10"]],
            "chrome_lines": [[1, "登录"]],
        },
    }


def full_run(inlines: int = 1) -> ImportRun:
    user = make_user()
    report = {"version": 1, "files": [report_of("film:a")], "totals": {"created": 1}}
    return ImportRun.objects.create(user=user, options={"dry_run": False}, counts={"created": 1}, report=report)


def make_user(inlines: int = 1, **values: Any) -> User:
    user = User.objects.create_user(username=f"user{next(numbers)}", **values)
    user.groups.add(make_group())
    return user


def make_group(inlines: int = 1) -> Group:
    return Group.objects.create(name=f"组{next(numbers)}")


def make_event(inlines: int = 1) -> SecurityEvent:
    return SecurityEvent.objects.create(kind="sign_in", name=f"user{next(numbers)}", address="192.0.2.1")


def make_redirect(inlines: int = 1) -> SlugRedirect:
    return SlugRedirect.objects.create(model="film", slug=f"old-{next(numbers)}", target_id=make_film().pk)


def full_tool(inlines: int = 1) -> Tool:
    return make_tool(aliases=["即梦AI", "Dreamina"])


def full_topic(inlines: int = 1) -> Topic:
    return make_topic(cues=["最难的"])


def full_work(inlines: int = 1) -> Work:
    return make_work()


# Every registered model and how to make a row; `inlines` is the number of rows in its form's inlines.
ROWS: dict[type[Any], Callable[..., Any]] = {
    Creator: full_creator,
    Edition: full_edition,
    Exchange: full_exchange,
    Film: full_film,
    Group: make_group,
    ImportRun: full_run,
    Interview: full_interview,
    Organisation: make_organisation,
    SecurityEvent: make_event,
    SlugRedirect: make_redirect,
    Source: full_source,
    Theme: make_theme,
    Tool: full_tool,
    Topic: full_topic,
    User: make_user,
    Work: full_work,
}
