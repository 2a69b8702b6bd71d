"""What editors are told, in their own language: the reader's sentences, by the same codes, for the catalogues."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from films.importer.phrases import PHRASES
from films.reading.messages import Values, sentence

POINTS = {
    "alias": _("“{label}”读作{name}，本节中只有此人合适。请确认。"),
    "ambiguous_date": _("“{printed}”的日与月谁在前不明。日期留空，请查证。"),
    "answer_without_question": _("第一个提问之前就有回答，它的提问已缺失。未导入；请把两者补上。"),
    "archived": _("文章里已没有此条目；已归档，没有删除。"),
    "aside": _("“{text}”夹在两段发言之间，没有归入任何一段。请看它是否属于其中之一。"),
    "back_in_source": _("文章里又有了此条目。它保持现在的状态；若要公开，请发布。"),
    "damaged": _("文字有损坏：{what:words}，共 {count} 处。请找一份更好的原文。"),
    "deleted_by_editor": _("编辑删去了此条目，文章里还有。不再恢复。"),
    "encoding_gb18030": _("文件不是 UTF-8，按 GB18030 读取。请核对几行。"),
    "gone_but_kept": _("文章里已没有此条目；{why:words}。"),
    "impossible_date": _("日历上没有“{printed}”。日期留空，请查证。"),
    "label_kept_as_text": _("“{text}”像是标签，作为文字保留。"),
    "label_repeated": _("同一个标签接连引出两段回答，已合为一段。中间可能缺了一个提问。"),
    "month_only": _("“{printed}”只有年月，没有日。日期留空。"),
    "no_dialogue": _("没有找到对话。若有，请用 --asker 与 --answerer 指明双方的标签。"),
    "no_headline": _("来源、时间那一行的上方没有标题。"),
    "no_publisher": _("来源写作“{printed}”，没有说出发布者。"),
    "removed_from_source": _("文章里已没有此条目；已移除。"),
    "repeated": _("这一段与上一段相同，已略去。"),
    "runtime_from_answer": _("片长 {seconds} 秒，出自回答。"),
    "section_parted": _("这段访谈之前没有短片的标记，已作为另一部短片。请确认。"),
    "source_changed": _("文章自身的信息有变：{changes:words}。"),
    "title_not_stated": _("文章没有写出这部短片的片名；显示为无题，附作者。"),
    "title_offered": _("片名可能是《{title}》：{why:words}。未采用。"),
    "title_stated_by_maker": _("作者称这部短片为《{title}》，没有标题这样写。请确认。"),
    "two_languages": _("发言有两种语言，已合在一段回答里。请分开。"),
    "unanswered": _("提问“{question}”没有回答，未导入；请补上回答，或不再保留这个提问。"),
    "unknown_field": _("文章没有“{field}”这个字段，未读取。"),
    "unlabelled_answer": _("这一问的回答没有标签；提问之后的文字读作回答。请确认。"),
    "unready": _("没有发布，因为{field:words}：{lack:words}"),
    "unread_date": _("“{printed}”读不成日期，留空。"),
    "unread_views": _("“{printed}”不是浏览次数，留空。"),
    "updates_file_of_this_run": _("将更新 {file}。"),
    "value_refused": _("{field:words}的值“{value}”没有采用：{reason:words}。请在文章里或后台更正。"),
    "word_deleted": _("{word:words}“{name}”已在编辑台删去，不再新建。若要用它，请从回收站恢复。"),
}
REFUSALS = {
    "not_there": _("没有这个文件，或它是一个断了的链接。请核对文件名。"),
    "not_opened": _("文件打不开：{problem}。请核对文件名与权限。"),
    "link_leaves": _("这是一个指向文件夹之外的链接。请把文章本身放进来。"),
    "not_a_file": _("这不是普通文件，而是文件夹、管道或设备。请给出文章的文件。"),
    "too_large": _("文件有 {size} MiB；一篇文章最多 {limit} MiB。请拆分，或去掉不是文字的部分。"),
    "too_large_whole": _("文件超过 {limit} MiB，这是一篇文章的上限。请拆分。"),
    "too_many_lines": _("文件有 {lines} 行；一篇文章最多 {limit} 行。请拆分。"),
    "too_many_paragraphs": _("文件有 {lines} 行带文字；一篇文章最多 {limit} 行。请拆分。"),
    "empty": _("文件是空的。请把文章存进去，再导入。"),
    "only_blanks": _("文件里只有空白。请把文章存进去，再导入。"),
    "ending": _("只读 {endings}。请把文章存成其中一种。"),
    "ending_unread": _("不读 {ending} 文件。请给出 .txt、.md 或 .json。"),
    "no_ending": _("不读没有扩展名的文件。请给出 .txt、.md 或 .json。"),
    "editors_file_given": _("这是编者对一篇文章的补充。请给出文章本身，它的 .toml 会一并读取。"),
    "not_text": _("这是{kind:words}，不是文字。请把文章的文字存成 .txt 文件。"),
    "nul_bytes": _("文件里有 NUL 字节，因此不是文字；没有标记的 UTF-16 请用 --encoding utf-16-le。"),
    "nul_characters": _("文字里有 NUL 字符。请重新存为纯文本。"),
    "control_characters": _("文件里满是控制字符，因此不是文字。请存为纯文本。"),
    "no_such_encoding": _("没有名为“{encoding}”的编码。请用 gb18030、big5、shift_jis 这样的名称。"),
    "not_in_encoding": _("字节不合 {encoding} 编码。请给出另一个 --encoding。"),
    "undecodable": _("字节既不是 UTF-8 也不是 GB18030。请用 --encoding 指明编码。"),
    "no_sense_as_gb18030": _("字节不是 UTF-8，按 GB18030 读也不成文。请用 --encoding 指明编码。"),
    "web_page": _("这是存下来的网页。请在浏览器里打开，把文字复制出来存成 .txt 文件。"),
    "only_furniture": _("这里只有网页的边角文字，没有文章。请把整页文字存下来。"),
    "teasers": _("这是一串通往别处的摘要，不是文章。请把文章本身存下来。"),
    "two_articles": _("第 {first} 行与第 {second} 行都写着文章的来源：一个文件里有两篇文章。请各存一个文件。"),
    "no_answers": _("文件里有 {questions} 个提问，没有一个回答。请补上回答，再导入。"),
    "no_body": _("前置字段之后没有文章。请写在第二个 --- 之下。"),
    "front_matter_open": _("前置字段以 --- 开始，没有结束。请在最后一个字段之后加一行 ---。"),
    "no_field": _("“{text}”不是字段。请写成一行 `key: value`。"),
    "field_twice": _("字段“{field}”出现了两次。请保留一个。"),
    "not_json": _("这不是有效的 JSON：{problem}，第 {column} 列。请在那里更正。"),
    "json_too_deep": _("这个 JSON 嵌套太深，或有不成数的数。一篇文章是一个简单的对象。"),
    "json_key_twice": _("键“{key}”在一个对象里出现了两次。请保留一个。"),
    "json_list": _("{place} 应为最多 {limit} 项的列表。请写在 [ ] 里。"),
    "json_value": _("{place} 应为{wants:words}，不是 {value}。"),
    "json_object": _("{place} 应为对象，其键为 {known}。"),
    "json_unknown": _("{place} 的键“{key}”在这里不认识。认识的有 {known}。"),
    "json_lacks": _("{place} 缺少“{key}”。请补上。"),
    "json_date": _("published_on 是“{value}”，日历上没有这一天。请写成 2025-04-17，或 null。"),
    "json_title": _("一部短片或有片名并写明出处，或两者都没有（null 与 not_stated）。"),
    "json_film_twice": _("两部短片的键都是“{key}”。请各用各的键。"),
    "vocabulary_toml": _("vocabulary.toml 不是有效的 TOML：{problem}。请更正后再导入。"),
    "vocabulary": _("vocabulary.toml，{at:words}：{why_wrong:words}。请更正后再导入。"),
    "editors_large": _("{file} 超过 256 KiB。它只应为每部短片写几行。"),
    "editors_not_opened": _("{file} 打不开：{problem}。请核对权限。"),
    "editors_not_utf8": _("{file} 不是 UTF-8。请存为 UTF-8，再导入。"),
    "editors_toml": _("{file} 不是有效的 TOML：{problem}。请更正后再导入。"),
    "editors": _("{at:words}：{why_wrong:words}。请在那里更正后再导入。"),
    "same_article": _("同一篇文章已作为 {file} 导入。不必再做什么。"),
    "earlier_version": _("这是文章较早的版本，已由 {file} 取代。"),
    "nothing_there": _("{paths} 处什么也没有。请核对路径。"),
    "nothing_to_import": _("没有可导入的：没有找到 .txt、.md 或 .json 文件。"),
    "seeds_version": _("{file} 是另一版本的程序写出的。请用这一版本重新导出。"),
    "seeds_unread": _("{file} 读不了：{problem}。请用导出时的整个文件夹；这次什么也没有导入。"),
    "seeds_differ": _(
        "本站已有 {number} 条（{kind}）内容不同：{entries}。没有覆盖，也没有导入；请用空的网站，或先移走它们。"
    ),
    "failed_database": _("数据库没有接受（{error}: {problem}）。什么也没有写入。请告诉管理本站的人。"),
    "failed_importer": _("导入程序在这里出了错（{error}: {problem}）。什么也没有写入。请告诉管理本站的人。"),
}
SENTENCES: Mapping[str, Any] = POINTS | REFUSALS | PHRASES


def told(code: str | None, values: Values | None, otherwise: str = "") -> str:
    """The sentence in the active language; `otherwise` where an older report lacks what it needs."""
    try:
        return sentence(code or "", values or {}, SENTENCES)
    except KeyError:
        return otherwise
