"""Which topic an unfiled question may belong to, by likeness to what is filed already. A person decides."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log, sqrt
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet

from films import history
from films.models import Exchange, Interview, Topic
from films.patterns import late
from films.text import bigrams, fold

# Below this a likeness is chance: two questions share “what did you” and no more.
THRESHOLD = 0.25
BY_CUE = 0.9
COMMON = 20
SUGGESTED = 3
# How many filed questions of a topic are compared with; more of them add time and little sense.
EXAMPLES = 60

# What questions are asked with, whatever they ask about.
FILLERS = frozenset(
    re.findall(
        r"\S+",
        """
什么 怎么 么样 如何 哪里 哪些 是什 是怎 么来 来的 么是 的是 你是 您是 你的 您的 是如 一下 可以 觉得
认为 这个 这部 短片 影片 作品 有什 有没 没有
what which who when where why how did do does you your yours the a an is are was were it its to of in on at as
with by and or for from this that these those have has had be been can could would will there any me us about
film short
""",
    )
)

SENTENCE_ENDS = late(r"[。？！；，,?!;\n]+|\.\s")
# A shorter piece says too little to be compared alone.
FEWEST = 3

Vector = dict[str, float]


class Example(NamedTuple):
    """A text that stands for a topic: its name, a cue, or a question filed under it."""

    topic: int
    text: str


class Suggestion(NamedTuple):
    """A topic that a question may belong to, how alike they are (0 to 1), and which text is so like it."""

    topic: int
    likeness: float
    text: str

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


def tokens(text: str) -> Counter[str]:
    """Pairs of Han characters and whole Latin words; a lone character at a run's end says too little."""
    return Counter(token for token in bigrams(fold(text)) if len(token) > 1 and token not in FILLERS)


def parts_of(question: str) -> list[str]:
    """A question whole and sentence by sentence: of several asked at once one may be the shared one."""
    sentences = [part for part in SENTENCE_ENDS.split(question) if len(tokens(part)) >= FEWEST]
    return list(dict.fromkeys([question, *sentences]))


class Likeness:
    """Examples ready to be compared with many questions: by the cosine of their weighted tokens."""

    def __init__(self, examples: Iterable[Example], cues: Mapping[int, Sequence[str]]) -> None:
        self.examples = list({(example.topic, fold(example.text)): example for example in examples}.values())
        self.cues = {topic: [fold(cue) for cue in listed if cue.strip()] for topic, listed in cues.items()}
        counted = [tokens(example.text) for example in self.examples]
        self.frequency = Counter(token for found in counted for token in found)
        self.places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        # What most examples share tells none from another, and is dear to follow.
        most = max(COMMON, len(self.examples) // 10)
        for place, found in enumerate(counted):
            for token, weight in self.vector(found).items():
                if self.frequency[token] <= most:
                    self.places[token].append((place, weight))

    def vector(self, counted: Counter[str]) -> Vector:
        """Rare tokens weigh more; the whole has length one."""
        weights = {token: number * self.weight(token) for token, number in counted.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1
        return {token: weight / length for token, weight in weights.items()}

    def weight(self, token: str) -> float:
        return 1 + log((1 + len(self.examples)) / (1 + self.frequency[token]))

    def suggest(self, question: str) -> list[Suggestion]:
        """The likeliest topics, best first; none when nothing is alike enough."""
        best: dict[int, tuple[float, str]] = {}
        for part in parts_of(question):
            for topic, likest in self.by_words(part).items():
                best[topic] = max(best.get(topic, (0.0, "")), likest)
        for topic, cue in self.by_cues(question):
            if best.get(topic, (0.0, ""))[0] < BY_CUE:
                best[topic] = (BY_CUE, cue)
        found = [Suggestion(topic, score, text) for topic, (score, text) in best.items() if score >= THRESHOLD]
        return sorted(found, key=lambda suggestion: (-suggestion.likeness, suggestion.topic))[:SUGGESTED]

    def by_words(self, question: str) -> dict[int, tuple[float, str]]:
        """Topic → how alike its likest example is, and which that is."""
        scores: dict[int, float] = defaultdict(float)
        for token, weight in self.vector(tokens(question)).items():
            for place, other in self.places.get(token, ()):
                scores[place] += weight * other
        best: dict[int, tuple[float, str]] = {}
        # In ascending order, so that the last one of a topic is its best.
        for place, score in sorted(scores.items(), key=lambda item: item[1]):
            example = self.examples[place]
            best[example.topic] = (min(score, 1.0), example.text)
        return best

    def by_cues(self, question: str) -> Iterator[tuple[int, str]]:
        """Topics of which a cue stands in the question word for word: that is what cues are for."""
        folded = fold(question)
        for topic, listed in self.cues.items():
            cue = next((cue for cue in listed if cue in folded), None)
            if cue:
                yield topic, cue


def likeness(topics: Iterable[Topic]) -> Likeness:
    """What the questions filed so far, and the topics' own words, tell (1 query)."""
    listed = list(topics)
    known = {topic.pk: (topic.name, topic.name_en, *topic.aliases, *topic.cues) for topic in listed}
    examples = [Example(topic, text) for topic, texts in known.items() for text in texts if text]
    filed = Exchange.objects.filter(topic__in=listed).exclude(question="").order_by("-pk")
    taken: Counter[int] = Counter()
    for topic, question in filed.values_list("topic", "question").distinct():
        if taken[topic] < EXAMPLES:
            taken[topic] += 1
            examples += [Example(topic, part) for part in parts_of(question)]
    return Likeness(examples, {topic.pk: topic.cues for topic in listed})


def unfiled() -> QuerySet[Any]:
    """Questions that nobody has filed under a topic."""
    return Exchange.objects.filter(topic=None).exclude(question="")


def file_questions(chosen: Mapping[int, int], versions: Mapping[int, int], user: Any) -> tuple[list[Any], list[Any]]:
    """File unfiled questions under topics; give those filed and those that somebody else changed meanwhile.

    `chosen` maps exchange to topic, `versions` interview to the version that the person saw.
    """
    with transaction.atomic():
        rows = unfiled().filter(pk__in=chosen).select_related("interview").order_by("pk")
        standing = list(rows.select_for_update(of=("self",)))
        raised = {key: raise_version(key, version) for key, version in versions.items()}
        fresh = [row for row in standing if raised.get(row.interview_id)]
        with history.changing(fresh, user, [{"changed": {"fields": ["topic"]}}]):
            for row in fresh:
                row.topic_id = chosen[row.pk]
                row.save(update_fields=["topic"])
    done = {row.pk for row in fresh}
    lost = Exchange.objects.filter(pk__in=[key for key in chosen if key not in done]).select_related("interview")
    return fresh, list(lost)


def raise_version(interview: int, version: int) -> bool:
    """Raise an interview's version by one if it is still what the person saw; exact even when two save at once."""
    return bool(Interview.objects.filter(pk=interview, version=version).update(version=F("version") + 1))
