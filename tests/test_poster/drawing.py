"""Posters for tests, and reading them back."""

from xml.etree import ElementTree

from films.poster import COMPOSITIONS, FIGURES, PIGMENTS, Facts, possible, poster

LONG = "我们在水晶穹顶之下抬头看见的第一片真正的天空"
TITLES = (
    "", "春", "夜航", "梅花鹿", "南方车站", "自愿被吃的猪", "夏天的尾巴上", "九个字的片名这么长", LONG, LONG * 8,
    "I", "Elysium", "The River", "A Very Long English Title About the River and the People Beside It", "W" * 200,
    "AI之梦：第二部", "你好，世界", "𠮷野家", "《书名》与<b>&\"'", "夜 航", "…",
)  # fmt: skip


def facts(title: str = "梅花鹿", **values: str) -> Facts:
    usual = {
        "creator": "阿米", "edition": "极乐世界 2025", "pigment": "cinnabar", "figure": "branches",
        "composition": "full", "seed": "mei-hua-lu",
    }  # fmt: skip
    return Facts(title=title, **usual | values)


def every(title: str) -> list[Facts]:
    """Each figure in each composition that the title can have, the pigments by turns."""
    pigments = list(PIGMENTS)
    names = [
        (figure, composition) for figure in FIGURES for composition in COMPOSITIONS if composition in possible(title)
    ]
    return [
        facts(title, pigment=pigments[n % 10], figure=figure, composition=composition, seed=f"{title}{n}")
        for n, (figure, composition) in enumerate(names)
    ]


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def classes(element: ElementTree.Element) -> set[str]:
    return set(element.get("class", "").split())


def texts(value: Facts, role: str) -> list[ElementTree.Element]:
    return [element for element in parsed(poster(value)).iter("text") if role in classes(element)]
