"""An article file → Article. No Django in here; usable and testable alone."""

from pathlib import PurePath

from films.reading.article import Article, Refusal
from films.reading.decoding import decode
from films.reading.vocabulary import EMPTY, Vocabulary

__all__ = ["Article", "Refusal", "read_article"]


def read_article(
    data: bytes,
    name: str,
    *,
    vocabulary: Vocabulary = EMPTY,
    encoding: str | None = None,
    asker: str | None = None,
    answerers: tuple[str, ...] = (),
) -> Article:
    """Read one article by its file's ending: .txt, .md or .json.

    `asker` and `answerers` are labels named by an editor where the text's own marks do not suffice.
    Raises Refusal, with one sentence for an editor and the line if there is one.
    """
    # The readers' patterns take a tenth of a second to compile; whoever only serves pages never needs them.
    from films.reading.formats import FORMATS  # noqa: PLC0415

    reader = FORMATS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Refusal("ending", endings=", ".join(FORMATS))
    return reader(data, decode(data, encoding), vocabulary, asker, answerers)
