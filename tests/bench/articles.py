"""Believable articles in any number: five films, fifteen exchanges, about the length of the real one."""

import random
from pathlib import Path

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "子涵雨桐浩然思远晓晨嘉宁若溪书瑶明轩静姝一鸣知行云舟清和安然望舒"
THEMES = ("极乐世界", "无人之境", "海的另一边", "第二次出生", "沉默的房间", "远山", "风从哪里来", "最后一盏灯")
ORGANISERS = ("NOWNESS", "即梦AI", "抖音艺术", "影像志", "未来剧场")
WORDS = [
    "镜头",
    "画面",
    "声音",
    "记忆",
    "森林",
    "城市",
    "父亲",
    "少年",
    "河流",
    "灯光",
    "机器",
    "情绪",
    "节奏",
    "故事",
    "结构",
    "身体",
    "植物",
    "神话",
    "道德",
    "边界",
    "想象",
    "技术",
    "风格",
    "细节",
    "材料",
    "时间",
    "距离",
    "模型",
    "提示词",
    "分镜",
    "剪辑",
    "色彩",
    "影子",
    "语言",
    "传统",
    "现实",
    "幻觉",
    "自由",
    "温度",
    "沉默",
    "飞行",
    "梦境",
    "童年",
    "祖母",
    "海面",
    "窗户",
    "街道",
    "雨水",
    "列车",
    "星空",
]
LINKS = ["和", "与", "在", "让", "把", "从", "向", "像", "被", "为", "对", "比"]
ENDS = (
    "慢慢显现出来",
    "变得不再重要",
    "成为另一种语言",
    "留在最后一个镜头里",
    "需要反复尝试",
    "是我最在意的部分",
    "没有标准答案",
    "开始有了生命",
)
TOOLS = ("Midjourney", "Runway", "可灵", "即梦", "Sora", "Suno", "ComfyUI")
QUESTIONS = (
    "你是从什么时候开始AI创作的?",
    "如何理解“{theme}”这一主题?",
    "创作过程中，你遇到最大的难点是什么?",
    "能否分享一下本次创作的过程?",
    "请分享一下目前对于AI影像创作的观察。",
    "这次作品的灵感从何而来?",
)


def write_articles(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """Write `count` articles; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"article-{number:05d}.txt"
        path.write_text(article(number, random.Random(f"{seed}-{number}")), "utf-8")
        paths.append(path)
    return paths


def article(number: int, chance: random.Random) -> str:
    """One article; every fortieth begins a new edition."""
    edition = number // 40
    theme = f"{THEMES[edition % len(THEMES)]}{edition // len(THEMES) or ''}"
    year, month = 2015 + edition % 11, 1 + edition % 12
    first, second = chance.sample(ORGANISERS, 2)
    head = [
        f"走进五个AI创作的“{theme}”之{number}",
        f"来源:影像周刊   发布时间:{year}-{month:02d}-{1 + number % 28:02d}   浏览次数:{chance.randint(10, 90000)}    评论",
        f"{month}月,{first}携手{second}发起了以“{theme}”为主题的未来影像计划,最终从中选出了5位创作者的投递短片。",
        "我们和五部获奖短片的作者聊了聊。",
    ]
    return "\n\n".join([*head, *(film(theme, chance) for _ in range(5)), "THE END"]) + "\n"


def film(theme: str, chance: random.Random) -> str:
    maker = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
    parts = ["", f"剧情简介:{sentences(chance, 3)}", ""]
    for question in chance.sample(QUESTIONS, 3):
        parts += [f"NOWNESS:{question.format(theme=theme)}", f"{maker}:{sentences(chance, 4)}", sentences(chance, 4)]
    tool = chance.choice(TOOLS)
    parts += [f"我用{tool}生成了大部分画面。{sentences(chance, 3)}", sentences(chance, 3)]
    return "\n\n".join(parts)


def sentences(chance: random.Random, count: int) -> str:
    return "".join(sentence(chance) for _ in range(count))


def sentence(chance: random.Random) -> str:
    clauses = [
        chance.choice(WORDS) + chance.choice(LINKS) + chance.choice(WORDS) + chance.choice(WORDS) for _ in range(3)
    ]
    return ",".join(clauses) + chance.choice(ENDS) + "。"
