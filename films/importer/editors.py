"""`<article>.toml` beside an article: what our editors add and the article does not say."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from films.choices import Form
from films.importer.shapes import why_unfit
from films.models import Edition, Film, Theme
from films.poster import COMPOSITIONS, FIGURES, PIGMENTS, breaks_title, possible
from films.reading.article import Article, FilmFacts, InterviewFacts, Refusal
from films.reading.vocabulary import line_of
from films.text import fold
from films.validators import PULL_QUOTE_LIMIT

SIZE_LIMIT = 256 * 1024
TOML_LINE = re.compile(r"line (\d+)")
EDITION_FIELDS = ("name_en", "theme_en", "statement", "statement_en")
FILM_FIELDS = (
    "title",
    "title_en",
    "synopsis_en",
    "form",
    "distinction",
    "themes",
    "pull_quote",
    "poster_pigment",
    "poster_figure",
    "poster_composition",
    "poster_lines",
    "poster_seed",
)
NAMES = {
    "form": [form for form in Form.values if form],
    "poster_pigment": list(PIGMENTS),
    "poster_figure": list(FIGURES),
    "poster_composition": list(COMPOSITIONS),
}


@dataclass(frozen=True)
class EditorsFile:
    """The values by film key, checked against the article they stand beside."""

    edition: Mapping[str, Any] = field(default_factory=dict)
    films: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    quoted: Mapping[str, int] = field(default_factory=dict)
    # No file is at hand: what one said before stands.
    is_elsewhere: bool = False

    def film(self, facts: FilmFacts, exchanges: Sequence[str]) -> dict[str, Any]:
        """What is stated for a film; the quotation points at its exchange's key."""
        stated = dict(self.films.get(facts.key, {}))
        if facts.key in self.quoted:
            stated["pull_quote_exchange"] = exchanges[self.quoted[facts.key] - 1]
        return stated


NO_EDITORS_FILE = EditorsFile()
ELSEWHERE = EditorsFile(is_elsewhere=True)


def editors_path(article: Path) -> Path:
    return article.with_suffix(".toml")


def load_editors(article: Path) -> str:
    """The text of the editors' file beside an article; "" when there is none."""
    path = editors_path(article)
    try:
        if not path.is_file() or article.suffix == ".toml":
            return ""
        if path.stat().st_size > SIZE_LIMIT:
            raise Refusal("editors_large", file=path.name)
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise Refusal("editors_not_opened", file=path.name, problem=str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise Refusal("editors_not_utf8", file=path.name) from error


def read_editors(text: str | None, name: str, article: Article) -> EditorsFile:
    """Check the editors' file against its article; one wrong place refuses the whole article."""
    if text is None:
        return ELSEWHERE
    return _Reader(text, name, article).read() if text.strip() else NO_EDITORS_FILE


class _Reader:
    def __init__(self, text: str, name: str, article: Article) -> None:
        self.text, self.name, self.article = text, name, article
        self.films: dict[str, dict[str, Any]] = {}
        self.quoted: dict[str, int] = {}

    def read(self) -> EditorsFile:
        data = self._parse()
        for key in data:
            if key not in {"film", "edition"}:
                raise self._refusal(key, 1, None, "tables", unknown=key)
        edition = self._edition(data.get("edition", {}))
        tables = data.get("film", [])
        if not isinstance(tables, list):
            raise self._refusal("film", 1, None, "one_table_each")
        for number, table in enumerate(tables, start=1):
            self._film(number, table)
        return EditorsFile(edition, self.films, self.quoted)

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise Refusal("editors_toml", file=self.name, problem=str(error)) from error

    def _edition(self, table: Any) -> dict[str, Any]:
        if table and not self.article.edition:
            raise self._refusal("edition", 1, None, "no_edition")
        if not isinstance(table, dict):
            raise self._refusal("edition", 1, None, "edition_once")
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in EDITION_FIELDS:
                raise self._unknown("edition", 1, key, EDITION_FIELDS)
            values[key] = self._text("edition", 1, key, self._marked("edition", 1, key, value)["editor"], Edition)
        return values

    def _film(self, number: int, table: Mapping[str, Any]) -> None:
        film = self._named_film(number, table)
        if film.key in self.films:
            raise self._refusal("film", number, "maker", "table_twice")
        self.films[film.key] = {}
        for key, value in table.items():
            if key not in {"maker", "key"}:
                self._film_value(number, film, key, value)
        self._poster(number, film)

    def _named_film(self, number: int, table: Mapping[str, Any]) -> FilmFacts:
        """The one film that `maker` or `key` names."""
        maker, key = table.get("maker"), table.get("key")
        if not isinstance(maker or key, str):
            raise self._refusal("film", number, None, "no_maker")
        found = [
            film
            for film in self.article.films
            if (not maker or fold(maker) in map(fold, film.creators)) and (not key or key == film.key)
        ]
        if not found:
            raise self._refusal("film", number, "maker", "no_film", maker=str(maker or key))
        if len(found) > 1:
            keys = ", ".join(film.key for film in found)
            raise self._refusal("film", number, "maker", "several_films", maker=str(maker), keys=keys)
        return found[0]

    def _film_value(self, number: int, film: FilmFacts, key: str, value: Any) -> None:
        if key not in FILM_FIELDS:
            raise self._unknown("film", number, key, FILM_FIELDS)
        marked = self._marked("film", number, key, value)
        if key == "themes":
            self.films[film.key][key] = self._themes(number, marked["editor"])
            return
        text = self._text("film", number, key, marked["editor"], Film)
        if key == "pull_quote":
            self.quoted[film.key] = self._quoted(number, film, text, marked.get("answer"))
        if key in NAMES and text not in NAMES[key]:
            kind, known = key.removeprefix("poster_"), ", ".join(NAMES[key])
            raise self._refusal("film", number, key, "no_such_name", value=text, kind=kind, known=known)
        self.films[film.key][key] = text
        if key == "title":
            self.films[film.key]["title_origin"] = "editor"

    def _poster(self, number: int, film: FilmFacts) -> None:
        """A composition and line breaks belong to a title; they must suit the one the film has."""
        stated = self.films[film.key]
        title = stated.get("title", film.title or "")
        lines, composition = stated.get("poster_lines"), stated.get("poster_composition")
        if lines and not breaks_title(lines, title):
            raise self._refusal("film", number, "poster_lines", "lines", value=lines, title=title)
        fitting = possible(title, stated.get("poster_pigment", ""))
        if composition and composition not in fitting:
            values = {"value": composition, "title": title, "known": ", ".join(fitting)}
            raise self._refusal("film", number, "poster_composition", "composition", **values)

    def _marked(self, table: str, number: int, key: str, value: Any) -> dict[str, Any]:
        """A value written as `{ editor = … }`, so that nobody takes it for the source's."""
        allowed = {"editor", "answer"} if key == "pull_quote" else {"editor"}
        if not isinstance(value, dict) or "editor" not in value or set(value) - allowed:
            raise self._refusal(table, number, key, "unmarked_quote" if key == "pull_quote" else "unmarked")
        return value

    def _text(self, table: str, number: int, key: str, value: Any, model: type[Any]) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._refusal(table, number, key, "empty")
        if reason := why_unfit(model, key, value.strip()):
            raise self._refusal(table, number, key, "unfit", why=reason.code, **reason.values)
        return value.strip()

    def _themes(self, number: int, value: Any) -> list[str]:
        if not isinstance(value, list) or not value:
            raise self._refusal("film", number, "themes", "themes")
        for word in value:
            if not isinstance(word, str) or not word.strip() or why_unfit(Theme, "name", word):
                raise self._refusal("film", number, "themes", "theme", value=str(word))
        return sorted({word.strip() for word in value})

    def _quoted(self, number: int, film: FilmFacts, quote: str, answer: Any) -> int:
        """The answer that has the quotation, word for word."""
        if len(quote) > PULL_QUOTE_LIMIT:
            values = {"length": len(quote), "limit": PULL_QUOTE_LIMIT}
            raise self._refusal("film", number, "pull_quote", "quote_long", **values)
        talk = film.interview or InterviewFacts(None, ())
        if not isinstance(answer, int) or isinstance(answer, bool) or not 1 <= answer <= len(talk.exchanges):
            raise self._refusal("film", number, "pull_quote", "which_answer", answers=len(talk.exchanges))
        if quote not in talk.exchanges[answer - 1].answer:
            places = [str(n) for n, spoken in enumerate(talk.exchanges, start=1) if quote in spoken.answer]
            why = "quote_elsewhere" if places else "quote_absent"
            told: dict[str, str | int] = {"quote": quote, "answer": answer, "places": ", ".join(places)}
            raise self._refusal("film", number, "pull_quote", why, **told)
        return answer

    def _unknown(self, table: str, number: int, key: str, known: Sequence[str]) -> Refusal:
        return self._refusal(table, number, key, "unknown", known=", ".join(known))

    def _refusal(self, table: str, number: int, key: str | None, why: str, /, **values: str | int) -> Refusal:
        """The file's name, line and field, then the reason `editors.why`."""
        line = line_of(self.text, table, number, key)
        place = ("at.line_and_field" if key else "at.line") if line else ("at.field" if key else "at.file")
        values |= {"file": self.name, "place": line or 0, "field": key or "", "at": place}
        return Refusal("editors", why_wrong=f"editors.{why}", **values)
