"""Where everything came from: the article as received, and each run of the importer."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.choices import ContentLanguage
from films.models import nouns
from films.models.slugged import Slugged

# So that an article of twenty thousand lines is read in forty pages; where a line stands follows from its number.
LINES_A_PAGE = 500


class SourceQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Articles from which at least one entry is public (three EXISTS, no extra query)."""
        found = Q()
        for name in ("films_film_set", "films_interview_set", "films_edition_set"):
            rows = self.model._meta.get_field(name).related_model._default_manager
            found |= Q(Exists(rows.shown().filter(source=OuterRef("pk"))))
        return self.filter(found)


class Source(Slugged):
    """One article, exactly as decoded, with what its frame states and how it was printed."""

    name = models.CharField(_("文件名"), max_length=255)
    identity = models.CharField(
        _("标识"), max_length=64, unique=True, help_text=_("由发布者、比对用标题与日期算出；同一篇文章只有一个。")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    fingerprint = models.CharField(
        _("读取指纹"), max_length=64, blank=True, help_text=_("文字、编者文件、词表与选项的指纹；不变则不再读。")
    )
    encoding = models.CharField(_("编码"), max_length=20)
    language = models.CharField(_("语言"), max_length=10, choices=ContentLanguage.choices)
    text = models.TextField(_("原文"), help_text=_("收到时的文字，一字不改。"))
    lead = models.TextField(_("导语"), blank=True)
    headline = models.CharField(_("标题"), max_length=500, blank=True)
    headline_printed = models.CharField(_("标题（原样）"), max_length=500, blank=True)
    publisher = models.CharField(_("发布者"), max_length=200, blank=True)
    publisher_printed = models.CharField(_("发布者（原样）"), max_length=200, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    published_on_printed = models.CharField(_("发布日期（原样）"), max_length=100, blank=True)
    view_count = models.PositiveBigIntegerField(_("浏览次数"), null=True, blank=True)
    view_count_printed = models.CharField(_("浏览次数（原样）"), max_length=50, blank=True)
    view_count_observed_on = models.DateField(_("浏览次数读取于"), null=True, blank=True)
    passages = models.JSONField(_("行号"), default=dict, blank=True)
    records = models.JSONField(
        _("条目"), default=dict, blank=True, help_text=_("本文写过的每个条目及其行号；其中已不存在的，是编辑删去的。")
    )
    report = models.JSONField(_("最近报告"), default=dict, blank=True)
    imported_at = models.DateTimeField(_("导入时间"), default=timezone.now)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.SOURCE
        verbose_name_plural = nouns.SOURCES
        ordering = ["-imported_at", "-pk"]
        permissions = [("import_source", _("导入文章"))]
        indexes = [
            # Serves the look-up of the same bytes under another name.
            models.Index(fields=["sha256"], name="source_sha256"),
        ]

    def __str__(self) -> str:
        return self.headline or self.name

    def get_absolute_url(self) -> str:
        return self.address_at("films:source_detail")

    def address_of_line(self, number: int) -> str:
        """Where a line stands, on its page."""
        page = (number - 1) // LINES_A_PAGE + 1
        return f"{self.get_absolute_url()}{f'?page={page}' if page > 1 else ''}#l{number}"


class Imported(models.Model):
    """A row that an article gave us: from where, which lines, and the value last imported."""

    source = models.ForeignKey(
        Source,
        verbose_name=_("来源"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(app_label)s_%(class)s_set",
    )
    source_key = models.CharField(_("来源键"), max_length=200, blank=True)
    passages = models.JSONField(_("行号"), default=dict, blank=True, help_text=_("字段 → [首行, 末行]"))
    imported = models.JSONField(_("上次导入值"), default=dict, blank=True)

    class Meta:
        abstract = True
        constraints = [
            # The same passage never makes two rows; rows typed by editors have no source.
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=Q(source__isnull=False),
                name="%(app_label)s_%(class)s_source_key",
            ),
        ]


class ImportRun(models.Model):
    """One run of the importer: when, by whom, with which options, and what it reported."""

    started_at = models.DateTimeField(_("开始"), default=timezone.now)
    finished_at = models.DateTimeField(_("结束"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("执行者"), on_delete=models.SET_NULL, null=True, blank=True
    )
    options = models.JSONField(_("选项"), default=dict, blank=True)
    counts = models.JSONField(_("统计"), default=dict, blank=True)
    report = models.JSONField(_("报告"), default=dict, blank=True)

    class Meta:
        verbose_name = nouns.IMPORT_RUN
        verbose_name_plural = nouns.IMPORT_RUNS
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"
