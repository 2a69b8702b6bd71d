"""Text that was pasted → an article with a name of its own."""

from __future__ import annotations

import re

from films.importer.files import Given
from films.importer.identity import identity, text_digest
from films.models import Source
from films.reading import read_article
from films.reading.article import Article, Refusal

NAME_LENGTH = 60
UNSAFE = re.compile(r"[\W_]+")
MARKDOWN = re.compile(r"\s*(?:---\s*\n|#{1,6} )")


def paste(text: str) -> Given:
    """The text as a file: UTF-8, named after its headline; never by the name of another article."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    given = Given(f"{_stem('', text)}{_ending(text)}", text.encode("utf-8", "replace"))
    try:
        article = read_article(given.data, given.name)
    except Refusal:
        return given
    return Given(_free_name(article, _stem(article.headline or "", text), _ending(text)), given.data)


def _ending(text: str) -> str:
    if text.lstrip("\ufeff \t\n").startswith("{"):
        return ".json"
    return ".md" if MARKDOWN.match(text) else ".txt"


def _stem(headline: str, text: str) -> str:
    """Letters and digits of the headline, else of the first line that has any."""
    for line in (headline, *text.splitlines()):
        if stem := UNSAFE.sub("-", line)[:NAME_LENGTH].strip("-"):
            return stem
    return "article"


def _free_name(article: Article, stem: str, ending: str) -> str:
    """The name under which the article is known, else one that no other article has."""
    number, name = 1, f"{stem}{ending}"
    while not _is_free(article, name):
        number += 1
        name = f"{stem}-{number}{ending}"
    known = Source.objects.filter(identity=identity(article, name)).values_list("name", flat=True).first()
    return known if known and known.endswith(ending) else name


def _is_free(article: Article, name: str) -> bool:
    """No other article goes by this name; the same one may."""
    of_article = identity(article, name)
    for source in Source.objects.filter(name=name).only("identity", "text"):
        if source.identity != of_article:
            return False
        # Told apart by nothing but its name: then only the same text is the same article.
        if identity(article, f"-{name}") != of_article and text_digest(source.text) != text_digest(article.text):
            return False
    return True
