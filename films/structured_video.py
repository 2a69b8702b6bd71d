"""The film itself in schema.org's words: where it plays, and what is said in it."""

from typing import Any

from django.utils.translation import get_language

from films.models import Film
from films.structured_data import Absolute, Node, moment, node
from films.templatetags.formatting import localised, runtime_iso


def video_object(film: Film, absolute: Absolute, image: str) -> Node | None:
    """The video of a film, with the transcript in the language of the page if there is one; no query."""
    video: Any = getattr(film, "video", None)
    if video is None:
        return None
    captions: list[Any] = list(film.captions.all())
    # The page's own language sorts first.
    in_order = sorted(captions, key=lambda caption: not caption.language.startswith((get_language() or "zh")[:2]))
    return node(
        "VideoObject",
        name=localised(film, "title").text,
        description=localised(film, "synopsis").text,
        thumbnailUrl=image,
        uploadDate=moment(video.added_at),
        duration=runtime_iso(seconds) if (seconds := video.seconds or film.runtime_seconds) else "",
        **({"url": video.page_url, "embedUrl": video.frame_url} if video.site else file_of(video, absolute)),
        caption=[caption_object(caption, absolute) for caption in captions],
        transcript=in_order[0].transcript if in_order else "",
    )


def file_of(video: Any, absolute: Absolute) -> Node:
    size = {"width": video.width, "height": video.height} if video.width else {}
    return {"contentUrl": absolute(video.file.url), "encodingFormat": video.content_type, **size}


def caption_object(caption: Any, absolute: Absolute) -> Node:
    return node(
        "MediaObject", contentUrl=absolute(caption.address), encodingFormat="text/vtt", inLanguage=caption.language
    )
