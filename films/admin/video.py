"""A film's own form: the film itself, uploaded or at a video site, and its captions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumForm, ElysiumStacked
from films.admin.long_text import LongText
from films.admin.ordering import OrderedFormSet
from films.models import Caption, Video
from films.models.video import EITHER
from films.templatetags.formatting import runtime
from films.uploads.captions import EMPTY, MOST_BYTES, checked_captions
from films.uploads.sites import checked_address


class VideoForm(ElysiumForm):
    """Takes a file or an address; what is given now takes the place of what was there."""

    address = forms.CharField(
        label=gettext_lazy("视频网站地址"),
        help_text=gettext_lazy(
            "或者粘贴 YouTube、Vimeo、哔哩哔哩上的网页地址（分享链接、嵌入代码也行）。访客点了播放，才会连到那个网站。"
        ),
        max_length=2000,
        required=False,
        widget=forms.TextInput({"class": "vTextField", "inputmode": "url"}),
    )

    class Meta:
        widgets = {"file": admin.widgets.AdminFileWidget({"accept": ".mp4,.webm,video/mp4,video/webm"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.site:
            self.initial["address"] = self.instance.page_url

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        new_file = "file" in self.changed_data and bool(cleaned.get("file"))
        new_address = "address" in self.changed_data and bool(cleaned.get("address"))
        if new_file and new_address:
            raise ValidationError(EITHER, code="either")
        if new_file:
            self.instance.site = self.instance.site_id = ""
        elif "address" in self.changed_data:
            self.take_address(cleaned)
        return cleaned

    def _post_clean(self) -> None:
        """What was refused already is not refused once more for missing."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]

    def take_address(self, cleaned: dict[str, Any]) -> None:
        self.instance.site = self.instance.site_id = ""
        if not cleaned.get("address"):
            return
        try:
            place = checked_address(cleaned["address"])
        except ValidationError as error:
            self.add_error("address", error)
        else:
            self.instance.site, self.instance.site_id = place.site.value, place.site_id
            cleaned["file"] = False


class VideoInline(ElysiumStacked):
    model = Video
    form = VideoForm
    fields = ["file", "address", "recognised"]
    readonly_fields = ["recognised"]
    extra = 1
    max_num = 1
    follows = ("runtime_seconds",)

    @admin.display(description=gettext_lazy("认出的是"))
    def recognised(self, video: Video | None) -> str:
        return in_words(video) if video and video.pk else _("还没有影片")


def in_words(video: Video) -> str | SafeString:
    """What was made of an upload or an address, for the person to see whether it is the right film."""
    if video.site:
        words = _("%(site)s 上的 %(id)s") % {"site": video.get_site_display(), "id": video.site_id}
        return format_html('<a href="{}" rel="noreferrer">{}</a>', video.page_url, words)
    parts = [
        *video.measures(),
        str(runtime(video.seconds)) if video.seconds else "",
        filesizeformat(video.size) if video.size else "",
    ]
    return " · ".join(part for part in parts if part)


class CaptionForm(ElysiumForm):
    """Takes a file of captions or their text; a file takes the place of the text."""

    upload = forms.FileField(
        label=gettext_lazy("字幕文件"),
        help_text=gettext_lazy("WebVTT（.vtt），最多 1 MB；会替换下面的文字。"),
        required=False,
        widget=forms.FileInput({"accept": ".vtt,text/vtt"}),
    )

    class Meta:
        widgets = {"text": LongText({"rows": 10, "spellcheck": "false"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("text"):
            field.required = False
            # The one check says in which line such a character stands.
            field.validators = [
                one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)
            ]

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if upload := cleaned.get("upload"):
            self.take_upload(upload, cleaned)
        elif "upload" not in self.errors and not (cleaned.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("text", ValidationError(EMPTY, code="empty"))
        return cleaned

    def take_upload(self, upload: Any, cleaned: dict[str, Any]) -> None:
        """No more of a file is read than may be kept of it, and one byte to see that there is more."""
        try:
            cleaned["text"] = checked_captions(upload.read(MOST_BYTES + 1)).text
        except ValidationError as error:
            self.add_error("upload", error)
            cleaned["text"] = self.instance.text

    def _get_validation_exclusions(self) -> set[str]:
        """What was refused as a file is not refused once more as a text."""
        refused = {"text"} if "upload" in self.errors else set()
        return super()._get_validation_exclusions() | refused  # type: ignore[misc,no-any-return]


class CaptionFormSet(OrderedFormSet):
    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("同一种语言的同一种字幕写了两份。请去掉一份，或改它的语言。")


class CaptionInline(ElysiumStacked):
    model = Caption
    form = CaptionForm
    formset = CaptionFormSet
    fields = [("language", "kind"), "upload", "text"]
    follows = ("runtime_seconds",)


def told(formsets: Any) -> Iterator[str]:
    """Of each film that was just given, what it was recognised as."""
    for formset in formsets:
        if formset.model is Video:
            for video in [*formset.new_objects, *(video for video, _names in formset.changed_objects)]:
                yield in_words(video)
