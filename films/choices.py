"""The fixed words of the data model: what is stored, and what people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待审")
    PUBLISHED = "published", _("已发布")
    ARCHIVED = "archived", _("已归档")


class Role(TextChoices):
    """The names of the groups, which are stored; people read the words beside them."""

    CONTRIBUTORS = "Contributors", pgettext_lazy("role", "投稿人")
    EDITORS = "Editors", pgettext_lazy("role", "编辑")
    PUBLISHERS = "Publishers", pgettext_lazy("role", "发布者")
    ADMINISTRATORS = "Administrators", pgettext_lazy("role", "管理员")


class SecurityKind(TextChoices):
    """What is written down of doors opened and kept shut; the log has these words too."""

    SIGN_IN = "sign_in", _("登录")
    SIGN_IN_FAILED = "sign_in_failed", _("登录失败")
    LOCKED = "locked", _("登录被锁")
    UNLOCKED = "unlocked", _("解除登录锁定")
    SIGN_OUT = "sign_out", _("退出")
    SIGNED_OUT = "signed_out", _("被登出")
    PASSWORD_CHANGED = "password_changed", _("改了密码")
    RESET_ASKED = "reset_asked", _("索取重设密码的邮件")
    FACTOR_ADDED = "second_factor_added", _("设置了两步验证")
    FACTOR_REMOVED = "second_factor_removed", _("去掉了两步验证")
    FACTOR_FAILED = "second_factor_failed", _("验证码不对")
    CODES_MADE = "recovery_codes_made", _("生成了恢复码")
    CODE_USED = "recovery_code_used", _("用了恢复码")
    ROLE = "role_changed", _("账号或角色有变")
    PUBLISHED = "published", _("发布")
    UNPUBLISHED = "unpublished", _("撤下")
    IMPORTED = "imported", _("导入")
    EXPORTED = "exported", _("导出")
    BACKED_UP = "backed_up", _("备份")
    RESTORED = "restored", _("恢复备份")
    REFUSED = "refused", _("被拒绝")


class TitleOrigin(TextChoices):
    HEADING = "heading", _("原文标题")
    STATED_BY_MAKER = "stated_by_maker", _("作者自述")
    EDITOR = "editor", _("编辑确认")
    NOT_STATED = "not_stated", _("原文未载")


class CreditRole(TextChoices):
    MAKER = "maker", _("创作")
    DIRECTOR = "director", _("导演")
    WRITER = "writer", _("编剧")
    PRODUCER = "producer", _("制片")
    CINEMATOGRAPHER = "cinematographer", _("摄影")
    ANIMATOR = "animator", _("动画")
    EDITOR = "editor", _("剪辑")
    MUSIC = "music", _("音乐")
    SOUND = "sound", _("声音")
    VOICE = "voice", _("配音")
    OTHER = "other", _("其他")


class PartnershipRole(TextChoices):
    ORGANISER = "organiser", _("发起")
    PARTNER = "partner", _("合作")
    SPONSOR = "sponsor", _("支持")
    MEDIA = "media", _("媒体")


class ToolStep(TextChoices):
    NOT_STATED = "", _("未载")
    SCRIPT = "script", _("剧本")
    IMAGE = "image", _("图像")
    VIDEO = "video", _("影像")
    VOICE = "voice", _("配音")
    MUSIC = "music", _("音乐")
    EDIT = "edit", _("剪辑")
    TRAINING = "training", _("训练")
    OTHER = "other", _("其他")


class Form(TextChoices):
    NOT_STATED = "", _("未载")
    FICTION = "fiction", _("剧情")
    ANIMATION = "animation", _("动画")
    DOCUMENTARY = "documentary", _("纪录")
    EXPERIMENTAL = "experimental", _("实验")
    MUSIC_VIDEO = "music_video", _("音乐影像")
    OTHER = "other", _("其他")


class ContentLanguage(TextChoices):
    ZH_HANS = "zh-hans", _("简体中文")
    ZH_HANT = "zh-hant", _("繁体中文")
    EN = "en", _("英文")
    JA = "ja", _("日文")
    KO = "ko", _("韩文")


class VideoSite(TextChoices):
    YOUTUBE = "youtube", "YouTube"
    VIMEO = "vimeo", "Vimeo"
    BILIBILI = "bilibili", _("哔哩哔哩")


class CaptionKind(TextChoices):
    """As the browser's player knows them: captions also tell what is heard."""

    SUBTITLES = "subtitles", _("字幕（对白）")
    CAPTIONS = "captions", _("隐藏式字幕（含声音说明）")


class CaptionLanguage(TextChoices):
    """Each by its own name, as it stands in the player's menu."""

    ZH_HANS = "zh-Hans", "简体中文"
    ZH_HANT = "zh-Hant", "繁體中文"
    EN = "en", "English"
    JA = "ja", "日本語"
    KO = "ko", "한국어"
    FR = "fr", "Français"
    DE = "de", "Deutsch"
    ES = "es", "Español"
    PT = "pt", "Português"
    IT = "it", "Italiano"
    RU = "ru", "Русский"
    AR = "ar", "العربية"
    VI = "vi", "Tiếng Việt"
    TH = "th", "ไทย"


class WorkKind(TextChoices):
    NOT_STATED = "", _("未载")
    BOOK = "book", _("书")
    FILM = "film", _("影片")
    STORY = "story", _("故事")
    SERIES = "series", _("剧集")
    OTHER = "other", _("其他")


class LinkReason(TextChoices):
    """What an address on the net answered."""

    FINE = "fine", _("正常")
    MOVED = "moved", _("已迁至新网址")
    UNWILLING = "unwilling", _("不回答程序")
    GONE = "gone", _("页面不存在")
    FAULTY = "faulty", _("服务器出错")
    NO_HOST = "no_host", _("域名不存在")
    NO_CONNECTION = "no_connection", _("连不上")
    TIMEOUT = "timeout", _("超时")
    CERTIFICATE = "certificate", _("证书无效")
    CIRCLE = "circle", _("不停转向")
    PRIVATE = "private", _("指向内部网络")
    INVALID = "invalid", _("不是网址")

    @classmethod
    def answered(cls) -> set["LinkReason"]:
        """Those that say that somebody is there."""
        return {cls.FINE, cls.MOVED, cls.UNWILLING}


class MediaFault(TextChoices):
    """What can be wrong with a file of the media."""

    MISSING = "missing", _("文件丢失")
    ALTERED = "altered", _("内容变了")
    DERIVATIVE = "derivative", _("缺少缩略图")
    ORPHAN = "orphan", _("没有条目使用")
