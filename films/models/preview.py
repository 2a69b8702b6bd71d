"""Links under which an entry can be read before it is public."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.models import nouns


class Preview(models.Model):
    """The one preview link of an entry: a new one replaces it, withdrawing removes it."""

    model = models.CharField(_("类别"), max_length=40)
    target_id = models.PositiveBigIntegerField(_("条目"))
    key = models.CharField(_("钥匙"), max_length=32)
    made_at = models.DateTimeField(_("生成时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("失效时间"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("生成者"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = nouns.PREVIEW
        verbose_name_plural = nouns.PREVIEWS
        # Not edited through forms of its own, so nobody needs rights to it.
        default_permissions = ()
        constraints = [
            # Serves the look-up of an entry's link.
            models.UniqueConstraint(fields=["model", "target_id"], name="preview_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.target_id}"
