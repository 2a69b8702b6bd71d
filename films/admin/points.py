"""What reading and importing may remark on, in a few words each; the sentence itself follows in full."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from films.importer.sentences import told
from films.reading.messages import Values

TITLES = {
    "alias": _("名字可能另有写法"),
    "ambiguous_date": _("日月次序不明"),
    "answer_without_question": _("有答无问"),
    "archived": _("原文已无此条目，已归档"),
    "aside": _("插话"),
    "back_in_source": _("原文又有了此条目"),
    "damaged": _("文字有损坏"),
    "deleted_by_editor": _("编辑删去的，未再导入"),
    "encoding_gb18030": _("按 GB18030 读取"),
    "gone_but_kept": _("原文已无此条目，仍保留"),
    "impossible_date": _("日历上没有这一天"),
    "label_kept_as_text": _("像标签，作文字保留"),
    "label_repeated": _("标签接连出现"),
    "month_only": _("只有年月"),
    "no_dialogue": _("没有找到对话"),
    "no_headline": _("没有标题"),
    "no_publisher": _("发布者未具名"),
    "removed_from_source": _("原文已无此条目，已移除"),
    "repeated": _("重复的段落"),
    "runtime_from_answer": _("片长出自回答"),
    "section_parted": _("短片没有标记"),
    "source_changed": _("文章自身的信息有变"),
    "title_not_stated": _("原文未载片名"),
    "title_offered": _("可能的片名，未采用"),
    "title_stated_by_maker": _("片名出自作者之口"),
    "two_languages": _("两种语言"),
    "unanswered": _("有问无答"),
    "unknown_field": _("不认识的字段"),
    "unlabelled_answer": _("回答没有标签"),
    "unready": _("未达到发布要求"),
    "unread_date": _("日期读不出"),
    "unread_views": _("浏览次数读不出"),
    "updates_file_of_this_run": _("更新同一次导入的文件"),
    "value_refused": _("值不合规则，未采用"),
    "word_deleted": _("编辑删去的词，未再新建"),
}

# What the command says by its options, the desk says by its own form.
AT_THE_DESK: dict[str, Any] = {
    "no_dialogue": _("没有找到对话。若有，请在“换一种读法”里指明谁在问、谁在答。"),
    "nul_bytes": _("文件里有 NUL 字节，因此不是文字；若是没有标记的 UTF-16，请在“换一种读法”里写 utf-16-le。"),
    "not_in_encoding": _("字节不合所写的编码。请在“换一种读法”里写另一个。"),
    "undecodable": _("字节既不是 UTF-8 也不是 GB18030。请在“换一种读法”里写明编码。"),
    "no_sense_as_gb18030": _("字节不是 UTF-8，按 GB18030 读也不成文。请在“换一种读法”里写明编码。"),
}


def said(code: str | None, values: Values | None, otherwise: str = "") -> str:
    """The sentence for a point or a refusal, as the desk says it."""
    return str(AT_THE_DESK[code]) if code in AT_THE_DESK else told(code, values, otherwise)
