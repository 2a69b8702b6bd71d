"""What a person gives to have an article read: a file or pasted text, and the options of the command."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from films import importer
from films.admin.fields import LinesField
from films.importer.sentences import told
from films.reading.article import Refusal
from films.reading.decoding import MEBIBYTE, SIZE_LIMIT

LABEL_LENGTH = 60


class OptionsForm(forms.Form):
    """The options of `import_seeds`, in words."""

    asker = forms.CharField(
        label=_("提问者的标签"),
        required=False,
        max_length=LABEL_LENGTH,
        help_text=_("印在每个提问之前的字，不带冒号，例如 NOWNESS。留空则由程序判断。"),
    )
    answerers = LinesField(
        label=_("回答者的标签"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("一行一个，例如 CamRed。留空则由程序判断。"),
    )
    encoding = forms.CharField(
        label=_("编码"),
        required=False,
        max_length=20,
        help_text=_("判断不出时才填，例如 gb18030、big5、shift_jis。"),
    )
    is_draft = forms.BooleanField(
        label=_("一律存为草稿"), required=False, help_text=_("不勾选时，没有存疑之处的新条目立即发布。")
    )

    @property
    def options(self) -> dict[str, Any]:
        """What an intake keeps."""
        given = self.cleaned_data
        return {
            "asker": given["asker"] or None,
            "answerers": given["answerers"],
            "encoding": given["encoding"] or None,
            "draft": given["is_draft"],
        }


class IntakeForm(OptionsForm):
    """An article: uploaded or pasted, one of the two."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.json", "autofocus": True}),
        help_text=_(".txt、.md 或 .json，最多 2 MiB。"),
    )
    text = forms.CharField(
        label=_("或把文字粘贴在这里"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_("整页粘贴即可：标题、来源、时间、正文；网页的边角文字会自动略去。"),
    )
    field_order = ["file", "text"]

    def clean(self) -> dict[str, Any]:
        """Exactly one of both, of a kind and size that can be read."""
        super().clean()
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if file and text.strip():
            raise ValidationError(_("文件与粘贴的文字只要一样。请去掉文件，或清空文字。"), code="both")
        if not file and not text.strip() and not self.errors:
            raise ValidationError(_("还没有文章。请选一个文件，或把文字粘贴进来。"), code="neither")
        if file:
            self._refuse(lambda: importer.refuse_ending(PurePath(file.name)), "file")
        size = file.size if file else len(text.encode("utf-8", "replace"))
        if size > SIZE_LIMIT:
            values: dict[str, str | int] = {"size": f"{size / MEBIBYTE:.1f}", "limit": SIZE_LIMIT // MEBIBYTE}
            self.add_error("file" if file else "text", told("too_large", values))
        return self.cleaned_data

    def _refuse(self, check: Any, field: str) -> None:
        try:
            check()
        except Refusal as refusal:
            self.add_error(field, told(refusal.why.code, refusal.why.values))

    def given(self) -> importer.Given:
        """The article's bytes under the name that it will have."""
        if file := self.cleaned_data["file"]:
            return importer.Given(file.name, file.read())
        return importer.paste(self.cleaned_data["text"])


class AgainForm(OptionsForm):
    """The options once more, with the labels that were seen in the text to choose from."""

    asking = forms.ChoiceField(required=False)
    answering = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, labels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("asking", "answering"):
            self.fields[name].choices = [(label, label) for label in labels]  # type: ignore[attr-defined]

    @property
    def options(self) -> dict[str, Any]:
        """What is typed goes before what is chosen; answerers are both."""
        given = self.cleaned_data
        answerers = list(dict.fromkeys([*given["answering"], *given["answerers"]]))
        return super().options | {"asker": given["asker"] or given["asking"] or None, "answerers": answerers}
