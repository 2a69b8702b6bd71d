"""What editors read in the lists of pigments, figures and compositions."""

from films.poster.palette import PIGMENTS

PIGMENT_LABELS = {name: f"{pigment.label} {name}" for name, pigment in PIGMENTS.items()}
FIGURE_LABELS = {
    "dome": "穹 dome",
    "sun": "日 sun",
    "slats": "帘 slats",
    "ripple": "漪 ripple",
    "steps": "阶 steps",
    "petals": "瓣 petals",
    "branches": "枝 branches",
    "fan": "羽 fan",
}
COMPOSITION_LABELS = {
    "full": "满版 full",
    "column": "竖排 column",
    "horizon": "地平 horizon",
    "split": "对开 split",
    "mirror": "倒影 mirror",
    "gate": "门 gate",
    "void": "空 void",
    "nest": "叠 nest",
}
