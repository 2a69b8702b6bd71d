"""The film itself, as a file of ours or at a video site, and its captions."""

import hashlib
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.choices import CaptionKind, CaptionLanguage, VideoSite
from films.models import nouns
from films.models.film import Film
from films.models.kept_file import KeptFile
from films.models.publishable import is_public
from films.uploads.captions import checked_captions
from films.uploads.sites import check_site_id, frame_address, frame_host, page_address
from films.uploads.transcripts import transcript
from films.uploads.videos import CONTENT_TYPES, checked_video, video_name

EITHER = _("影片要么是上传的文件，要么是视频网站的地址：请留下其中一个。")


def validate_captions(text: str) -> None:
    """Accept WebVTT as `checked_captions` does."""
    checked_captions(text)


def validate_video(file: Any) -> None:
    """Accept MP4 and WebM as `checked_video` does; a file that is stored already has passed."""
    if not getattr(file, "_committed", False):
        checked_video(file)


def stored_as(video: Any, name: str) -> str:
    """Nothing of the name that was uploaded: it may be hostile, and it need not be ASCII."""
    return video_name(video.kind)


def digest_of(file: Any) -> str:
    """The fingerprint of a file, which is left at its beginning."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class VideoField(KeptFile, models.FileField):  # type: ignore[misc]  # the rest of the arguments is passed on
    """A film's file, stored just before its row and gone with it."""

    def formfield(self, **kwargs: Any) -> Any:
        """However long the name is that a file is sent under: it is not kept."""
        return super().formfield(**{"max_length": None, **kwargs})


class Video(models.Model):
    """Where a film is watched: in a file of ours, or at a site that is asked only after a click."""

    film = models.OneToOneField(Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, related_name="video")
    file = VideoField(
        _("影片文件"),
        upload_to=stored_as,
        max_length=100,
        blank=True,
        validators=[validate_video],
        help_text=_("MP4（H.264）或 WebM（VP9）。访客在本站观看，不经过任何别的网站。"),
    )
    site = models.CharField(_("视频网站"), max_length=10, choices=VideoSite.choices, blank=True)
    site_id = models.CharField(_("站内编号"), max_length=60, blank=True)
    width = models.PositiveIntegerField(_("宽"), null=True, editable=False)
    height = models.PositiveIntegerField(_("高"), null=True, editable=False)
    seconds = models.PositiveIntegerField(_("时长（秒）"), null=True, editable=False)
    size = models.PositiveBigIntegerField(_("大小（字节）"), null=True, editable=False)
    sha256 = models.CharField(_("内容指纹"), max_length=64, blank=True, default="", editable=False)
    added_at = models.DateTimeField(_("加入时间"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = nouns.VIDEO
        verbose_name_plural = nouns.VIDEOS
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & Q(site="", site_id="")) | (Q(file="") & ~Q(site="") & ~Q(site_id="")),
                name="video_is_file_or_at_site",
                violation_error_message=EITHER,
            ),
        ]

    def __str__(self) -> str:
        return f"{VideoSite(self.site).label} {self.site_id}" if self.site else " · ".join(self.measures())

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Look at a new file, or a place at a site, whatever door it came through; keep what the file says of itself."""
        if self.site:
            check_site_id(self.site, self.site_id)
        if self.measure() and update_fields is not None:
            update_fields = {*update_fields, *MEASURED, "sha256"}
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)

    def clean(self) -> None:
        super().clean()
        if bool(self.file) == bool(self.site and self.site_id):
            raise ValidationError(EITHER, code="either")
        if self.site:
            check_site_id(self.site, self.site_id)

    def measure(self) -> bool:
        """Read a new file's measures; tells whether there was anything to change."""
        if self.file and self.file._committed:  # type: ignore[attr-defined]
            return False
        found = checked_video(self.file) if self.file else None
        for name in MEASURED:
            setattr(self, name, getattr(found, name, None))
        self.sha256 = digest_of(self.file) if found else ""
        if found:
            self._kind = found.kind
        return True

    @property
    def kind(self) -> str:
        """mp4 or webm: of a file that was just looked at, or by the name that it was given."""
        return getattr(self, "_kind", "") or str(self.file).rpartition(".")[2]

    def measures(self) -> list[str]:
        """What a file is, in words that are the same in every language: `MP4`, `1920×1080`."""
        size = [f"{self.width}×{self.height}"] if self.width else []
        return [KIND_LABELS.get(self.kind, self.kind), *size]

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]

    @property
    def page_url(self) -> str:
        """Where the film is watched at its site."""
        return page_address(self.site, self.site_id)

    @property
    def frame_url(self) -> str:
        """What goes into a frame after the click."""
        return frame_address(self.site, self.site_id)

    @property
    def frame_host(self) -> str:
        """The one origin that a page with this film lets in; none for a file of ours."""
        return frame_host(self.site) if self.site else ""


KIND_LABELS = {"mp4": "MP4", "webm": "WebM"}
MEASURED = ("width", "height", "seconds", "size")


class CaptionQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Captions of public films."""
        return self.filter(is_public(prefix="film__"))

    def called(self, name: str) -> Self:
        """Captions by the name that addresses use (see `Caption.name`)."""
        language, _dash, kind = name.rpartition("-")
        return self.filter(language=language, kind=kind)

    def with_film(self) -> Self:
        """Each with its film (no query of its own)."""
        return self.select_related("film")


class Caption(models.Model):
    """What is said in a film in one language: beside the picture, and below it to be read."""

    film = models.ForeignKey(Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(
        _("语言"), max_length=10, choices=CaptionLanguage.choices, default=CaptionLanguage.ZH_HANS
    )
    kind = models.CharField(_("种类"), max_length=10, choices=CaptionKind.choices, default=CaptionKind.SUBTITLES)
    text = models.TextField(
        _("字幕文字"),
        validators=[validate_captions],
        help_text=_("WebVTT，第一行是 WEBVTT。可以粘贴，也可以选择文件。"),
    )
    transcript = models.TextField(_("文字稿"), blank=True, editable=False)

    objects = CaptionQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.CAPTION
        verbose_name_plural = nouns.CAPTIONS
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "language", "kind"],
                name="caption_once",
                violation_error_message=_("这种语言的这一种字幕已经有了，请改那一份。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()} · {self.get_kind_display()}"

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Keep the text in its one form, and what is said in it beside it."""
        if update_fields is None or "text" in update_fields:
            found = checked_captions(self.text)
            self.text, self.transcript = found.text, transcript(found.cues)
            update_fields = None if update_fields is None else {*update_fields, "transcript"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{self.film.get_absolute_url()}#{self.anchor}"

    @property
    def name(self) -> str:
        """What they are called among the film's captions: `zh-Hans-subtitles`."""
        return f"{self.language}-{self.kind}"

    @property
    def address(self) -> str:
        """What the browser's player reads."""
        return reverse("captions", args=[self.film.slug, self.name])

    @property
    def anchor(self) -> str:
        """Where its words stand on the film's page."""
        return f"transcript-{self.name}"
