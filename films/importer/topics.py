"""A question → the topic it belongs to, by the cues of the vocabulary."""

import re

from films.reading.vocabulary import TopicWord, Vocabulary
from films.text import fold


class Topics:
    """The vocabulary's topics, ready to be looked up many times."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.words = {topic.name: topic for topic in vocabulary.topics}
        self._patterns = [(topic, _pattern(topic)) for topic in vocabulary.topics if topic.cues]
        self._found: dict[str, str | None] = {}

    def of(self, question: str) -> str | None:
        """The first topic, in the order of the file, one of whose cues the question has."""
        if question not in self._found:
            if len(self._found) > 1000:
                self._found.clear()
            self._found[question] = self._look_up(fold(question))
        return self._found[question]

    def _look_up(self, question: str) -> str | None:
        return next((topic.name for topic, pattern in self._patterns if pattern.search(question)), None)


def _pattern(topic: TopicWord) -> re.Pattern[str]:
    """All cues as one expression; Latin letters count only where a word begins (`actors`, not `factors`)."""
    return re.compile("|".join(_cue_pattern(fold(cue)) for cue in topic.cues))


def _cue_pattern(cue: str) -> str:
    return (r"(?<![a-z0-9])" if cue[:1].isascii() and cue[:1].isalnum() else "") + re.escape(cue)
