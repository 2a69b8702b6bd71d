"""What makes two articles the same article, and two readings the same reading."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import films.reading
from films.reading.article import Article
from films.text import fold

KEY_LIMIT = 200


def sha256(*parts: str) -> str:
    """The digest of texts, each told apart from the next."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def identity(article: Article, name: str) -> str:
    """Publisher, compared headline and date; the file's name only where those do not tell articles apart."""
    publisher = fold(article.publisher or article.printed.get("publisher", ""))
    headline, date = fold(article.headline or ""), article.published_on or ""
    tells_apart = headline and (publisher or date)
    return sha256(publisher, headline, date, *([] if tells_apart else [fold(name)]))


def text_digest(text: str) -> str:
    """Equal for the same text whatever its newlines and byte order mark."""
    return sha256(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))[:32]


def context_digest(vocabulary: str, editors: str, asker: str | None, answerers: Sequence[str]) -> str:
    """Equal when everything beside the text that decides the outcome is equal; `editors` is a digest itself."""
    return sha256(reader_version(), vocabulary, editors, asker or "", *answerers)[:32]


def editors_digest(editors: str) -> str:
    """Stands for the editors' file where only its being the same matters."""
    return sha256(editors)


@cache
def reader_version() -> str:
    """Changes with the reader's own code, so that a better reader reads again."""
    folder = Path(films.reading.__file__).parent
    return sha256(*(path.read_text("utf-8") for path in sorted(folder.glob("*.py"))))


def bounded(key: str) -> str:
    """A key that fits its column and still tells apart what it told apart."""
    return key if len(key) <= KEY_LIMIT else f"{key[: KEY_LIMIT - 17]}~{sha256(key)[:16]}"
