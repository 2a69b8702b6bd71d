"""A report in words for the person at the terminal, in the active language."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from films.importer.report import FileReport, Report
from films.importer.sentences import told

BAR_WIDTH = 30
# The environment's words for a language, the most telling first, as gettext reads them.
LANGUAGE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
OUTCOMES = {
    "created": pgettext_lazy("import", "新建"),
    "updated": pgettext_lazy("import", "更新"),
    "unchanged": pgettext_lazy("import", "没有变化"),
    "refused": pgettext_lazy("import", "拒收"),
    "duplicate": pgettext_lazy("import", "重复"),
}
STATES = {"published": pgettext_lazy("import", "已发布"), "draft": pgettext_lazy("import", "草稿")}
# What happened to a value, for people; from and to are shown shortened.
KINDS = {
    "update": pgettext_lazy("import", "已改"),
    "kept": pgettext_lazy("import", "保留编辑所写"),
    "conflict": pgettext_lazy("import", "冲突，保留编辑所写"),
    "deleted": pgettext_lazy("import", "已删去"),
}


def terminal_language(environment: Mapping[str, str]) -> str:
    """The language a terminal asks for: Chinese or English."""
    asked = next((environment[name] for name in LANGUAGE_VARIABLES if environment.get(name)), "")
    return "zh-hans" if asked.lower().startswith("zh") else "en"


def lines_of(file: FileReport, in_full: bool) -> Iterator[str]:
    """The file's outcome in one line; under it what an editor should look at."""
    yield clean(f"{wide(OUTCOMES[file.outcome], 10)} {file.path}{_details(file)}")
    if file.why:
        place = _place(file.line) if file.outcome == "refused" else ""
        yield clean(f"           {place}{told(file.why.code, file.why.values, str(file.why))}")
    for point in file.points:
        if point.doubt or (in_full and file.outcome != "refused"):
            kind = pgettext("import", "存疑") if point.doubt else pgettext("import", "提示")
            sentence = told(point.code, point.values, point.message)
            yield clean(f"  {wide(kind, -8)}  {_place(point.line)}{sentence}")
    for change in file.changes:
        if change.kind == "conflict" or (in_full and change.field and change.kind in KINDS):
            values = f"{change.record} {change.field}: {short(change.before)} → {short(change.after)}"
            yield clean(f"  {'':>8}  {values} ({KINDS[change.kind]})")


def summary_of(report: Report) -> str:
    """The last line: what came of the whole run."""
    if why := report.problem:
        return clean(_("什么也没有导入。%(why)s") % {"why": told(why.code, why.values, str(why))})
    counts = {"counts": _totals(report) or _("什么也没有读")}
    if report.interrupted:
        return _("已中断。%(counts)s；上面列出的文件都是完整的，其余没有动过。请再运行一次。") % counts
    return (_("试运行，什么也没有写入：%(counts)s。") if report.dry_run else _("%(counts)s。")) % counts


def _totals(report: Report) -> str:
    totals = [(OUTCOMES[name], count) for name, count in report.totals.items() if count]
    return pgettext("import", "，").join(_("%(outcome)s %(count)s") % {"outcome": o, "count": n} for o, n in totals)


def _place(line: int | None) -> str:
    return _("第 %(line)s 行：") % {"line": line} if line else ""


def _details(file: FileReport) -> str:
    if file.article is None or file.outcome not in ("created", "updated"):
        return ""
    counts = pgettext("import", "，").join(_counts(file.article, file))
    return f"  ({counts}) → {STATES.get(file.status or '', file.status)}"


def _counts(article: dict[str, Any], file: FileReport) -> Iterator[str]:
    talks = [film["interview"] for film in article["films"] if film["interview"]] + article["interviews"]
    exchanges = [exchange for talk in talks for exchange in talk["exchanges"]]
    untitled = sum(1 for film in article["films"] if not film["title"])
    paragraphs = sum(len(exchange["answer"].split("\n\n")) for exchange in exchanges)
    films = len(article["films"])
    yield ngettext("%(count)s 部短片", "%(count)s 部短片", films) % {"count": films}
    if untitled:
        yield _("%(count)s 部未载片名") % {"count": untitled}
    asked = ngettext("%(count)s 组问答", "%(count)s 组问答", len(exchanges)) % {"count": len(exchanges)}
    answered = ngettext("%(count)s 段回答", "%(count)s 段回答", paragraphs) % {"count": paragraphs}
    yield _("%(exchanges)s（%(paragraphs)s）") % {"exchanges": asked, "paragraphs": answered}
    if file.coverage and file.coverage.body_characters:
        percent = file.coverage.used_characters * 1000 // file.coverage.body_characters / 10
        yield _("正文的 %(percent)s %%") % {"percent": f"{percent:g}"}
        if left := len(file.coverage.unused_lines):
            yield ngettext("剩余 %(count)s 行", "剩余 %(count)s 行", left) % {"count": left}
        if chrome := len(file.coverage.chrome_lines):
            yield ngettext("略去网页边角 %(count)s 行", "略去网页边角 %(count)s 行", chrome) % {"count": chrome}


def wide(text: Any, columns: int) -> str:
    """The text filled with blanks to so many columns, from the left if negative; a Han character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in str(text))
    blanks = " " * (abs(columns) - taken)
    return f"{text}{blanks}" if columns > 0 else f"{blanks}{text}"


def short(value: Any) -> str:
    text = pgettext("import", "空") if value is None or value == "" else " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def clean(text: str) -> str:
    """Text that cannot move the cursor or colour the terminal, whatever a file is called or holds."""
    return "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"} else "�" for c in text)


class ProgressBar:
    """One line on a terminal, drawn anew; nothing where no terminal listens."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.is_terminal = stream, stream.isatty()

    def show(self, done: int, total: int) -> None:
        if self.is_terminal:
            filled = BAR_WIDTH * done // total
            self.stream.write(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done}/{total}")
            self.stream.flush()

    def clear(self) -> None:
        if self.is_terminal:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
