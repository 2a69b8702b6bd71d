"""Plain functions that make rows for tests; every argument can be overridden."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from PIL import Image

from films import generation
from films.models import (
    Caption,
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Portrait,
    Poster,
    Source,
    Still,
    Tool,
    ToolUse,
    Topic,
    Video,
    Work,
)

UPLOADS = Path(__file__).parent / "uploads"
WEBVTT = "WEBVTT\n\n00:01.000 --> 00:03.500\n小鹿走进森林\n\n00:04.000 --> 00:06.000\n它再也没有回来\n"

_numbers = count(1)


def make_source(**values: Any) -> Source:
    number = next(_numbers)
    values.setdefault("name", f"article-{number}.txt")
    values.setdefault("identity", f"identity-{number}")
    values.setdefault("sha256", f"{number:064x}")
    values.setdefault("encoding", "utf-8")
    values.setdefault("language", "zh-hans")
    values.setdefault("headline", f"文章{number}")
    values.setdefault("text", "文章\n\n正文")
    return Source.objects.create(**values)


def make_edition(**values: Any) -> Edition:
    values.setdefault("name", "未来影像计划")
    values.setdefault("theme", f"主题{next(_numbers)}")
    values.setdefault("status", "published")
    return Edition.objects.create(**values)


def make_creator(**values: Any) -> Creator:
    values.setdefault("name", f"作者{next(_numbers)}")
    return Creator.objects.create(**values)


def make_film(*, creator: Creator | None = None, **values: Any) -> Film:
    values.setdefault("title", f"片{next(_numbers)}")
    values.setdefault("title_origin", "heading" if values["title"] else "not_stated")
    values.setdefault("status", "published")
    values.setdefault("synopsis", "一个简介。")
    film = Film.objects.create(**values)
    Credit.objects.create(film=film, creator=creator or make_creator())
    return film


def make_interview(*, exchanges: int = 1, **values: Any) -> Interview:
    values.setdefault("interviewer", "NOWNESS")
    values.setdefault("status", "published")
    interview = Interview.objects.create(**values)
    for _ in range(exchanges):
        make_exchange(interview=interview)
    return interview


def make_exchange(**values: Any) -> Exchange:
    number = next(_numbers)
    values.setdefault("position", number)
    values.setdefault("question", f"第{number}问?")
    values.setdefault("answer", f"第{number}答。")
    return Exchange.objects.create(**values)


def make_video(*, file: str = "", **values: Any) -> Video:
    """At a video site; with `file="small.webm"` (or mp4) a file of ours."""
    if file:
        values["file"] = ContentFile((UPLOADS / file).read_bytes(), name=file)
    elif "site" not in values:
        values |= {"site": "youtube", "site_id": "dQw4w9WgXcQ"}
    values["film"] = values.get("film") or make_film()
    return Video.objects.create(**values)


def make_caption(**values: Any) -> Caption:
    values.setdefault("text", WEBVTT)
    values["film"] = values.get("film") or make_film()
    return Caption.objects.create(**values)


def picture_file(width: int = 60, height: int = 90, format: str = "PNG", **options: Any) -> Any:
    """A small picture of which no two are alike."""
    file, number = BytesIO(), next(_numbers)
    image = Image.new("RGB", (width, height), (number % 256, number // 256 % 256, 90))
    image.paste((250, 200, 60), (width // 4, height // 4, width // 2, height // 2))
    image.save(file, format, **options)
    return ContentFile(file.getvalue(), name=f"picture.{format.lower()}")


def picture_values(values: dict[str, Any]) -> dict[str, Any]:
    return {"image": values.get("image") or picture_file(), "alt": "雪地里的鹿", "credit": "CamRed 提供"} | values


def make_poster(**values: Any) -> Poster:
    values["film"] = values.get("film") or make_film()
    return Poster.objects.create(**picture_values(values))


def make_still(**values: Any) -> Still:
    values["film"] = values.get("film") or make_film()
    return Still.objects.create(**picture_values(values))


def make_portrait(**values: Any) -> Portrait:
    values["creator"] = values.get("creator") or make_creator()
    return Portrait.objects.create(**picture_values(values))


def make_tool(**values: Any) -> Tool:
    values.setdefault("name", f"Tool {next(_numbers)}")
    return Tool.objects.create(**values)


def make_tool_use(**values: Any) -> ToolUse:
    return ToolUse.objects.create(**values)


def make_topic(**values: Any) -> Topic:
    values.setdefault("name", f"问题{next(_numbers)}")
    return Topic.objects.create(**values)


def make_work(**values: Any) -> Work:
    values.setdefault("title", f"作品{next(_numbers)}")
    return Work.objects.create(**values)


@contextmanager
def settled() -> Iterator[None]:
    """Inside, what was made before counts as committed: pages keep what they count, as on a site, and forget it after."""
    waiting = connection.run_on_commit
    # All else that waits for the end of the transaction goes on waiting, files above all.
    waiting[:] = [call for call in waiting if getattr(call[1], "func", None) is not generation.content_changed]
    generation.content_changed()
    try:
        yield
    finally:
        generation.content_changed()
