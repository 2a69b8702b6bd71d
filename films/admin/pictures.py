"""Pictures in the forms of their films and makers: what is shown, what is asked for, and where it matters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from films.admin.base import ElysiumForm, ElysiumStacked
from films.admin.ordering import OrderedForm
from films.models import Portrait, Poster, Still
from films.models.picture import MIDDLE, Picture
from films.uploads.renditions import CONTENT_TYPES

FOCUS = ("focus_x", "focus_y")


class PictureInput(forms.FileInput):
    """A file to choose, above it the picture as it is; a click on it says which part matters."""

    template_name = "admin/films/_picture_input.html"
    was_sent = False

    class Media:
        css = {"all": ["films/css/desk_picture.css"]}
        js = [forms.Script("films/js/desk_picture.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join(CONTENT_TYPES.values()), **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """By the site's own templates; those of forms know only Django's."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        picture = getattr(value, "instance", None) if value else None
        if picture is not None and self.was_sent:
            # The row at hand has the new file in it, which is not to be stored.
            picture = type(picture)._base_manager.filter(pk=picture.pk).first()
        context["picture"] = picture if picture is not None and picture.pk else None
        # A browser forgets the file when a form comes back with complaints.
        context["is_lost"] = self.was_sent
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        sent = super().value_from_datadict(data, files, name)
        self.was_sent = bool(sent)
        return sent


class PictureForm(ElysiumForm):
    class Meta:
        widgets = {
            "image": PictureInput,
            **{name: forms.NumberInput({"min": 0, "max": 100, "class": "focus"}) for name in FOCUS},
        }


class PortraitForm(PictureForm):
    """A maker is in public with the first public film: the words are asked for at once."""

    def clean(self) -> Any:
        cleaned = super().clean()
        values = self.cleaned_data if cleaned is None else cleaned
        for name, sentence in (
            ("alt", _("请写一句替代文字：看不到图的人要知道画面里有什么。")),
            ("credit", _("请写图片来源：拍摄者要有署名。")),
        ):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(sentence, code="required"))
        return cleaned


class StillForm(OrderedForm, PictureForm):
    moving = {
        "data-up": gettext_lazy("把第 %(number)d 张剧照上移"),
        "data-down": gettext_lazy("把第 %(number)d 张剧照下移"),
        "data-drag": gettext_lazy("拖动第 %(number)d 张剧照"),
        "data-moved": gettext_lazy("移到第 %(number)d 张，共 %(count)d 张。"),
    }


class PictureInline(ElysiumStacked):
    form = PictureForm
    fields = ["image", FOCUS, "alt", "alt_en", "credit"]


class PosterInline(PictureInline):
    model = Poster
    verbose_name = verbose_name_plural = pgettext_lazy("form", "海报图")
    extra = 1
    follows = ("poster_pigment",)


class StillInline(PictureInline):
    model = Still
    form = StillForm
    fields = ["position", *PictureInline.fields]
    classes = ["ordered"]
    follows = ("poster_pigment",)

    class Media:
        js = [forms.Script("films/js/desk_order.js", type="module")]


class PortraitInline(PictureInline):
    model = Portrait
    form = PortraitForm
    extra = 1


class PictureUploadMixin:
    """A model admin with pictures among its rows. They are looked at and made smaller before the save begins:

    SQLite has one writer at a time, and nobody should wait for a picture that is being encoded.
    """

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST" and request.FILES and self.may_upload(request, object_id):
            for inline in self.inlines:  # type: ignore[attr-defined]
                if issubclass(inline.model, Picture):
                    prepare(request, inline.model)
        return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc,no-any-return]

    def may_upload(self, request: HttpRequest, object_id: str | None) -> bool:
        if object_id is None:
            return bool(self.has_add_permission(request))  # type: ignore[attr-defined]
        row = self.get_object(request, object_id)  # type: ignore[attr-defined]
        return row is not None and bool(self.has_change_permission(request, row))  # type: ignore[attr-defined]


def prepare(request: HttpRequest, model: type[Picture]) -> None:
    """Make what pages will show of the new pictures of one kind; what is wrong with one its form will say."""
    prefix = f"{accessor(model)}-"
    for name, upload in request.FILES.items():
        if name.startswith(prefix) and name.endswith("-image"):
            row = name.removesuffix("image")
            across, down = (posted_number(request.POST.get(f"{row}{field}", "")) for field in FOCUS)
            try:
                model(image=upload, focus_x=across, focus_y=down).prepare()
            except ValidationError:
                continue


def accessor(model: type[Picture]) -> str:
    """The name under which a form sends the rows of a model."""
    [owner] = [field for field in model._meta.concrete_fields if field.is_relation]
    return str(owner.remote_field.get_accessor_name())  # type: ignore[union-attr]


def posted_number(text: str) -> int:
    return min(int(text), 100) if text.isdecimal() and len(text) < 4 else MIDDLE
