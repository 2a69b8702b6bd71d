"""Addresses: made from pinyin, editable, unique; an old one goes on answering."""

from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from films.models import nouns
from films.text import slug_of

SLUG_LENGTH = 100


class SlugRedirect(models.Model):
    """An address that an entry once had, so that old links answer 301."""

    model = models.CharField(_("类别"), max_length=40)
    slug = models.SlugField(_("旧地址"), max_length=SLUG_LENGTH)
    target_id = models.PositiveBigIntegerField(_("现条目"))

    class Meta:
        verbose_name = nouns.OLD_ADDRESS
        verbose_name_plural = nouns.OLD_ADDRESSES
        constraints = [
            # Serves the look-up of a page that was not found by its present slug.
            models.UniqueConstraint(fields=["model", "slug"], name="slug_redirect_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model}/{self.slug}"


def free_slug(base: str, taken: set[str]) -> str:
    """Find the first of `base`, `base-2`, `base-3` … that is not taken."""
    base = base[: SLUG_LENGTH - 6].strip("-")
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@lru_cache(maxsize=8192)
def kept_address(view: str, slug: str, language: str | None, prefix: str) -> str:
    """The address of an entry; kept, for a page names fifty and reversing them is a tenth of what it costs.

    `language` and `prefix` are those that `reverse` looks at by itself.
    """
    return reverse(view, args=[slug])


class Slugged(models.Model):
    """An entry with an address of its own."""

    slug = models.SlugField(
        _("地址"),
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text=_("例如 mei-hua-lu；留空则由名称的拼音生成。"),
    )

    # None: the column was not loaded; empty: there is no old address worth keeping.
    _loaded_slug: str | None = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if not self.slug:
            base = slug_of(self.slug_source()) or self._meta.model_name or "entry"
            self.slug = free_slug(base, self.taken_slugs(base[: SLUG_LENGTH - 6].strip("-")))
            if update_fields is not None:
                update_fields = {*update_fields, "slug"}
        old = self._stored_slug()
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or "slug" in update_fields:
            self._keep_old_slug(old)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember the slug as loaded, so that a save can tell that it changed."""
        instance = super().from_db(*args, **kwargs)
        instance._loaded_slug = instance.__dict__.get("slug")
        return instance

    def address_at(self, view: str) -> str:
        """Where a view shows this entry, in the language that is active."""
        return kept_address(view, self.slug, get_language(), get_script_prefix())

    def slug_source(self) -> str:
        """The words that the slug is made from."""
        return str(self)

    @classmethod
    def taken_slugs(cls, base: str) -> set[str]:
        """Every present and past slug that starts like `base` (two queries)."""
        present = cls._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)
        past = SlugRedirect.objects.filter(model=cls._meta.model_name, slug__startswith=base)
        return {*present, *past.values_list("slug", flat=True)}

    def _stored_slug(self) -> str:
        """The slug as loaded (one query if it was deferred); empty for a new row."""
        if self._state.adding:
            return ""
        loaded = self._loaded_slug
        if loaded is None:
            loaded = type(self)._default_manager.filter(pk=self.pk).values_list("slug", flat=True).first()
        return loaded or ""

    def _keep_old_slug(self, old: str) -> None:
        """Record the slug as it was when this save changed it; free the new one."""
        if old and old != self.slug:
            name = self._meta.model_name
            SlugRedirect.objects.filter(model=name, slug=self.slug).delete()
            SlugRedirect.objects.update_or_create(model=name, slug=old, defaults={"target_id": self.pk})
        self._loaded_slug = self.slug
