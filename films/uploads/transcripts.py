"""What is said in a film, to be read: cues joined into paragraphs."""

from collections.abc import Iterable, Iterator

from films.text import BLANKS
from films.uploads.captions import Cue

# A pause so long, in milliseconds, or so many characters begin a new paragraph.
PAUSE, LONG = 3_000, 400


def transcript(cues: Iterable[Cue]) -> str:
    """The words of all cues, paragraphs divided by an empty line; who speaks stands before it.

    Words of two cues never run together: subtitles mostly go without a full stop.
    """
    return "\n\n".join(" ".join(words) for words in paragraphs(cues))


def paragraphs(cues: Iterable[Cue]) -> Iterator[list[str]]:
    words: list[str] = []
    length, last = 0, Cue(0, 0, "")
    for cue in cues:
        if words and (cue.voice != last.voice or cue.start - last.end >= PAUSE or length >= LONG):
            yield words
            words, length = [], 0
        said = BLANKS.sub(" ", cue.text)
        words.append(f"{cue.voice}：{said}" if cue.voice and not words else said)
        length, last = length + len(said), cue
    if words:
        yield words
