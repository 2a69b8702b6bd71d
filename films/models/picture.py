"""Pictures: posters and stills of films, portraits of makers. Each with the part that matters and the words for it."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from reversion.models import Version

from films.models import nouns
from films.models.creator import Creator
from films.models.film import Film
from films.models.kept_file import Arrival, KeptFile
from films.uploads.renditions import Ladder, Rendition, rendered, renditions
from films.validators import validate_plain_line

if TYPE_CHECKING:
    from films.uploads.images import Checked

# As they are stored; pages show what is made of them, and only the desk knows these names.
FOLDER = "originals"
MEASURED = ("width", "height", "sha256")
MIDDLE = 50


def checked_of(file: Any) -> "Checked":
    """What a new file is; looked at once, however many ask."""
    # Pillow and its tables, for those alone who take pictures in.
    from films.uploads.images import checked_image  # noqa: PLC0415

    upload = getattr(file, "file", file)
    if not hasattr(upload, "checked"):
        upload.checked = checked_image(upload)
    found: Checked = upload.checked
    return found


def validate_picture(file: Any) -> None:
    """Accept what `checked_image` does; a file that is stored already has passed."""
    if not getattr(file, "_committed", False):
        checked_of(file)


def stored_as(picture: Any, name: str) -> str:
    """Nothing of the name that was uploaded: it may be hostile, and it need not be ASCII."""
    return f"{FOLDER}/{secrets.token_hex(16)}.jpg"


class PictureField(KeptFile, models.FileField):  # type: ignore[misc]  # the rest of the arguments is passed on
    """The stored picture. As long as the history can bring it back its file stays; what pages show goes at once."""

    def formfield(self, **kwargs: Any) -> Any:
        """What an upload is called and how much is in it, the one check says; its name is not kept anyway."""
        return super().formfield(**{"max_length": None, "allow_empty_file": True, **kwargs})

    def left(self, sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
        super().left(sender, instance, **kwargs)
        instance.let_renditions_go(instance.renditions())

    def discard(self, model: type[models.Model], name: str) -> None:
        if not Version.objects.filter(serialized_data__contains=name).exists():
            super().discard(model, name)


class Picture(models.Model):
    """A picture, whatever door it came through: checked and made anew, with all that pages show of it."""

    LADDERS: ClassVar[tuple[Ladder, ...]] = ()

    image = PictureField(
        _("图片"),
        upload_to=stored_as,
        max_length=100,
        validators=[validate_picture],
        help_text=_("JPEG、PNG、WebP 或 AVIF，最多 20 MB、5000 万像素。拍摄地点等信息会自动去掉，透明处变为白色。"),
    )
    width = models.PositiveIntegerField(_("宽"), editable=False)
    height = models.PositiveIntegerField(_("高"), editable=False)
    sha256 = models.CharField(_("内容指纹"), max_length=64, editable=False)
    focus_x = models.PositiveSmallIntegerField(
        _("焦点：从左起"), default=MIDDLE, validators=[MaxValueValidator(100)], help_text=_("百分之几，0 到 100。")
    )
    focus_y = models.PositiveSmallIntegerField(
        _("焦点：从上起"), default=MIDDLE, validators=[MaxValueValidator(100)], help_text=_("百分之几，0 到 100。")
    )
    alt = models.CharField(
        _("替代文字"),
        max_length=300,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("看不到图的人读到的一句话，说画面里有什么，例如 “一只梅花鹿站在雪地里回头”。"),
    )
    alt_en = models.CharField(_("英文替代文字"), max_length=300, blank=True, validators=[validate_plain_line])
    credit = models.CharField(
        _("图片来源"),
        max_length=200,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("图片下方显示，例如 “CamRed 提供”。"),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.alt or self.image.name)

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Store a new file made anew and what pages show of it; the row is committed after its files."""
        if self.take_in() and update_fields is not None:
            update_fields = {*update_fields, "image", *MEASURED}
        with transaction.atomic():
            before = self.stored_renditions()
            super().save(*args, update_fields=update_fields, **kwargs)
            now = self.renditions()
            self.render(now)
            self.let_renditions_go(set(before) - set(now))

    def prepare(self) -> None:
        """Make all of a new file before the row's transaction begins: encoding takes a second or two."""
        checked, upload = checked_of(self.image), self.image.file
        self.width, self.height = checked.width, checked.height
        upload.made = {file.shape: data for file, data in rendered(checked.content, self.renditions())}

    def take_in(self) -> bool:
        """Put the picture that was made of a new file in its place; tells whether there was one."""
        if not self.image or self.image._committed:  # type: ignore[attr-defined]
            return False
        checked, self._made = checked_of(self.image), getattr(self.image.file, "made", {})
        self.image = ContentFile(checked.content, name="picture.jpg")
        for name in MEASURED:
            setattr(self, name, getattr(checked, name))
        return True

    @property
    def focus(self) -> tuple[int, int]:
        return int(self.focus_x), int(self.focus_y)

    def renditions(self, ladder: Ladder | None = None) -> list[Rendition]:
        """What pages may show of it, all of it or one ladder's (no query, nothing is looked up)."""
        size = int(self.width), int(self.height)
        ladders = [ladder] if ladder else self.LADDERS
        # Two ladders of a small picture can have a step in common.
        return list(
            dict.fromkeys(file for steps in ladders for file in renditions(str(self.image), size, self.focus, steps))
        )

    def stored_renditions(self) -> list[Rendition]:
        """What pages show of it as the row is stored (one query)."""
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        return stored.renditions() if stored else []

    def render(self, wanted: Iterable[Rendition]) -> None:
        """Make what is not there yet."""
        storage, made = self.image.storage, getattr(self, "_made", {})
        lacking = [file for file in wanted if not storage.exists(file.name)]
        ready = [(file, made[file.shape]) for file in lacking if file.shape in made]
        others = [file for file in lacking if file.shape not in made]
        for file, data in [*ready, *(rendered(self.content(), others) if others else ())]:
            transaction.on_commit(Arrival(storage, storage.save(file.name, ContentFile(data))))

    def content(self) -> bytes:
        """The stored picture."""
        with self.image.storage.open(str(self.image)) as stored:
            return bytes(stored.read())

    def let_renditions_go(self, files: Iterable[Rendition]) -> None:
        names = {file.name for file in files}

        # A function with a name, which Django says when it fails.
        def gone() -> None:
            self.discard_renditions(names)

        if names:
            transaction.on_commit(gone, robust=True)

    def discard_renditions(self, names: set[str]) -> None:
        """Take away what no row shows any more: a restored history may have brought it back (one query)."""
        rows = type(self)._base_manager.filter(image=str(self.image))
        for name in names - {file.name for row in rows for file in row.renditions()}:
            self.image.storage.delete(name)


# The whole picture as the desk shows it.
DESK = Ladder((480,), formats=("webp",))
# The frame of a poster in lists, in cards and on the stage; and what other sites show for the film.
UPRIGHT = Ladder((240, 480, 960), ratio=(2, 3))
SHARED = Ladder((1200,), ratio=(40, 21), formats=("jpeg",))
WHOLE = Ladder((480, 960, 1600))
FACE = Ladder((240, 480, 960), ratio=(4, 5))


class Poster(Picture):
    """A film's poster, in place of the typographic one."""

    LADDERS = (DESK, UPRIGHT, SHARED)

    film = models.OneToOneField(Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, related_name="poster")

    class Meta:
        verbose_name = nouns.POSTER
        verbose_name_plural = nouns.POSTERS


class Still(Picture):
    """A frame of a film, shown whole."""

    LADDERS = (DESK, WHOLE, SHARED)

    film = models.ForeignKey(Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, related_name="stills")
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = nouns.STILL
        verbose_name_plural = nouns.STILLS
        ordering = ["position", "pk"]


class Portrait(Picture):
    """A maker's face, as the maker wants it shown."""

    LADDERS = (DESK, FACE)

    creator = models.OneToOneField(
        Creator, verbose_name=nouns.MAKER, on_delete=models.CASCADE, related_name="portrait"
    )

    class Meta:
        verbose_name = nouns.PORTRAIT
        verbose_name_plural = nouns.PORTRAITS
