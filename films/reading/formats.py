"""The formats an article may come in, by file ending. A new one is one more reader here."""

from collections.abc import Callable

from films.reading.article import Article
from films.reading.decoding import Decoded
from films.reading.json_format import read_json
from films.reading.markdown_format import read_markdown
from films.reading.text_format import read_text
from films.reading.vocabulary import Vocabulary

Reader = Callable[[bytes, Decoded, Vocabulary, str | None, tuple[str, ...]], Article]

FORMATS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".json": read_json,
}
